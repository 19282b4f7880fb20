"""An answer is taken out of its cell again: what somebody said beside the point stands there no longer than until they see it."""

from __future__ import annotations

from datetime import datetime

from core.errors import NotFound
from core.foundation import interview_views as views
from core.foundation.asking import Asking
from core.foundation.cells import Cell
from core.foundation.history import FoundationChange
from core.foundation.ports import FoundationStore
from core.foundation.service import GONE, Foundations
from core.foundation.typed import write_cell
from core.people.model import Person
from core.ui import Message


class TakingBack:
    """Takes back what the interview saved, as long as nothing was changed in that cell since."""

    def __init__(self, foundations: Foundations, store: FoundationStore, asking: Asking) -> None:
        self._foundations = foundations
        self._store = store
        self._asking = asking

    async def taken_back(self, key: str, version: int, place: str, person: Person, at: datetime) -> Message:
        """That the cell of this key is as it was before the save that made this version, and its question again where it is empty
        now; where it was changed since, that it was.

        Raises:
            NotFound: there is no such cell, or no such version is known.
            Changed: others saved again and again at the same moment.
        """
        cell = self._foundations.cells.by_key.get(key)
        since = await self._store.changes_since(person, version - 1)
        changes = [each for each in since if cell and each.field == cell.field]
        if cell is None or not changes or changes[0].version != version:
            raise NotFound(GONE)
        if len(changes) > 1:
            return Message(cards=(views.changed_since_card(cell),), private=True)
        await self._foundations.put_back(person, changes[0].id, at)
        kept = await self._foundations.of(person, at)
        gone = Message(cards=(views.taken_back_card(cell, self._said(cell, changes[0])),), private=True)
        interview = kept.interview
        if interview is None or not interview.open:
            return gone
        if kept.has(cell):
            return self._asking.again(gone.cards[0], self._foundations.cells.by_key[interview.cell], interview, kept)
        asked = await self._asking.turn_to(cell, person, kept, place, at)
        return Message(cards=(*gone.cards, *asked.cards), private=True, asks=asked.asks)

    def _said(self, cell: Cell, change: FoundationChange) -> str:
        """What the change had put there."""
        before = write_cell(cell, change.before).splitlines()
        after = write_cell(cell, change.after).splitlines()
        return "\n".join(line for line in after if line not in before)
