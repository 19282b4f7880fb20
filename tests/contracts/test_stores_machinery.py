"""Inbox, jobs, outbox and locks: every state that a row comes through is one that the validators take, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from core.jobs import new_job
from core.leases import Leased, LeaseLost, Leases, State
from core.outbox import new_letter
from core.signals import Depth
from core.ui import Message
from persistence.depths import QueueDepths
from persistence.documents import Database
from persistence.inbox import InboxRecord
from persistence.jobs import JobRecord
from persistence.locks import LockRecord
from persistence.outbox import OutboxRecord
from tests.contracts.strict import Strict
from tests.records import NOON
from tests.scheduler.people import NORA, PLACE, asked, said

MINUTE = timedelta(minutes=1)


async def _arrival(database: Database) -> Leases[Any]:
    inbox = InboxRecord(database)
    taken = await inbox.take(asked(), owner="dead", at=NOON - 2 * MINUTE, lease=MINUTE)
    assert taken is not None
    await inbox.give_back(taken, NOON)
    return inbox


async def _job(database: Database) -> Leases[Any]:
    jobs = JobRecord(database)
    work = new_job("kind", {"run": "run_1"}, organization_id="org_one", at=NOON, person_id=NORA.id, key="once")
    assert await jobs.add(work) == work
    assert await jobs.add(work.model_copy(update={"id": "job_2"})) is None, "its key is taken"
    return jobs


async def _letter(database: Database) -> Leases[Any]:
    outbox = OutboxRecord(database)
    letter = new_letter("once", PLACE, Message("hello"), organization_id="org_one", at=NOON, person_id=NORA.id)
    assert await outbox.add(letter)
    assert not await outbox.add(letter.model_copy(update={"id": "let_2"})), "its key is taken"
    assert await outbox.find("org_one", "once") == letter
    assert await outbox.find("org_two", "once") is None
    return outbox


MAKERS: tuple[Callable[[Database], Any], ...] = (_arrival, _job, _letter)


@pytest.mark.parametrize("make", MAKERS, ids=lambda each: each.__name__.removeprefix("_"))
async def test_a_row_goes_through_all_its_states(strict: Strict, make: Callable[[Database], Any]) -> None:
    rows: Leases[Leased] = await make(strict)
    (row,) = await rows.claim("one", NOON, MINUTE, 5)
    assert (row.state, row.lease_owner, row.attempts) == (State.RUNNING, "one", 1)
    await rows.extend(row, NOON + 2 * MINUTE)
    assert not await rows.claim("two", NOON + MINUTE, MINUTE, 5)
    await rows.failed(row, "it broke", NOON, NOON + 5 * MINUTE)
    (again,) = await rows.claim("two", NOON + 5 * MINUTE, MINUTE, 5)
    assert (again.attempts, again.last_error) == (2, "it broke")
    with pytest.raises(LeaseLost):
        await rows.done(row, NOON)
    await rows.failed(again, "it broke again", NOON, None)
    assert [each.id for each in await rows.aside(5)] == [row.id]
    assert await rows.retry(row.id, NOON) is not None
    assert await rows.retry(row.id, NOON) is None
    (third,) = await rows.claim("three", NOON, MINUTE, 5)
    assert await rows.free(NOON) == 1
    (fourth,) = await rows.claim("four", NOON, MINUTE, 5)
    with pytest.raises(LeaseLost):
        await rows.extend(third, NOON)
    await rows.done(fourth, NOON + MINUTE, "posted")
    counts = await rows.counts()
    assert counts == {State.WAITING: 0, State.RUNNING: 0, State.DONE: 1, State.ASIDE: 0}


async def test_words_that_turn_out_to_be_for_the_bot_are_kept_whole(strict: Strict) -> None:
    inbox = InboxRecord(strict)
    passed = await inbox.take(said("Ev1", addressed=False), owner="one", at=NOON)
    assert passed is not None
    assert await inbox.pass_over(passed, NOON) is None
    again = await inbox.take(said("Ev1"), owner="one", at=NOON)
    assert again is not None
    assert again.addressed
    assert again.read() == said("Ev1")
    await inbox.done(again, NOON)


async def test_a_job_that_is_begun_at_once_is_held_by_who_began_it(strict: Strict) -> None:
    jobs = JobRecord(strict)
    held = await jobs.add(new_job("kind", {}, organization_id="org_one", at=NOON), claimed_by="one", lease=MINUTE)
    assert held is not None
    assert not await jobs.claim("two", NOON, MINUTE, 5)
    assert [each.id for each in await jobs.claim("two", NOON + MINUTE, MINUTE, 5)] == [held.id]


async def test_a_lock_is_kept_renewed_and_left(strict: Strict) -> None:
    locks = LockRecord(strict)
    lock = await locks.acquire("gate", owner="one", at=NOON, lease=MINUTE)
    assert lock is not None
    lock = await locks.renew(lock, NOON + 2 * MINUTE)
    assert await locks.acquire("gate", owner="two", at=NOON + MINUTE, lease=MINUTE) is None
    await locks.release(lock)
    again = await locks.acquire("gate", owner="two", at=NOON, lease=MINUTE)
    assert again is not None
    assert again.token == lock.token + 1


async def test_the_depths_of_the_queues_are_told_by_state_and_since_when_something_is_due(strict: Strict) -> None:
    await _arrival(strict)
    await _job(strict)
    outbox = await _letter(strict)
    (letter,) = await outbox.claim("one", NOON, MINUTE, 5)
    depths = await QueueDepths(strict).read(NOON + MINUTE / 2)
    assert depths["inbox"] == Depth(waiting=1, due=1, due_since=NOON)
    assert depths["jobs"] == Depth(waiting=1, due=1, due_since=NOON)
    assert depths["outbox"] == Depth(running=1)
    assert depths["reminders"] == Depth()
    overdue = await QueueDepths(strict).read(NOON + 2 * MINUTE)
    assert overdue["outbox"] == Depth(running=1, due=1, due_since=NOON + MINUTE), "whoever had it may have died"
    await outbox.failed(letter, "it broke", NOON, None)
    assert (await QueueDepths(strict).read(NOON))["outbox"] == Depth(aside=1)
