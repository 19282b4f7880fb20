"""How the record's queues stand, for whoever runs the program: counts and times, and no row of anybody's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from core.leases import State
from core.signals import Depth
from persistence.documents import Collection, Database, Filter

QUEUES = ("inbox", "jobs", "outbox")
REMINDERS = "reminders"
"""People who are looked at when their time comes: only who is due says something of the work that there is."""


class QueueDepths:
    """A store of the system. Every count goes by an index, over rows that are not done: those are few."""

    def __init__(self, database: Database) -> None:
        self._queues = {name: database.collection(name) for name in QUEUES}
        self._reminders = database.collection("nudgePreferences")

    async def read(self, at: datetime) -> Mapping[str, Depth]:
        """Each queue by its name; what is due may be taken by any process, also where one that died still has it."""
        found = {name: await self._of(rows, at) for name, rows in self._queues.items()}
        due, since = await _due(self._reminders, "nextCheckAt", at)
        return {**found, REMINDERS: Depth(due=due, due_since=since)}

    async def _of(self, rows: Collection, at: datetime) -> Depth:
        counts = {state: await rows.count({"state": state.value}) for state in State if state is not State.DONE}
        due, since = await _due(rows, "dueAt", at)
        return Depth(counts[State.WAITING], due, counts[State.RUNNING], counts[State.ASIDE], since)


async def _due(rows: Collection, field: str, at: datetime) -> tuple[int, datetime | None]:
    """How many are due, and since when the longest of them has been."""
    due: Filter = {field: {"$lte": at}}
    count = await rows.count(due)
    first = await rows.find(due, sort=[(field, 1)], limit=1, fields=(field,))
    since = first[0][field] if first else None
    return count, since if isinstance(since, datetime) else None
