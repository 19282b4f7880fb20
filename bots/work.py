"""What goes on beside the conversations of one process: late answers, jobs, messages on their way, and the clock's pulse."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Protocol

from core.leases import Leases

GRACE_SECONDS = 10.0


class Works(Protocol):
    """A worker (`scheduler.worker.Worker`)."""

    @property
    def looked_at(self) -> datetime | None:
        """When it last looked for work."""
        ...

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

    @property
    def looked_at(self) -> datetime | None:
        """When it last went round."""
        ...

    def start(self) -> None:
        """Begin."""
        ...

    def stop(self) -> None:
        """End."""
        ...


CATCH_UP_SECONDS = 20.0
"""Late answers are waited for so long before anything new is done; then they go on beside it."""
SENDING_SECONDS = 2.0
"""For what was finished at the very end, to be sent."""


class Work:
    """The workers of one process.

    `late` is caught up with before anything new is done: people's requests that a process took and died with. `jobs` make
    letters, and `letters` are sent. `alone`: no other process has this record, so that whatever is held was held by one that
    died, and is free at once.
    """

    def __init__(
        self,
        *,
        late: Works,
        jobs: Works,
        letters: Works,
        stores: Sequence[Leases[Any]],
        pulse: Pulse,
        alone: bool,
        now: Callable[[], datetime],
        catch_up_seconds: float = CATCH_UP_SECONDS,
    ) -> None:
        self._late = late
        self._jobs = jobs
        self._letters = letters
        self._stores = tuple(stores)
        self._pulse = pulse
        self._alone = alone
        self._now = now
        self._catch_up_seconds = catch_up_seconds

    def looked(self) -> Mapping[str, datetime | None]:
        """When each part last looked for work, by its name; None where it has not begun."""
        workers = {"late answers": self._late, "jobs": self._jobs, "messages": self._letters}
        return {**{name: each.looked_at for name, each in workers.items()}, "clock": self._pulse.looked_at}

    @asynccontextmanager
    async def going_on(self, grace: Callable[[], float] = lambda: GRACE_SECONDS) -> AsyncIterator[None]:
        """Catch up, then work until the block is left.

        What is being worked on then has the grace, in seconds, to come to its end; the rest is given back. The grace is asked
        for at the end, when it is known why the block was left.
        """
        if self._alone:
            for store in self._stores:
                await store.free(self._now())
        catching_up = asyncio.create_task(self._late.once())
        await asyncio.wait({catching_up}, timeout=self._catch_up_seconds)
        workers = (self._late, self._jobs, self._letters)
        running = [asyncio.create_task(each.run()) for each in workers]
        self._pulse.start()
        try:
            yield
        finally:
            self._pulse.stop()
            seconds = grace()
            await asyncio.gather(self._late.stop(seconds), self._jobs.stop(seconds))
            await asyncio.wait({catching_up})
            await self._send_the_last()
            await asyncio.gather(*running)

    async def _send_the_last(self) -> None:
        """Send what the jobs have just finished, for nobody may come back to this place for a while."""
        sending = asyncio.create_task(self._letters.once())
        await asyncio.wait({sending}, timeout=SENDING_SECONDS)
        await self._letters.stop(0.0)
        await sending
