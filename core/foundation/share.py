"""How much of a Foundation is filled, for the features that build on it."""

from __future__ import annotations

from collections.abc import Sequence

from core.foundation.model import Foundation
from core.foundation.ports import FoundationStore
from core.foundation.service import Foundations
from core.people.model import Person
from core.ui import Meter


class Share:
    """Implements `core.course.ports.FoundationShare`."""

    def __init__(self, store: FoundationStore, foundations: Foundations) -> None:
        self._store = store
        self._foundations = foundations

    async def of(self, person: Person) -> Sequence[Meter]:
        """How much of each grid is filled, in cells."""
        foundation = await self._foundation(person)
        return [
            Meter(share.grid.title, len(share.filled), len(share.grid.cells)) for share in self._foundations.shares(foundation)
        ]

    async def unlocked(self, person: Person) -> bool:
        """Whether every cell that Hook needs is filled."""
        return not self._foundations.still_locks(await self._foundation(person))

    async def _foundation(self, person: Person) -> Foundation:
        return await self._store.of(person) or self._foundations.empty(person, person.created_at)
