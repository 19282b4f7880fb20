"""A text that is longer than one input of a platform's form holds, in parts that are put together again as they were.

The characters of an input are counted as browsers do: a face counts as two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a text, and the white space that stood between them."""

    texts: tuple[str, ...]
    gaps: tuple[str, ...] = ()


def divided(text: str, room: int) -> Parts:
    """The text in parts of at most `room` characters, cut at the end of a line or else of a word."""
    texts, gaps = [], []
    while (reach := fitting(text, room)) < len(text):
        end, begin = _cut(text, reach)
        texts.append(text[:end])
        gaps.append(text[end:begin])
        text = text[begin:]
    return Parts((*texts, text), tuple(gaps))


def joined(typed: Sequence[str], before: Parts, room: int) -> str:
    """The parts as one text, with what stood between them before.

    Where nothing stood there, the person began a part of their own: on a new line, unless the part before was full, so that the
    platform cut it, or they left white space at the edge.
    """
    whole = ""
    last = ""
    for text, gap in zip_longest(typed, ("", *before.gaps)):
        if not text:
            continue
        if whole:
            whole += _own_gap(last, text, room) if gap is None else gap
        whole, last = whole + text, text
    return whole


def fitting(text: str, room: int) -> int:
    """How many characters from the start fit into one input."""
    units = text[:room].encode("utf-16-le", "surrogatepass")[: 2 * room]
    return len(units.decode("utf-16-le", "ignore")) if len(units) == 2 * room else min(len(text), room)


def _cut(text: str, reach: int) -> tuple[int, int]:
    """Where the first part ends and the next begins."""
    for sign in ("\n", " "):
        at = text.rfind(sign, 1, reach + 1)
        end = len(text[:at].rstrip()) if at > 0 else 0
        begin = len(text) - len(text[at:].lstrip()) if at > 0 else 0
        if end >= reach // 2 and begin < len(text):
            return end, begin
    return reach, reach


def _own_gap(last: str, text: str, room: int) -> str:
    is_cut = fitting(last + " ", room) == len(last)
    return "" if is_cut or last[-1:].isspace() or text[:1].isspace() else "\n"
