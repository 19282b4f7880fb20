"""The items of a list in an answer, each of which may be worth keeping by itself."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

ITEMS_AT_LEAST = 2

_SIGN = re.compile(r"\s{0,3}(?:[-*+]|\d{1,9}[.)])\s+")


def items_in(markdown: str) -> tuple[str, ...]:
    """The items of the answer's list, each as Markdown without its sign; none where no list has two items or more.

    Where there are several lists, the numbered ones are the work, and bullets beside them are remarks on it. What stands inside
    an item, such as a list of its own, belongs to it.
    """
    numbered: list[str] = []
    bulleted: list[str] = []
    lines = markdown.splitlines()
    kind = ""
    for token in _reader().parse(markdown):
        if token.level == 0 and token.type in ("ordered_list_open", "bullet_list_open"):
            kind = token.type
        elif token.level == 1 and token.type == "list_item_open" and token.map:
            (numbered if kind == "ordered_list_open" else bulleted).append(_text(lines, token))
    for found in (numbered, bulleted):
        whole = [each for each in found if each]
        if len(whole) >= ITEMS_AT_LEAST:
            return tuple(whole)
    return ()


def _text(lines: list[str], item: Token) -> str:
    """The item's lines without its sign, and without the indentation that the sign asks for."""
    assert item.map is not None
    first, *others = lines[item.map[0] : item.map[1]]
    sign = _SIGN.match(first)
    width = sign.end() if sign else 0
    return "\n".join([first[width:], *(_outdented(line, width) for line in others)]).strip()


def _outdented(line: str, width: int) -> str:
    spaces = len(line) - len(line.lstrip())
    return line[min(width, spaces) :]


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - takes time to load, and only lists need it

    return MarkdownIt("commonmark", {"html": False})
