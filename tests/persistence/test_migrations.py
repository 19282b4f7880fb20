"""Migrations are applied once each, in order, by whoever is first."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from core.errors import StoreInUse
from persistence.documents import Database
from persistence.locks import LockRecord
from persistence.migrations.runner import LEASE, LOCK, MIGRATIONS, Migration, Migrations
from tests.persistence import dying
from tests.persistence.dying import open_record, process, somewhere
from tests.records import NOON, Time, come

ALL = [each.name for each in MIGRATIONS]


def migrations(database: Database, time: Time, some: tuple[Migration, ...] = tuple(MIGRATIONS)) -> Migrations:
    """A process that migrates."""
    return Migrations(database, owner="one", now=time.now, wait=time.wait, migrations=some)


async def test_what_is_pending_is_applied_once(both: Database, time: Time) -> None:
    one = migrations(both, time)
    assert await one.pending() == ALL
    assert await one.apply() == ALL
    assert await one.pending() == []
    assert await one.apply() == ()


async def test_a_migration_that_fails_leaves_those_before_it_applied_and_the_lock_free(both: Database, time: Time) -> None:
    class Broken(Exception):
        """Something that nobody expected."""

    async def fine(database: Database) -> None:
        await database.ping()

    async def broken(database: Database) -> None:
        raise Broken

    some = (Migration("0001", "fine", fine), Migration("0002", "broken", broken), Migration("0003", "fine too", fine))
    with pytest.raises(Broken):
        await migrations(both, time, some).apply()
    assert await migrations(both, time, some).pending() == ["0002 broken", "0003 fine too"]
    mended = (some[0], Migration("0002", "broken", fine), some[2])
    assert await migrations(both, time, mended).apply() == ["0002 broken", "0003 fine too"]


async def test_two_who_migrate_at_once_apply_each_migration_once(both: Database, time: Time) -> None:
    runs: list[str] = []
    inside = 0

    def step(number: str) -> Migration:
        async def apply(database: Database) -> None:
            nonlocal inside
            inside += 1
            await database.ping()
            assert inside == 1
            runs.append(number)
            inside -= 1

        return Migration(number, "counts", apply)

    some = tuple(step(f"000{number}") for number in range(1, 5))
    working = asyncio.gather(*(migrations(both, time, some).apply() for _ in range(4)))
    await come(lambda: len(runs) == 4)
    await come(lambda: working.done() or time.pass_by(0.01))
    applied = await working
    assert runs == ["0001", "0002", "0003", "0004"]
    assert sorted(map(len, applied)) == [0, 0, 0, 4]


async def test_who_migrates_waits_for_a_dead_process_no_longer_than_its_lease(both: Database, time: Time) -> None:
    assert await LockRecord(both).acquire(LOCK, owner="dead", at=NOON, lease=LEASE)
    applying = asyncio.create_task(migrations(both, time).apply())
    await come(lambda: time.sleeping == 1)
    time.pass_by(1)
    await come(lambda: time.sleeping == 1)
    assert not applying.done()
    time.pass_by(LEASE.total_seconds())
    assert await applying == ALL


async def test_two_processes_at_once_apply_each_migration_once_on_mongodb(tmp_path: Path, mongo_address: str) -> None:
    where = somewhere("mongo", tmp_path, mongo_address)
    async with process(where, "migrate"), process(where, "migrate"):
        database = await open_record(where)
        assert await database.collection("migrations").count({}) == len(dying.MIGRATIONS)
        runs = await database.collection("locks").find_one({"_id": "runs"})
        assert runs is not None
        assert runs["token"] == len(dying.MIGRATIONS)
        await database.close()


async def test_a_second_process_on_an_embedded_record_is_told_that_it_is_in_use(tmp_path: Path) -> None:
    async with process(str(tmp_path), "migrate"):
        with pytest.raises(StoreInUse):
            await open_record(str(tmp_path))
    database = await open_record(str(tmp_path))
    assert await database.collection("migrations").count({}) == len(dying.MIGRATIONS)
    await database.close()
