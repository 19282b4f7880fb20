"""Slack as a whole: built from the settings, opened by socket or for HTTP, and closed without losing anything."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bots.charts.pictures import Charts
from bots.desk import Desk, names_of
from bots.run import Service
from bots.settings import Settings
from bots.slack import clients, install
from bots.slack.acquaintances import Acquaintances
from bots.slack.adapter import HEARD, Adapter
from bots.slack.alone import Alone
from bots.slack.api import Api
from bots.slack.clients import Clients, one_token
from bots.slack.downloads import Downloads
from bots.slack.drawn import Drawn
from bots.slack.faces import Faces
from bots.slack.filling import Filling
from bots.slack.growing import Growing
from bots.slack.home import Homes
from bots.slack.http import routes
from bots.slack.installed import Installed, ended
from bots.slack.manifest import SCOPES
from bots.slack.means import Means
from bots.slack.modals import Modals
from bots.slack.resting import Resting
from bots.slack.roster import SlackRoster
from bots.slack.sender import SlackMessenger
from bots.slack.showing import Showing
from bots.slack.sockets import Sockets
from bots.surfaces import Surface
from bots.wiring import Program
from core.errors import SettingTrouble
from core.request import Platform

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Given:
    """What Slack is built of: the settings, the program, the clock, how to wait, where what is being answered is held, and what
    draws its charts."""

    settings: Settings
    program: Program
    now: Callable[[], datetime]
    wait: Callable[[float], Awaitable[object]] = asyncio.sleep
    desk: Desk = field(default_factory=Desk)
    charts: Charts = field(default_factory=Charts)


@asynccontextmanager
async def slack(given: Given) -> AsyncIterator[Service]:
    """Slack, ready to be opened, until the end of the block.

    Raises:
        SettingTrouble: something that belongs to it is missing.
    """
    settings = given.settings
    oauth = install.oauth_of(settings)
    installed = Installed(given.program.installations, oauth.seals, given.now) if oauth else None
    tokens = installed.token_of if installed else one_token(_token(settings))
    async with AsyncExitStack() as stack:
        opened = clients.opened(
            api_url=settings.slack_api_url, tokens=tokens, now=given.now, wait=given.wait, note=given.program.note
        )
        found = await stack.enter_async_context(opened)
        stack.push_async_callback(given.charts.close)
        built = _Built(given, found, installed, given.charts)
        flow = None
        if oauth and installed:
            flow = install.flow(
                oauth,
                scopes=tuple(SCOPES),
                client=found.made(),
                store=given.program.installations,
                installed=installed,
                now=given.now,
            )
        app = AsyncApp(
            name="elevate",
            logger=_quiet(),  # Bolt reads SLACK_BOT_TOKEN by itself, and warns that it has no use for it
            client=found.made(),
            authorize=built.alone,
            oauth_flow=flow,
            request_verification_enabled=False,  # `bots.slack.http` has done it; a socket is proved by its token
            ignoring_self_events_enabled=False,  # `bots.slack.events` tells who said something
            attaching_function_token_enabled=False,
            user_facing_authorize_error_message=install.NOT_INSTALLED,
        )
        app.use(Intake(built.adapter, built.ended))
        yield built.service(app, flow)


class Intake(AsyncMiddleware):
    """The last of Bolt's middleware, and all that listens: what comes is taken in here, before it is acknowledged."""

    def __init__(self, adapter: Adapter, end: Callable[[AsyncBoltRequest], Awaitable[None]]) -> None:
        self._adapter = adapter
        self._end = end

    async def async_process(
        self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        """Take it in; the answer is the acknowledgement. Whatever is raised keeps it unacknowledged, and Slack sends it again."""
        if ended(req.body):
            await self._end(req)
            return HEARD
        return await self._adapter.receive(req.body, req.context.bot_user_id or "")


class _Built:
    """The parts of Slack, put together."""

    def __init__(self, given: Given, found: Clients, installed: Installed | None, charts: Charts) -> None:
        settings, program, reception = given.settings, given.program, given.program.reception
        self._given = given
        self._found = found
        self._installed = installed
        self.api = Api(found, self._closed)
        self.alone = None if installed else Alone(self.api, _token(settings))
        catalog = reception.door.catalog
        drawing = Drawn(charts, frozenset(catalog.groups))
        means = Means.over(self.api, drawing, Faces(settings.public_url), now=given.now, wait=given.wait)
        messenger = SlackMessenger(means)
        growing = Growing(means, messenger, lambda: reception.leaving)
        modals = Modals(program.shown, self.api, now=given.now, groups=frozenset(catalog.groups))
        self._desk = given.desk
        self._homes = Homes(reception.door, self.api, draw=drawing.home, now=given.now, wait=given.wait)
        showing = Showing(
            reception.door,
            self.api,
            messenger=messenger,
            growing=growing,
            modals=modals,
            opening=program.sharing.opening,
            wait=given.wait,
        )
        filling = Filling(reception, desk=self._desk, homes=self._homes, modals=modals, showing=showing, names=names_of)
        self.adapter = Adapter(
            reception,
            desk=self._desk,
            homes=self._homes,
            showing=showing,
            filling=filling,
            on_message={each.name: each.on_message.field for each in catalog.commands.values() if each.on_message},
            coaches=program.coaches,
            now=given.now,
        )
        downloads = Downloads(self.api, found.session, settings.slack_api_url)
        acquaint = Acquaintances(self.api, installed, given.now).acquaint
        resting = Resting(self.api, given.now).undisturbed_until
        self._surface = Surface(Platform.SLACK, messenger, acquaint, downloads.fetch, resting, SlackRoster(self.api))
        self._sockets: Sockets | None = None
        self._beside: list[asyncio.Task[None]] = []

    def service(self, app: AsyncApp, flow: AsyncOAuthFlow | None) -> Service:
        """Slack as the program runs it."""
        settings = self._given.settings
        by_http = settings.slack_signing_secret if settings.slack_app_token is None else None
        opened = routes(app, by_http.get_secret_value() if by_http else None, flow)
        if settings.slack_app_token is not None:
            token = settings.slack_app_token.get_secret_value()
            self._sockets = Sockets(
                app, self._found.made(), token, refused=self.shut, clock=time.monotonic, wait=self._given.wait
            )
        return Service(self._surface, opened, self.open, self.close, self.deaf)

    async def open(self) -> None:
        """Begin to hear."""
        self._beside.append(asyncio.create_task(self._homes.run()))
        if self.alone is not None:
            self._beside.append(asyncio.create_task(self.alone.learn()))
        if self._sockets is not None:
            self._sockets.open()

    def deaf(self) -> str:
        """Why nothing is heard, in a few words. Whether Slack reaches us by HTTP cannot be known here."""
        return self._sockets.deaf if self._sockets is not None else ""

    async def close(self, grace_seconds: float) -> None:
        """Hear no more, and let what is being answered end within the grace; the rest goes back to the inbox."""
        if self._sockets is not None:
            await self._sockets.close()
        await self._desk.close(grace_seconds, self._given.program.reception.leave)
        for each in self._beside:
            each.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)

    async def ended(self, request: AsyncBoltRequest) -> None:
        """The bot was taken out of a workspace, or its token was."""
        if self._installed is None:
            self.shut("uninstalled")
            return
        await self._installed.heard(request.body, request.context)
        self._found.forget(request.context.team_id or "")

    def shut(self, reason: str) -> None:
        """Slack will have none of us any more: told once, and nothing is sent or heard until somebody has mended it."""
        log.error("slack stopped", reason=reason, remedy="check SLACK_BOT_TOKEN and SLACK_APP_TOKEN, and install the app again")

    def _closed(self, team: str) -> None:
        if self._installed is not None:
            self._installed.forget()
        else:
            self.shut("token refused")


def _token(settings: Settings) -> str:
    if settings.slack_bot_token is None:
        raise SettingTrouble("SLACK_BOT_TOKEN is missing beside the other Slack settings.")
    return settings.slack_bot_token.get_secret_value()


def _quiet() -> logging.Logger:
    """Bolt's log, with what went wrong and nothing else."""
    logger = logging.getLogger("slack_bolt.elevate")
    logger.setLevel(logging.ERROR)
    return logger
