"""A caller who goes away leaves no transaction open and nothing half done."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from persistence.embedded import EmbeddedDatabase, open_embedded


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[EmbeddedDatabase]:
    """An embedded record."""
    opened = await open_embedded(tmp_path)
    await opened.prepare()
    yield opened
    await opened.close()


def _no_transaction_is_open(folder: Path) -> None:
    other = sqlite3.connect(folder / "elevate.db", isolation_level=None, timeout=0)
    other.execute("BEGIN IMMEDIATE")
    other.execute("ROLLBACK")
    other.close()


async def test_callers_who_go_away_leave_whole_documents_or_none(database: EmbeddedDatabase, tmp_path: Path) -> None:
    persons = database.collection("persons")
    random = Random(3)
    tasks = [
        asyncio.create_task(persons.insert({"_id": f"per_{n}", "identities": [f"a:{n}", f"b:{n}"], "name": "x" * 500}))
        for n in range(300)
    ]
    for task in tasks:
        if random.random() < 0.5:
            await asyncio.sleep(0)
        if random.random() < 0.5:
            task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    await persons.insert({"_id": "per_last"})  # which comes after all that was sent, whoever had gone away
    there = {str(each["_id"]) for each in await persons.find({})}
    acknowledged = {f"per_{n}" for n, outcome in enumerate(outcomes) if outcome is None}
    assert acknowledged <= there
    assert any(isinstance(outcome, asyncio.CancelledError) for outcome in outcomes)
    for n in range(300):
        by_identity = await persons.find_one({"identities": f"b:{n}"})
        assert (by_identity is not None) == (f"per_{n}" in there)
    _no_transaction_is_open(tmp_path)


async def test_an_upsert_that_is_cut_short_is_made_whole_or_not_at_all(database: EmbeddedDatabase, tmp_path: Path) -> None:
    drafts = database.collection("formDrafts")
    for steps in range(12):
        where: dict[str, Any] = {"personId": f"per_{steps}", "command": "kpi"}
        change: dict[str, Any] = {"$setOnInsert": {"_id": f"dra_{steps}"}, "$set": {"values": {"a": 1}}}
        task = asyncio.create_task(drafts.update(where, change, upsert=True))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        assert await drafts.update(where, change, upsert=True) == {"_id": f"dra_{steps}", **where, "values": {"a": 1}}
    assert await drafts.count({}) == 12
    _no_transaction_is_open(tmp_path)


async def test_preparing_that_is_cut_short_can_be_done_again(tmp_path: Path) -> None:
    database = await open_embedded(tmp_path)
    for steps in range(30):
        task = asyncio.create_task(database.prepare())
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        await database.collection("users").insert({"_id": f"usr_{steps}"})
    await database.prepare()
    assert await database.collection("users").count({}) == 30
    _no_transaction_is_open(tmp_path)
    await database.close()


async def test_closing_waits_for_what_was_sent(tmp_path: Path) -> None:
    database = await open_embedded(tmp_path)
    tasks = [asyncio.create_task(database.collection("users").insert({"_id": f"usr_{n}"})) for n in range(100)]
    await asyncio.sleep(0)
    await database.close()
    await asyncio.gather(*tasks)
    again = await open_embedded(tmp_path)
    assert await again.collection("users").count({}) == 100
    await again.close()
