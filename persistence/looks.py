"""Who looked at what of whom, in the record, for a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.openness.model import Look
from core.people.model import Person
from persistence.documents import Database, Filter


class LookRecord:
    """Implements `core.openness.ports.LookStore`."""

    def __init__(self, database: Database) -> None:
        self._looks = database.collection("looks")

    async def add(self, look: Look) -> None:
        """Keep it."""
        await self._looks.insert(look.document())

    async def all_seen(self, person: Person, since: datetime) -> bool:
        """Whether this coach's look at the list of everybody is kept, from that time or later."""
        where: Filter = {"everybodyIn": person.organization_id, "byPersonId": person.id, "at": {"$gte": since}}
        return bool(await self._looks.find(where, limit=1))

    async def of(self, person: Person, limit: int) -> Sequence[Look]:
        """The looks at this person, and at the list of everybody in their organization, the latest first."""
        mine: Filter = {"personId": person.id}
        everybody: Filter = {"everybodyIn": person.organization_id}
        found = [await self._looks.find(each, sort=[("at", -1)], limit=limit) for each in (mine, everybody)]
        looks = [Look.of(each) for some in found for each in some]
        return sorted(looks, key=lambda each: each.at, reverse=True)[:limit]
