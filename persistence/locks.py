"""Locks with a lease in the record.

A store of the system: a lock is nobody's.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from core.errors import AlreadyThere
from core.leases import LeaseLost
from core.locks import Lock
from persistence.documents import Change, Database, Document, Filter


class LockRecord:
    """Locks by their names. A released lock stays, so that its token goes on growing. Implements `core.locks.Locks`.

    `alone`: no other process can have this record, so whoever holds a lock is dead, and it is taken at once.
    """

    def __init__(self, database: Database, *, alone: bool = False) -> None:
        self._locks = database.collection("locks")
        self._alone = alone

    async def acquire(self, name: str, *, owner: str, at: datetime, lease: timedelta) -> Lock | None:
        """The lock, held until `at` + `lease`, or None where someone holds it."""
        free: Filter = {"_id": name} if self._alone else {"_id": name, "$or": [{"until": None}, {"until": {"$lte": at}}]}
        found = await self._locks.update(free, {"$set": {"owner": owner, "until": at + lease}, "$inc": {"token": 1}})
        if found is not None:
            return Lock.of(found)
        first = Lock(id=name, owner=owner, token=1, until=at + lease)
        try:
            await self._locks.insert(first.document())
        except AlreadyThere:
            return None
        return first

    async def renew(self, lock: Lock, until: datetime, done_until: datetime | None = None) -> Lock:
        """Hold it until then, having come so far.

        Raises:
            LeaseLost: someone else holds it, or did since.
        """
        mine: Filter = {"_id": lock.id, "token": lock.token, "owner": lock.owner, "until": {"$exists": True}}
        found = await self._locks.update(mine, {"$set": {"until": until, **_so_far(done_until)}})
        if found is None:
            raise LeaseLost()
        return Lock.of(found)

    async def release(self, lock: Lock, done_until: datetime | None = None) -> None:
        """Let go of it, having come so far; nothing happens where it is someone else's by now."""
        mine: Filter = {"_id": lock.id, "token": lock.token, "owner": lock.owner}
        left: Change = {"$unset": {"until": ""}}
        await self._locks.update(mine, {**left, "$set": _so_far(done_until)} if done_until else left)


def _so_far(done_until: datetime | None) -> Document:
    return {"doneUntil": done_until} if done_until else {}
