"""The tick calls everything that is due by the clock."""

from __future__ import annotations

import asyncio
from datetime import datetime

from core.errors import StoreDown
from scheduler.ticks import Ticks
from tests.records import NOON, Time


async def test_a_tick_gives_each_task_the_time_and_goes_on_past_trouble(time: Time) -> None:
    seen: list[tuple[str, datetime]] = []

    async def sweep(at: datetime) -> None:
        seen.append(("sweep", at))
        raise StoreDown()

    async def nudges(at: datetime) -> None:
        seen.append(("nudges", at))

    ticks = Ticks({"sweep": sweep, "nudges": nudges}, now=time.now)
    assert ticks.looked_at is None
    await ticks.tick()
    assert ticks.looked_at == NOON, "a task that fails holds up no round"
    assert seen == [("sweep", NOON), ("nudges", NOON)]


async def test_the_first_tick_comes_at_the_start(time: Time) -> None:
    ticked = asyncio.Event()

    async def task(at: datetime) -> None:
        ticked.set()

    ticks = Ticks({"task": task}, now=time.now)
    ticks.start()
    async with asyncio.timeout(10):
        await ticked.wait()
    ticks.stop()
