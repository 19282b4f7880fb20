"""How events and interactions reach an app: over sockets and by HTTP, once or again."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from tests.contracts.slack.tiny_app import Json, TinyApp
from tests.servers.slack import Person, SlackServer


def events(app: TinyApp, kind: str = "message") -> list[Json]:
    return [each for each in app.heard if each.get("type") == "event_callback" and each["event"]["type"] == kind]


def from_people(app: TinyApp) -> list[Json]:
    return [each for each in events(app) if "bot_id" not in each["event"]]


async def test_an_event_that_is_not_acknowledged_comes_again_on_another_socket(
    slack: SlackServer, session: aiohttp.ClientSession, maria: Person
) -> None:
    slack.deliveries.patience, slack.deliveries.pauses, slack.deliveries.echoes = 0.15, (0.0,), False
    app = TinyApp(slack, session)
    waits = [asyncio.Event(), asyncio.Event()]
    waits[1].set()
    turns = iter(waits)

    async def slow() -> None:
        await next(turns).wait()

    app.slow = slow
    async with app.connected(slack), app.connected(slack):
        await slack.sockets.connected(2)
        maria.says("hello")
        await slack.settled()
        assert [each.sent for each in slack.sockets.connections] == [1, 1]
        assert [each["event_id"] for each in from_people(app)] == [from_people(app)[0]["event_id"]] * 2
        assert [each.attempt for each in slack.acks] == [1]
        waits[0].set()


async def test_an_event_is_given_up_after_three_more_attempts(slack: SlackServer, maria: Person) -> None:
    slack.deliveries.patience, slack.deliveries.pauses = 0.0, (0.0, 0.0, 0.0)
    maria.says("hello")
    await slack.settled()
    assert len(slack.deliveries.missed) == 4
    assert [each.payload["event"]["text"] for each in slack.deliveries.lost] == ["hello"]


async def test_a_socket_that_falls_in_the_middle_of_an_envelope_loses_nothing(
    slack: SlackServer, app: TinyApp, maria: Person
) -> None:
    slack.deliveries.pauses = (0.0, 0.0, 0.0)
    slack.sockets.cut_in_envelope = 1
    maria.says("hello")
    await slack.settled(until=lambda: bool(maria.answers))
    maria.sees("You said: hello")
    assert slack.sockets.opened == 2
    assert len(from_people(app)) == 1


async def test_an_app_that_is_asked_to_connects_anew(slack: SlackServer, app: TinyApp, maria: Person) -> None:
    await slack.sockets.disconnect()
    maria.says("hello")
    await slack.settled(until=lambda: bool(maria.answers))
    assert slack.sockets.opened == 2
    assert len(from_people(app)) == 1


@pytest.mark.usefixtures("app")
async def test_an_app_that_hears_no_pong_connects_anew(slack: SlackServer) -> None:
    await slack.sockets.ping()
    slack.sockets.silent = True
    await slack.settled(until=lambda: slack.sockets.opened > 1)
    slack.sockets.silent = False
    assert slack.sockets.opened > 1


@pytest.mark.usefixtures("app")
async def test_an_eleventh_socket_is_turned_away(slack: SlackServer, session: aiohttp.ClientSession) -> None:
    client = AsyncWebClient(base_url=slack.api_url, session=session, proxy="")

    async def first_word() -> tuple[str, aiohttp.ClientWebSocketResponse]:
        url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
        socket = await session.ws_connect(url)
        said = await socket.receive_json()
        return said.get("reason", said["type"]), socket

    found = [await first_word() for _ in range(10)]
    assert [each for each, _ in found] == ["hello"] * 9 + ["too_many_websockets"]
    for _, socket in found:
        await socket.close()


async def test_a_ticket_opens_one_socket(slack: SlackServer, session: aiohttp.ClientSession) -> None:
    client = AsyncWebClient(base_url=slack.api_url, session=session, proxy="")
    url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
    async with session.ws_connect(url) as first, session.ws_connect(url) as second:
        assert (await first.receive_json())["type"] == "hello"
        assert (await second.receive_json())["reason"] == "link_disabled"


async def test_events_come_twice_late_or_in_another_order_on_demand(slack: SlackServer, app: TinyApp, maria: Person) -> None:
    slack.deliveries.echoes = False
    slack.deliveries.copies = 1
    maria.says("twice")
    await slack.settled()
    assert len({each["event_id"] for each in from_people(app)}) == 1
    assert len(from_people(app)) == 2
    slack.deliveries.copies = 0
    slack.deliveries.hold()
    maria.says("one")
    maria.says("two")
    await slack.settled()
    assert len(from_people(app)) == 2
    slack.deliveries.release(lambda held: held[::-1])
    await slack.settled()
    assert [each["event"]["text"] for each in from_people(app)[2:]] == ["two", "one"]


@pytest.mark.parametrize("mention_first", [False, True])
async def test_a_post_that_names_the_bot_comes_as_a_message_and_as_a_mention(
    slack: SlackServer, app: TinyApp, maria: Person, *, mention_first: bool
) -> None:
    maria.mention_first = mention_first
    said = maria.says("@Elevate hello", slack.channel("general", maria))
    await slack.settled()
    heard = [each["event"] for each in app.heard if "bot_id" not in each["event"]]
    assert {each["ts"] for each in heard} == {said.ts}
    assert [each["type"] for each in heard] == (["app_mention", "message"] if mention_first else ["message", "app_mention"])
    assert heard[0]["text"] == f"<@{slack.team.bot_user}> hello"


async def test_events_that_the_manifest_or_the_scopes_do_not_name_do_not_come(session: aiohttp.ClientSession) -> None:
    manifest = {
        "display_information": {"name": "Elevate"},
        "features": {"app_home": {"messages_tab_enabled": True}},
        "oauth_config": {"scopes": {"bot": ["chat:write", "im:history"]}},
        "settings": {"event_subscriptions": {"bot_events": ["message.im", "app_mention"]}},
    }
    async with SlackServer(manifest) as slack:
        maria = slack.person("Maria")
        room = slack.channel("general", maria)
        app = TinyApp(slack, session)
        async with app.connected(slack):
            maria.says("@Elevate hello", room)
            await slack.settled()
            assert app.heard == []
            maria.says("hello")
            await slack.settled()
            assert len(from_people(app)) == 1
            await maria.commands("/ask")
            assert maria.troubles == ["/ask is not a valid command."]


async def test_another_apps_words_come_as_another_apps(slack: SlackServer, app: TinyApp, maria: Person) -> None:
    room = slack.channel("general", maria)
    slack.another_bot_says("beep", room)
    elsewhere = slack.channel("elsewhere", maria, bot=False)
    maria.says("@Elevate hello", elsewhere)
    await slack.settled()
    assert [each["event"]["text"] for each in app.heard] == ["beep"]
    event = app.heard[0]["event"]
    assert event["bot_id"] != slack.team.bot_id
    assert event["bot_profile"]["app_id"] != app.heard[0]["api_app_id"]
    assert maria.answers == []


@asynccontextmanager
async def door(app: TinyApp) -> AsyncGenerator[str]:
    """The app's own web server."""
    runner = web.AppRunner(app.app.web_app(path="/slack/events", port=3000), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}/slack/events"
    finally:
        await runner.cleanup()


async def test_everything_goes_by_http_too(slack: SlackServer, session: aiohttp.ClientSession, maria: Person) -> None:
    app = TinyApp(slack, session)
    async with door(app) as url:
        requests = slack.by_http(url)
        assert await requests.verify()
        maria.says("hello")
        await slack.settled()
        maria.sees("You said: hello")
        await maria.commands("/ask", "now")
        await maria.presses("Form")
        await slack.settled()
        assert await maria.submits({"Name": "Nobody"}) == {"Name": "Somebody, please"}
        assert await maria.suggestions("City", "lis") == ["Lisbon"]
        assert maria.troubles == []


@pytest.mark.parametrize(("forged", "age"), [(True, 0), (False, 301)])
async def test_a_wrong_or_old_signature_is_refused_by_the_app_and_comes_again(
    slack: SlackServer, session: aiohttp.ClientSession, maria: Person, *, forged: bool, age: int
) -> None:
    app = TinyApp(slack, session)
    slack.deliveries.pauses = (0.0,)
    async with door(app) as url:
        requests = slack.by_http(url)
        requests.forged, requests.age = forged, age
        maria.says("hello")
        await slack.settled()
        assert requests.statuses == [401, 401]
        assert app.heard == []


async def test_an_http_retry_says_so(slack: SlackServer, maria: Person) -> None:
    came: list[tuple[str | None, str | None]] = []

    async def refuse(request: web.Request) -> web.Response:
        came.append((request.headers.get("X-Slack-Retry-Num"), request.headers.get("X-Slack-Retry-Reason")))
        return web.Response(status=500, headers={"X-Slack-No-Retry": "1"} if len(came) == 2 else {})

    server = web.Application()
    server.add_routes([web.post("/", refuse)])
    runner = web.AppRunner(server, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.deliveries.pauses = (0.0, 0.0, 0.0)
    slack.by_http(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    maria.says("hello")
    await slack.settled()
    await runner.cleanup()
    assert came == [(None, None), ("1", "http_error")]


async def test_a_burst_of_events_all_comes(slack: SlackServer, session: aiohttp.ClientSession, maria: Person) -> None:
    slack.deliveries.echoes, slack.deliveries.patience = False, 30.0
    app = TinyApp(slack, session)
    async with app.connected(slack, ping_interval=5):
        for number in range(300):
            maria.says(f"message {number}")
        await slack.settled(within=60)
    sent = [each.payload["event"]["text"] for each in slack.acks]
    assert sorted(sent) == sorted(f"message {number}" for number in range(300))
    assert len(from_people(app)) == 300  # the SDK handles envelopes side by side, and so in another order than they came
    assert len(slack.called("chat.postMessage")) == 300


async def test_the_stand_in_runs_as_a_program(session: aiohttp.ClientSession) -> None:
    command = (sys.executable, "-m", "tests.servers.slack")
    program = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
    assert program.stdout is not None
    said = dict([(await program.stdout.readline()).decode().strip().split("=", 1) for _ in range(3)])
    client = AsyncWebClient(said["SLACK_BOT_TOKEN"], base_url=said["SLACK_API_URL"], session=session, proxy="")
    assert (await client.auth_test())["team"] == "Acme"
    program.terminate()
    await program.wait()
