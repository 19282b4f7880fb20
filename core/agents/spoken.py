"""What of a text is spoken to the reader: everything but code, quoted lines, addresses of pages and of mailboxes."""

from __future__ import annotations

import re

BLANK = "\0"
"""Stands for each character that is not spoken, so that places in the text stay the same."""

CHAT_FENCE = "```"

_RUN = re.compile(r"`{3,}")
_FENCE = re.compile(r" {0,3}(?P<run>`{3,}|~{3,})(?P<info>.*)$")
_QUOTE = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*>")
_ITEM = re.compile(r"(?P<lead>[ \t]*(?:[-*+]|\d{1,9}[.)]))(?P<gap>[ \t]+|$)")
_LINE_OF_ITS_OWN = re.compile(r" {0,3}(?:#{1,6}(?:[ \t]|$)|(?:=+|-+|(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})[ \t]*$)")
_TICKS = re.compile(r"`+")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
_PAGE = r"[^\s<>\"，。、；：！？）】》\0]"
_ADDRESS = re.compile(
    rf"(?:[a-z][a-z0-9+.-]{{1,20}}://|www\.|mailto:){_PAGE}+"  # a page with its scheme, or www
    rf"|(?<![\w@.-])[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,9}}(?:/|[?#](?=\w)){_PAGE}*"  # a page without: example.com/@teacher
    r"|[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}",  # a mailbox
    re.IGNORECASE,
)


def spoken(text: str) -> str:
    """The text, equally long, with `BLANK` for whatever is not spoken; line feeds stay.

    Code blocks, indented code, code spans and quoted lines are those of CommonMark 0.31 (https://spec.commonmark.org/0.31.2/),
    with two liberties: a quoted line ends with its line, and three backticks within a line begin a block, as in chats.
    """
    return _ADDRESS.sub(_blanked, _without_spans(_without_blocks(text)))


def _blanked(found: re.Match[str]) -> str:
    return _blank(found[0])


def _blank(piece: str) -> str:
    return "".join("\n" if each == "\n" else BLANK for each in piece)


def _without_blocks(text: str) -> str:
    """The text without fenced code, indented code and quoted lines."""
    lines = text.split("\n")
    last_run = max((at for at, line in enumerate(lines) if CHAT_FENCE in line), default=-1)
    kept = []
    fence = ""  # the run of backticks or tildes that a block of code began with
    chat = False  # the block began within a line, as chats allow
    paragraph = False  # an indented line goes on with a paragraph, and is no code then
    inside = 0  # how far the text of the list item, if any, is indented
    for at, line in enumerate(lines):
        opening = "" if fence or chat else _fence(line)
        if chat:
            end = line.find(CHAT_FENCE) + len(CHAT_FENCE) if CHAT_FENCE in line else len(line)
            kept.append(_blank(line[:end]) + line[end:])
            chat = CHAT_FENCE not in line
        elif fence:
            kept.append(_blank(line))
            fence = "" if _closes(line, fence) else fence
        elif opening:
            kept.append(_blank(line))
            fence, paragraph = opening, False
        elif _QUOTE.match(line):
            kept.append(_blank(line))
            paragraph = False
        elif not line.strip():
            kept.append(line)
            paragraph = False
        elif not paragraph and _indent(line) >= inside + 4:
            kept.append(_blank(line))
        else:
            begin = _chat_fence(line) if at < last_run else len(line)
            chat = begin < len(line)
            kept.append(line[:begin] + _blank(line[begin:]))
            inside = _inside(line, inside, paragraph)
            paragraph = not _LINE_OF_ITS_OWN.match(line)
    return "\n".join(kept)


def _chat_fence(line: str) -> int:
    """Where a block of code begins within the line that does not end in it; the line's length if none does."""
    runs = [found.start() for found in _RUN.finditer(line) if not _escaped(line, found.start())]
    return runs[-1] if len(runs) % 2 else len(line)


def _fence(line: str) -> str:
    found = _FENCE.match(line)
    if found is None or (found["run"][0] == "`" and "`" in found["info"]):
        return ""
    return found["run"]


def _closes(line: str, fence: str) -> bool:
    bare = line.strip()
    return len(bare) >= len(fence) and set(bare) == {fence[0]} and _indent(line) <= 3


def _indent(line: str) -> int:
    """How many columns of white space the line begins with; a tab reaches the next multiple of four."""
    columns = 0
    for each in line:
        if each == "\t":
            columns += 4 - columns % 4
        elif each == " ":
            columns += 1
        else:
            break
    return columns


def _inside(line: str, before: int, paragraph: bool) -> int:
    """The indentation of the list item's text after this line; 0 outside lists."""
    item = _ITEM.match(line)
    if item and _indent(line) <= before + 3:
        return len(item["lead"].expandtabs(4)) + min(max(len(item["gap"]), 1), 4)
    return before if paragraph or _indent(line) >= min(before, 2) > 0 else 0


def _without_spans(text: str) -> str:
    """The text without code spans: a run of backticks up to the next run of the same length."""
    kept = []
    at = 0
    runs = list(_TICKS.finditer(text))
    ends = _span_ends(text, runs)
    for number, run in enumerate(runs):
        end = ends[number]
        if run.start() < at or end is None or _escaped(text, run.start()):
            continue
        kept += [text[at : run.start()], _blank(text[run.start() : end])]
        at = end
    return "".join([*kept, text[at:]])


def _span_ends(text: str, runs: list[re.Match[str]]) -> list[int | None]:
    """Where the span that each run could open would end; None where nothing closes it."""
    breaks = [found.start() for found in _PARAGRAPH_END.finditer(text)]
    next_of_length: dict[int, re.Match[str]] = {}
    ends: list[int | None] = []
    for run in reversed(runs):
        while breaks and breaks[-1] > run.start():
            paragraph_end = breaks.pop()
            next_of_length = {length: found for length, found in next_of_length.items() if found.start() < paragraph_end}
        length = len(run[0])
        ends.append(next_of_length[length].end() if length in next_of_length else None)
        next_of_length[length] = run
    return ends[::-1]


def _escaped(text: str, at: int) -> bool:
    before = text[max(0, at - 50) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1
