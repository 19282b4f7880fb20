"""The stand-in Slack as the real SDKs find it: what goes in and out, and what a person sees."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import aiohttp
import pytest

from tests.contracts.slack_app import TinyApp
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


@pytest.mark.usefixtures("app")
async def test_words_are_answered_in_their_thread(slack: SlackServer, maria: Person) -> None:
    said = maria.says("hello")
    await slack.settled()
    maria.sees("You said: hello")
    assert maria.last.thread_ts == said.ts
    assert maria.last.author == "Elevate"


@pytest.mark.usefixtures("app")
async def test_a_command_leads_to_buttons_and_a_form(slack: SlackServer, maria: Person) -> None:
    await maria.commands("/ask", "now")
    assert maria.last.ephemeral
    maria.sees("Shall we?", "[Yes]", "[Form]")
    await maria.presses("Form")
    await slack.settled()
    assert maria.modal is not None
    assert maria.modal.title == "A form"
    assert await maria.submits({"Name": "Nobody"}) == {"Name": "Somebody, please"}
    maria.sees("Somebody, please")
    assert await maria.submits({"Name": "Maria", "City": "Madrid"}) == {}
    assert maria.modal is None
    await maria.presses("Yes")
    await slack.settled()
    maria.sees("Gladly")
    assert maria.troubles == []
