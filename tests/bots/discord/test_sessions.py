"""The whole program while Discord's gateway misbehaves: nothing that is said is lost, and nothing is answered twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bots.discord.gateway import TOKEN_UNKNOWN
from tests.bots.discord.whole import QUICK, Office, ahead, answered, answers_with, hurried, office, told
from tests.servers.claude import ClaudeServer, Says
from tests.servers.discord.faulty import Fault
from tests.servers.discord.person import Person
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.sessions import Close, Intent, Op
from tests.servers.discord.things import Channel
from tests.servers.wire import Wire

MESSAGE_CONTENT = 1 << 19
FOR_EVER = 10**6


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
async def here(discord_server: DiscordServer, claude: ClaudeServer, tmp_path: Path) -> AsyncGenerator[Office]:
    async with office(told(tmp_path, discord_server, claude), discord_server) as one:
        yield one


def events(logged: list[EventDict]) -> list[str]:
    """What was logged of Discord's shards."""
    return [each["event"] for each in logged if each["event"].startswith("discord s")]


async def until_known(server: DiscordServer, logged: list[EventDict], event: str, times: int = 1) -> None:
    """Our side has said so in the log."""
    async with asyncio.timeout(20):
        while [each["event"] for each in logged].count(event) < times:  # noqa: ASYNC110 - the log only keeps a list
            await asyncio.sleep(0)


@pytest.mark.parametrize("fault", ["cut", "cut in an event", "reconnect", "invalid, but resumable", "closed"])
async def test_what_is_said_while_a_session_is_broken_off_and_resumed_is_answered_once(
    discord_server: DiscordServer, maria: Person, room: Channel, here: Office, fault: str
) -> None:
    gateway = discord_server.gateway
    maria.says("@Teacher question 0?")
    await answered(discord_server, 1, maria)
    match fault:
        case "cut":
            gateway.cut()
        case "cut in an event":
            gateway.cut_in_event = 1
        case "reconnect":
            gateway.reconnect()
        case "invalid, but resumable":
            gateway.invalidate(resumable=True)
        case _:
            await gateway.close(Close.UNKNOWN_ERROR)
    for number in range(1, 4):
        maria.says(f"@Elevate @Teacher question {number}?", room)
    await answered(discord_server, 4, maria, within=20)
    assert [answers_with(maria, f"question {number}?") for number in range(4)] == [1, 1, 1, 1]
    assert (gateway.resumes, len(gateway.identifies)) == (1, 1)
    assert not [each for each in discord_server.called("list_messages") if "after" in each.query and each.query["after"] != "0"]


@pytest.mark.parametrize("fault", ["invalid", "run out", "refused once"])
async def test_what_is_said_while_a_session_does_not_hold_is_answered_once(
    discord_server: DiscordServer, maria: Person, room: Channel, here: Office, fault: str
) -> None:
    gateway = discord_server.gateway
    maria.says("@Teacher question 0?")
    await answered(discord_server, 1, maria)
    if fault == "invalid":
        gateway.invalidate()
    else:
        gateway.refused = [Op.INVALID_SESSION] if fault == "refused once" else []
        gateway.forget()
        gateway.cut()
    for number in range(1, 4):
        maria.says(f"@Elevate @Teacher question {number}?", room)
    maria.says("@Teacher question 4?")
    await answered(discord_server, 5, maria, within=20)
    assert [answers_with(maria, f"question {number}?") for number in range(5)] == [1] * 5
    assert gateway.resumes == 0


@pytest.mark.parametrize("silence", ["nothing comes through", "nothing is acknowledged"])
async def test_a_connection_that_is_only_half_there_is_replaced_and_what_it_missed_is_answered(
    discord_server: DiscordServer, maria: Person, tmp_path: Path, silence: str
) -> None:
    gateway = discord_server.gateway
    gateway.interval = 0.1
    async with office(told(tmp_path, discord_server, None), discord_server, pulse=replace(QUICK, silent_seconds=0.5)):
        maria.says("/nosuch0")
        await answered(discord_server, 1, maria)
        if silence == "nothing comes through":
            gateway.freeze()
        else:
            gateway.deaf = True
        maria.says("/nosuch1")
        await discord_server.settled(until=lambda: gateway.resumes == 1 or len(gateway.identifies) == 2, within=20)
        gateway.deaf = False
        maria.says("/nosuch2")
        await answered(discord_server, 3, maria, within=20)
    assert [answers_with(maria, f"/nosuch{number}.") for number in range(3)] == [1, 1, 1]


async def test_the_end_does_not_wait_for_a_connection_that_is_only_half_there(
    discord_server: DiscordServer, tmp_path: Path
) -> None:
    settings = told(tmp_path, discord_server, None)
    with capture_logs() as logged:
        async with office(settings, discord_server, pulse=replace(QUICK, close_seconds=0.2)):
            discord_server.gateway.freeze()
            loop = asyncio.get_running_loop()
            began = loop.time()
        assert loop.time() - began < 5
    assert not [each for each in logged if each["log_level"] == "error"]


async def test_what_comes_twice_is_answered_once(
    discord_server: DiscordServer, maria: Person, room: Channel, here: Office, claude: ClaudeServer
) -> None:
    discord_server.gateway.copies = 2
    maria.says("@Teacher question 0?")
    asked = maria.says("@Elevate @Teacher question 1?", room)
    await maria.commands("/agents list", room)
    await maria.commands("/assets list")
    await answered(discord_server, 4, maria)
    await maria.presses("Add something")
    assert maria.modal is not None
    await discord_server.settled()
    maria.edits(asked, "@Elevate @Teacher question 2?")
    await answered(discord_server, 4, maria)
    assert len(maria.answers) == 4
    assert not maria.troubles
    assert len(claude.requests) == 2


async def test_a_conversation_that_comes_backwards_is_answered_in_its_order(
    discord_server: DiscordServer, maria: Person, room: Channel, claude: ClaudeServer, tmp_path: Path
) -> None:
    hold = asyncio.Event()
    claude.replies.append(Says(("The root, ", "at last."), hold=hold))
    async with office(told(tmp_path, discord_server, claude), discord_server, now=ahead):  # nothing is said later than now
        root = maria.says("@Elevate @Teacher the root?", room)
        await discord_server.settled(until=lambda: root.thread is not None, midway=True)
        discord_server.gateway.hold()
        for number in range(8):
            discord_server.clock.advance(0.01)
            maria.says(f"question {number}?", thread=root)
        discord_server.gateway.release(lambda held: held[::-1])
        await discord_server.settled(midway=True)
        hold.set()
        await answered(discord_server, 9, maria, within=20)
    asked = [str(each["messages"][-1]["content"]) for each in claude.requests[1:]]
    assert [each.partition("question ")[2][:1] for each in asked] == [*"01234567"]
    assert len(maria.answers) == 9


async def test_a_token_that_is_not_known_is_told_once_and_not_tried_again(
    discord_server: DiscordServer, maria: Person, tmp_path: Path
) -> None:
    gateway = discord_server.gateway
    with capture_logs() as logged:
        async with office(told(tmp_path, discord_server, None, shards=2), discord_server, sessions=2):
            gateway.refused = [Close.AUTHENTICATION_FAILED] * 9
            gateway.forget()
            gateway.cut()
            await discord_server.settled(until=lambda: len(gateway.identifies) == 4, within=20)
            await until_known(discord_server, logged, "discord stopped")
            await discord_server.settled()
            maria.says("/nosuch")
            await discord_server.settled()
    assert [each["log_level"] for each in logged if each["event"] == "discord stopped"] == ["error"]
    assert len(gateway.identifies) == 4
    assert not maria.answers
    assert not [each for each in logged if each["event"] in {"answer failed", "lease lost"}]


async def test_a_token_that_was_reset_before_is_told_at_the_start(discord_server: DiscordServer, tmp_path: Path) -> None:
    settings = {**told(tmp_path, discord_server, None), "DISCORD_BOT_TOKEN": f"{discord_server.token}x"}
    with capture_logs() as logged:
        async with office(settings, discord_server, sessions=0):
            await until_known(discord_server, logged, "discord stopped")
    assert [each["reason"] for each in logged if each["event"] == "discord stopped"] == [TOKEN_UNKNOWN]
    assert len(discord_server.calls) <= 2, "at the start, and to hear"


async def test_who_may_not_read_messages_any_more_goes_on_with_those_that_mention_us(
    discord_server: DiscordServer, maria: Person, room: Channel, tmp_path: Path
) -> None:
    gateway, app = discord_server.gateway, discord_server.world.application
    with capture_logs() as logged:
        async with office(told(tmp_path, discord_server, None), discord_server):
            assert Intent.MESSAGE_CONTENT in gateway.identifies[-1].intents
            app.flags &= ~MESSAGE_CONTENT
            gateway.forget()
            gateway.cut()
            await discord_server.settled(until=lambda: len(gateway.identifies) == 3, within=20)
            await gateway.connected(1)
            maria.says("@Elevate /nosuch", room)
            maria.says("/nosuch")
            await answered(discord_server, 2, maria)
    assert [each.code for each in gateway.identifies] == [0, 4014, 0]
    assert Intent.MESSAGE_CONTENT not in gateway.identifies[-1].intents
    assert sum(each["event"] == "discord message content lost" for each in logged) == 1
    assert "discord stopped" not in {each["event"] for each in logged}


async def test_a_gateway_that_is_away_at_the_start_and_later_is_tried_until_it_is_there(
    discord_server: DiscordServer, maria: Person, tmp_path: Path
) -> None:
    host, port = discord_server.url.removeprefix("http://").split(":")
    wire = Wire(host, int(port))
    async with wire.up():
        await wire.cut()
        settings = {**told(tmp_path, discord_server, None), "DISCORD_GATEWAY_URL": f"ws://127.0.0.1:{wire.port}/gateway"}
        with capture_logs() as logged:
            async with office(settings, discord_server, sessions=0):
                await until_known(discord_server, logged, "discord connection ended")
                await wire.mend()
                await discord_server.gateway.connected(1)
                maria.says("/nosuch0")
                await answered(discord_server, 1, maria, within=20)
                await wire.cut()
                maria.says("/nosuch1")
                await discord_server.settled(midway=True)
                await wire.mend()
                await answered(discord_server, 2, maria, within=30)
    assert [answers_with(maria, f"/nosuch{number}.") for number in range(2)] == [1, 1]


async def test_while_discord_is_away_at_the_start_it_is_tried_again(
    discord_server: DiscordServer, maria: Person, tmp_path: Path
) -> None:
    discord_server.fail(*(Fault("GET", f"{each}/@me$", drop="before", times=2) for each in ("/users", "/applications")))
    with capture_logs() as logged:
        async with office(told(tmp_path, discord_server, None), discord_server, wait=hurried):
            maria.says("/nosuch")
            await answered(discord_server, 1, maria)
    assert "discord not reached" in {each["event"] for each in logged}
