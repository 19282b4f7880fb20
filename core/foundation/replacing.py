"""“Actually scrap Rooted Spices, put Steenbergs instead”: one thing in the last answer gives way to another."""

from __future__ import annotations

import re
from typing import NamedTuple

from core.foundation.cells import Cell
from core.foundation.model import Foundation
from core.foundation.named import short
from core.foundation.typed import write_cell

WORDS_AT_MOST = 8
"""Of either: more tells a story."""
_SAID = re.compile(
    r"\W*(?:(?:actually|oh|oh no|no|wait|sorry|ok|oops|pl(?:ease|s|z)|can you|could you|hm+)\b[\s,.!…–-]*)*"
    r"(?:(?:scrap|delete|remove|drop|forget|take out|cross out|erase)\s+(?P<out>.+?)\s*(?:[,;.–-]|\band\b|\bbut\b)+\s*"
    r"(?:and |but |then |rather )?(?:put|use|write|add|take|make it)\s+(?P<put>.+?)(?:\s+(?:instead|there|for it|in there))*|"
    r"(?:replace|swap|change)\s+(?P<old>.+?)\s+(?:with|for|by|to)\s+(?P<new>.+?)(?:\s+instead)?|"
    r"(?:put|use|write|make it)\s+(?P<now>.+?)\s+instead of\s+(?P<before>.+?))(?:,?\s+(?:pl(?:ease|s|z)|sorry))?[\s.!]*",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"^\W*(?:actually|oh|no|wait|sorry|oops|scrap)\b|\binstead\W*$", re.IGNORECASE)
_EMPTY = frozenset(["that", "this", "it", "them", "the", "last", "one", "my", "answer", "previous"])


class Replacement(NamedTuple):
    """What gives way, and what comes in its place."""

    old: str
    new: str
    plain: bool
    """It says so in as many words, and is no answer such as “Replace plastic with paper”."""


def replacement(words: str) -> Replacement | None:
    """What the words want replaced by what; None where they do not say that."""
    found = _SAID.fullmatch(" ".join(words.split()))
    if found is None:
        return None
    old, new = found["out"] or found["old"] or found["before"], found["put"] or found["new"] or found["now"]
    fits = all(0 < len(each.split()) <= WORDS_AT_MOST for each in (old, new))
    if not fits or set(old.casefold().split()) <= _EMPTY:
        return None
    return Replacement(old, new, plain=bool(_PLAIN.search(words)))


def replaced(cell: Cell, kept: Foundation, wanted: Replacement) -> str | None:
    """The cell as it is typed with the new in the place of the old; None where the old is not one of its items, or stands in its
    text not exactly once.
    """
    held = write_cell(cell, kept.value(cell.field))
    if cell.kind == "text":
        stands = re.compile(rf"(?<!\w){re.escape(wanted.old)}(?!\w)", re.IGNORECASE)
        return stands.sub(lambda _: wanted.new, held) if len(stands.findall(held)) == 1 else None
    lines, wants = held.splitlines(), wanted.old.casefold()
    at = [number for number, line in enumerate(lines) if wants in (line.casefold(), short(line).casefold())]
    if len(at) != 1:
        return None
    return "\n".join(wanted.new if number == at[0] else line for number, line in enumerate(lines))
