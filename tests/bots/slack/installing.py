"""A small app on the real slack-bolt that several workspaces install by OAuth, over real sockets, with our record behind it."""

from __future__ import annotations

import socket
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bots.seals import Seals
from bots.slack.http import EVENTS_PATH, routes
from bots.slack.install import NOT_INSTALLED, PURPOSE, REDIRECT_PATH, OAuth, flow
from bots.slack.installed import Installed
from bots.web.server import serving
from persistence.documents import Database
from persistence.installations import InstallationRecord
from tests.records import NOON
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.things import Channel, Team

HOST = "127.0.0.1"
SECRET = "a secret key of the tests, 32 characters or more"


@dataclass(slots=True)
class Time:
    """Time that passes when a test lets it."""

    at: datetime = NOON

    def now(self) -> datetime:
        """The time."""
        return self.at

    def passes(self, **by: float) -> None:
        """Let it pass."""
        self.at += timedelta(**by)


@dataclass(frozen=True, slots=True)
class Page:
    """What a browser shows."""

    status: int
    text: str
    url: URL
    headers: dict[str, str]


class Browser:
    """Keeps cookies, and follows Slack there and back."""

    def __init__(self, address: str) -> None:
        self._address = address
        jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=URL(address))
        self._session = aiohttp.ClientSession(cookie_jar=jar)

    async def visits(self, path: str) -> Page:
        """A page of the app's, or the one that this leads to in the end."""
        url = path if path.startswith("http") else f"{self._address}{path}"
        async with self._session.get(url) as answer:
            return Page(answer.status, await answer.text(), answer.url, dict(answer.headers))

    async def stops_at_slack(self) -> URL:
        """Begins to install, and stays on Slack's page."""
        async with self._session.get(f"{self._address}/slack/install", allow_redirects=False) as answer:
            assert answer.status == 302
            return URL(answer.headers["Location"])

    async def close(self) -> None:
        """Shut it."""
        await self._session.close()


class World:
    """The stand-in Slack, the record, the app, and time."""

    def __init__(self, slack: SlackServer, database: Database, session: aiohttp.ClientSession, secret: str, port: int) -> None:
        self.slack = slack
        self.time = Time()
        self.address = f"http://{HOST}:{port}"
        self._database = database
        self.store = InstallationRecord(database)
        self.seals = Seals(secret, PURPOSE)
        self.installed = Installed(self.store, self.seals, self.time.now)
        client = AsyncWebClient(base_url=slack.api_url, session=session, proxy="")
        oauth = OAuth(slack.world.client_id, slack.world.client_secret, self.seals, f"{self.address}{REDIRECT_PATH}")
        self.flow = flow(
            oauth,
            scopes=("app_mentions:read", "chat:write"),
            client=client,
            store=self.store,
            installed=self.installed,
            now=self.time.now,
        )
        self.app = AsyncApp(
            name="installing",
            client=client,
            request_verification_enabled=False,
            oauth_flow=self.flow,
            user_facing_authorize_error_message=NOT_INSTALLED,
        )
        self.heard: list[tuple[str, str | None]] = []
        self.app.use(self._hear)
        self.app.event("app_mention")(self._answer)
        for quiet in ("message", "app_uninstalled", "tokens_revoked"):
            self.app.event(quiet)(self._listen)

    async def _hear(self, body: dict[str, Any], context: Any, next: Callable[[], Awaitable[Any]]) -> None:
        self.heard.append((str(body.get("event", {}).get("type")), context.team_id))
        await self.installed.heard(body, context)
        await next()

    async def _listen(self) -> None: ...

    async def _answer(self, event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="I am here.")

    def community(self, team: Team) -> tuple[Person, Channel]:
        """Somebody in the workspace, and a channel with the bot in it."""
        person = self.slack.person(f"Nora of {team.name}", team=team)
        return person, self.slack.channel("general", person)

    def answers(self, team: Team) -> list[str]:
        """What was answered in the workspace."""
        said = self.slack.called("chat.postMessage")
        channels = {each.id for each in self.slack.world.channels.values() if each.team == team.id}
        return [str(each["text"]) for each in said if each["channel"] in channels]

    async def rows(self) -> int:
        """How many installations are kept."""
        return await self._database.collection("slackInstallations").count({})

    @asynccontextmanager
    async def browser(self) -> AsyncGenerator[Browser]:
        """Somebody's browser."""
        browser = Browser(self.address)
        try:
            yield browser
        finally:
            await browser.close()


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as tried:
        tried.bind((HOST, 0))
        return int(tried.getsockname()[1])


@asynccontextmanager
async def opened(slack: SlackServer, database: Database, secret: str = SECRET) -> AsyncGenerator[World]:
    """The app, served; Slack's events go to it by HTTP."""
    port = free_port()
    async with aiohttp.ClientSession() as session:
        world = World(slack, database, session, secret, port)
        async with serving(routes(world.app, slack.signing_secret, world.flow), HOST, port, grace_seconds=1):
            slack.by_http(f"{world.address}{EVENTS_PATH}")
            yield world
