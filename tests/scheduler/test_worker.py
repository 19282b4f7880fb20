"""The worker: each row done once, whatever dies, and nothing written by who was overtaken."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from core.errors import Refusal, StoreDown
from core.jobs import Job, new_job
from core.leases import LEASE, MOST_ATTEMPTS, Bell, LeaseLost, State
from persistence.documents import Database
from persistence.jobs import JobRecord
from scheduler.worker import Rhythm, Worker
from tests.records import NOON, Outage, Time, come

Handle = Callable[[Job], Awaitable[str | None]]
JOBS = 500 if os.environ.get("ELEVATE_LONG_TESTS") else 120


def job(key: str | None = None) -> Job:
    return new_job("count", {"of": "sheep"}, organization_id="org_one", at=NOON, key=key)


def worker(
    store: JobRecord, handle: Handle, time: Time, *, owner: str = "one", at_once: int = 8, bell: Bell | None = None
) -> Worker[Job]:
    rhythm = Rhythm(at_once=at_once)
    return Worker(store, handle, owner=owner, now=time.now, wait=time.wait, bell=bell, chance=lambda: 0.5, rhythm=rhythm)


@asynccontextmanager
async def running(one: Worker[Job]) -> AsyncIterator[None]:
    task = asyncio.create_task(one.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})
        await come(lambda: not one.busy)


class Counting:
    """Does jobs by counting them."""

    def __init__(self, error: Exception | None = None) -> None:
        self.done: Counter[str] = Counter()
        self.error = error

    async def __call__(self, job: Job) -> str | None:
        self.done[job.id] += 1
        await asyncio.sleep(0)
        if self.error is not None:
            raise self.error
        return "counted"


async def kept(database: Database, row_id: str) -> Job:
    found = await database.collection("jobs").find_one({"_id": row_id})
    assert found is not None
    return Job.of(found)


async def test_a_job_is_done_once_and_its_outcome_kept(both: Database, time: Time) -> None:
    store, handle = JobRecord(both), Counting()
    added = await store.add(job())
    assert added is not None
    assert await worker(store, handle, time).once() == 1
    assert await worker(store, handle, time).once() == 0
    done = await kept(both, added.id)
    assert (done.state, done.outcome, done.done_at, done.due_at) == (State.DONE, "counted", NOON, None)
    assert handle.done == {added.id: 1}


async def test_eight_workers_do_many_jobs_each_once(both: Database, time: Time) -> None:
    store, handle = JobRecord(both), Counting()
    jobs = [job() for _ in range(JOBS)]
    await asyncio.gather(*(store.add(each) for each in jobs))
    workers = [worker(store, handle, time, owner=f"worker {number}", at_once=4) for number in range(8)]
    done = await asyncio.gather(*(each.once() for each in workers))
    assert handle.done == {each.id: 1 for each in jobs}
    assert sum(done) == JOBS
    assert (await store.counts())[State.DONE] == JOBS


async def test_five_failures_with_growing_pauses_set_a_job_aside_where_it_can_be_retried(both: Database, time: Time) -> None:
    store, handle = JobRecord(both), Counting(ValueError("the wolf came"))
    added = await store.add(job())
    assert added is not None
    one = worker(store, handle, time)
    for seconds in (5, 20, 80, 320):
        assert await one.once() == 1
        time.pass_by(seconds - 1)
        assert await one.once() == 0
        time.pass_by(1)
    assert await one.once() == 1
    time.pass_by(100_000)
    assert await one.once() == 0
    [aside] = await store.aside(10)
    assert (aside.id, aside.attempts, aside.last_error) == (added.id, MOST_ATTEMPTS, "ValueError: the wolf came")

    handle.error = None
    assert await store.retry(added.id, time.now()) is not None
    assert await store.retry(added.id, time.now()) is None
    assert await one.once() == 1
    assert (await kept(both, added.id)).state is State.DONE


async def test_what_cannot_be_done_as_asked_is_not_tried_again(both: Database, time: Time) -> None:
    store = JobRecord(both)
    await store.add(job())
    await worker(store, Counting(Refusal()), time).once()
    [aside] = await store.aside(10)
    assert (aside.attempts, aside.last_error) == (1, "That cannot be done as asked.")


async def test_a_dead_worker_s_job_is_taken_when_its_lease_runs_out_and_not_before(both: Database, time: Time) -> None:
    store, handle = JobRecord(both), Counting()
    held = await store.add(job(), claimed_by="dead")
    assert held is not None
    other = worker(store, handle, time, owner="other")
    time.pass_by(LEASE.total_seconds() - 1)
    assert await other.once() == 0
    time.pass_by(1)
    assert await other.once() == 1
    assert handle.done == {held.id: 1}


async def test_a_job_that_ends_every_process_is_set_aside(both: Database, time: Time) -> None:
    store, handle = JobRecord(both), Counting()
    await store.add(job())
    for _ in range(MOST_ATTEMPTS):
        assert len(await store.claim("dies", time.now(), LEASE, 1)) == 1
        time.pass_by(LEASE.total_seconds())
    await worker(store, handle, time).once()
    assert not handle.done
    [aside] = await store.aside(10)
    assert aside.last_error == "The program ended each time while this was being done."


async def test_who_was_overtaken_cannot_write_over_the_result_of_the_other(both: Database, time: Time) -> None:
    store = JobRecord(both)
    await store.add(job())
    [slow] = await store.claim("slow", time.now(), LEASE, 1)
    time.pass_by(LEASE.total_seconds())
    [quick] = await store.claim("quick", time.now(), LEASE, 1)
    for overtaken in (
        store.done(slow, time.now(), "old"),
        store.failed(slow, "old", time.now(), None),
        store.failed(slow, "old", time.now(), time.now()),
        store.give_back(slow, time.now()),
        store.extend(slow, time.now() + LEASE),
    ):
        with pytest.raises(LeaseLost):
            await overtaken
    await store.done(quick, time.now(), "new")
    with pytest.raises(LeaseLost):
        await store.done(slow, time.now(), "old")
    done = await kept(both, quick.id)
    assert (done.state, done.outcome, done.last_error) == (State.DONE, "new", None)


async def test_a_write_whose_answer_was_lost_may_be_sent_again(both: Database, time: Time) -> None:
    store = JobRecord(both)
    for settle in ("done", "failed", "aside", "back"):
        await store.add(job())
        [row] = await store.claim("one", time.now(), LEASE, 1)
        for _ in range(2):
            if settle == "done":
                await store.done(row, time.now())
            elif settle == "back":
                await store.give_back(row, time.now() + timedelta(days=1))
            else:
                await store.failed(row, "x", time.now(), time.now() + timedelta(days=1) if settle == "failed" else None)
    assert await store.counts() == {State.WAITING: 2, State.RUNNING: 0, State.DONE: 1, State.ASIDE: 1}


async def test_a_lease_is_extended_while_the_work_goes_on(both: Database, time: Time) -> None:
    store, go_on = JobRecord(both), asyncio.Event()
    added = await store.add(job())
    assert added is not None

    async def long(job: Job) -> None:
        await go_on.wait()

    doing = asyncio.create_task(worker(store, long, time).once())
    for _ in range(9):
        await come(lambda: time.sleeping == 1)
        assert not await store.claim("thief", time.now(), LEASE, 1)
        time.pass_by(LEASE.total_seconds() / 3)
    go_on.set()
    assert await doing == 1
    done = await kept(both, added.id)
    assert (done.state, done.fence) == (State.DONE, 1)


async def test_work_is_broken_off_when_its_lease_is_lost(both: Database, time: Time) -> None:
    store, broken_off = JobRecord(both), asyncio.Event()
    await store.add(job())

    async def endless(job: Job) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            broken_off.set()

    [row] = await store.claim("slow", time.now(), timedelta(0), 1)
    doing = asyncio.create_task(worker(store, endless, time).work(row))
    await come(lambda: time.sleeping == 1)
    [taken] = await store.claim("quick", time.now(), LEASE, 1)
    time.pass_by(LEASE.total_seconds() / 3)
    await doing
    assert broken_off.is_set()
    assert (await kept(both, row.id)).lease_owner == "quick"
    await store.done(taken, time.now())


async def test_a_worker_that_cannot_claim_says_so_and_goes_on(both: Database, time: Time) -> None:
    outage = Outage(both)
    store, handle = JobRecord(outage), Counting()
    await store.add(job())
    outage.down = True
    async with running(worker(store, handle, time)):
        await come(lambda: outage.refused > 0)
        await come(lambda: outage.refused > 3 or time.pass_by(1))
        outage.down = False
        await come(lambda: len(handle.done) == 1 or time.pass_by(0.1))


async def test_a_worker_takes_at_once_what_is_added_in_its_process(both: Database, time: Time) -> None:
    bell = Bell()
    store, handle = JobRecord(both, bell), Counting()
    one = worker(store, handle, time, bell=bell)
    async with running(one):
        await come(lambda: time.sleeping == 1)
        await store.add(job())
        await come(lambda: len(handle.done) == 1)


async def test_a_worker_finds_by_looking_what_another_process_added(both: Database, time: Time) -> None:
    store, handle = JobRecord(both), Counting()
    async with running(worker(store, handle, time)):
        await come(lambda: time.sleeping == 1)
        await JobRecord(both).add(job())
        time.pass_by(5)
        await come(lambda: len(handle.done) == 1)


async def test_no_more_is_worked_on_at_once_than_was_said(both: Database, time: Time) -> None:
    store, go_on, most, now, ended = JobRecord(both), asyncio.Event(), 0, 0, 0
    for _ in range(10):
        await store.add(job())

    async def busy(job: Job) -> None:
        nonlocal most, now, ended
        now += 1
        most = max(most, now)
        await go_on.wait()
        now -= 1
        ended += 1

    one = worker(store, busy, time, at_once=3)
    async with running(one):
        await come(lambda: now == 3)
        go_on.set()
        await come(lambda: ended == 10)
    assert most == 3


async def test_a_worker_that_stops_gives_back_what_it_could_not_end(both: Database, time: Time) -> None:
    store, began = JobRecord(both), asyncio.Event()
    added = await store.add(job())
    assert added is not None

    async def endless(job: Job) -> None:
        began.set()
        await asyncio.Event().wait()

    one = worker(store, endless, time)
    task = asyncio.create_task(one.run())
    await began.wait()
    stopping = asyncio.create_task(one.stop(grace_seconds=10))
    await come(task.done)
    await come(lambda: time.sleeping == 2)  # the heartbeat and the grace
    time.pass_by(10)
    await stopping
    back = await kept(both, added.id)
    assert (back.state, back.attempts, back.lease_owner, back.fence) == (State.WAITING, 0, None, 1)
    handle = Counting()
    assert await worker(store, handle, time, owner="next").once() == 1


async def test_a_worker_that_stops_lets_work_end_within_the_grace(both: Database, time: Time) -> None:
    store, began, go_on = JobRecord(both), asyncio.Event(), asyncio.Event()
    await store.add(job())

    async def short(job: Job) -> None:
        began.set()
        await go_on.wait()

    one = worker(store, short, time)
    task = asyncio.create_task(one.run())
    await began.wait()
    stopping = asyncio.create_task(one.stop(grace_seconds=10))
    await asyncio.sleep(0)
    go_on.set()
    await stopping
    await task
    assert (await store.counts())[State.DONE] == 1


async def test_a_key_makes_a_job_only_once_even_when_it_is_done(both: Database, time: Time) -> None:
    store, handle = JobRecord(both), Counting()
    added = await asyncio.gather(*(store.add(job("digest 2026-11-22")) for _ in range(20)))
    assert sum(each is not None for each in added) == 1
    await worker(store, handle, time).once()
    assert await store.add(job("digest 2026-11-22")) is None
    assert handle.done.total() == 1


async def test_a_record_that_goes_away_in_the_middle_of_work_loses_nothing_and_nothing_is_done_twice(
    both: Database, time: Time
) -> None:
    outage = Outage(both)
    store, go_on, handle = JobRecord(outage), asyncio.Event(), Counting()
    jobs = [job() for _ in range(20)]
    for each in jobs:
        await store.add(each)

    async def slow(job: Job) -> str | None:
        await go_on.wait()
        return await handle(job)

    one = worker(store, slow, time, at_once=5)
    async with running(one):
        await come(lambda: one.busy == 5)
        outage.down = True
        go_on.set()
        await come(lambda: outage.refused >= 5)
        for _ in range(10):
            time.pass_by(3)
            for _ in range(50):
                await asyncio.sleep(0)
        with pytest.raises(StoreDown):
            await store.counts()
        outage.down = False
        async with asyncio.timeout(30):
            while (await store.counts())[State.DONE] < 20:
                time.pass_by(1)
                await asyncio.sleep(0)
    assert handle.done == {each.id: 1 for each in jobs}


async def test_a_process_that_is_alone_frees_what_the_one_before_it_held(both: Database, time: Time) -> None:
    store, handle = JobRecord(both), Counting()
    await store.add(job(), claimed_by="killed")
    assert await store.free(time.now()) == 1
    assert await worker(store, handle, time).once() == 1
