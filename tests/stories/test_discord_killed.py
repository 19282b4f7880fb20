"""The program as a process in Discord, killed and ended: another takes over its shard, and everything is answered once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from bots.backing import now
from persistence.documents import Database
from persistence.mongo import open_mongo
from tests.bots.discord.whole import answers_with, reached
from tests.servers.claude import ClaudeServer, Says
from tests.servers.discord.server import DiscordServer
from tests.stories.process import PATIENCE_SECONDS, Running, begun, running

RUN = ("-m", "bots", "run")
SORRY = "I was interrupted before I could answer"
SHARE = "Share with everyone here"
ASK_AGAIN = "Ask for it again, then share it."


@pytest.fixture
async def discord_server() -> AsyncGenerator[DiscordServer]:
    async with DiscordServer() as server:
        yield server


@pytest.fixture
async def record(mongo_address: str, tmp_path: Path) -> AsyncGenerator[Database]:
    """A database for several processes."""
    database = await open_mongo(mongo_address, database=name_of(tmp_path), selection_seconds=60)
    await database.ping()
    yield database
    await database.drop()
    await database.close()


def name_of(folder: Path) -> str:
    """A name for a database of the test's own."""
    return f"elevate_{folder.name.replace('-', '_')[-30:]}"


async def a_minute_passes(record: Database) -> None:
    """Whatever a process held that is dead is free: the leases that ended within the minute have ended."""
    await record.collection("locks").update_many({"_id": "discord shard 0"}, {"$set": {"until": now()}})
    await record.collection("inbox").update_many({"dueAt": {"$gt": now()}}, {"$set": {"dueAt": now() - timedelta(seconds=1)}})


async def test_a_process_that_is_killed_in_mid_answer_is_followed_by_one_that_loses_nothing_and_answers_nothing_twice(
    tmp_path: Path, discord_server: DiscordServer, claude: ClaudeServer, mongo_address: str, record: Database
) -> None:
    gateway, maria = discord_server.gateway, discord_server.person("Maria")
    room = discord_server.channel("room")
    mongodb = f"{mongo_address.rstrip('/')}/{name_of(tmp_path)}"

    def program(folder: str) -> AbstractAsyncContextManager[Running]:
        (tmp_path / folder).mkdir()
        return running(tmp_path / folder, claude, program=RUN, ELEVATE_MONGODB_URI=mongodb, **reached(discord_server))

    claude.replies.extend([Says(("About question 0? ", "Done.")), Says(("It ", "never ends."), hold=asyncio.Event())])
    async with AsyncExitStack() as both:
        first = await both.enter_async_context(program("first"))
        await gateway.connected(1)
        second = await both.enter_async_context(program("second"))
        await second.shows("Elevate is running.")
        maria.says("@Teacher question 0?")
        await discord_server.settled(within=PATIENCE_SECONDS, until=lambda: len(maria.answers) == 1, midway=True)
        maria.says("@Teacher question 1?")
        await discord_server.settled(within=PATIENCE_SECONDS, until=lambda: len(claude.requests) == 2, midway=True)
        assert len(gateway.identifies) == 1
        await first.killed()
        maria.says("@Teacher question 2?")
        maria.says("@Elevate @Teacher question 3?", room)
        await a_minute_passes(record)
        await gateway.connected(1)
        await discord_server.settled(
            until=lambda: all(answers_with(maria, f"question {number}?") for number in range(4)), midway=True, within=30
        )
        assert await second.terminated() == 0
    assert [sum(f"question {n}?" in each.text and SORRY not in each.text for each in maria.answers) for n in range(4)] == [1] * 4
    assert sum(SORRY in each.text for each in maria.answers) <= 1
    assert len(claude.requests) == 5


async def test_a_process_that_is_killed_right_after_what_only_reads_was_answered_owes_nobody_anything(
    tmp_path: Path, discord_server: DiscordServer
) -> None:
    gateway, maria, nora = discord_server.gateway, discord_server.person("Maria"), discord_server.person("Nora")
    room = discord_server.channel("room")

    async with begun(tmp_path, None, program=RUN, **reached(discord_server)) as first:
        await gateway.connected(1)
        await maria.commands("/me show", room)
        await discord_server.settled(within=PATIENCE_SECONDS, until=lambda: len(maria.answers) == 1, midway=True)
        await first.killed()  # in the moment in which the answer is there, and its row perhaps is not
    gateway.forget()
    async with running(tmp_path, None, program=RUN, **reached(discord_server)) as second:
        await gateway.connected(1)
        await maria.presses(SHARE)
        await discord_server.settled(within=PATIENCE_SECONDS, until=lambda: len(maria.answers) == 2, midway=True)
        assert any("Shared by Maria" in each.text for each in nora.messages(room)) or ASK_AGAIN in maria.last.text
        assert await second.terminated() == 0
    assert not any(SORRY in each.text for each in maria.answers)
    assert not maria.troubles
