"""Markdown as HTML: without raw HTML, without pictures from elsewhere, and with links to the web and to mail only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

LINKS = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)
FIRST_LEVEL = 3
"""Of the headings in a text: the page has the first, its cards have the second."""
TICKED = re.compile(r"^\[([ xX])\] ")
KNOWN_AT_MOST = 256
"""Texts whose setting is kept: the course's own are shown again and again."""


@lru_cache(maxsize=KNOWN_AT_MOST)
def prose(markdown: str) -> Markup:
    """CommonMark with tables, set as HTML."""
    reader = _reader()
    tokens = reader.parse(markdown)
    _settle(tokens)
    return Markup(reader.renderer.render(tokens, reader.options, {}))


class _Reader(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's own name
        return LINKS.fullmatch(url) is not None


@cache
def _reader() -> MarkdownIt:
    return _Reader("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


def _settle(tokens: Sequence[Token]) -> None:
    """Lower headings to where they stand, make pictures words, wrap tables, and draw ticks."""
    for token in tokens:
        match token.type:
            case "heading_open" | "heading_close":
                token.tag = f"h{min(6, int(token.tag[1:]) + FIRST_LEVEL - 1)}"
            case "link_open":
                token.attrSet("rel", "noopener noreferrer nofollow")
            case "image":
                token.type, token.tag, token.content = "text", "", token.content or "picture"
                token.children = None
            case "inline":
                _settle(token.children or ())
                _tick(token)
            case _:
                pass


def _tick(token: Token) -> None:
    """`[x]` and `[ ]` at the beginning of an item, as a sign that is read aloud too."""
    first = next(iter(token.children or ()), None)
    if first is None or first.type != "text":
        return
    found = TICKED.match(first.content)
    if found:
        first.content = ("☑ " if found[1].strip() else "☐ ") + first.content[found.end() :]
