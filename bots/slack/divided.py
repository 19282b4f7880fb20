"""A text that is longer than one input of Slack's holds, in parts that are put together again as they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

PART = 3000
"""Characters that a plain_text_input takes, a face counting as two, as in a browser.

https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element"""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a text, and the white space that stood between them."""

    texts: tuple[str, ...]
    gaps: tuple[str, ...] = ()


def divided(text: str) -> Parts:
    """The text in parts that fit, cut at the end of a line or else of a word."""
    texts, gaps = [], []
    while (reach := fitting(text)) < len(text):
        end, begin = _cut(text, reach)
        texts.append(text[:end])
        gaps.append(text[end:begin])
        text = text[begin:]
    return Parts((*texts, text), tuple(gaps))


def joined(typed: Sequence[str], before: Parts) -> str:
    """The parts as one text, with what stood between them before.

    Where nothing stood there, the person began a part of their own: on a new line, unless the part before was full, so that Slack
    cut it, or they left white space at the edge.
    """
    whole = ""
    last = ""
    for text, gap in zip_longest(typed, ("", *before.gaps)):
        if not text:
            continue
        if whole:
            whole += _own_gap(last, text) if gap is None else gap
        whole, last = whole + text, text
    return whole


def fitting(text: str) -> int:
    """How many characters from the start fit into one input."""
    units = text[:PART].encode("utf-16-le", "surrogatepass")[: 2 * PART]
    return len(units.decode("utf-16-le", "ignore")) if len(units) == 2 * PART else min(len(text), PART)


def _cut(text: str, reach: int) -> tuple[int, int]:
    """Where the first part ends and the next begins."""
    for sign in ("\n", " "):
        at = text.rfind(sign, 1, reach + 1)
        end = len(text[:at].rstrip()) if at > 0 else 0
        begin = len(text) - len(text[at:].lstrip()) if at > 0 else 0
        if end >= reach // 2 and begin < len(text):
            return end, begin
    return reach, reach


def _own_gap(last: str, text: str) -> str:
    is_cut = fitting(last + " ") == len(last)
    return "" if is_cut or last[-1:].isspace() or text[:1].isspace() else "\n"
