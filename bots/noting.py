"""What was answered before it was kept is kept soon after, several at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import structlog

from core.errors import Trouble
from core.holding import Wait, surely
from core.inbox import Arrival

log = structlog.get_logger()

TOGETHER_SECONDS = 0.02
"""What is answered within this time is kept together: with one write to the disk, of which the loop hears once."""
LAST_WORDS_SECONDS = 2.0
"""For keeping what was answered, while the program ends."""
WAITING_AT_MOST = 10_000
"""While the record is away; what comes beyond that is answered all the same, and cannot be shared."""


class Notes:
    """Rows that nobody waits for."""

    def __init__(self, keep: Callable[[Sequence[Arrival]], Awaitable[None]], wait: Wait) -> None:
        self._keep = keep
        self._wait = wait
        self._waiting: list[Arrival] = []
        self._writing: asyncio.Task[None] | None = None

    def add(self, arrival: Arrival) -> None:
        """Keep it soon."""
        if len(self._waiting) >= WAITING_AT_MOST:
            log.warning("answered event not kept", row=arrival.id)
            return
        self._waiting.append(arrival)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())

    async def close(self) -> None:
        """Keep what still waits, if the record takes it now."""
        writing = self._writing
        if writing is not None:
            writing.cancel()
            await asyncio.wait({writing})
        if not self._waiting:
            return
        try:
            async with asyncio.timeout(LAST_WORDS_SECONDS):
                await self._keep(self._waiting)
        except (Trouble, TimeoutError) as trouble:
            log.warning("answered events not kept", count=len(self._waiting), trouble=type(trouble).__name__)

    async def _write(self) -> None:
        try:
            while self._waiting:
                await self._wait(TOGETHER_SECONDS)
                together = tuple(self._waiting)
                try:
                    await surely(partial(self._keep, together), self._wait)
                except Trouble as trouble:
                    log.error("answered events not kept", count=len(together), trouble=type(trouble).__name__)
                del self._waiting[: len(together)]
        finally:
            self._writing = None
