"""What an operator sees of the record and of the work, and the one thing that can be set right."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest

from bots.operate import SHOWN_AT_MOST, db_migrate, db_show, jobs_list, jobs_retry
from core.jobs import new_job
from core.leases import LEASE
from core.outbox import new_letter
from core.ui import Message
from persistence.documents import Database
from persistence.embedded import open_embedded
from persistence.inbox import InboxRecord
from persistence.jobs import JobRecord
from persistence.migrations.runner import MIGRATIONS, Migrations
from persistence.outbox import OutboxRecord
from persistence.overview import Overview
from tests.records import NOON, Time
from tests.scheduler.people import PLACE, said

ALL = [each.name for each in MIGRATIONS]

AFTER = NOON + timedelta(hours=3)


class Screen(StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A record that nobody has used."""
    database = await open_embedded(tmp_path)
    yield database
    await database.close()


def _overview(database: Database) -> Overview:
    time = Time()
    return Overview(database, Migrations(database, owner="operator", now=time.now, wait=time.wait))


def _stores(database: Database) -> dict[str, InboxRecord | JobRecord | OutboxRecord]:
    return {"inbox": InboxRecord(database), "jobs": JobRecord(database), "outbox": OutboxRecord(database)}


async def test_the_record_is_shown_with_counts_indexes_and_what_is_to_be_migrated(database: Database) -> None:
    await JobRecord(database).add(new_job("run", {}, organization_id="org_one", at=NOON))
    out = StringIO()
    await db_show(_overview(database), out)
    lines = out.getvalue().splitlines()
    assert lines[0].startswith("SQLite")
    assert any(line.split()[:3] == ["jobs", "1", "by_key,"] for line in lines)
    assert any(line.split()[:3] == ["userModuleProgress", "0", "by_user_module"] for line in lines)
    assert f"Pending migrations: {', '.join(ALL)}. Apply them with: elevate db migrate" in lines
    assert "\x1b" not in out.getvalue()


async def test_migrating_says_what_was_applied_and_then_that_there_is_nothing_more(database: Database) -> None:
    out = StringIO()
    await db_migrate(_overview(database), out)
    await db_migrate(_overview(database), out)
    await db_show(_overview(database), out)
    assert out.getvalue().startswith("".join(f"Applied {each}.\n" for each in ALL) + "Nothing to migrate.\n")
    assert out.getvalue().endswith("No pending migrations.\n")


async def test_work_that_was_set_aside_is_listed_with_its_error_and_can_be_retried(database: Database) -> None:
    await database.prepare()
    stores = _stores(database)
    inbox, jobs, outbox = InboxRecord(database), JobRecord(database), OutboxRecord(database)
    arrival = await inbox.take(said(text="my fears"), owner="one", at=NOON)
    assert arrival is not None
    await inbox.failed(arrival, "It broke\nwith xoxb-123456789-abcdef in it.", NOON, None)
    job = await jobs.add(new_job("run", {}, organization_id="org_one", at=NOON), claimed_by="one")
    assert job is not None
    await jobs.failed(job, "ValueError: x", NOON, None)
    await outbox.add(new_letter("k", PLACE, Message("my fears"), organization_id="org_one", at=NOON))
    out = StringIO()
    await jobs_list(stores, AFTER, out)
    text = out.getvalue()
    assert "slack:Ev1" in text
    assert "said on slack" in text
    assert "It broke with [hidden] in it." in text
    assert "3 h" in text
    assert job.id in text
    assert "my fears" not in text

    assert await jobs_retry(stores, job.id, AFTER, out)
    assert await jobs_retry(stores, "slack:Ev1", AFTER, out)
    assert not await jobs_retry(stores, job.id, AFTER, out)
    assert f"Nothing with the id {job.id} is set aside." in out.getvalue()
    assert [each.id for each in await jobs.claim("two", AFTER, LEASE, 1)] == [job.id]


async def test_what_is_not_listed_is_counted_and_can_be_listed(database: Database) -> None:
    record = JobRecord(database)
    ids = []
    for _ in range(SHOWN_AT_MOST + 2):
        job = await record.add(new_job("run", {}, organization_id="org_one", at=NOON), claimed_by="one")
        assert job is not None
        await record.failed(job, "ValueError: x", NOON, None)
        ids.append(job.id)
    some, every = StringIO(), StringIO()
    await jobs_list(_stores(database), AFTER, some)
    await jobs_list(_stores(database), AFTER, every, whole=True)
    assert "And 2 more. See all with: elevate jobs --all" in some.getvalue()
    assert sum(each in some.getvalue() for each in ids) == SHOWN_AT_MOST
    assert all(each in every.getvalue() for each in ids)
    assert "more. See" not in every.getvalue()


async def test_when_all_is_well_that_is_said(database: Database) -> None:
    out = StringIO()
    await jobs_list(_stores(database), NOON, out)
    assert out.getvalue().endswith("Nothing is set aside.\n")


async def test_a_terminal_gets_a_drawn_table(database: Database) -> None:
    out = Screen()
    await jobs_list(_stores(database), NOON, out)
    assert "───" in out.getvalue()
    assert "Set aside" in out.getvalue()
