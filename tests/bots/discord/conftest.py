"""The stand-in Discord with Maria in it, and our senders over it."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator, Generator

import pytest
from structlog.testing import capture_logs

from tests.bots.discord.sending import Sent, sending
from tests.servers.discord.person import Person
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.things import Channel


@pytest.fixture(autouse=True)
def nothing_is_dropped() -> Generator[None]:
    """Every button finds its place: one that Discord cannot carry is a mistake of ours, and never lost in silence."""
    with capture_logs() as logged:
        yield
    for each in logged:
        sys.stdout.write(f"{each}\n")
    assert [each for each in logged if each["event"] == "discord button dropped"] == []


@pytest.fixture
async def discord_server() -> AsyncGenerator[DiscordServer]:
    async with DiscordServer() as one:
        one.world.tell = lambda kind, payload, guild: None  # nobody listens here
        yield one


@pytest.fixture
def maria(discord_server: DiscordServer) -> Person:
    return discord_server.person("Maria")


@pytest.fixture
def room(discord_server: DiscordServer) -> Channel:
    return discord_server.channel("help")


@pytest.fixture
async def sent(discord_server: DiscordServer) -> AsyncGenerator[Sent]:
    async with sending(discord_server) as one:
        yield one
