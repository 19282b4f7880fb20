"""What is written is seen before it is, and what is read is not."""

from __future__ import annotations

import asyncio

import pytest

from core.noticing import notice, noticing
from persistence.documents import Collection, Database
from persistence.watched import Watched


@pytest.fixture
async def keys(both: Database) -> Collection:
    """A collection with one document, whose writes are noticed."""
    made = Watched(both, lambda _: notice()).collection("keys")
    await made.delete({})
    await made.insert({"_id": "key_1", "name": "Maria"})
    return made


async def test_reading_is_not_noticed(keys: Collection) -> None:
    with noticing() as writes:
        assert await keys.find_one({"_id": "key_1"}) == {"_id": "key_1", "name": "Maria"}
        assert await keys.find({}, sort=[("_id", 1)], limit=1, after=["key_0"], fields=("name",))
        assert await keys.count({}) == 1
        assert await keys.group_count({}, "name") == {"Maria": 1}
    assert not writes.any


@pytest.mark.parametrize("how", ["insert", "update", "update_many", "delete"])
async def test_each_way_of_writing_is_noticed(keys: Collection, how: str) -> None:
    with noticing() as writes:
        if how == "insert":
            await keys.insert({"_id": "key_2"})
        elif how == "update":
            assert await keys.update({"_id": "key_2"}, {"$set": {"name": "Nora"}}, upsert=True)
        elif how == "update_many":
            assert await keys.update_many({}, {"$set": {"name": "Nora"}}) == 1
        else:
            assert await keys.delete({}) == 1
    assert writes.any


async def test_what_somebody_else_writes_in_the_meantime_is_not_noticed(keys: Collection) -> None:
    async def write() -> None:
        await keys.insert({"_id": "key_2"})

    async def look() -> bool:
        with noticing() as writes:
            await begun.wait()
            await other
        return writes.any

    begun = asyncio.Event()
    other = asyncio.create_task(write())
    looking = asyncio.create_task(look())
    begun.set()
    assert not await looking


async def test_what_a_task_of_the_answer_writes_is_noticed(keys: Collection) -> None:
    with noticing() as writes:
        await asyncio.create_task(keys.delete({}))
    assert writes.any
