"""The outbox in the record.

A store of the system: a process sends what goes to the surfaces that it serves.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.leases import Bell
from core.outbox import TOO_LATE, Letter
from core.people.model import Person
from persistence.documents import Database
from persistence.leased import LeasedRecord


class OutboxRecord(LeasedRecord[Letter]):
    """Implements `core.outbox.Outbox`."""

    def __init__(self, database: Database, bell: Bell | None = None, surfaces: Sequence[str] | None = None) -> None:
        super().__init__(database.collection("outbox"), Letter, spent=("message",), bell=bell, surfaces=surfaces)

    async def add(self, letter: Letter) -> bool:
        """Keep a message to be sent; False where one with its key is kept already."""
        return await self._keep(letter)

    async def find(self, organization_id: str, key: str) -> Letter | None:
        """The organization's message with this key, or None."""
        found = await self._rows.find_one({"key": key, "organizationId": organization_id})
        return Letter.of(found) if found else None

    async def key_of(self, person: Person, posted: str) -> str | None:
        """What the message was for that the person was sent, by the platform's id of it; None where it was none of ours."""
        found = await self._rows.find_one({"personId": person.id, "outcome": posted})
        return str(found["key"]) if found else None

    async def latest(self, person: Person, since: datetime) -> tuple[str, datetime] | None:
        """What the latest message was for that the person was sent after that time, and when it went out."""
        sent = [Letter.of(each) for each in await self._rows.find({"personId": person.id, "doneAt": {"$gt": since}})]
        found = [(each.done_at, each.key) for each in sent if each.done_at and each.outcome != TOO_LATE]
        at, key = max(found, default=(None, ""))
        return (key, at) if at else None
