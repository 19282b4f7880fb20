"""The numbers of one scrape: what was counted, and how the queues stand, asked of the record within a limit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from bots.prometheus import Metrics
from bots.readiness import Readiness
from core.errors import Trouble
from core.holding import Clock
from core.signals import Depth, Stopwatch

RECORD_SECONDS = 2.0
"""A scrape has ten by default (https://prometheus.io/docs/prometheus/latest/configuration/configuration/), with everything."""
KEPT_SECONDS = 5.0
"""For so long the queues' depths are good, however many ask."""

Depths = Callable[[], Awaitable[Mapping[str, Depth]]]


class Numbers:
    """Writes them out when they are asked for."""

    def __init__(self, metrics: Metrics, depths: Depths, readiness: Readiness, now: Clock, clock: Stopwatch) -> None:
        self._metrics = metrics
        self._depths = depths
        self._readiness = readiness
        self._now = now
        self._clock = clock
        self._read_at: float | None = None
        self._one = asyncio.Lock()

    async def text(self) -> bytes:
        """All of them, in Prometheus' text format."""
        async with self._one:
            if self._read_at is None or self._clock() - self._read_at >= KEPT_SECONDS:
                self._metrics.show_depths(await self._asked(), self._now())
                self._read_at = self._clock()
            ready, _ = await self._readiness.missing()
        self._metrics.show_ready(ready, self._readiness.ticked_at)
        return self._metrics.text()

    async def _asked(self) -> Mapping[str, Depth] | None:
        try:
            async with asyncio.timeout(RECORD_SECONDS):
                return await self._depths()
        except (Trouble, TimeoutError):
            return None
