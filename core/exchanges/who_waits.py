"""Who waits for a person's answer, and since when: read for a coach's lists, without the words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from core.exchanges.ports import ExchangeStore
from core.exchanges.service import LISTED_AT_MOST
from core.people.model import Person


class WhoWaits:
    """Implements `core.members.ports.Waits`."""

    def __init__(self, store: ExchangeStore) -> None:
        self._store = store

    async def since(self, coach: Person) -> Mapping[str, datetime]:
        """Since when, by the students' ids, of the coach's organization; of several questions since the first of them."""
        found = [each for each in await self._store.of_organization(coach, LISTED_AT_MOST) if each.waits]
        return {each.person_id: each.last.at for each in sorted(found, key=lambda each: each.last.at, reverse=True)}
