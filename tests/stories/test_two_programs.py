"""Several processes over one MongoDB: each event is answered once, by a process that can."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from persistence.mongo import open_mongo
from tests.records import come
from tests.servers.claude import ClaudeServer, Says
from tests.stories.process import Running, running

QUESTION = "@Teacher what is a hook?"


@pytest.fixture
async def shared(mongo_address: str) -> AsyncGenerator[str, None]:
    """The address of a database that the processes of one test share, made ready by one of them."""
    name = f"elevate_{secrets.token_hex(6)}"
    yield f"{mongo_address.rstrip('/')}/{name}"
    database = await open_mongo(mongo_address, database=name, selection_seconds=60)
    await database.drop()
    await database.close()


def desk(folder: Path, claude: ClaudeServer, shared: str, who: str) -> AbstractAsyncContextManager[Running]:
    """A process at which this person's events arrive."""
    return running(folder, claude, program=("-m", "tests.stories.desk", who), ELEVATE_MONGODB_URI=shared)


async def test_an_event_that_two_processes_are_given_is_answered_once(tmp_path: Path, claude: ClaudeServer, shared: str) -> None:
    claude.usual = Says(("It stops the right person.",))
    async with desk(tmp_path, claude, shared, "maria") as one, desk(tmp_path, claude, shared, "maria") as two:
        for each in (one, two):
            await each.shows('["ready"')
        for number in range(10):
            one.types(f"ev{number} {QUESTION}")
            two.types(f"ev{number} {QUESTION}")
        for each in (one, two):
            assert await each.left() == 0
        told = one.shown + two.shown
        assert told.count("It stops the right person.") == 10
        assert "interrupted" not in told
    assert len(claude.requests) == 10


async def test_what_a_killed_process_had_taken_is_answered_by_another_of_that_person_alone(
    tmp_path: Path, claude: ClaudeServer, shared: str
) -> None:
    claude.replies.extend([Says(("It ", "never ends."), hold=asyncio.Event()), Says(("It stops the right person.",))])
    async with desk(tmp_path, claude, shared, "maria") as one:
        await one.shows('["ready"')
        async with desk(tmp_path, claude, shared, "maria") as two, desk(tmp_path, claude, shared, "nora") as other:
            for each in (two, other):
                await each.shows('["ready"')
            one.types(f"ev1 {QUESTION}")
            await come(lambda: bool(claude.requests))
            await one.killed()
            await two.shows("interrupted before I could answer", "It stops the right person.")
            other.types("ev2 @Teacher", "ev1 hello")
            await other.shows('["ev2"')
            for each in (two, other):
                assert await each.left() == 0
            assert two.shown.count("It stops the right person.") == 1
            assert "stops the right person" not in other.shown
            assert "interrupted" not in other.shown
    assert len(claude.requests) == 2
