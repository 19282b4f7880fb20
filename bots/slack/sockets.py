"""Socket Mode: two connections to Slack, each watched, and replaced as a whole where it ends or falls silent.

slack_sdk's own clients repeat a failed opening every few seconds for ever, and have been seen to think themselves connected when
they were not. So a connection of ours is opened once, and never mended: what is in hand on it is acknowledged there, since Slack
may not know an acknowledgement that comes by another.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import orjson
import structlog
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

log = structlog.get_logger()

CONNECTIONS = 2
"""Slack sends each event to one of them, so that one may be renewed while the other hears; it allows ten."""
PING_SECONDS = 5.0
SILENT_SECONDS = 45.0
"""A connection that has neither answered a ping nor brought anything for so long is dead, whatever it says of itself."""
SETTLED_SECONDS = 10.0
"""One that ends before is as good as none: the pause before the next goes on growing."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0
"""In seconds, between two tries to open a connection."""
OPENING_SECONDS = 15.0
"""For a socket to open, once Slack has told its address."""
IN_HAND_SECONDS = 3.0
"""Slack waits no longer for an acknowledgement."""

HOPELESS = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "not_allowed_token_type"})
"""Errors of apps.connections.open that no repetition mends."""

Wait = Callable[[float], Awaitable[object]]
Clock = Callable[[], float]
"""Seconds that never go back: `time.monotonic`."""


class Socket(AsyncBaseSocketModeClient):
    """One open connection: hands envelopes to Bolt, and its answers back as acknowledgements."""

    def __init__(self, app: AsyncApp, opened: aiohttp.ClientWebSocketResponse, *, clock: Clock, wait: Wait) -> None:
        self.logger = _quiet()
        self._app = app
        self._opened = opened
        self._clock = clock
        self._wait = wait
        self._heard_at = clock()
        self._in_hand: set[asyncio.Task[None]] = set()

    async def lives(self) -> str:
        """Hear what it brings until it ends; returns why."""
        ends = (asyncio.create_task(self._hear()), asyncio.create_task(self._watch()))
        try:
            done, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            return done.pop().result()
        finally:
            for each in ends:
                each.cancel()
            await asyncio.gather(*ends, return_exceptions=True)

    async def finish(self) -> None:
        """Acknowledge what is in hand, and hang up."""
        if self._in_hand:
            await asyncio.wait(self._in_hand, timeout=IN_HAND_SECONDS)
        await self._opened.close()

    async def send_message(self, message: str) -> None:
        """Send a text."""
        await self._opened.send_str(message)

    async def _hear(self) -> str:
        async for came in self._opened:
            self._heard_at = self._clock()
            if came.type is aiohttp.WSMsgType.PING:
                with suppress(aiohttp.ClientError, ConnectionError):  # it ends with the next message
                    await self._opened.pong(came.data)
            elif came.type is aiohttp.WSMsgType.TEXT:
                told = _read(came.data)
                if told.get("type") == "disconnect":
                    return str(told.get("reason"))
                request = SocketModeRequest.from_dict(told)
                if request is not None:
                    self._take(request)
        return "dropped"

    async def _watch(self) -> str:
        """Ping it until it has been silent for too long."""
        while self._clock() - self._heard_at < SILENT_SECONDS:
            try:
                await self._opened.ping()
            except (aiohttp.ClientError, ConnectionError):
                return "dropped"
            await self._wait(PING_SECONDS)
        return "silent"

    def _take(self, request: SocketModeRequest) -> None:
        task = asyncio.create_task(self._answer(request))
        self._in_hand.add(task)
        task.add_done_callback(self._in_hand.discard)

    async def _answer(self, request: SocketModeRequest) -> None:
        """Answer one envelope. Where the answer cannot be sent any more, Slack sends the envelope again by another connection."""
        response = await run_async_bolt_app(self._app, request)
        try:
            await send_async_response(self, request, response, 0.0)
        except (aiohttp.ClientError, ConnectionError) as trouble:
            log.info("slack acknowledgement lost", trouble=type(trouble).__name__)


class Sockets:
    """The connections of this process. `refused` is told the error where Slack will have none of us any more."""

    def __init__(
        self,
        app: AsyncApp,
        client: AsyncWebClient,
        app_token: str,
        *,
        refused: Callable[[str], None],
        clock: Clock,
        wait: Wait = asyncio.sleep,
    ) -> None:
        self._app = app
        self._client = client
        self._app_token = app_token
        self._refused = refused
        self._clock = clock
        self._wait = wait
        self._session: aiohttp.ClientSession | None = None
        self._keeping: list[asyncio.Task[None]] = []
        self._finishing: set[asyncio.Task[None]] = set()
        self._hopeless = ""
        self._living = 0

    @property
    def deaf(self) -> str:
        """Why nothing is heard, in a few words; "" while a connection is open."""
        if self._hopeless:
            return f"Slack refuses the app token ({self._hopeless})"
        return "" if self._living else "no connection is open"

    def open(self) -> None:
        """Begin to connect, and to watch."""
        session = self._session = aiohttp.ClientSession()
        self._keeping = [asyncio.create_task(self._keep_one(session)) for _ in range(CONNECTIONS)]

    async def close(self) -> None:
        """Take nothing more, acknowledge what is in hand, and hang up."""
        for task in self._keeping:
            task.cancel()
        await asyncio.gather(*self._keeping, return_exceptions=True)
        await asyncio.gather(*self._finishing)
        if self._session is not None:
            await self._session.close()

    async def _keep_one(self, session: aiohttp.ClientSession) -> None:
        """Keep one connection alive, with a pause that grows while that does not work."""
        pause = 0.0
        while not self._hopeless:
            opened, at_least = await self._open(session)
            if opened is not None and await self._lived(opened) >= SETTLED_SECONDS:
                pause = 0.0
                continue
            pause = max(min(max(pause * 2, FIRST_PAUSE), LONGEST_PAUSE), at_least)
            await self._wait(pause * random.uniform(1.0, 1.5))

    async def _open(self, session: aiohttp.ClientSession) -> tuple[aiohttp.ClientWebSocketResponse | None, float]:
        """Another connection; or None, and the seconds for which Slack wants not to be asked."""
        try:
            told = await self._client.apps_connections_open(app_token=self._app_token)
            address = str(told["url"])
            async with asyncio.timeout(OPENING_SECONDS):
                opened = await session.ws_connect(address, autoping=False, proxy=proxy_to(address))
        except SlackApiError as trouble:
            error = str(trouble.response.get("error"))
            log.warning("slack socket refused", error=error)
            if error in HOPELESS and not self._hopeless:
                self._hopeless = error
                self._refused(error)
            return None, _asked_for(trouble)
        except (aiohttp.ClientError, SlackClientError, OSError, TimeoutError) as trouble:
            log.warning("slack socket not opened", trouble=type(trouble).__name__)
            return None, 0.0
        log.info("slack socket opened")
        return opened, 0.0

    async def _lived(self, opened: aiohttp.ClientWebSocketResponse) -> float:
        """Hear by this connection until it ends, and hang up beside what comes next; returns for how many seconds it lived."""
        began, socket = self._clock(), Socket(self._app, opened, clock=self._clock, wait=self._wait)
        self._living += 1
        try:
            why = await socket.lives()
        finally:
            self._living -= 1
            finishing = asyncio.create_task(socket.finish())
            self._finishing.add(finishing)
            finishing.add_done_callback(self._finishing.discard)
        lived = self._clock() - began
        log.info("slack socket ended", why=why, seconds=round(lived))
        return lived


def proxy_to(url: str) -> str | None:
    """The proxy that the environment names for this address, with regard to NO_PROXY, of which slack_sdk knows nothing."""
    parts = urlsplit(url)
    if not parts.hostname or proxy_bypass(parts.hostname):
        return None
    proxies = getproxies()
    scheme = {"ws": "http", "wss": "https"}.get(parts.scheme, parts.scheme)
    return proxies.get(scheme) or proxies.get("all")


def _read(text: str) -> dict[str, object]:
    try:
        told = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {}
    return told if isinstance(told, dict) else {}


def _asked_for(refused: SlackApiError) -> float:
    """The seconds of the answer's Retry-After."""
    headers = refused.response.headers if isinstance(refused.response.headers, Mapping) else {}
    seconds = next((str(value) for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(seconds) if seconds.isdigit() else 0.0


def _quiet() -> logging.Logger:
    """slack_sdk and Bolt log what they do, with addresses that open the socket: we say it ourselves."""
    logger = logging.getLogger("slack_sdk.socket_mode")
    logger.setLevel(logging.CRITICAL)
    return logger
