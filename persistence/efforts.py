"""When somebody last ran a prompt or logged figures themselves, from the times in the record alone."""

from __future__ import annotations

from datetime import datetime

from core.kpis.history import Source
from core.people.model import Person
from persistence.documents import Collection, Database, Filter

BY_THEMSELVES = [each.value for each in Source if each not in (Source.SENT, Source.LINKED)]
"""How figures come that nobody but the student brings: a shop sends them without its owner."""


class EffortRecord:
    """Implements `core.members.ports.Efforts`."""

    def __init__(self, database: Database) -> None:
        self._runs = database.collection("userPromptExecutions")
        self._figures = database.collection("snapshotHistory")

    async def ran(self, person: Person) -> datetime | None:
        """When the person last ran a prompt."""
        return await _latest(self._runs, {"userId": person.user_id}, "aiRequestTimestamp")

    async def logged(self, person: Person) -> datetime | None:
        """When the person last logged figures or put them right; what a program sends for them is no effort."""
        return await _latest(self._figures, {"userId": person.user_id, "source": {"$in": BY_THEMSELVES}}, "at")


async def _latest(collection: Collection, mine: Filter, name: str) -> datetime | None:
    found = await collection.find(mine, fields=(name,), sort=[(name, -1)], limit=1)
    moments = (each[name] for each in found)
    return next((each for each in moments if isinstance(each, datetime)), None)
