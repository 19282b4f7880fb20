"""What goes on beside the conversations: caught up with first, and ended in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bots.work import Work
from core.jobs import Job, new_job
from core.leases import LEASE, Leases, State
from core.outbox import Letter, new_letter
from core.ui import Message
from persistence.documents import Database
from persistence.inbox import InboxRecord
from persistence.jobs import JobRecord
from persistence.outbox import OutboxRecord
from scheduler.worker import Rhythm, Worker
from tests.blank import record_in
from tests.bots.doors import HERE, NOON, said
from tests.records import Time, come

SOON = Rhythm(poll_seconds=0.01)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncGenerator[Database, None]:
    """A record of its own."""
    opened = await record_in(tmp_path)
    yield opened
    await opened.close()


class Pulse:
    """Implements `Pulse`."""

    looked_at: datetime | None = None

    def __init__(self) -> None:
        self.beating = False

    def start(self) -> None:
        """Begin."""
        self.beating = True

    def stop(self) -> None:
        """End."""
        self.beating = False


class Office:
    """The three workers of a process on a real record; what they do is noted in `done`, and waits for `go_on` at the jobs."""

    def __init__(self, database: Database) -> None:
        self.time = Time()
        self.inbox, self.jobs, self.outbox = InboxRecord(database), JobRecord(database), OutboxRecord(database)
        self.done: list[str] = []
        self.pulse = Pulse()
        self.at_it = asyncio.Event()
        self.go_on = asyncio.Event()
        self.go_on.set()

    def work(self, *, alone: bool = False, catch_up_seconds: float = 20.0) -> Work:
        """The work of one process."""
        return Work(
            late=self._worker(self.inbox, self._late),
            jobs=self._worker(self.jobs, self._job),
            letters=self._worker(self.outbox, self._letter),
            stores=(self.inbox, self.jobs, self.outbox),
            pulse=self.pulse,
            alone=alone,
            now=self.time.now,
            catch_up_seconds=catch_up_seconds,
        )

    async def add_job(self) -> Job:
        """A job that is due."""
        added = await self.jobs.add(new_job("run", {}, organization_id="org_one", at=NOON))
        assert added is not None
        return added

    async def states(self, store: Leases[Any]) -> list[State]:
        """How its rows stand."""
        return [state for state, count in (await store.counts()).items() for _ in range(count)]

    def _worker(self, store: Leases[Any], handle: Any) -> Worker[Any]:
        return Worker(store, handle, owner="two", now=self.time.now, rhythm=SOON)

    async def _late(self, row: Any) -> str:
        self.at_it.set()
        await self.go_on.wait()
        self.done.append("late answer")
        return "answered"

    async def _job(self, job: Job) -> str:
        self.at_it.set()
        await self.go_on.wait()
        letter = new_letter(f"run:{job.id}", HERE, Message("Done."), organization_id="org_one", at=self.time.now())
        await self.outbox.add(letter)
        self.done.append("job")
        return "done"

    async def _letter(self, letter: Letter) -> str:
        self.done.append("letter")
        return "sent"


async def test_late_answers_come_before_anything_new(database: Database) -> None:
    office = Office(database)
    await office.inbox.take(said(), owner="one", at=NOON)
    office.time.pass_by(LEASE.total_seconds())
    async with office.work().going_on():
        assert office.done == ["late answer"]
        assert office.pulse.beating
    assert not office.pulse.beating


async def test_a_late_answer_that_takes_long_does_not_keep_people_from_beginning(database: Database) -> None:
    office = Office(database)
    office.go_on.clear()
    await office.inbox.take(said(), owner="one", at=NOON)
    office.time.pass_by(LEASE.total_seconds())
    async with office.work(catch_up_seconds=0.01).going_on():
        assert not office.done
        office.go_on.set()
    assert office.done == ["late answer"]


@pytest.mark.parametrize("alone", [True, False])
async def test_what_another_held_is_free_at_once_only_for_who_is_alone(database: Database, alone: bool) -> None:
    office = Office(database)
    await office.inbox.take(said(), owner="one", at=NOON)
    async with office.work(alone=alone).going_on():
        assert office.done == (["late answer"] if alone else [])


async def test_jobs_and_their_letters_are_done_beside_the_conversation(database: Database) -> None:
    office = Office(database)
    async with office.work().going_on():
        await office.add_job()
        await come(lambda: office.done == ["job", "letter"])


async def test_a_job_that_is_nearly_there_at_the_end_is_waited_for_and_its_letter_sent(database: Database) -> None:
    office = Office(database)
    office.go_on.clear()
    await office.add_job()

    def grace() -> float:
        office.go_on.set()
        return 30.0

    async with office.work().going_on(grace):
        await office.at_it.wait()
    assert office.done == ["job", "letter"]
    assert await office.states(office.outbox) == [State.DONE]


async def test_a_job_that_is_not_there_within_the_grace_is_handed_back(database: Database) -> None:
    office = Office(database)
    office.go_on.clear()
    job = await office.add_job()
    async with office.work().going_on(lambda: 0.01):
        await office.at_it.wait()
    assert office.done == []
    [again] = await office.jobs.claim("three", NOON, timedelta(0), 1)
    assert (again.id, again.attempts) == (job.id, 1)


async def test_the_work_ends_in_order_where_the_conversation_breaks(database: Database) -> None:
    office = Office(database)
    await office.add_job()

    async def breaks() -> None:
        async with office.work().going_on():
            await come(lambda: "letter" in office.done)
            raise OSError("the screen is gone")

    with pytest.raises(OSError, match="gone"):
        await breaks()
    assert not office.pulse.beating
    assert await office.states(office.jobs) == [State.DONE]
