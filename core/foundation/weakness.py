"""Whether an answer is weak: too thin to write from, or hardly more than what the course itself calls weak."""

from __future__ import annotations

import re
from enum import Enum

from core.foundation.cells import Cell

THIN_TEXT_WORDS = 4
THIN_ITEM_WORDS = 2
LONG_WORDS = 15
"""An answer with more words of its own than this is not judged by examples: something in it is the student's."""
SHARE = 0.6
"""Of an answer's words; so many of them in a weak example make it a copy of that."""

_QUOTED = re.compile(r'"([^"]{2,120})"')
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL = re.compile(
    r"(?:an?|and|are|as|at|be|by|for|from|has|have|i|in|is|it|its|of|on|or|our|that|the|their|them|they|this|to|us|we|with|you|your)"
)


class Weakness(Enum):
    """What is weak about an answer."""

    THIN = "thin"
    COMMON = "common"


def weakness(cell: Cell, typed: str) -> Weakness | None:
    """What is weak about the answer to the cell's question, or None where nothing is.

    The examples are the quoted ones of the cell's own text on weak answers (`weak` in `foundation.yaml`).
    """
    if _copies(cell, typed):
        return Weakness.COMMON
    words = typed.split()
    if cell.kind == "text" and len(words) <= THIN_TEXT_WORDS:
        return Weakness.THIN
    if cell.kind == "list" and len(typed.splitlines()) == 1 and not re.search(r"[;,]", typed) and len(words) <= THIN_ITEM_WORDS:
        return Weakness.THIN
    return None


def _copies(cell: Cell, typed: str) -> bool:
    own = _words(typed)
    if not own or len(own) > LONG_WORDS:
        return False
    examples = (_words(each) for each in _QUOTED.findall(cell.weak))
    return any(len(own & example) / len(own) >= SHARE for example in examples if example)


def _words(text: str) -> frozenset[str]:
    """The words that carry meaning, folded and without a plural's ending."""
    found = (each.casefold() for each in _WORD.findall(text))
    return frozenset(each.removesuffix("s") for each in found if not _SMALL.fullmatch(each))
