"""The stand-in Slack with Maria in it, and a tiny app that is connected to it."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.contracts.slack.tiny_app import TinyApp
from tests.servers.slack import Person, SlackServer


@pytest.fixture
async def session() -> AsyncGenerator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as one:
        yield one


@pytest.fixture
async def slack() -> AsyncGenerator[SlackServer]:
    async with SlackServer() as one:
        yield one


@pytest.fixture
def maria(slack: SlackServer) -> Person:
    return slack.person("Maria", tz="Europe/Madrid")


@pytest.fixture
async def app(slack: SlackServer, session: aiohttp.ClientSession) -> AsyncGenerator[TinyApp]:
    tiny = TinyApp(slack, session)
    async with tiny.connected(slack):
        yield tiny


@pytest.fixture
def client(slack: SlackServer, session: aiohttp.ClientSession) -> AsyncWebClient:
    """The real client, with the bot's token, that tries nothing again by itself."""
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url, session=session, proxy="", retry_handlers=[])
