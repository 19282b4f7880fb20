"""A run whose process died is finished by a worker, and its answer is sent once."""

from __future__ import annotations

import asyncio

import pytest

from core.errors import ModelBusy
from core.jobs import Job
from core.leases import LEASE, State
from core.people.model import Person
from core.playbook.model import Status
from core.ui import Tone
from persistence.documents import Database
from scheduler.worker import Worker
from tests.core.conftest import ADDRESS
from tests.core.playbook.world import H1, Desk, desk
from tests.records import come


def worker(at: Desk) -> Worker[Job]:
    """Another process."""
    return Worker(at.jobs, at.resuming.resume, owner="two", now=at.time.now, wait=at.time.wait, chance=lambda: 0.5)


async def dead(at: Desk) -> None:
    """A run whose process died: its lease has run out."""
    await at.begin()
    at.time.pass_by(LEASE.total_seconds())


async def test_the_run_is_finished_and_its_answer_sent_to_where_it_was_asked_for(database: Database, nora: Person) -> None:
    at = desk(database, nora)
    await dead(at)
    at.pen.hand("Headlines.", None)
    assert await worker(at).once() == 1
    kept = await at.kept()
    assert (kept.status, kept.ai_response) == (Status.SUCCESS, "Headlines.")
    [letter] = await at.outbox.claim("two", at.time.now(), LEASE, 9)
    assert letter.address == ADDRESS
    assert letter.read() == at.running.message(H1, kept)
    assert "Save" in str(letter.read().cards)


async def test_however_often_a_process_dies_the_answer_is_written_to_its_end_once_and_sent_once(
    database: Database, nora: Person
) -> None:
    at = desk(database, nora)
    await dead(at)
    at.pen.hand("Headlines.", None)
    [job] = await at.jobs.claim("dies", at.time.now(), LEASE, 1)
    await at.resuming.resume(job)  # and dies before the job is marked
    at.time.pass_by(LEASE.total_seconds())
    assert await worker(at).once() == 1
    assert at.pen.asked == 1
    assert len(await at.outbox.claim("two", at.time.now(), LEASE, 9)) == 1


async def test_a_run_that_ended_on_somebody_s_screen_is_not_sent(database: Database, nora: Person) -> None:
    at = desk(database, nora)
    execution, job = await at.begin()
    at.pen.hand("Headlines.", None)
    async for _ in at.running.updates(at.person, H1, execution, job):
        pass
    at.time.pass_by(LEASE.total_seconds())
    assert await worker(at).once() == 0
    assert not await at.outbox.claim("two", at.time.now(), LEASE, 9)


async def test_a_trouble_of_the_model_is_sent_with_a_way_to_try_again(database: Database, nora: Person) -> None:
    at = desk(database, nora)
    await dead(at)
    at.pen.hand(ModelBusy())
    assert await worker(at).once() == 1
    [letter] = await at.outbox.claim("two", at.time.now(), LEASE, 9)
    assert letter.read().cards[0].tone is Tone.BAD
    assert "Try again" in str(letter.read().cards)


@pytest.mark.parametrize("overtaken", [True, False])
async def test_a_worker_that_is_stopped_or_overtaken_leaves_the_run_pending_with_what_came(
    database: Database, nora: Person, overtaken: bool
) -> None:
    at = desk(database, nora)
    await dead(at)
    one = worker(at)
    working = asyncio.create_task(one.once())
    at.pen.hand("One ")
    await come(lambda: at.pen.written == 1 and at.time.sleeping == 1)
    at.time.pass_by(2)
    at.pen.hand("two ")
    await at.until_kept("One two ")
    if overtaken:
        assert await at.jobs.claim("three", at.time.now() + LEASE, LEASE, 1)
        at.time.pass_by(20)
    else:
        stopping = asyncio.create_task(one.stop(1.0))
        await come(lambda: stopping.done() or at.time.pass_by(0.1))
    await come(working.done)
    assert ((await at.kept()).status, (await at.kept()).ai_response) == (Status.PENDING, "One two ")
    counts = await at.jobs.counts()
    assert counts[State.RUNNING if overtaken else State.WAITING] == 1


async def test_nobody_is_sent_what_was_erased(database: Database, nora: Person) -> None:
    at = desk(database, nora)
    await dead(at)
    await database.collection("userPromptExecutions").delete({"_id": "run_one"})
    assert await worker(at).once() == 1
    assert not await at.outbox.claim("two", at.time.now(), LEASE, 9)
