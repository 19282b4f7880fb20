"""Sorting pasted text into cells: the proposals wait until the student has ticked what is to be saved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from core.errors import NotFound, Refusal
from core.foundation.history import Source
from core.foundation.model import Foundation
from core.foundation.service import BadCells, Foundations
from core.foundation.sorted_by_model import sort_by_model
from core.foundation.sorted_by_names import ByNames
from core.foundation.sorted_text import Sorted, packed, unpacked
from core.ids import new_id
from core.llm.model import Model
from core.people.model import Person
from core.ports import FormDrafts

SORTED = "foundation sorted"
"""The name under which proposals wait among the drafts of forms."""
PASTED_AT_MOST = 40_000
TOKEN_CHARACTERS = 8


PASTE = "foundation paste"
"""The command whose form has the text until it is sorted."""


class NothingSorted(Refusal):
    """I found nothing in this that belongs in a cell."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of the ticked proposals: the Foundation as it is now, what could not be saved, by key, and what still waits."""

    foundation: Foundation
    saved: tuple[str, ...]
    problems: Mapping[str, str]
    left: Sorted


class Sorting:
    """Sorts with the model where there is a real one, else by headings and names."""

    def __init__(self, foundations: Foundations, model: Model, drafts: FormDrafts) -> None:
        self._foundations = foundations
        self._model = model
        self._drafts = drafts

    async def sort(self, person: Person, text: str, at: datetime) -> Sorted:
        """The proposals for a text, kept until they are chosen from; the text is kept for its form until there are some.

        Raises:
            NothingSorted: there are none.
            ModelTrouble: the model cannot answer.
        """
        cells = self._foundations.cells
        await self._drafts.keep(person, PASTE, {"text": text}, at)
        if self._model.practice:
            found = ByNames(cells).sort(text)
        else:
            found = await sort_by_model(text, cells, self._model, person)
        foundation = await self._foundations.of(person, at)
        if not found.proposals:
            raise NothingSorted(_nothing(by_model=found.by_model))
        found = replace(found, seen=foundation.version, token=new_id("srt")[-TOKEN_CHARACTERS:])
        await self._drafts.keep(person, SORTED, packed(found), at)
        await self._drafts.drop(person, PASTE)
        return found

    async def waiting(self, person: Person, token: str) -> Sorted:
        """The proposals with this token.

        Raises:
            NotFound: they were saved, or others came in their place.
        """
        found = unpacked(await self._drafts.find(person, SORTED), token)
        if found is None:
            raise NotFound("These proposals are not waiting any more. Paste the text again: /foundation paste")
        return found

    async def keep(self, person: Person, found: Sorted, keys: Collection[str], at: datetime) -> Kept:
        """Save the proposals with these keys; the others go on waiting, and one that cannot be saved keeps no other back."""
        typed = {each.key: each.text for each in found.proposals if each.key in keys}
        problems: dict[str, str] = {}
        while typed:
            try:
                foundation = await self._foundations.save(person, typed, at, seen=found.seen, source=Source.PASTE)
                break
            except BadCells as trouble:
                problems |= trouble.problems
                typed = {key: text for key, text in typed.items() if key not in trouble.problems}
        else:
            foundation = await self._foundations.of(person, at)
        left = replace(found, proposals=tuple(each for each in found.proposals if each.key not in typed))
        if left.proposals:
            await self._drafts.keep(person, SORTED, packed(left), at)
        else:
            await self._drafts.drop(person, SORTED)
        return Kept(foundation, tuple(typed), problems, left)


def _nothing(*, by_model: bool) -> str:
    if by_model:
        return "Claude found nothing in this that belongs in a cell. Paste notes on your shop, your market or your customers."
    return (
        "No key for Claude is set, so I only look for the names of cells, as headings or before a colon, such as “Voice: warm”. "
        "I found none. /foundation shows the names, and /foundation edit takes the text itself."
    )
