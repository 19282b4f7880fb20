"""Who listens to a shard: one process at a time, and another one as soon as it ends or dies."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bots.backing import now
from persistence.mongo import open_mongo
from tests.bots.discord.whole import QUICK, ahead, answered, answers_with, office, told
from tests.servers.claude import ClaudeServer, Says
from tests.servers.discord.person import Person
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.things import Channel

MESSAGE_CONTENT = 1 << 19


@pytest.fixture
async def discord_server() -> AsyncGenerator[DiscordServer]:
    async with DiscordServer() as one:
        one.world.application.flags |= MESSAGE_CONTENT
        yield one


@pytest.fixture
async def claude() -> AsyncGenerator[ClaudeServer]:
    async with ClaudeServer() as one:
        yield one


@pytest.fixture
async def shared(mongo_address: str, tmp_path: Path) -> AsyncGenerator[str]:
    """The address of a database for several processes."""
    name = f"elevate_{tmp_path.name.replace('-', '_')[-30:]}"
    yield f"{mongo_address.rstrip('/')}/{name}"
    database = await open_mongo(mongo_address, database=name, selection_seconds=60)
    await database.drop()
    await database.close()


async def test_one_of_two_processes_listens_and_the_other_takes_over_at_once_when_it_ends(
    discord_server: DiscordServer, maria: Person, claude: ClaudeServer, shared: str, tmp_path: Path
) -> None:
    settings, hold = told(tmp_path, discord_server, claude, shared), asyncio.Event()
    async with office(settings, discord_server) as first, office(settings, discord_server):
        maria.says("@Teacher question 0?")
        await answered(discord_server, 1, maria)
        claude.replies.append(Says(("About question 1? ", "The end."), hold=hold))
        maria.says("@Teacher question 1?")
        await discord_server.settled(until=lambda: len(claude.requests) == 2, midway=True)
        assert len(discord_server.gateway.identifies) == 1
        ending = asyncio.ensure_future(first.service.close(10))
        maria.says("/nosuch2")
        await discord_server.settled(until=lambda: len(discord_server.gateway.identifies) == 2, midway=True)
        maria.says("/nosuch3")
        await discord_server.settled(until=lambda: answers_with(maria, "nosuch3") == 1, midway=True)
        hold.set()
        await ending
        await answered(discord_server, 4, maria)
    assert [answers_with(maria, words) for words in ("question 0?", "The end.", "/nosuch2", "/nosuch3")] == [1, 1, 1, 1]
    assert len(claude.requests) == 2


async def test_a_process_that_cannot_hold_its_shard_any_more_leaves_it_to_who_took_it(
    discord_server: DiscordServer, maria: Person, shared: str, tmp_path: Path
) -> None:
    settings = told(tmp_path, discord_server, None, shared)
    pulse = replace(QUICK, lease=timedelta(seconds=0.6))
    async with office(settings, discord_server, pulse=pulse):
        maria.says("/nosuch0")
        await answered(discord_server, 1, maria)
        later = replace(QUICK, lease=timedelta(seconds=30))
        async with office(settings, discord_server, pulse=later, now=lambda: now() + timedelta(seconds=5)):
            await discord_server.settled(until=lambda: len(discord_server.gateway.sessions) == 1)
            await discord_server.settled(until=lambda: len(discord_server.gateway.identifies) >= 2)
            maria.says("/nosuch1")
            await answered(discord_server, 2, maria)
    assert [answers_with(maria, f"/nosuch{number}.") for number in range(2)] == [1, 1]


async def test_what_was_missed_after_the_first_process_of_all_died_at_once_is_answered(
    discord_server: DiscordServer, maria: Person, shared: str, tmp_path: Path
) -> None:
    settings, deaf = told(tmp_path, discord_server, None, shared), replace(QUICK, lease=timedelta(hours=1))
    async with office(settings, discord_server, pulse=deaf):
        maria.says("/nosuch0")
        await answered(discord_server, 1, maria)
        discord_server.gateway.freeze()  # it neither hears nor renews any more, as if it were dead
        maria.says("/nosuch1")
        async with office(settings, discord_server, now=lambda: now() + timedelta(hours=2)):
            await answered(discord_server, 2, maria)
    assert [answers_with(maria, f"/nosuch{number}.") for number in range(2)] == [1, 1]


async def test_what_two_processes_hear_at_the_same_time_is_answered_once(
    discord_server: DiscordServer, maria: Person, room: Channel, claude: ClaudeServer, shared: str, tmp_path: Path
) -> None:
    settings = told(tmp_path, discord_server, claude, shared)
    async with office(settings, discord_server), office(settings, discord_server, sessions=2, now=ahead):
        maria.patience = 20.0  # that each is answered once is what counts here, on a machine that others use too
        said = [maria.says(f"@Elevate @Teacher question {number}?", room) for number in range(6)]
        await maria.commands("/agents list", room)
        await maria.commands("/help")
        await answered(discord_server, 8, maria, within=20)
        maria.deletes(said[5])
        await discord_server.settled()
    assert [answers_with(maria, f"question {number}?") for number in range(6)] == [1] * 6
    assert len(claude.requests) == 6
    assert len(maria.answers) == 8
    assert not maria.troubles


async def test_two_shards_in_one_process_hear_their_guilds_and_the_first_hears_direct_messages(
    discord_server: DiscordServer, maria: Person, tmp_path: Path
) -> None:
    async with office(told(tmp_path, discord_server, None, shards=2), discord_server, sessions=2):
        guilds = [discord_server.guild, *(discord_server.another_guild(f"Guild {number}") for number in range(3))]
        rooms = [discord_server.channel("room", guild=each) for each in guilds]
        for each in guilds[1:]:
            maria.joins(each)
        for room in rooms:
            maria.says("@Elevate /nosuch", room)
        maria.says("/nosuch")
        await discord_server.settled(until=lambda: answers_with(maria, "no command /nosuch.") == 5)
    heard = {session.shard: [name for name, _ in session.sent] for session in discord_server.gateway.begun}
    assert sorted(heard) == [0, 1]
    assert answers_with(maria, "no command /nosuch.") == 5


async def test_two_shards_are_shared_by_two_processes_and_one_that_ends_leaves_its_own_to_the_other(
    discord_server: DiscordServer, maria: Person, claude: ClaudeServer, shared: str, tmp_path: Path
) -> None:
    settings = told(tmp_path, discord_server, claude, shared, shards=2)
    guilds = [discord_server.guild]
    while {(int(each.id) >> 22) % 2 for each in guilds} != {0, 1}:
        discord_server.clock.advance(0.001)
        guilds.append(discord_server.another_guild(f"Guild {len(guilds)}"))
        maria.joins(guilds[-1])
    rooms = [discord_server.channel("room", guild=each) for each in (guilds[0], guilds[-1])]
    async with AsyncExitStack() as first:
        await first.enter_async_context(office(settings, discord_server, sessions=2))
        async with office(settings, discord_server, sessions=2):
            for number in range(4):
                maria.says(f"@Elevate @Teacher question {number}?", rooms[number % 2])
            maria.says("@Teacher question 4?")
            await answered(discord_server, 5, maria, within=20)
            await first.aclose()
            for number in range(5, 9):
                maria.says(f"@Elevate @Teacher question {number}?", rooms[number % 2])
            maria.says("@Teacher question 9?")
            await answered(discord_server, 10, maria, within=20)
            await discord_server.gateway.connected(2)
    assert [answers_with(maria, f"question {number}?") for number in range(10)] == [1] * 10
    assert len(claude.requests) == 10
