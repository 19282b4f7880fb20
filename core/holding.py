"""Holding a row of work while it is worked on, and writing for certain what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
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
async def held(extend: Callable[[], Awaitable[object]], *, lease: timedelta, wait: Wait) -> AsyncIterator[None]:
    """Extend a lease, three times in its length, while the body runs. Enter and leave it in one task.

    Not for generators, where whoever draws would be cancelled: see `extended`.

    Raises:
        LeaseLost: someone else has the row; the body was cancelled.
    """
    body = asyncio.current_task()
    if body is None:
        raise RuntimeError("a lease is held by a task")
    hold = Hold(body.cancel)
    try:
        async with _beating(hold, extend, lease, wait):
            yield
    except asyncio.CancelledError:
        if hold.lost and body.uncancel() == 0:
            raise hold.lost from None
        raise


@asynccontextmanager
async def extended(extend: Callable[[], Awaitable[object]], *, lease: timedelta, wait: Wait) -> AsyncIterator[Hold]:
    """Extend a lease in the same way, for a body that may be part of a generator: it asks at each step whether it was lost."""
    hold = Hold()
    async with _beating(hold, extend, lease, wait):
        yield hold


class Hold:
    """A lease that is being extended. `at_loss` is called when someone else has taken the row."""

    def __init__(self, at_loss: Callable[[], object] = lambda: None) -> None:
        self.lost: LeaseLost | None = None
        self._at_loss = at_loss

    def check(self) -> None:
        """Raise `LeaseLost` where someone else has the row."""
        if self.lost:
            raise self.lost

    def lose(self, trouble: LeaseLost) -> None:
        """Someone else has it."""
        self.lost = trouble
        self._at_loss()


@asynccontextmanager
async def _beating(hold: Hold, extend: Callable[[], Awaitable[object]], lease: timedelta, wait: Wait) -> AsyncIterator[None]:
    async def beat() -> None:
        while hold.lost is None:
            await wait(lease.total_seconds() / BEATS_PER_LEASE)
            try:
                await extend()
            except LeaseLost as trouble:
                hold.lose(trouble)
            except StoreTrouble as trouble:
                log.warning("lease not extended", trouble=type(trouble).__name__)

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()
        await asyncio.wait({beating})
