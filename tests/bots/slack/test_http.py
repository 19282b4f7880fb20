"""Slack over HTTP: only what Slack signed just now is read, and whatever else comes is refused without harm."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bots.slack.http import EVENTS_PATH, routes
from bots.web.server import BODY_BYTES, serving
from tests.servers.slack import SlackServer

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
EVENT = json.dumps({"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": {"type": "message", "text": "é"}})


class Somebody(AsyncAuthorize):
    """Authorizes every request, and asks Slack nothing."""

    def __init__(self) -> None: ...

    async def __call__(self, **given: Any) -> AuthorizeResult:
        """The bot."""
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_id="B1", bot_user_id="U1")


class Hears(AsyncMiddleware):
    """Keeps what comes, and acknowledges it."""

    def __init__(self) -> None:
        self.bodies: list[Mapping[str, Any]] = []

    async def async_process(self, *, req: AsyncBoltRequest, resp: BoltResponse, next: object) -> BoltResponse:
        """Keep it."""
        self.bodies.append(req.body)
        return BoltResponse(status=200, body="")


@dataclass
class Door:
    """The app's address, and what came through."""

    url: str
    session: aiohttp.ClientSession
    hears: Hears = field(default_factory=Hears)

    async def post(
        self, body: str | bytes, kind: str = JSON, *, secret: str = SECRET, at: str = "", **headers: str
    ) -> tuple[int, str]:
        """Send it, signed; the status and the answer."""
        at = at or str(int(time.time()))
        raw = body.encode() if isinstance(body, str) else body
        signature = "v0=" + hmac.new(secret.encode(), f"v0:{at}:".encode() + raw, hashlib.sha256).hexdigest()
        signed = {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature, "Content-Type": kind, **headers}
        async with self.session.post(self.url, data=raw, headers=signed) as answer:
            return answer.status, await answer.text()


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    """An app that hears by HTTP."""
    hears = Hears()
    app = AsyncApp(
        name="door",
        client=AsyncWebClient(base_url="http://127.0.0.1:9/api/", proxy=""),
        authorize=Somebody(),
        request_verification_enabled=False,
    )
    app.use(hears)
    async with aiohttp.ClientSession() as session, serving(routes(app, SECRET, None), "127.0.0.1", 0) as address:
        yield Door(f"{address}{EVENTS_PATH}", session, hears)


async def test_what_slack_signed_is_heard_as_json_and_as_a_form(door: Door) -> None:
    assert await door.post(EVENT) == (200, "")
    assert await door.post("command=%2Frun&text=H1&team_id=T1&user_id=U2", FORM) == (200, "")
    assert await door.post(urlencode({"payload": '{"type": "block_actions", "team": {"id": "T1"}}'}), FORM) == (
        200,
        "",
    )
    assert [each.get("type", each.get("command")) for each in door.hears.bodies] == ["event_callback", "/run", "block_actions"]


async def test_slacks_question_for_the_address_is_answered(door: Door) -> None:
    status, answer = await door.post(json.dumps({"type": "url_verification", "challenge": "3eZb", "token": "x"}))
    assert (status, json.loads(answer)) == (200, {"challenge": "3eZb"})
    forged = json.dumps({"type": "url_verification", "challenge": "3eZb", "token": "x"})
    assert (await door.post(forged, secret="another"))[0] == 401


@pytest.mark.parametrize("seconds", [-301, 301, -10_000_000])
async def test_an_old_signature_is_refused_and_one_of_the_future(door: Door, seconds: int) -> None:
    assert (await door.post(EVENT, at=str(int(time.time()) + seconds)))[0] == 401
    assert door.hears.bodies == []


@pytest.mark.parametrize("at", ["soon", "-1", "1e9", "१२३", "9" * 5000, " ", "nan", "12.5"])
async def test_a_timestamp_that_is_no_number_is_refused(door: Door, at: str) -> None:
    assert (await door.post(EVENT, at=at))[0] == 401


async def test_a_wrong_or_missing_signature_is_refused_before_anything_is_read(door: Door) -> None:
    assert (await door.post(EVENT, secret="another"))[0] == 401
    assert (await door.post(EVENT, **{"X-Slack-Signature": ""}))[0] == 401
    assert (await door.post(EVENT, **{"X-Slack-Signature": "v0=é"}))[0] == 401
    for body in ("{", "[" * 200_000, "null", "", "\x00"):
        assert (await door.post(body, secret="another"))[0] == 401
    async with door.session.post(door.url, json={"type": "event_callback"}) as answer:
        assert answer.status == 401
    assert door.hears.bodies == []


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "application/octet-stream"])
async def test_other_kinds_of_content_are_refused(door: Door, kind: str) -> None:
    assert (await door.post(EVENT, kind))[0] == 415


@pytest.mark.parametrize("body", ["{", "[1]", "null", '"text"', "not json", b"\xff\xfe"])
async def test_what_is_signed_but_is_no_object_of_json_is_refused(door: Door, body: str | bytes) -> None:
    assert (await door.post(body))[0] == 400
    assert door.hears.bodies == []


async def test_a_body_over_the_limit_is_refused(door: Door) -> None:
    assert (await door.post("x" * (BODY_BYTES + 1)))[0] == 413


async def test_a_try_of_the_certificate_is_answered_with_nothing(door: Door) -> None:
    assert await door.post("ssl_check=1&token=x", FORM, secret="another") == (200, "")
    assert (await door.post('{"text": "a&ssl_check=1&b"}', secret="another"))[0] == 401
    assert door.hears.bodies == []


async def test_nothing_else_is_there_without_an_oauth_flow(door: Door) -> None:
    for path in ("/slack/install", "/slack/oauth_redirect", "/slack", "/"):
        async with door.session.get(door.url.removesuffix(EVENTS_PATH) + path) as answer:
            assert answer.status == 404
    async with door.session.get(door.url) as answer:
        assert answer.status == 405


async def test_the_stand_ins_requests_are_taken_and_forged_or_old_ones_are_not(door: Door) -> None:
    async with SlackServer() as slack:
        slack.world.signing_secret = SECRET
        requests = slack.by_http(door.url)
        slack.deliveries.pauses = (0, 0, 0)
        assert await requests.verify()
        nora = slack.person("Nora")
        room = slack.channel("general", nora)
        nora.says("@Elevate hello", channel=room)
        await slack.settled(until=lambda: len(door.hears.bodies) == 2)
        heard = len(requests.statuses)
        requests.forged = True
        nora.says("forged", channel=room)
        await slack.settled(until=lambda: len(requests.statuses) > heard)
        requests.forged, requests.age = False, 600
        nora.says("old", channel=room)
        await slack.settled(until=lambda: len(slack.deliveries.lost) == 2)
        assert set(requests.statuses[:heard]) == {200}
        assert set(requests.statuses[heard:]) == {401}
        assert len(door.hears.bodies) == 2
