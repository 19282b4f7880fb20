"""One Web API client for each workspace, over one HTTP session."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import TypeAlias
from urllib.parse import urlsplit

from aiohttp import ClientSession, ClientTimeout
from slack_sdk.web.async_client import AsyncWebClient

from bots.overheard import heard_from
from bots.slack.posts import as_json
from bots.slack.retries import Retries
from bots.slack.troubles import WorkspaceGone
from core.holding import Clock, Wait
from core.request import Platform
from core.signals import Note, unnoted

Tokens: TypeAlias = Callable[[str], Awaitable[str | None]]
"""The bot token of a workspace by its team id; None where we are not installed."""

SECONDS_AT_MOST = 30.0
"""Of one call, with everything: Slack answers within a few seconds or not at all."""
KNOWN_FOR = timedelta(minutes=1)
"""A token is looked up again after it: another process may have removed or renewed the installation."""

logger = logging.getLogger("slack_sdk.elevate")
logger.setLevel(logging.WARNING)  # without a level of its own, every call would write out its arguments for nobody


def one_token(token: str) -> Tokens:
    """The lookup where one workspace is all there is: any team has this token."""

    async def lookup(team: str) -> str | None:
        return token

    return lookup


class Clients:
    """The clients of all workspaces. `api_url` is Slack's, with or without a slash at its end."""

    def __init__(self, session: ClientSession, *, api_url: str, tokens: Tokens, now: Clock, wait: Wait) -> None:
        self.session = session
        self._api_url = api_url.rstrip("/") + "/"
        self._tokens = tokens
        self._now = now
        self._retries = Retries(wait)
        self._known: dict[str, tuple[AsyncWebClient, datetime]] = {}

    async def of(self, team: str) -> AsyncWebClient:
        """The client of a workspace.

        Raises:
            WorkspaceGone: we are not installed there.
            Trouble: the installations cannot be read.
        """
        client, until = self._known.get(team, (None, None))
        if client is not None and until is not None and self._now() < until:
            return client
        token = await self._tokens(team)
        if token is None:
            self._known.pop(team, None)
            raise WorkspaceGone()
        if client is None or client.token != token:
            client = self.made(token)
        self._known[team] = (client, self._now() + KNOWN_FOR)
        return client

    def forget(self, team: str) -> None:
        """Look the token up again: Slack refused it, or the installation has changed."""
        self._known.pop(team, None)

    def made(self, token: str | None = None) -> AsyncWebClient:
        """A client with this token, or with none."""
        client = AsyncWebClient(
            token=token, base_url=self._api_url, session=self.session, retry_handlers=[self._retries], logger=logger
        )
        client.proxy = None  # slack_sdk takes a proxy from the environment for loopback too; the session knows better
        return client


@asynccontextmanager
async def opened(*, api_url: str, tokens: Tokens, now: Clock, wait: Wait, note: Note = unnoted) -> AsyncIterator[Clients]:
    """The clients, with a session that is closed at the end of the block. `note` is told of Slack's answers."""
    timeout = ClientTimeout(total=SECONDS_AT_MOST)
    direct, heard = _loopback(api_url), heard_from(Platform.SLACK, note)
    async with ClientSession(timeout=timeout, trust_env=not direct, json_serialize=as_json, trace_configs=[heard]) as session:
        yield Clients(session, api_url=api_url, tokens=tokens, now=now, wait=wait)


def _loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
