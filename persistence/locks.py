"""Locks with a lease in the record.

A store of the system: a lock is nobody's.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from core.errors import AlreadyThere
from core.leases import LeaseLost
from core.locks import Lock
from persistence.documents import Database, Filter


class LockRecord:
    """Locks by their names. A released lock stays, so that its token goes on growing. Implements `core.locks.Locks`."""

    def __init__(self, database: Database) -> None:
        self._locks = database.collection("locks")

    async def acquire(self, name: str, *, owner: str, at: datetime, lease: timedelta) -> Lock | None:
        """The lock, held until `at` + `lease`, or None where someone holds it."""
        free: Filter = {"_id": name, "$or": [{"until": None}, {"until": {"$lte": at}}]}
        found = await self._locks.update(free, {"$set": {"owner": owner, "until": at + lease}, "$inc": {"token": 1}})
        if found is not None:
            return Lock.of(found)
        first = Lock(id=name, owner=owner, token=1, until=at + lease)
        try:
            await self._locks.insert(first.document())
        except AlreadyThere:
            return None
        return first

    async def renew(self, lock: Lock, until: datetime) -> Lock:
        """Hold it until then.

        Raises:
            LeaseLost: someone else holds it, or did since.
        """
        mine: Filter = {"_id": lock.id, "token": lock.token, "owner": lock.owner, "until": {"$exists": True}}
        found = await self._locks.update(mine, {"$set": {"until": until}})
        if found is None:
            raise LeaseLost()
        return Lock.of(found)

    async def release(self, lock: Lock) -> None:
        """Let go of it; nothing happens where it is someone else's by now."""
        await self._locks.update({"_id": lock.id, "token": lock.token, "owner": lock.owner}, {"$unset": {"until": ""}})
