"""Jobs outlive the process that works on them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.jobs import Job, new_job
from core.leases import LEASE, State
from persistence.documents import Database
from persistence.jobs import JobRecord
from scheduler.worker import Worker
from tests.persistence.dying import open_record, process, somewhere
from tests.records import NOON, Time
from tests.scheduler.people import NORA


def job(at_seconds: int = 0) -> Job:
    """A run of a prompt, due so long after noon."""
    due = NOON + timedelta(seconds=at_seconds)
    return new_job("run", {"execution": "run_1"}, organization_id="org_one", person_id=NORA.id, at=NOON, due_at=due)


@pytest.mark.parametrize("kind", ["embedded", "mongo"])
async def test_a_killed_process_gives_its_job_back_when_the_lease_runs_out(
    kind: str, tmp_path: Path, mongo_address: str, time: Time
) -> None:
    where = somewhere(kind, tmp_path, mongo_address)
    database = await open_record(where)
    await database.prepare()
    await JobRecord(database).add(job())
    await database.close()
    async with process(where, "job"):
        pass
    database = await open_record(where)
    store, done = JobRecord(database), list[str]()

    async def handle(job: Job) -> None:
        done.append(job.payload["execution"])

    other = Worker(store, handle, owner="other", now=time.now, wait=time.wait)
    time.pass_by(LEASE.total_seconds() - 1)
    assert await other.once() == 0
    time.pass_by(1)
    assert await other.once() == 1
    assert done == ["run_1"]
    assert (await store.counts())[State.DONE] == 1
    await database.close()


async def test_a_job_is_not_taken_before_it_is_due(both: Database) -> None:
    store = JobRecord(both)
    await store.add(job(at_seconds=60))
    assert not await store.claim("one", NOON + timedelta(seconds=59), LEASE, 1)
    assert len(await store.claim("one", NOON + timedelta(seconds=60), LEASE, 1)) == 1


async def test_those_that_wait_longest_are_taken_first(both: Database) -> None:
    store = JobRecord(both)
    added = {seconds: await store.add(job(seconds)) for seconds in (30, 10, 20)}
    taken = [each for _ in range(3) for each in await store.claim("one", NOON + timedelta(seconds=60), LEASE, 1)]
    assert [each.id for each in taken] == [each.id for _, each in sorted(added.items()) if each]
