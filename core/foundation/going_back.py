"""The way back to a question that was skipped, and to the cell that a correction speaks of, which need not be the last one."""

from __future__ import annotations

import re

from core.alike import folded, words_in
from core.foundation.cells import Cell, Cells
from core.foundation.model import Foundation, OpenInterview
from core.foundation.typed import write_cell
from core.shorthand import spelled_out

_BACK = re.compile(
    r"(?:(?:ok(?:ay)?|oh|sorry|oops|no|wait|actually|pl(?:ease|s|z)|can (?:i|we)|could (?:i|we)|let's|i want to|hm+)[\s,.!…–-]+)*"
    r"(?:(?:go )?back(?: (?:one|a step|a question|to (?:it|that|(?:the|that) (?:last|previous|skipped|one)"
    r"(?: (?:one|question|before))?)))?|(?:the )?previous(?: (?:one|question))?|(?:the )?one before|un ?skip(?: (?:it|that))?)"
    r"(?:[\s,]+(?:pl(?:ease|s|z)|again|sorry|thanks))*[\s.!]*",
    re.IGNORECASE,
)
ALIKE, IN_COMMON, SHORT = 0.5, 2, 24
"""How much of a cell's words a correction has, how many at least, and of how many at most: nobody retells a long answer."""
_LITTLE = "a an the and or of to in on at for it is was be i my me we our that this no not oh wrong meant mean should"
_SMALL = frozenset(_LITTLE.split())
_ABOUT = r"(?:for|in|to|under|about|from|change|edit|fix|correct|redo|the|my|our)"


def goes_back(words: str) -> bool:
    """Whether they want the question before this one."""
    return bool(_BACK.fullmatch(spelled_out(" ".join(words.split())).replace("’", "'")))


def skipped_last(kept: Foundation, interview: OpenInterview, cells: Cells) -> Cell | None:
    """The cell whose question was skipped just before this one was put; None where an answer came before it."""
    if interview.answered or interview.dug or not kept.skips:
        return None
    skipped = [each for each in cells.in_order if kept.skipped_at(each) and each.key != interview.cell and not kept.has(each)]
    latest = max(skipped, key=lambda each: kept.skipped_at(each) or kept.last_updated_at, default=None)
    at = kept.skipped_at(latest) if latest else None
    return None if at is None or any(mark.at > at for mark in kept.marks.values()) else latest


def spoken_of(words: str, cells: Cells, kept: Foundation) -> Cell | None:
    """The filled cell that words about an earlier answer name, or whose answer they nearly repeat; None where it is unclear."""
    said = folded(spelled_out(words))
    filled = [each for each in cells.in_order if kept.has(each)]
    named = [each for each in filled if re.search(rf"\b{_ABOUT} (?:the |my |our )?{re.escape(folded(each.title))}(?!\w)", said)]
    if len(named) == 1:
        return named[0]
    near = {each.key: _in_common(said, write_cell(each, kept.value(each.field))) for each in filled}
    best = max(near, key=lambda key: near[key], default="")
    return cells.by_key[best] if best and near[best] >= ALIKE else None


def _in_common(said: str, held: str) -> float:
    """The part of what is held whose words were said again, from 0 to 1."""
    there = frozenset(words_in(folded(held))) - _SMALL
    both = there & frozenset(words_in(said))
    return len(both) / len(there) if len(both) >= IN_COMMON and len(there) <= SHORT else 0.0
