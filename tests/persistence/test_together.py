"""Writes of the same moment go to the disk together, and each still stands or falls by itself."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.errors import AlreadyThere, OutsideTheLanguage
from persistence.embedded import EmbeddedDatabase, open_embedded


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[EmbeddedDatabase]:
    """An embedded record."""
    opened = await open_embedded(tmp_path)
    await opened.prepare()
    yield opened
    await opened.close()


async def test_what_breaks_a_rule_is_refused_alone_and_the_rest_is_there(database: EmbeddedDatabase, tmp_path: Path) -> None:
    persons = database.collection("persons")
    await persons.insert({"_id": "per_text", "name": "Ana"})
    outcomes = await asyncio.gather(
        persons.insert({"_id": "per_1", "identities": ["slack:1"]}),
        persons.insert({"_id": "per_2", "identities": ["slack:2", "slack:1"]}),
        persons.update({"_id": "per_text"}, {"$inc": {"name": 1}}),
        persons.insert({"_id": "per_3", "identities": ["slack:2"]}),
        return_exceptions=True,
    )
    assert [type(each) for each in outcomes] == [type(None), AlreadyThere, OutsideTheLanguage, type(None)]
    with sqlite3.connect(tmp_path / "elevate.db") as other:
        there = {row[0] for row in other.execute("SELECT _id FROM persons")}
        assert there == {"per_1", "per_3", "per_text"}
        assert {row[0] for row in other.execute('SELECT element FROM "persons.by_identity"')} == {"slack:1", "slack:2"}
    other.close()


async def test_of_many_claims_in_one_moment_one_succeeds(database: EmbeddedDatabase) -> None:
    jobs = database.collection("jobs")
    await jobs.insert({"_id": "job_1", "state": "waiting", "fence": 0})
    claims = (jobs.update({"_id": "job_1", "state": "waiting"}, {"$set": {"state": "running"}}) for _ in range(500))
    assert sum(each is not None for each in await asyncio.gather(*claims)) == 1


async def test_what_was_written_in_one_moment_is_read_by_whoever_wrote_it(database: EmbeddedDatabase) -> None:
    notes = database.collection("keys")

    async def write_and_read(number: int) -> None:
        await notes.insert({"_id": f"key_{number}", "of": number})
        assert await notes.find_one({"_id": f"key_{number}"}) == {"_id": f"key_{number}", "of": number}

    await asyncio.gather(*map(write_and_read, range(300)))


async def test_what_was_asked_before_the_end_is_carried_out(tmp_path: Path) -> None:
    database = await open_embedded(tmp_path)
    keys = database.collection("keys")
    writing = [asyncio.create_task(keys.insert({"_id": f"key_{number}"})) for number in range(500)]
    await asyncio.sleep(0)
    await database.close()
    await asyncio.gather(*writing)
    again = await open_embedded(tmp_path)
    assert await again.collection("keys").count({}) == 500
    await again.close()
