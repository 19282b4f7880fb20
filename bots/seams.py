"""Where a text that is still growing can be parted between two messages, and what has to be closed and opened again there."""

from __future__ import annotations

import re
from dataclasses import dataclass

WORD_AT_MOST, LINE_AT_MOST = 400, 2_000
"""Longer ones are parted."""
_FENCE = re.compile(r"^\s*(?:>\s?)*(?P<sign>`{3,}|~{3,})(?P<about>[^`]*)$")
_LINK_BEGUN = re.compile(r"!?\[[^\]\n]*(\](\([^)\n]*)?)?$")
_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")


@dataclass(frozen=True, slots=True)
class Seam:
    """What ends the text before a cut in good order, and what begins the text after it."""

    closes: str = ""
    opens: str = ""


def seam(before: str) -> Seam:
    """The seam behind this text: an open fence is closed and opened again, the head of an open table is repeated."""
    fence = _open_fence(before)
    if fence:
        sign = fence.strip().removeprefix(">").strip()
        sign = sign[: len(sign) - len(sign.lstrip(sign[0]))]
        return Seam(("" if before.endswith("\n") else "\n") + sign, fence + "\n")
    head = _open_table(before)
    return Seam("", head) if head else Seam()


def boundary(before: str, text: str) -> int:
    """How much of the text, which follows what was before, goes up to the end of a whole block; 0 where none ends in it."""
    ends, at, fence = 0, 0, _open_fence(before)
    for line in text.splitlines(keepends=True):
        at += len(line)
        fence = _after(fence, line.rstrip("\r\n"))
        if not fence and not line.strip() and line.endswith("\n"):
            ends = at
    return ends


def between_blocks(before: str) -> bool:
    """Whether the text ends where a block ends."""
    return before.endswith("\n\n") and not _open_fence(before)


def ready(before: str, text: str) -> int:
    """How much of the text, which follows what was before, can be shown: up to the end of a word, in code or a table of a line.

    What a platform takes for a mention or a link must not come in two pieces, and no line of code in two messages.
    """
    end = whole_words(text)
    line = text.rfind("\n", 0, end) + 1
    if line < end and end - line < LINE_AT_MOST and seam(before + text[:line]) != Seam():
        return line
    link = _LINK_BEGUN.search(text, line, end)
    return link.start() if link and end - link.start() < LINE_AT_MOST else end


def whole_words(text: str) -> int:
    """How much of the text goes up to the end of a word."""
    for at in range(len(text) - 1, max(-1, len(text) - WORD_AT_MOST), -1):
        if text[at].isspace():
            return at + 1
    return len(text) if len(text) >= WORD_AT_MOST else 0


def cut(text: str, room: int) -> int:
    """How much of a text that is longer than the room goes into it: up to the end of a line, else of a word."""
    window = text[:room]
    line = window.rfind("\n") + 1
    return line or window.rfind(" ") + 1 or len(window)


def _open_fence(text: str) -> str:
    fence = ""
    for line in text.splitlines():
        fence = _after(fence, line)
    return fence


def _after(fence: str, line: str) -> str:
    """The line that opens the fence in which the next line stands; "" outside of fences."""
    found = _FENCE.match(line)
    if found is None:
        return fence
    if not fence:
        return line.rstrip()
    opened = _FENCE.match(fence)
    closes = opened is not None and found["sign"].startswith(opened["sign"]) and not found["about"].strip()
    return "" if closes else fence


def _open_table(text: str) -> str:
    """The head of the table that the text ends in, with its rule; "" where it ends in none."""
    if not text.endswith("\n") or text.endswith("\n\n"):
        return ""
    lines: list[str] = []
    for line in reversed(text.splitlines()):
        if not line.strip():
            break
        lines.insert(0, line)
    for at in range(1, len(lines)):
        if "|" in lines[at] and _RULE.match(lines[at]) and "|" in lines[at - 1]:
            return f"{lines[at - 1]}\n{lines[at]}\n"
    return ""
