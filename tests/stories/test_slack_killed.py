"""The program as a process in Slack, killed, ended, without a network and over HTTP: what Slack was told we have is answered."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import aiohttp
import pytest

from tests.bots.slack.whole import answers_in
from tests.records import come
from tests.servers.claude import ClaudeServer, Says
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.delivery import Envelope
from tests.servers.slack.http_mode import Requests
from tests.servers.wire import Wire
from tests.stories.process import PATIENCE_SECONDS, Running, begun, running
from tests.stories.slack import MANIFEST

QUESTION = "@Teacher what is a hook?"
SORRY = f"I was interrupted before I could answer “{QUESTION}”. Here it is now."
RUN = ("-m", "bots", "run")


@pytest.fixture
async def slack() -> AsyncGenerator[SlackServer]:
    async with SlackServer(MANIFEST) as server:
        server.deliveries.pauses, server.deliveries.echoes = (0, 0, 0), False
        yield server


@pytest.fixture
def maria(slack: SlackServer) -> Person:
    return slack.person("Maria")


def program(folder: Path, slack: SlackServer, claude: ClaudeServer, api_url: str = "") -> AbstractAsyncContextManager[Running]:
    """The program on sockets."""
    return running(
        folder,
        claude,
        program=RUN,
        SLACK_BOT_TOKEN=slack.bot_token,
        SLACK_APP_TOKEN=slack.app_token,
        SLACK_API_URL=api_url or slack.api_url,
    )


async def test_what_was_acknowledged_is_answered_by_the_next_process_once_with_a_word_on_why(
    tmp_path: Path, slack: SlackServer, maria: Person, claude: ClaudeServer
) -> None:
    claude.replies.extend([Says(("It ", "never ends."), hold=asyncio.Event()), Says(("It stops the right person.",))])
    async with program(tmp_path, slack, claude) as first:
        await slack.sockets.connected(2)
        asked = maria.says(QUESTION)
        await slack.settled(within=PATIENCE_SECONDS, until=lambda: bool(slack.acks) and bool(claude.requests), midway=True)
        await first.killed()
    async with program(tmp_path, slack, claude) as second:
        await slack.sockets.connected(2)
        await slack.settled(
            within=PATIENCE_SECONDS, until=lambda: any("right person" in each.text for each in maria.answers), midway=True
        )
        slack.deliveries.send(slack_again(slack))
        await slack.settled(within=PATIENCE_SECONDS, midway=True)
        assert await second.terminated() == 0
    assert [each for each in answers_in(maria, asked) if SORRY in each] == [SORRY]
    assert sum("It stops the right person." in each for each in answers_in(maria, asked)) == 1
    assert len(claude.requests) == 2


async def test_an_answer_ends_within_the_grace_though_the_end_is_wanted_twice_and_nothing_new_is_taken(
    tmp_path: Path, slack: SlackServer, maria: Person, claude: ClaudeServer
) -> None:
    hold = asyncio.Event()
    claude.replies.append(Says(("It stops ", "the right person."), hold=hold))
    async with program(tmp_path, slack, claude) as first:
        await slack.sockets.connected(2)
        asked = maria.says(QUESTION)
        await slack.settled(within=PATIENCE_SECONDS, until=lambda: bool(claude.requests), midway=True)
        ending = asyncio.create_task(first.terminated())
        await until_closed(slack)
        first.signalled()
        slack.deliveries.patience = 0.5
        later = maria.says("/agents")
        await slack.settled(within=PATIENCE_SECONDS, until=lambda: bool(slack.deliveries.lost), midway=True)
        hold.set()
        assert await ending == 0
    [answer] = answers_in(maria, asked)
    assert "It stops the right person." in answer
    assert not maria.messages(thread=asked)[-1].streaming
    assert not answers_in(maria, later)
    async with program(tmp_path, slack, claude) as second:
        await slack.sockets.connected(2)
        slack.deliveries.patience = 3.0
        slack.deliveries.send(slack.deliveries.lost.pop())
        await slack.settled(within=PATIENCE_SECONDS, until=lambda: bool(answers_in(maria, later)))
        assert await second.terminated() == 0
    assert len(answers_in(maria, asked)) == 1
    assert len(claude.requests) == 1


async def test_a_program_that_starts_without_a_network_goes_on_trying(
    tmp_path: Path, slack: SlackServer, maria: Person, claude: ClaudeServer
) -> None:
    host, port = slack.url.removeprefix("http://").split(":")
    wire = Wire(host, int(port))
    async with wire.up():
        await wire.cut()
        async with program(tmp_path, slack, claude, f"http://127.0.0.1:{wire.port}/api/") as here:
            await here.shows("Elevate is running.")
            assert not slack.calls
            await wire.mend()
            await slack.sockets.connected(2)
            asked = maria.says("/agents")
            await slack.settled(within=PATIENCE_SECONDS, until=lambda: bool(answers_in(maria, asked)))
            assert await here.terminated() == 0


async def test_over_http_what_slack_signed_is_answered_and_nothing_else(
    tmp_path: Path, slack: SlackServer, maria: Person, claude: ClaudeServer
) -> None:
    port = free_port()
    settings = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_SIGNING_SECRET": slack.signing_secret, "SLACK_API_URL": slack.api_url}
    async with begun(tmp_path, claude, program=RUN, ELEVATE_WEB_PORT=str(port), **settings) as here:
        await here.shows(f"Listening at http://127.0.0.1:{port}", "Elevate is running.")
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/healthz") as health:
            assert (health.status, await health.text()) == (200, "ok\n")
        requests = slack.by_http(f"http://127.0.0.1:{port}/slack/events")
        assert await requests.verify()
        await refused(slack, maria, requests)
        slack.deliveries.copies = 2
        asked = maria.says(QUESTION)
        await slack.settled(within=PATIENCE_SECONDS, until=lambda: bool(answers_in(maria, asked)))
        slack.deliveries.copies = 0
        assert len(answers_in(maria, asked)) == 1
        assert len(claude.requests) == 1
        await maria.commands("/assets", "add")
        await slack.settled(within=PATIENCE_SECONDS, until=lambda: maria.modal is not None)
        assert set(requests.statuses) == {200}
        hold = asyncio.Event()
        claude.replies.append(Says(("It stops ", "the right person."), hold=hold))
        last = maria.says("and why?")
        await slack.settled(within=PATIENCE_SECONDS, until=lambda: len(claude.requests) == 2, midway=True)
        ending = asyncio.create_task(here.terminated())
        slack.deliveries.pauses = ()
        await shut(port)
        hold.set()
        assert await ending == 0
    [answer] = answers_in(maria, last)
    assert "It stops the right person." in answer


async def refused(slack: SlackServer, maria: Person, requests: Requests) -> None:
    """Requests that are not Slack's, or not of just now, are refused with 401, and lead to nothing."""
    slack.deliveries.pauses = ()
    requests.statuses.clear()
    requests.forged = True
    maria.says("/agents")
    await slack.settled()
    requests.forged, requests.age = False, 600
    maria.says("/agents")
    await slack.settled()
    requests.age = 0
    assert requests.statuses == [401, 401]
    assert not maria.answers
    requests.statuses.clear()
    slack.deliveries.pauses = (0, 0, 0)


def slack_again(slack: SlackServer) -> Envelope:
    """The first event that was acknowledged, as Slack sends it again."""
    return Envelope("events_api", json.loads(json.dumps(slack.acks[0].payload)))


async def until_closed(slack: SlackServer) -> None:
    """The program hears no more."""
    await come(lambda: not slack.sockets.connections)


async def shut(port: int) -> None:
    """The program lets nobody in any more."""
    async with asyncio.timeout(30):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                return
            writer.close()


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
