"""Slack over HTTP: events and interactions on one path, proved to be Slack's before they are read, and installing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import aiohttp
import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackClientError
from slack_sdk.signature import SignatureVerifier

from bots.slack import pages
from bots.slack.install import TooMany
from core.errors import Trouble

log = structlog.get_logger()

EVENTS_PATH = "/slack/events"
BODY_SECONDS = 10.0
"""For the whole of a request's body to arrive; Slack itself hangs up after three."""
FORM = "application/x-www-form-urlencoded"
TAKEN = frozenset({"application/json", FORM})
"""Events come as the one; commands, and interactions in a field `payload`, as the other."""
QUIET_SECONDS = 60.0
"""Between two lines in the log about requests that were refused: anybody can send them, and shall not fill it."""
REMEDY = "if these are Slack's, compare SLACK_SIGNING_SECRET with the app's page, and the clock with the world's"
NO_OBJECT = "This is no object of JSON.\n"

Step = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]


def routes(app: AsyncApp, signing_secret: str | None, flow: AsyncOAuthFlow | None) -> Sequence[web.RouteDef]:
    """What the web server opens for Slack: its requests, unless they come by socket and there is no secret; and the pages of
    installing, where the app has an OAuth flow. The app need not verify a signature again.
    """
    opened = [] if signing_secret is None else [web.post(EVENTS_PATH, _hearing(app, SignatureVerifier(signing_secret)))]
    return [*opened, *(_installing(flow) if flow is not None else ())]


def _hearing(app: AsyncApp, verifier: SignatureVerifier) -> Callable[[web.Request], Awaitable[web.Response]]:
    loop, told_at = asyncio.get_running_loop(), -QUIET_SECONDS

    async def events(request: web.Request) -> web.Response:
        nonlocal told_at
        text = await _body(request)
        if not _is_slacks(verifier, request, text):
            if _checks_tls(request, text):
                return web.Response()
            if loop.time() - told_at >= QUIET_SECONDS:
                told_at = loop.time()
                log.warning("slack request refused", signed="X-Slack-Signature" in request.headers, remedy=REMEDY)
            return web.Response(status=401, text="This is not signed by Slack, or not just now.\n")
        if request.content_type != FORM and not text.startswith("{"):
            return web.Response(status=400, text=NO_OBJECT)
        try:
            asked = AsyncBoltRequest(body=text, query=request.query_string, headers=dict(request.headers))
        except ValueError:
            return web.Response(status=400, text=NO_OBJECT)
        return await to_aiohttp_response(await app.async_dispatch(asked))

    return events


def _installing(flow: AsyncOAuthFlow) -> Sequence[web.RouteDef]:
    async def begin(request: web.Request) -> web.Response:
        return await _shown(request, flow.handle_installation)

    async def end(request: web.Request) -> web.Response:
        return await _shown(request, flow.handle_callback)

    return [web.get(flow.install_path, begin, allow_head=False), web.get(flow.redirect_uri_path, end, allow_head=False)]


async def _shown(request: web.Request, step: Step) -> web.Response:
    asked = AsyncBoltRequest(body="", query=request.query_string, headers=dict(request.headers))
    try:
        answer = await step(asked)
    except TooMany:
        answer = _page("busy")
    except Trouble as trouble:
        answer = _sorry("record", trouble.message)
    except (SlackClientError, aiohttp.ClientError, TimeoutError):
        answer = _sorry("slack_away")
    return await to_aiohttp_response(answer)


def _sorry(reason: str, words: str = "") -> BoltResponse:
    log.warning("slack installation failed", reason=reason)
    return _page(reason, words)


def _page(reason: str, words: str = "") -> BoltResponse:
    return BoltResponse(status=503, body=pages.not_installed(reason, words), headers=dict(pages.HEADERS))


async def _body(request: web.Request) -> str:
    """The body as text; the server has seen to its size."""
    if request.content_type not in TAKEN:
        raise web.HTTPUnsupportedMediaType(text="Slack sends JSON or a form.\n")
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return (await request.read()).decode()
    except UnicodeDecodeError:
        raise web.HTTPBadRequest(text="This is not UTF-8.\n") from None
    except TimeoutError:
        raise web.HTTPRequestTimeout(text="This took too long to arrive.\n") from None


def _is_slacks(verifier: SignatureVerifier, request: web.Request, text: str) -> bool:
    """Whether Slack signed this within the last five minutes. The timestamp comes first: the verifier takes numbers only."""
    at = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    readable = at.isascii() and at.isdecimal() and len(at) <= 12 and signature.isascii()
    return readable and verifier.is_valid(text, at, signature)


def _checks_tls(request: web.Request, text: str) -> bool:
    """Slack now and then tries whether the certificate is right, and signs nothing then; the answer says nothing either.

    https://docs.slack.dev/interactivity/implementing-slash-commands
    """
    return request.content_type == FORM and "ssl_check=1" in text.split("&")
