"""Two connections to Slack, each replaced as a whole: nothing that was sent by one is lost with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from structlog.testing import capture_logs

from bots.slack.clients import one_token, opened
from bots.slack.sockets import LONGEST_PAUSE, PING_SECONDS, SETTLED_SECONDS, SILENT_SECONDS, Sockets
from tests.bots.passing import Time, until
from tests.servers.slack import Person, SlackServer

FOR_EVER = 10**6


class Heard(AsyncMiddleware):
    """Keeps the texts that come; acknowledges them while `gate` is open."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        self.texts.append(req.body["event"]["text"])
        await self.gate.wait()
        return BoltResponse(status=200, body="")


class Line:
    """The sockets over a stand-in Slack, with what they heard, and a time that only passes when a test lets it."""

    def __init__(self, slack: SlackServer, sockets: Sockets, heard: Heard, time: Time, refused: list[str]) -> None:
        self.slack = slack
        self.sockets = sockets
        self.heard = heard
        self.time = time
        self.refused = refused

    @property
    def tries(self) -> int:
        """How often an address was asked for."""
        return sum(each.method == "apps.connections.open" for each in self.slack.calls)

    @property
    def pauses(self) -> list[float]:
        """What was waited before another try."""
        return [each for each in self.time.waited if each != PING_SECONDS]

    async def has_waited(self, number: int) -> None:
        """So many pauses have begun."""
        await until(lambda: len(self.pauses) == number)

    async def is_settled(self) -> None:
        """Both have been open for long enough to count as good."""
        await self.slack.sockets.connected(2)
        await until(lambda: self.time.sleepers == 2)
        self.time.passes(SETTLED_SECONDS)
        await until(lambda: self.time.sleepers == 2)


@asynccontextmanager
async def standing(slack: SlackServer) -> AsyncGenerator[Line]:
    time, refused, heard = Time(flies=False), list[str](), Heard()
    async with opened(api_url=slack.api_url, tokens=one_token(slack.bot_token), now=time.now, wait=Time().wait) as clients:
        app = AsyncApp(name="elevate", client=clients.made(slack.bot_token), request_verification_enabled=False)
        app.use(heard)
        sockets = Sockets(
            app, clients.made(), slack.app_token, refused=refused.append, clock=lambda: time.now().timestamp(), wait=time.wait
        )
        sockets.open()
        try:
            yield Line(slack, sockets, heard, time, refused)
        finally:
            heard.gate.set()
            await sockets.close()


@pytest.fixture
async def slack() -> AsyncGenerator[SlackServer]:
    async with SlackServer() as one:
        one.deliveries.pauses = (0, 0, 0)
        yield one


@pytest.fixture
async def line(slack: SlackServer) -> AsyncGenerator[Line]:
    async with standing(slack) as one:
        await one.is_settled()
        yield one


async def test_a_socket_that_slack_wants_to_renew_acknowledges_what_is_in_hand_while_the_next_one_hears(
    line: Line, slack: SlackServer, maria: Person
) -> None:
    line.heard.gate.clear()
    maria.says("one")
    maria.says("two")
    await until(lambda: len(line.heard.texts) == 2)
    await slack.sockets.disconnect()
    await slack.sockets.connected(2)
    maria.says("three")
    await until(lambda: len(line.heard.texts) == 3)
    line.heard.gate.set()
    await slack.settled()
    assert sorted(line.heard.texts) == ["one", "three", "two"]
    assert [each.attempt for each in slack.acks] == [0, 0, 0]
    assert slack.sockets.opened == 4


async def test_a_socket_that_falls_in_the_middle_of_an_envelope_is_replaced_and_the_event_comes_again(
    line: Line, slack: SlackServer, maria: Person
) -> None:
    slack.sockets.cut_in_envelope = 1
    maria.says("one")
    await slack.settled(until=lambda: bool(slack.acks))
    assert line.heard.texts == ["one"]
    assert [each.attempt for each in slack.acks] == [1]
    await slack.sockets.connected(2)
    assert line.time.waited.count(PING_SECONDS) == len(line.time.waited)  # nobody paused before the next one


async def test_an_acknowledgement_that_cannot_be_sent_any_more_lets_slack_send_again(
    line: Line, slack: SlackServer, maria: Person
) -> None:
    line.heard.gate.clear()
    maria.says("one")
    await until(lambda: len(line.heard.texts) == 1)
    with capture_logs() as logged:
        slack.sockets.cut()
        await until(lambda: len(line.heard.texts) == 2)
        line.heard.gate.set()
        await slack.settled(until=lambda: bool(slack.acks))
    assert line.heard.texts == ["one", "one"]
    assert not slack.deliveries.lost
    assert "slack acknowledgement lost" in {each["event"] for each in logged}


async def test_a_socket_that_answers_no_ping_is_replaced(line: Line, slack: SlackServer, maria: Person) -> None:
    slack.sockets.silent = True
    with capture_logs() as logged:
        silent_since = line.time.now()
        while slack.sockets.opened < 4:
            await until(lambda: line.time.sleepers == 2 or slack.sockets.opened == 4)
            line.time.passes(PING_SECONDS)
    silent = (line.time.now() - silent_since).total_seconds()
    assert SILENT_SECONDS <= silent <= SILENT_SECONDS + 6 * PING_SECONDS
    assert [each["why"] for each in logged if each["event"] == "slack socket ended"] == ["silent", "silent"]
    slack.sockets.silent = False
    maria.says("one")
    await slack.settled(until=lambda: bool(slack.acks))
    assert line.heard.texts == ["one"]


async def test_a_socket_that_answers_is_kept(line: Line, slack: SlackServer) -> None:
    for _ in range(int(SILENT_SECONDS / PING_SECONDS) * 3):
        await until(lambda: line.time.sleepers == 2)
        await asyncio.gather(*(each.socket.ping() for each in slack.sockets.connections))
        seen = slack.activity
        line.time.passes(PING_SECONDS)
        await seen.quiet(0, list, lambda: True, 1)
        for _ in range(50):  # the pong is on its way over a real socket
            await asyncio.sleep(0)
    assert slack.sockets.opened == 2


@pytest.mark.parametrize(
    "fault", [{"status": 500}, {"status": 429, "retry_after": 1}, {"drop": "before"}, {"error": "internal_error"}], ids=str
)
async def test_while_slack_gives_no_address_it_is_asked_after_pauses_that_grow(slack: SlackServer, fault: dict[str, Any]) -> None:
    slack.fail("apps.connections.open", times=FOR_EVER, **fault)
    async with standing(slack) as line:
        with capture_logs() as logged:
            for number in range(1, 11):
                await line.has_waited(2 * number)
                if number < 10:
                    line.time.passes(2 * LONGEST_PAUSE)
        pauses = line.pauses[::2]
        assert 0.5 <= pauses[0] <= 1.5
        assert all(later > earlier for earlier, later in zip(pauses[:4:2], pauses[2:6:2], strict=True))
        assert LONGEST_PAUSE <= max(pauses) <= 1.5 * LONGEST_PAUSE
        assert {each["event"] for each in logged} <= {"slack socket not opened", "slack socket refused"}
        assert len(logged) >= 18
        slack.faults.clear()
        line.time.passes(2 * LONGEST_PAUSE)
        await slack.sockets.connected(2)
        assert not line.refused


async def test_a_pause_that_slack_asks_for_is_kept(slack: SlackServer) -> None:
    slack.fail("apps.connections.open", status=429, retry_after=300, times=2)
    async with standing(slack) as line:
        await until(lambda: line.time.sleepers == 2)
        assert all(each >= 300 for each in line.time.waited)
        line.time.passes(450)
        await slack.sockets.connected(2)


async def test_a_token_that_slack_refuses_is_told_once_and_not_tried_again(slack: SlackServer) -> None:
    slack.fail("apps.connections.open", error="invalid_auth", times=FOR_EVER)
    async with standing(slack) as line:
        for _ in range(10):
            await until(lambda: bool(line.time.sleepers) or all(each.done() for each in line.sockets._keeping))
            line.time.passes(2 * LONGEST_PAUSE)
        assert line.refused == ["invalid_auth"]
        assert line.tries == 2


async def test_a_connection_that_ends_at_once_is_not_opened_again_at_once(slack: SlackServer) -> None:
    async with standing(slack) as line:
        for number in range(1, 6):
            await slack.sockets.connected(2)
            await until(lambda: line.time.sleepers == 2)
            await slack.sockets.disconnect("link_disabled")
            await line.has_waited(2 * number)
            assert line.tries == 2 * number
            line.time.passes(2 * LONGEST_PAUSE)
        assert max(line.pauses[8:]) >= 8.0


async def test_at_the_end_what_is_in_hand_is_acknowledged_and_nothing_new_is_taken(
    line: Line, slack: SlackServer, maria: Person
) -> None:
    line.heard.gate.clear()
    maria.says("one")
    await until(lambda: len(line.heard.texts) == 1)
    closing = asyncio.create_task(line.sockets.close())
    slack.deliveries.pauses = ()
    slack.deliveries.patience = 0.2
    await until(lambda: all(each.done() for each in line.sockets._keeping))
    maria.says("two")
    line.heard.gate.set()
    await closing
    await slack.settled()
    assert line.heard.texts == ["one"]
    assert len(slack.acks) == 1
