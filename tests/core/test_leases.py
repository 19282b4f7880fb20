"""Holding a lease while something goes on, and writing an outcome whatever happens."""

from __future__ import annotations

import asyncio

import pytest

from core.errors import Changed, StoreDown
from core.holding import Beats, held, surely
from core.leases import LEASE, Bell, LeaseLost
from tests.records import Time, come


async def test_a_lease_is_extended_three_times_in_its_length_and_no_more_after_the_end() -> None:
    time, extended = Time(), 0

    async def extend() -> None:
        nonlocal extended
        extended += 1

    async with held(extend, lease=LEASE, wait=time.wait):
        for _ in range(6):
            await come(lambda: time.sleeping == 1)
            time.pass_by(20)
        await come(lambda: extended == 6)
    time.pass_by(1000)
    assert extended == 6


async def test_who_loses_the_lease_is_stopped_and_told() -> None:
    time = Time()

    async def extend() -> None:
        raise LeaseLost()

    async def body() -> None:
        async with held(extend, lease=LEASE, wait=time.wait):
            await come(lambda: time.sleeping == 1)
            time.pass_by(20)
            await asyncio.Event().wait()

    with pytest.raises(LeaseLost):
        await body()
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


async def test_who_is_cancelled_from_outside_stays_cancelled() -> None:
    time = Time()

    async def extend() -> None:
        raise AssertionError("nothing is extended")

    async def body() -> None:
        async with held(extend, lease=LEASE, wait=time.wait):
            await asyncio.Event().wait()

    task = asyncio.create_task(body())
    await come(lambda: time.sleeping == 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_record_that_is_away_for_a_moment_does_not_end_the_work() -> None:
    time, tried = Time(), 0

    async def extend() -> None:
        nonlocal tried
        tried += 1
        if tried % 3:
            raise StoreDown()

    async with held(extend, lease=LEASE, wait=time.wait):
        await come(lambda: tried == 8 or time.pass_by(0.1))
    assert tried == 8


async def test_who_cannot_extend_a_lease_until_it_has_run_out_is_stopped_and_told() -> None:
    time, tried = Time(), list[float]()

    async def extend() -> None:
        tried.append((time.now() - Time().now()).total_seconds())
        raise StoreDown()

    async def body() -> None:
        async with held(extend, lease=LEASE, wait=time.wait):
            for _ in range(3):
                await come(lambda: time.sleeping == 1)
                time.pass_by(20)
            await asyncio.Event().wait()

    with pytest.raises(LeaseLost):
        await body()
    assert tried == [20, 40, 60]


async def test_one_clock_extends_all_that_is_held_and_each_is_lost_alone() -> None:
    time, extended, over = Time(), list[str](), list[str]()
    beats = Beats(lease=LEASE, wait=time.wait)

    async def hold(name: str) -> None:
        async def extend() -> None:
            extended.append(name)
            if name == "lost":
                raise LeaseLost()

        try:
            with beats.held(extend):
                await asyncio.Event().wait()
        except LeaseLost:
            over.append(name)

    holding = [asyncio.create_task(hold(name)) for name in ("kept", "lost", "also kept")]
    await come(lambda: time.sleeping == 1)
    time.pass_by(20)
    await come(lambda: over == ["lost"])
    assert sorted(extended) == ["also kept", "kept", "lost"]
    await come(lambda: time.sleeping == 1)
    time.pass_by(20)
    await come(lambda: len(extended) == 5)
    for each in holding:
        each.cancel()
    await asyncio.wait(holding)
    await come(lambda: time.sleeping == 0)


async def test_an_outcome_is_written_as_soon_as_the_record_is_back() -> None:
    time, tried = Time(), 0

    async def write() -> str:
        nonlocal tried
        tried += 1
        if time.now() < Time().now().replace(second=30):
            raise StoreDown()
        return "written"

    writing = asyncio.create_task(surely(write, time.wait))
    await come(lambda: writing.done() or time.pass_by(0.5))
    assert await writing == "written"
    assert tried < 15


async def test_an_outcome_that_can_never_be_written_is_not_repeated() -> None:
    async def write() -> None:
        raise Changed()

    with pytest.raises(Changed):
        await surely(write, Time().wait)


def test_a_bell_is_heard_by_all_who_listen() -> None:
    bell, heard = Bell(), list[int]()
    bell.tell(lambda: heard.append(1))
    bell.tell(lambda: heard.append(2))
    bell.ring()
    assert heard == [1, 2]
