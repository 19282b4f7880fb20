"""Socket Mode: two connections to Slack, each watched, and opened again with a pause that grows.

slack_sdk's own client repeats a failed opening every few seconds for ever, and has been seen to think itself connected when it
was not; so the opening is ours, and whoever has been silent for too long is replaced as a whole.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

log = structlog.get_logger()

CONNECTIONS = 2
"""Slack sends each event to one of them, so that one may be renewed while the other hears; it allows ten."""
PING_SECONDS = 5.0
SILENT_SECONDS = 45.0
"""A connection that has neither answered a ping nor brought anything for so long is dead, whatever it says of itself."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0
"""In seconds, between two tries to open a connection."""
IN_HAND_SECONDS = 3.0
"""Slack waits no longer for an acknowledgement."""

HOPELESS = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "not_allowed_token_type"})
"""Errors of apps.connections.open that no repetition mends."""

Wait = Callable[[float], Awaitable[object]]
Clock = Callable[[], float]
"""Seconds that never go back: `time.monotonic`."""


class Socket(SocketModeClient):
    """slack_sdk's client, with our way to open a connection."""

    def __init__(
        self, app_token: str, web_client: AsyncWebClient, *, wait: Wait, clock: Clock, refused: Callable[[str], None]
    ) -> None:
        super().__init__(app_token, web_client=web_client, ping_interval=PING_SECONDS, logger=_quiet())
        self.proxy = proxy_to(web_client.base_url)
        self._clock = clock
        self._heard_at = clock()
        self._ponged: float | None = None
        self._wait = wait
        self._refused = refused
        self.on_message_listeners.append(self._heard)

    async def connect(self) -> None:
        """Open a connection, however long that takes; a refusal that nothing will change is reported and ends the trying."""
        pause = FIRST_PAUSE
        while not self.closed:
            try:
                await self._open()
            except SlackApiError as trouble:
                error = str(trouble.response.get("error"))
                log.warning("slack socket refused", error=error)
                if error in HOPELESS:
                    self._refused(error)
                    return
            except (aiohttp.ClientError, SlackClientError, OSError, TimeoutError) as trouble:
                log.warning("slack socket not opened", trouble=type(trouble).__name__, again_in=pause)
            else:
                return
            await self._wait(pause * random.uniform(0.75, 1.25))
            pause = min(pause * 2, LONGEST_PAUSE)

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Open another connection in place of this one; `force` does so though this one seems well."""
        async with self.connect_operation_lock:
            if not self.closed and (force or not await self.is_connected()):
                await self.connect()

    async def close(self) -> None:
        """Hang up."""
        self.closed, self.auto_reconnect_enabled = True, False
        self._end_tasks()
        self.message_processor.cancel()
        if self.current_session is not None:
            await self.current_session.close()
        await self.aiohttp_client_session.close()

    async def _open(self) -> None:
        address = await self.issue_new_wss_url()
        old = self.current_session
        opened = await self.aiohttp_client_session.ws_connect(address, autoping=False, proxy=self.proxy)
        self._end_tasks()
        self.wss_uri, self.current_session = address, opened
        self.stale, self.last_ping_pong_time, self._heard_at = False, None, self._clock()
        self.current_session_monitor = asyncio.ensure_future(self.monitor_current_session())
        self.message_receiver = asyncio.ensure_future(self.receive_messages())
        log.info("slack socket opened")
        if old is not None:
            await old.close()

    def _end_tasks(self) -> None:
        for task in (self.current_session_monitor, self.message_receiver):
            if task is not None and task is not asyncio.current_task():
                task.cancel()

    async def _heard(self, message: aiohttp.WSMessage) -> None:
        self._heard_at = self._clock()

    @property
    def silent_seconds(self) -> float:
        """For how long neither an event nor the answer to a ping has come."""
        if self.last_ping_pong_time != self._ponged:  # slack_sdk tells of a pong in no other way
            self._ponged, self._heard_at = self.last_ping_pong_time, self._clock()
        return self._clock() - self._heard_at


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
        self._handlers: list[_Handler] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def open(self) -> None:
        """Begin to connect, and to watch."""
        for _ in range(CONNECTIONS):
            task = asyncio.create_task(self._keep_one())
            self._tasks.add(task)

    async def close(self) -> None:
        """Take nothing more, acknowledge what is in hand, and hang up."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(each.finish() for each in self._handlers))

    async def _keep_one(self) -> None:
        """Keep one connection alive, replacing its client as a whole where it has fallen silent."""
        while True:
            socket = Socket(self._app_token, self._client, wait=self._wait, clock=self._clock, refused=self._refused)
            handler = _Handler(self._app, socket)
            self._handlers.append(handler)
            await handler.client.connect()
            while handler.client.silent_seconds < SILENT_SECONDS:
                await self._wait(PING_SECONDS)
            log.warning("slack socket replaced", silent_seconds=round(handler.client.silent_seconds))
            self._handlers.remove(handler)
            await handler.finish()


class _Handler:
    """Hands envelopes to Bolt, and its answers back as acknowledgements."""

    def __init__(self, app: AsyncApp, client: Socket) -> None:
        self.app = app
        self.client = client
        self._finishing = False
        self._in_hand: set[asyncio.Task[object]] = set()
        client.socket_mode_request_listeners.append(self.handle)

    async def handle(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Answer one envelope. Where the answer cannot be sent any more, Slack sends the envelope again by another connection."""
        task = asyncio.current_task()
        if self._finishing or task is None:
            return
        self._in_hand.add(task)
        try:
            response = await run_async_bolt_app(self.app, request)
            await send_async_response(client, request, response, 0.0)
        except (aiohttp.ClientError, ConnectionError) as trouble:
            log.info("slack acknowledgement lost", trouble=type(trouble).__name__)
        finally:
            self._in_hand.discard(task)

    async def finish(self) -> None:
        """Take nothing more, acknowledge what is in hand, and hang up."""
        self._finishing = True
        if self._in_hand:
            await asyncio.wait(self._in_hand, timeout=IN_HAND_SECONDS)
        await self.client.close()


def proxy_to(url: str) -> str | None:
    """The proxy that the environment names for this address, with regard to NO_PROXY, of which slack_sdk knows nothing."""
    parts = urlsplit(url)
    if not parts.hostname or proxy_bypass(parts.hostname):
        return None
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("all")


def _quiet() -> logging.Logger:
    """slack_sdk logs what it does, with addresses that open the socket: we say it ourselves."""
    logger = logging.getLogger("slack_sdk.socket_mode")
    logger.setLevel(logging.CRITICAL)
    return logger
