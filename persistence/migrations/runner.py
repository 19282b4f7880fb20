"""Applies pending migrations: one process at a time, repeatable, while other processes run."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

import structlog

from core.errors import AlreadyThere
from core.holding import Clock, Wait, held
from core.locks import Lock
from core.record import Kept
from persistence.documents import Database
from persistence.locks import LockRecord
from persistence.migrations import m0001_indexes, m0002_members, m0003_cohorts, m0004_boards, m0005_asides, m0006_ticks

log = structlog.get_logger()

LOCK = "migrations"
LEASE = timedelta(seconds=60)
LOOK_SECONDS = 1.0

Apply: TypeAlias = Callable[[Database], Awaitable[None]]
"""Changes the record. It may be carried out again after a crash, and beside processes of the version before: it only adds."""


@dataclass(frozen=True, slots=True)
class Migration:
    """A change by its number, such as "0001". A number is never given again, and never changed once it was released."""

    number: str
    title: str
    apply: Apply

    @property
    def name(self) -> str:
        """Number and title."""
        return f"{self.number} {self.title}"


MIGRATIONS: Sequence[Migration] = (
    Migration("0001", "indexes and validators", m0001_indexes.apply),
    Migration("0002", "the members' list", m0002_members.apply),
    Migration("0003", "cohorts of their own", m0003_cohorts.apply),
    Migration("0004", "boards", m0004_boards.apply),
    Migration("0005", "a private thread for each guild", m0005_asides.apply),
    Migration("0006", "what was ticked of closed modules", m0006_ticks.apply),
)
"""All there are, in order. One that adds a collection or an index calls `database.prepare()` as the first does."""


class Applied(Kept):
    """A migration that was applied; its id is the number."""

    title: str
    applied_at: datetime
    applied_by: str


class Migrations:
    """The migrations of one record."""

    def __init__(
        self,
        database: Database,
        *,
        owner: str,
        now: Clock,
        wait: Wait = asyncio.sleep,
        migrations: Sequence[Migration] = MIGRATIONS,
    ) -> None:
        self._database = database
        self._applied = database.collection("migrations")
        self._locks = LockRecord(database)
        self._owner = owner
        self._now = now
        self._wait = wait
        self._all = migrations

    async def pending(self) -> Sequence[str]:
        """The names of what is not applied yet."""
        return [each.name for each in await self._pending()]

    async def apply(self) -> Sequence[str]:
        """Apply what is pending, in order; returns the names of what this process applied. Waits while another one does.

        Raises:
            LeaseLost: another process took over, because this one stood still for a minute. Repeat it.
        """
        if not await self._pending():
            return ()
        lock = await self._lock()
        try:
            async with held(lambda: self._locks.renew(lock, self._now() + LEASE), lease=LEASE, wait=self._wait):
                return [each.name for each in await self._pending() if await self._apply(each)]
        finally:
            await self._locks.release(lock)

    async def _lock(self) -> Lock:
        while True:
            lock = await self._locks.acquire(LOCK, owner=self._owner, at=self._now(), lease=LEASE)
            if lock is not None:
                return lock
            await self._wait(LOOK_SECONDS)

    async def _apply(self, migration: Migration) -> bool:
        await migration.apply(self._database)
        applied = Applied(id=migration.number, title=migration.title, applied_at=self._now(), applied_by=self._owner)
        try:
            await self._applied.insert(applied.document())
        except AlreadyThere:
            return False
        log.info("migration applied", migration=migration.name)
        return True

    async def _pending(self) -> Sequence[Migration]:
        applied = {
            each["_id"] for each in await self._applied.find({"_id": {"$in": [one.number for one in self._all]}}, fields=())
        }
        return [each for each in self._all if each.number not in applied]
