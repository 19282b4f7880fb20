"""What was said while nobody listened is read back when somebody does again, and answered once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bots.backing import now
from core.request import Platform
from tests.bots.discord.whole import answered, answers_with, hurried, office, told
from tests.servers.claude import ClaudeServer
from tests.servers.discord import acts
from tests.servers.discord.faulty import Fault
from tests.servers.discord.permissions import Permission
from tests.servers.discord.person import Person
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.things import Channel

MESSAGE_CONTENT = 1 << 19

PATIENCE_SECONDS = 20.0


@pytest.fixture
async def discord_server() -> AsyncGenerator[DiscordServer]:
    async with DiscordServer() as one:
        one.world.application.flags |= MESSAGE_CONTENT
        yield one


@pytest.fixture
async def claude() -> AsyncGenerator[ClaudeServer]:
    async with ClaudeServer() as one:
        yield one


async def test_what_was_said_while_no_process_was_there_is_answered_once(
    discord_server: DiscordServer, maria: Person, room: Channel, claude: ClaudeServer, tmp_path: Path
) -> None:
    settings = told(tmp_path, discord_server, claude)
    async with office(settings, discord_server):
        maria.says("@Teacher question 1?")
        asked = maria.says("@Elevate @Teacher question 2?", room)
        await answered(discord_server, 2, maria)
        assert not [each for each in discord_server.called("list_messages") if "after" in each.query], "nobody was there before"
    maria.says("@Teacher question 3?")
    again = maria.says("@Elevate @Teacher question 4?", room)
    maria.says("question 5?", thread=asked)
    maria.says("not for us, question 7?", room)
    maria.says("question 6?")
    async with office(settings, discord_server):
        await answered(discord_server, 6, maria)
    assert [answers_with(maria, f"question {number}?") for number in range(1, 8)] == [1, 1, 1, 1, 1, 1, 0]
    assert [each.by_bot for each in maria.messages(thread=asked)] == [True, False, True]
    assert maria.messages(thread=again)[-1].by_bot
    assert len(claude.requests) == 6


async def test_what_was_missed_is_answered_in_its_order(discord_server: DiscordServer, maria: Person, tmp_path: Path) -> None:
    settings = told(tmp_path, discord_server, None)
    async with office(settings, discord_server):
        maria.says("/nosuch")
        await answered(discord_server, 1, maria)
    for number in range(8):
        discord_server.clock.advance(0.01)
        maria.says(f"/nosuch{number}")
    async with office(settings, discord_server):
        await answered(discord_server, 9, maria)
    assert [each.text.partition("/nosuch")[2][:1] for each in maria.answers[1:]] == [*"01234567"]


async def test_after_a_session_that_cannot_be_resumed_the_gap_is_read_and_after_one_that_can_be_it_is_not(
    discord_server: DiscordServer, maria: Person, room: Channel, claude: ClaudeServer, tmp_path: Path
) -> None:
    async with office(told(tmp_path, discord_server, claude), discord_server):
        maria.says("/nosuch")
        await answered(discord_server, 1, maria)
        discord_server.gateway.forget()
        discord_server.gateway.cut()
        maria.says("/nosuch1")
        maria.says("@Elevate @Teacher question 2?", room)
        await answered(discord_server, 3, maria)
        calls = len(discord_server.called("list_messages"))
        discord_server.gateway.cut()
        maria.says("/nosuch3")
        await answered(discord_server, 4, maria)
        assert len(discord_server.called("list_messages")) == calls
    assert (discord_server.gateway.resumes, len(discord_server.gateway.identifies)) == (1, 2)


async def test_a_place_that_is_closed_is_passed_over_and_one_that_fails_is_tried_again(
    discord_server: DiscordServer, maria: Person, room: Channel, claude: ClaudeServer, tmp_path: Path
) -> None:
    settings, closed = told(tmp_path, discord_server, claude), discord_server.channel("closed")
    async with office(settings, discord_server):
        maria.says("/nosuch")
        await answered(discord_server, 1, maria)
    discord_server.world.forbid(discord_server.guild, Permission.READ_MESSAGE_HISTORY, closed)
    maria.says("@Elevate @Teacher question 1?", closed)
    maria.says("@Elevate @Teacher question 2?", room)
    maria.says("@Teacher question 3?")
    discord_server.fail(Fault("GET", rf"{room.id}/messages$", status=400, code=0, times=1))
    with capture_logs() as logged:
        async with office(settings, discord_server, wait=hurried):
            await answered(discord_server, 3, maria)
    assert "discord place not read" in {each["event"] for each in logged}
    assert "discord gap left" not in {each["event"] for each in logged}
    assert [answers_with(maria, f"question {number}?") for number in (1, 2, 3)] == [0, 1, 1]


async def test_what_nobody_waits_for_any_more_is_left(discord_server: DiscordServer, maria: Person, tmp_path: Path) -> None:
    settings = told(tmp_path, discord_server, None)
    async with office(settings, discord_server):
        maria.says("/nosuch")
        await answered(discord_server, 1, maria)
    maria.says("/nosuch1")
    discord_server.clock.advance(24 * 3600)
    maria.says("/nosuch2")
    async with office(settings, discord_server, now=lambda: now() + timedelta(hours=25)):
        await answered(discord_server, 2, maria)
    assert [each.text.partition("/nosuch")[2][:1] for each in maria.answers[1:]] == ["2"]


async def test_what_many_deleted_at_once_is_taken_out_of_what_is_remembered(
    discord_server: DiscordServer, maria: Person, room: Channel, tmp_path: Path
) -> None:
    async with office(told(tmp_path, discord_server, None), discord_server) as here:
        said = [maria.says(f"@Elevate @Teacher question {number}?", room) for number in range(3)]
        await answered(discord_server, 3, maria)
        acts.remove_many(discord_server.world, said)
        whose: list[str | None] = [None]
        async with asyncio.timeout(PATIENCE_SECONDS):
            while None in whose:
                await discord_server.settled()
                whose = [await here.program.reception.whose(Platform.DISCORD, f"{each.id}:gone") for each in said]
    assert all(each is not None and each.endswith(f":{maria.id}") for each in whose)
