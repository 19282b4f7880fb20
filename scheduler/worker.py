"""The worker: claims rows that are due, has them done, and records what came of it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic

import structlog

from core.errors import Refusal, StoreTrouble, Trouble
from core.holding import Beats, Clock, Wait, surely
from core.leases import LEASE, MOST_ATTEMPTS, Bell, Leased, LeaseLost, Leases, Row
from core.signals import LeaseMissed, Note, unnoted
from scheduler.retry import again_at

log = structlog.get_logger()

LAST_WORDS_SECONDS = 2.0
"""For writing an outcome while the program ends."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How long a lease is, how many rows are worked on at the same time, after how many seconds the worker looks for more, and
    how many there are between two ticks (`scheduler.ticks`)."""

    lease: timedelta = LEASE
    at_once: int = 8
    poll_seconds: float = 5.0
    tick_seconds: float = 30.0


RHYTHM = Rhythm()


class Worker(Generic[Row]):
    """Works on the rows of one store: jobs, events of the inbox, or messages of the outbox.

    `handle` returns the outcome, which is kept with the row. `owner` names this process in leases. Between claims the worker
    rests until the bell rings, a row is done, or it is time to look. `looked_at`: when it last did.
    """

    def __init__(
        self,
        store: Leases[Row],
        handle: Callable[[Row], Awaitable[str | None]],
        *,
        owner: str,
        now: Clock,
        bell: Bell | None = None,
        wait: Wait = asyncio.sleep,
        chance: Callable[[], float] = random.random,
        rhythm: Rhythm = RHYTHM,
        note: Note = unnoted,
    ) -> None:
        self._store = store
        self._handle = handle
        self._owner = owner
        self._now = now
        self._wait = wait
        self._chance = chance
        self._lease = rhythm.lease
        self._beats = Beats(lease=rhythm.lease, wait=wait)
        self._rhythm = rhythm
        self._stir = asyncio.Event()
        self._working: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._reachable = True
        self._note = note
        self.looked_at: datetime | None = None
        if bell is not None:
            bell.tell(self._stir.set)

    @property
    def busy(self) -> int:
        """How many rows are being worked on."""
        return len(self._working)

    async def run(self) -> None:
        """Work until `stop`."""
        while not self._stopping:
            self._stir.clear()
            for row in await self._claim():
                self._start(row)
            self.looked_at = self._now()
            await self._either((self._stir.wait(),), self._rhythm.poll_seconds * (0.5 + self._chance()))

    async def once(self) -> int:
        """Work on all that is due now, to its end; returns how many rows that were."""
        count = 0
        while taken := await self._claim():
            count += len(taken)
            for row in taken:
                self._start(row)
            await asyncio.wait(self._working)
        return count

    async def stop(self, grace_seconds: float = 10.0) -> None:
        """Take nothing more, let what is being worked on end within the grace, and give the rest back."""
        self._stopping = True
        self._stir.set()
        if self._working:
            await self._either((asyncio.wait(self._working),), grace_seconds)
        for each in self._working:
            each.cancel()
        if self._working:
            await asyncio.wait(self._working)

    async def work(self, row: Row) -> None:
        """One row that this process holds, to its end: its outcome, or its error, is recorded."""
        began = self._now()
        try:
            outcome = await self._attempt(row)
        except LeaseLost:
            self._lost(row)
        except asyncio.CancelledError:
            await self._record(lambda: self._store.give_back(row, self._now()), row)
            raise
        except Exception as trouble:
            await self._failed(row, trouble)
        else:
            await self._record(lambda: self._store.done(row, self._now(), outcome), row)
            log.info("work done", row=row.id, what=row.title, seconds=(self._now() - began).total_seconds())

    async def _attempt(self, row: Row) -> str | None:
        if row.attempts > MOST_ATTEMPTS:
            raise EndedInside()
        with self._beats.held(lambda: self._store.extend(row, self._now() + self._lease)):
            return await self._handle(row)

    async def _failed(self, row: Row, trouble: Exception) -> None:
        now = self._now()
        again = None if isinstance(trouble, Refusal) else again_at(row.attempts, now, self._chance())
        unexpected = None if isinstance(trouble, Trouble) else trouble
        said = trouble.message if isinstance(trouble, Trouble) else f"{type(trouble).__name__}: {trouble}"
        about = {"row": row.id, "what": row.title, "trouble": type(trouble).__name__, "attempts": row.attempts}
        log.log(40 if unexpected else 30, "work failed", again=again is not None, exc_info=unexpected, **about)
        await self._record(lambda: self._store.failed(row, said, now, again), row)

    async def _record(self, write: Callable[[], Awaitable[None]], row: Leased) -> None:
        """Write an outcome, though the database be away or the program ending."""
        writing = asyncio.ensure_future(surely(write, self._wait))
        try:
            await asyncio.shield(writing)
        except LeaseLost:
            self._lost(row)
        except StoreTrouble as trouble:  # the lease runs out, and another tries
            log.error("outcome not kept", row=row.id, what=row.title, trouble=type(trouble).__name__)
        except asyncio.CancelledError:
            await self._either((writing,), LAST_WORDS_SECONDS)
            raise

    def _lost(self, row: Leased) -> None:
        log.warning("lease lost", row=row.id, what=row.title)
        self._note(LeaseMissed(type(row).__name__.lower()))

    async def _claim(self) -> Sequence[Row]:
        free = self._rhythm.at_once - len(self._working)
        if free <= 0 or self._stopping:
            return ()
        try:
            taken = await self._store.claim(self._owner, self._now(), self._lease, free)
        except Exception as trouble:  # a worker that ended here would be missed by nobody
            if self._reachable:
                unexpected = None if isinstance(trouble, StoreTrouble) else trouble
                log.warning("nothing claimed", trouble=type(trouble).__name__, exc_info=unexpected)
            self._reachable = False
            return ()
        self._reachable = True
        return taken

    def _start(self, row: Row) -> None:
        working = asyncio.create_task(self.work(row))
        self._working.add(working)
        working.add_done_callback(self._ended)

    def _ended(self, working: asyncio.Task[None]) -> None:
        self._working.discard(working)
        self._stir.set()

    async def _either(self, first: Iterable[Awaitable[Any]], seconds: float) -> None:
        """Return when the first of these is over, or the time is."""
        racing = {asyncio.ensure_future(each) for each in (*first, self._wait(seconds))}
        try:
            await asyncio.wait(racing, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in racing:
                each.cancel()
            await asyncio.gather(*racing, return_exceptions=True)


class EndedInside(Trouble):
    """The program ended each time while this was being done."""
