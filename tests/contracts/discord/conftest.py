"""The stand-in Discord, with a guild and a channel in it."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import aiohttp
import discord
import pytest
from discord.http import Route

from tests.contracts.discord.asking import Asking
from tests.servers.discord.person import Person
from tests.servers.discord.server import DiscordServer
from tests.servers.discord.things import Channel


@pytest.fixture
async def server() -> AsyncGenerator[DiscordServer]:
    async with DiscordServer() as one:
        yield one


@pytest.fixture
def maria(server: DiscordServer) -> Person:
    return server.person("Maria")


@pytest.fixture
def room(server: DiscordServer) -> Channel:
    """The channel that every guild has."""
    return next(each for each in server.world.channels.values() if each.guild == server.guild.id)


@pytest.fixture
async def asking(server: DiscordServer) -> AsyncGenerator[Asking]:
    async with aiohttp.ClientSession() as session:
        yield Asking(server, session)


@pytest.fixture
async def client(server: DiscordServer) -> AsyncGenerator[discord.Client]:
    """The real client, logged in, without its gateway."""
    before, Route.BASE = Route.BASE, server.api_url
    one = discord.Client(intents=discord.Intents(guilds=True), max_messages=None, allowed_mentions=discord.AllowedMentions.none())
    try:
        await one.login(server.token)
        yield one
    finally:
        await one.close()
        Route.BASE = before
