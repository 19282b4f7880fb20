"""The tick: one pulse in UTC, from which everything that is due by the clock is found in the record.

No job store: what is to happen when stands in the record, and each process may tick, since rows are claimed and keys unique.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from core.errors import Trouble
from core.holding import Clock

log = structlog.get_logger()

SECONDS = 30.0


class Ticks:
    """Calls each task with the time, one after the other, every 30 seconds and once at the start.

    Tasks: `database.sweep`, the workers' bell, nudges that are due. A task's `Trouble` is logged, and the others go on. A tick
    that is late is not dropped (APScheduler would, after 1 s), and late ones run once. `looked_at`: when the last one ended.
    """

    def __init__(
        self, tasks: Mapping[str, Callable[[datetime], Awaitable[object]]], *, now: Clock, seconds: float = SECONDS
    ) -> None:
        self._tasks = tasks
        self._now = now
        self.looked_at: datetime | None = None
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(
            self._pulse,
            IntervalTrigger(seconds=seconds, timezone=UTC),
            id="tick",
            next_run_time=datetime.now(UTC),  # APScheduler goes by the machine's clock
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )

    def start(self) -> None:
        """Begin to tick, on the running loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more; a tick that is running is cancelled."""
        self._scheduler.shutdown(wait=False)

    async def _pulse(self) -> None:
        with suppress(asyncio.CancelledError):  # the end of the program, which APScheduler would log as an error
            await self.tick()

    async def tick(self) -> None:
        """One tick."""
        at = self._now()
        for name, task in self._tasks.items():
            try:
                await task(at)
            except Trouble as trouble:
                log.warning("tick failed", task=name, trouble=type(trouble).__name__)
        self.looked_at = self._now()
