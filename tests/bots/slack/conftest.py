"""The stand-in Slack with Maria in it, and our senders over it."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest

from bots.slack.clients import one_token
from tests.bots.passing import Time
from tests.bots.slack.sending import Sent, sending
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.things import Channel


@pytest.fixture
async def slack() -> AsyncGenerator[SlackServer]:
    async with SlackServer() as one:
        one.world.tell = lambda team, event: None  # nobody listens here
        yield one


@pytest.fixture
def maria(slack: SlackServer) -> Person:
    return slack.person("Maria", tz="Europe/Madrid")


@pytest.fixture
def room(slack: SlackServer, maria: Person) -> Channel:
    return slack.channel("general", maria)


@pytest.fixture
async def sent(slack: SlackServer) -> AsyncGenerator[Sent]:
    async with sending(slack, tokens=one_token(slack.bot_token)) as one:
        yield one


@pytest.fixture
async def slow(slack: SlackServer) -> AsyncGenerator[Sent]:
    """The same, where time passes only when the test says so."""
    async with sending(slack, tokens=one_token(slack.bot_token), time=Time(flies=False)) as one:
        yield one
