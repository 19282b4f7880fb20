"""What goes on beside the conversations of one process: late answers, jobs, messages on their way, and the clock's pulse."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Protocol

from core.leases import Leases


class Works(Protocol):
    """A worker (`scheduler.worker.Worker`)."""

    async def run(self) -> None:
        """Work until `stop`."""
        ...

    async def once(self) -> int:
        """Work on all that is due now, to its end."""
        ...

    async def stop(self, grace_seconds: float = 10.0) -> None:
        """Take nothing more, and let what is being worked on end."""
        ...


class Pulse(Protocol):
    """The clock's pulse (`scheduler.ticks.Ticks`)."""

    def start(self) -> None:
        """Begin."""
        ...

    def stop(self) -> None:
        """End."""
        ...


class Work:
    """The workers of one process.

    `first` are caught up with before anything new is done: people's requests that a process took and died with. `alone`: no
    other process has this record, so that whatever is held was held by one that died, and is free at once.
    """

    def __init__(
        self,
        *,
        first: Works,
        others: Sequence[Works],
        stores: Sequence[Leases[Any]],
        pulse: Pulse,
        alone: bool,
        now: Callable[[], datetime],
    ) -> None:
        self._first = first
        self._others = tuple(others)
        self._stores = tuple(stores)
        self._pulse = pulse
        self._alone = alone
        self._now = now

    @asynccontextmanager
    async def going_on(self) -> AsyncIterator[None]:
        """Catch up, then work until the block is left; what is not done by then is given back."""
        if self._alone:
            for store in self._stores:
                await store.free(self._now())
        await self._first.once()
        workers = (self._first, *self._others)
        running = [asyncio.create_task(each.run()) for each in workers]
        self._pulse.start()
        try:
            yield
        finally:
            self._pulse.stop()
            await asyncio.gather(*(each.stop() for each in workers))
            await asyncio.gather(*running)
