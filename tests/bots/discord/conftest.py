"""The stand-in Discord with Maria in it, and our senders over it."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest

from tests.bots.discord.sending import Sent, sending
from tests.servers.discord.person import Person
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.things import Channel


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
