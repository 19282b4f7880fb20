"""Whoever asks what stands in a cell of their own Foundation is told just that, and not what the course's shop wrote there."""

from __future__ import annotations

import re

from core.course.steps import Step
from core.errors import NotFound
from core.foundation.cells import Cell, Cells
from core.foundation.service import Foundations
from core.foundation.typed import write_cell
from core.llm.ports import OwnCell
from core.people.model import Person

WORDS_AT_MOST = 16
"""More than that asks for something to be done with it."""
_SAID = r"(?:said|say|told you|tell you|wrote|write|written|put|noted?|noted down|answer(?:ed)?|recorded?)"
_LOOKING = re.compile(
    r"(?:@\w+ )?(?:(?:please|hi|hello|hey|so|and|ok|can|could|would|will|you|i|me|we|see|just) )*"
    r"(?:(?:show|tell|give|read|quote|find|look up|remind|do you (?:know|have|remember))(?: me)?(?: of)? )?"
    r"(?:(?:what(?:'s|s)?|which|where|how)(?: (?:did|have|had|do|is|are|was|were|again|exactly))*"
    rf"(?: (?:i|we)(?: have| had|'ve)? {_SAID}(?: (?:about|for|in|as|down|under|on|is|was))*)? )?"
    r"(?:my|our) (?:(?:own|current|last|present) )*(?P<cell>.+?)"
    r"(?: (?:is|are|was|were|again|now|so far|please|cell|exactly|at the moment|right now|in my foundation|for me))*"
)
_WHOSE = re.compile(r"(?:customers?'?s?'?|clients?'?s?'?|buyers?'?s?'?|shop's?|company's?|brand's?|business's?) ")
_STEPS = frozenset(each.value.casefold() for each in Step)
"""A hook and a gift are things that are made; that they stand in a cell's title too makes them no cell."""


class OwnCells:
    """Implements `core.llm.ports.OwnCells`."""

    def __init__(self, foundations: Foundations) -> None:
        self._foundations = foundations

    async def asked_for(self, question: str, person: Person) -> OwnCell | None:
        """The cell that the question asks to be shown, as it stands; None where it asks for something else."""
        cell = named_in(question, self._foundations.cells)
        if cell is None:
            return None
        kept = await self._foundations.kept(person)
        grid = next(each.title for each in self._foundations.cells.grids if each.key == cell.grid)
        return OwnCell(cell.title, grid, write_cell(cell, kept.value(cell.field)) if kept else "")


def named_in(question: str, cells: Cells) -> Cell | None:
    """The one cell of their own that the question is about, where it asks for nothing but to see it."""
    plain = " ".join(re.sub(r"[^\w'@ ]+", " ", question.casefold().replace("’", "'")).split())
    found = _LOOKING.fullmatch(plain) if len(plain.split()) <= WORDS_AT_MOST else None
    if found is None:
        return None
    for name in (found["cell"], _WHOSE.sub("", found["cell"], count=1)):
        try:
            named, rest = cells.begun_by(name)
        except NotFound:
            continue
        if len(named) == 1 and not rest and name not in _STEPS:
            return named[0]
    return None
