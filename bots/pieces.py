"""Splits Markdown that is longer than a platform's message into pieces, each whole Markdown of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

LEAST = 40
"""Characters under which a piece has no room for a fence and its words."""

_ITEM = re.compile(r"(?P<mark>[ ]{0,3}(?:[-*+]|\d{1,9}[.)]))(?P<gap>[ \t]+|$)")
_QUOTED = re.compile(r"^ {0,3}> ?", re.MULTILINE)
_FENCE_OF_NONE = re.compile(r"^( {0,3}(?:[-*+>] )?)(```|~~~)", re.MULTILINE)
_OPENS_A_FENCE = re.compile(r"\s*(?:```|~~~)")
_SENTENCE = re.compile(r"[.!?…][)\"'”’*_]*\s")


def pieces(markdown: str, at_most: int) -> tuple[str, ...]:
    """The Markdown in order, in pieces of at most so many characters; nothing but white space is lost.

    It is parted between blocks; a heading stays with what it heads. Where one block alone is too long, a list is parted between
    its items, code between its lines with the fence around each part, a table between its rows with the head over each part, and
    a paragraph at a line's end, a sentence's end or a space. A fence that was left open is closed.

    Raises:
        ValueError: `at_most` is less than 40, which has no room for a fence.
    """
    if at_most < LEAST:
        raise ValueError(f"a piece needs room for {LEAST} characters")
    if len(markdown) <= at_most and "```" not in markdown and "~~~" not in markdown:
        return tuple(_shown(markdown))  # most texts are short, and need not be read for that
    return tuple(_packed(_units(markdown, at_most), at_most))


def blocks(markdown: str) -> Iterator[tuple[Token, str]]:
    """The blocks of the Markdown: the token that each begins with, and its source, with the lines up to the next block."""
    lines = markdown.splitlines(keepends=True)
    tops = [each for each in reader().parse(markdown) if each.level == 0 and each.nesting >= 0 and each.map]
    begins = [0, *((each.map or [0])[0] for each in tops[1:]), len(lines)]
    for at, token in enumerate(tops):
        yield token, "".join(lines[begins[at] : begins[at + 1]])


@cache
def reader() -> MarkdownIt:
    """Reads CommonMark with tables and strikethrough; HTML is text."""
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def _units(markdown: str, at_most: int) -> Iterator[str]:
    """What may not be parted further, in order: blocks with their headings, and the parts of blocks that are too long."""
    heads = ""
    found = list(blocks(markdown))
    if not found and markdown.strip():  # nothing but definitions of links
        yield from _words(markdown, at_most)
    for token, source in found:
        whole = _closed(token, source)
        if token.type == "heading_open" and len(heads) + len(whole) <= at_most:
            heads += whole
            continue
        if len((heads + whole).strip("\n")) <= at_most:
            yield heads + whole
        else:
            if heads:
                yield heads
            yield from [whole] if len(whole.strip("\n")) <= at_most else _parted(token, source, at_most)
        heads = ""
    if heads:
        yield heads


def _closed(token: Token, source: str) -> str:
    """The block's source; a fence that nobody closed is."""
    if token.type != "fence":
        return source
    last = source.rstrip().rpartition("\n")[2].strip()
    shut = len(last) >= len(token.markup) and set(last) == {token.markup[0]} and "\n" in source.strip()
    return source if shut else f"{source.rstrip()}\n{token.markup}\n"


def _packed(units: Iterable[str], at_most: int) -> Iterator[str]:
    """As many units together as there is room for."""
    held = ""
    for unit in units:
        gap = "" if not held or held.endswith("\n\n") else "\n" if held.endswith("\n") else "\n\n"
        if held and len((held + gap + unit).strip("\n")) <= at_most:
            held += gap + unit
        else:
            yield from _shown(held)
            held = unit
    yield from _shown(held)


def _shown(piece: str) -> Iterator[str]:
    piece = piece.strip("\n").rstrip()
    if piece.strip():
        yield piece


def _parted(token: Token, source: str, at_most: int) -> Iterator[str]:
    """The parts of a block that is too long."""
    match token.type:
        case "fence":
            yield from _fenced(token, at_most)
        case "table_open":
            yield from _rows(source, at_most)
        case "bullet_list_open" | "ordered_list_open":
            yield from _items(source, at_most)
        case "blockquote_open":
            for part in pieces(_QUOTED.sub("", source), max(at_most // 2, LEAST)):
                quoted = "\n".join(f"> {line}" if line else ">" for line in part.split("\n"))
                yield from [quoted + "\n\n"] if len(quoted) <= at_most else _words(part, at_most)
        case _:
            yield from _words(source, at_most)


def _fenced(token: Token, at_most: int) -> Iterator[str]:
    opening, content = f"{token.markup}{token.info}", token.content
    if len(opening) > at_most // 2:
        opening, content = token.markup, f"{token.info.strip()}\n{content}"
    room = at_most - len(opening) - len(token.markup) - 2
    if room < 1:
        yield from _words(content, at_most)
        return
    for part in _lines(content, room):
        yield f"{opening}\n{part}\n{token.markup}\n\n"


def _rows(source: str, at_most: int) -> Iterator[str]:
    lines = source.strip("\n").split("\n")
    head, rows = "\n".join(lines[:2]) + "\n", lines[2:]
    room = at_most - len(head)
    if room < 1 or any(len(row) > room for row in rows):
        yield from _words(source, at_most)
        return
    for part in _lines("\n".join(rows), room):
        yield f"{head}{part}\n\n"


def _lines(text: str, room: int) -> Iterator[str]:
    """Whole lines, as many as there is room for; a line that is longer is cut."""
    held: list[str] = []
    for line in text.removesuffix("\n").split("\n"):
        cuts = [line[at : at + room] for at in range(0, len(line), room)] or [""]
        for cut in cuts:
            if held and len("\n".join([*held, cut])) > room:
                yield "\n".join(held)
                held = []
            held.append(cut)
    yield "\n".join(held)


def _items(source: str, at_most: int) -> Iterator[str]:
    """The items of a list; one that is too long by itself is parted, and its later parts stand free."""
    lines = source.splitlines(keepends=True)
    begins = [(each.map or [0])[0] for each in reader().parse(source) if each.type == "list_item_open" and each.level == 1]
    for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        item = "".join(lines[begin:end])
        if len(item.strip("\n")) <= at_most:
            yield from _joinable(item)
            continue
        mark, inner = _item(lines[begin:end])
        parts = pieces(inner, max(at_most - len(mark) - 1, LEAST)) or ("",)
        gap = "\n" if _OPENS_A_FENCE.match(parts[0]) else " "
        yield from (f"{each}\n" for each in _fitting(f"{mark}{gap}{parts[0]}", at_most))
        yield from (f"{part}\n\n" for part in parts[1:])


def _joinable(item: str) -> Iterator[str]:
    """Items end with their line, so that a tight list stays tight where they are put together again."""
    yield item if item.endswith("\n") else item + "\n"


def _fitting(text: str, at_most: int) -> Sequence[str]:
    return [text] if len(text) <= at_most else list(_words(text, at_most))


def _item(lines: Sequence[str]) -> tuple[str, str]:
    """The mark of a list's item, and its content without the indentation."""
    found = _ITEM.match(lines[0].expandtabs(4))
    if found is None:
        return "-", "".join(lines)
    gap = len(found["gap"]) if 1 <= len(found["gap"]) <= 4 else 1
    width = len(found["mark"]) + gap
    inner = [lines[0].expandtabs(4)[width:]]
    for line in lines[1:]:
        spread = line.expandtabs(4)
        indent = len(spread) - len(spread.lstrip(" "))
        inner.append(spread[min(indent, width) :])
    return found["mark"].strip(), "".join(inner)


def _words(text: str, at_most: int) -> Iterator[str]:
    """Plain words, parted at a line's end, a sentence's end, a space, or where there is nothing better."""
    left = _FENCE_OF_NONE.sub(r"\1\\\2", text.strip("\n"))  # what ended a line before it was parted may look like a fence now
    while len(left) > at_most:
        cut = _cut(left, at_most)
        part, left = left[:cut].rstrip(), left[cut:].lstrip()
        if part:
            yield part + "\n\n"
        if _OPENS_A_FENCE.match(left):  # within a line it was none
            left = "\\" + left
    if left:
        yield left + "\n\n"


def _cut(text: str, at_most: int) -> int:
    window = text[: at_most + 1]
    least = at_most // 2
    line = window.rfind("\n", least)
    if line > 0:
        return line
    sentences = [each.end() for each in _SENTENCE.finditer(window, least) if each.end() <= at_most]
    if sentences:
        return sentences[-1]
    space = max(window.rfind(" "), window.rfind("\n"))
    return space if space > 0 else at_most
