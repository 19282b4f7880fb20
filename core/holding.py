"""Holding a row of work while it is worked on, and writing for certain what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from typing import TypeAlias, TypeVar

import structlog

from core.errors import StoreDown, StoreFull, StoreTrouble
from core.leases import LeaseLost

log = structlog.get_logger()

BEATS_PER_LEASE = 3
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
"""In seconds, between two tries to write an outcome."""

Clock: TypeAlias = Callable[[], datetime]
"""The time now, aware, in UTC."""
Wait: TypeAlias = Callable[[float], Awaitable[object]]
"""Waits for seconds: `asyncio.sleep`, except in tests."""
Extend: TypeAlias = Callable[[], Awaitable[object]]
"""Extends a lease; raises `LeaseLost` where someone else has the row."""
Result = TypeVar("Result")


async def surely(write: Callable[[], Awaitable[Result]], wait: Wait) -> Result:
    """Repeat a write of an outcome, with pauses, until the record takes it: it can be away for a while."""
    pause = SHORTEST_PAUSE
    while True:
        try:
            return await write()
        except (StoreDown, StoreFull) as trouble:
            if pause == SHORTEST_PAUSE:
                log.warning("outcome kept waiting", trouble=type(trouble).__name__)
        await wait(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


@asynccontextmanager
async def held(extend: Extend, *, lease: timedelta, wait: Wait) -> AsyncIterator[None]:
    """Extend a lease, three times in its length, while the body runs. Enter and leave it in one task.

    Not for generators, where whoever draws would be cancelled: see `extended`.

    Raises:
        LeaseLost: someone else has the row, or may have it, since it could not be extended for a whole lease; the body was
            cancelled.
    """
    with Beats(lease=lease, wait=wait).held(extend):
        yield


@asynccontextmanager
async def extended(extend: Extend, *, lease: timedelta, wait: Wait) -> AsyncIterator[Hold]:
    """Extend a lease in the same way, for a body that may be part of a generator: it asks at each step whether it was lost."""
    with Beats(lease=lease, wait=wait).beating(Hold(extend)) as hold:
        yield hold


class Hold:
    """A lease that is being extended. `at_loss` is called when someone else has taken the row, or may have."""

    def __init__(self, extend: Extend, at_loss: Callable[[], object] = lambda: None) -> None:
        self.lost: LeaseLost | None = None
        self._extend = extend
        self._at_loss = at_loss
        self._missed = 0
        self._over = False

    def check(self) -> None:
        """Raise `LeaseLost` where someone else has the row."""
        if self.lost:
            raise self.lost

    async def beat(self, seconds: float) -> None:
        """Extend it, within so many seconds. What cannot be extended for a whole lease is as good as lost."""
        try:
            async with asyncio.timeout(seconds):
                await self._extend()
            self._missed = 0
        except LeaseLost as trouble:
            self._lose(trouble)
        except (StoreTrouble, TimeoutError) as trouble:
            log.warning("lease not extended", trouble=type(trouble).__name__)
            self._missed += 1
            if self._missed >= BEATS_PER_LEASE:
                self._lose(LeaseLost())

    def end(self) -> None:
        """Whatever becomes of the row now is nobody's loss."""
        self._over = True

    def _lose(self, trouble: LeaseLost) -> None:
        if not self._over and self.lost is None:
            self.lost = trouble
            self._at_loss()


class Beats:
    """Extends all that is held here, three times in the length of a lease: one clock for all of it, which runs while there is
    something."""

    def __init__(self, *, lease: timedelta, wait: Wait) -> None:
        self._pause = lease.total_seconds() / BEATS_PER_LEASE
        self._wait = wait
        self._holds: set[Hold] = set()
        self._ticking: asyncio.Task[None] | None = None

    @contextmanager
    def held(self, extend: Extend) -> Iterator[None]:
        """Hold a lease while the body runs, as `held` does, within one task.

        Raises:
            LeaseLost: as with `held`.
        """
        body = asyncio.current_task()
        if body is None:
            raise RuntimeError("a lease is held by a task")
        hold = Hold(extend, body.cancel)
        try:
            with self.beating(hold):
                yield
        except asyncio.CancelledError:
            if hold.lost and body.uncancel() == 0:
                raise hold.lost from None
            raise

    @contextmanager
    def beating(self, hold: Hold) -> Iterator[Hold]:
        """Extend it until the block is left."""
        self._holds.add(hold)
        if self._ticking is None:
            self._ticking = asyncio.create_task(self._tick())
        try:
            yield hold
        finally:
            hold.end()
            self._holds.discard(hold)
            if not self._holds and self._ticking is not None:
                self._ticking.cancel()
                self._ticking = None

    async def _tick(self) -> None:
        while True:
            await self._wait(self._pause)
            for trouble in await asyncio.gather(*(each.beat(self._pause) for each in self._holds), return_exceptions=True):
                if trouble is not None:
                    log.error("lease not extended", exc_info=trouble)
