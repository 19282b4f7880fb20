"""Markdown as HTML: without raw HTML, without pictures from elsewhere, and with links to the web, to mail and to our commands."""

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
COMMAND = re.compile(r"(?<![\w/.:])/([a-z][a-z-]*)(?: ([a-z][a-z-]*))?(?![\w/])")
KNOWN_AT_MOST = 256
"""Texts whose setting is kept: the course's own are shown again and again."""


@lru_cache(maxsize=KNOWN_AT_MOST)
def prose(markdown: str, commands: frozenset[str] = frozenset(), root: str = "") -> Markup:
    """CommonMark with tables, set as HTML. Where a text names one of the `commands`, as in `/kpi log`, that leads to it."""
    reader = _reader()
    tokens = reader.parse(markdown)
    _settle(tokens, commands, root)
    return Markup(reader.renderer.render(tokens, reader.options, {}))


class _Reader(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's own name
        return LINKS.fullmatch(url) is not None


@cache
def _reader() -> MarkdownIt:
    return _Reader("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


def _settle(tokens: Sequence[Token], commands: frozenset[str], root: str) -> None:
    """Lower headings to where they stand, make pictures words, draw ticks, and link commands."""
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
                _settle(token.children or (), commands, root)
                _tick(token)
                token.children = _linked(token.children or [], commands, root)
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


def _linked(tokens: Sequence[Token], commands: frozenset[str], root: str) -> list[Token]:
    """The same, with a link around each command that is named outside a link."""
    made: list[Token] = []
    within = 0
    for token in tokens:
        within += token.nesting if token.type in ("link_open", "link_close") else 0
        if within or "/" not in token.content or token.type not in ("text", "code_inline"):
            made.append(token)
        elif token.type == "text":
            made += _parted(token, commands, root)
        else:
            found = COMMAND.match(token.content)
            name = _name(found, commands) if found else ""
            made += _around(token, name, root) if name else [token]
    return made


def _parted(token: Token, commands: frozenset[str], root: str) -> list[Token]:
    made: list[Token] = []
    at = 0
    for found in COMMAND.finditer(token.content):
        name = _name(found, commands)
        if name:
            ends = found.start() + 1 + len(name)
            made += [_words(token.content[at : found.start()]), *_around(_words(token.content[found.start() : ends]), name, root)]
            at = ends
    return [*made, _words(token.content[at:])] if made else [token]


def _name(found: re.Match[str], commands: frozenset[str]) -> str:
    """The command that is named: with its part, where it has one of that name; "" where there is none."""
    both = f"{found[1]} {found[2]}"
    return both if both in commands else found[1] if found[1] in commands else ""


def _around(token: Token, name: str, root: str) -> list[Token]:
    opened = Token("link_open", "a", 1, attrs={"href": f"{root}/do/{name.replace(' ', '/')}"})
    return [opened, token, Token("link_close", "a", -1)]


def _words(text: str) -> Token:
    return Token("text", "", 0, content=text)
