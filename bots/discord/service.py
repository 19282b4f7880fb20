"""Discord as a whole: built from the settings, heard by the gateway, and closed without losing anything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

import aiohttp
import discord
import structlog
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bots.charts.pictures import Charts
from bots.desk import Desk
from bots.discord.adapter import Adapter
from bots.discord.downloads import Downloads
from bots.discord.drawn import Drawn
from bots.discord.filling import Filling
from bots.discord.gateway import INTENT_OFF, TOKEN_UNKNOWN, Gateway
from bots.discord.growing import Growing
from bots.discord.invite import intents_of, invite
from bots.discord.listening import Listening
from bots.discord.means import Means
from bots.discord.missed import Missed
from bots.discord.modals import Modals
from bots.discord.pulse import PULSE, Pulse
from bots.discord.register import NotRegistered, on_message, register
from bots.discord.responses import Responses, responding
from bots.discord.sender import DiscordMessenger
from bots.discord.showing import Showing
from bots.discord.webhooks import session
from bots.overheard import heard_from, told_by
from bots.run import Service
from bots.settings import Settings
from bots.surfaces import Surface
from bots.wiring import Program
from core.contents import SHIPPED
from core.errors import SettingTrouble
from core.request import Platform

log = structlog.get_logger()

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds between tries to reach Discord at the start."""
GREETED_WITHIN = 5.0
CONTENT_OFF = (
    "in servers only messages that mention the bot are read from now on: switch the Message Content Intent on again on the app's "
    "Bot page, and start Elevate anew"
)
Answered = TypeVar("Answered")


@dataclass(frozen=True, slots=True)
class Given:
    """What Discord is built of: the settings, the program, the clock, how to wait, where what is being answered is held, how fast
    the gateway's clocks go, and what draws its charts."""

    settings: Settings
    program: Program
    now: Callable[[], datetime]
    wait: Callable[[float], Awaitable[object]] = asyncio.sleep
    desk: Desk = field(default_factory=Desk)
    pulse: Pulse = PULSE
    charts: Charts = field(default_factory=Charts)


@asynccontextmanager
async def discord_service(given: Given) -> AsyncIterator[Service]:
    """Discord, ready to be opened, until the end of the block.

    Raises:
        SettingTrouble: something that belongs to it is missing.
    """
    settings = given.settings
    if settings.discord_bot_token is None:
        raise SettingTrouble("DISCORD_BOT_TOKEN is missing beside the other Discord settings.")
    Route.BASE = settings.discord_api_url
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody is told that there is no voice
    async with AsyncExitStack() as stack:
        stack.push_async_callback(given.charts.close)
        note = given.program.note
        heard, told = heard_from(Platform.DISCORD, note), told_by(Platform.DISCORD, note)
        client = await stack.enter_async_context(
            discord.Client(
                intents=discord.Intents(guilds=True),
                allowed_mentions=discord.AllowedMentions.none(),
                max_messages=None,
                http_trace=heard,
            )
        )
        built = _Built(
            given,
            settings.discord_bot_token.get_secret_value(),
            client,
            given.charts,
            posting=await stack.enter_async_context(session(heard)),
            files=await stack.enter_async_context(aiohttp.ClientSession()),
            responses=await stack.enter_async_context(responding(client.http.user_agent, told)),
        )
        await built.greet()
        yield Service(built.surface, (), built.open, built.close, built.deaf)


class _Built:
    """The parts of Discord, put together. `client` speaks; those of the gateway hear."""

    def __init__(
        self,
        given: Given,
        token: str,
        client: discord.Client,
        charts: Charts,
        *,
        posting: aiohttp.ClientSession,
        files: aiohttp.ClientSession,
        responses: Responses,
    ) -> None:
        settings, program, reception = given.settings, given.program, given.program.reception
        self._given = given
        self._token = token
        self._client = client
        self._catalog = reception.door.catalog
        self._gateway: Gateway | None = None
        self._opening: asyncio.Task[None] | None = None
        self._stopped = False
        drawing = Drawn(charts)
        self._means = Means.over(
            client,
            posting,
            responses,
            drawing,
            faces=lambda: (settings.content_dir or SHIPPED) / "agents",
            reach=program.reach,
            unreached=program.unreached,
            now=given.now,
            wait=given.wait,
        )
        messenger = DiscordMessenger(self._means)
        growing = Growing(messenger, drawing, now=given.now, wait=given.wait, leaving=lambda: reception.leaving)
        modals = Modals(program.shown, now=given.now)
        showing = Showing(messenger, growing=growing, modals=modals, opening=program.sharing.opening)
        filling = Filling(reception, desk=given.desk, modals=modals, showing=showing, wait=given.wait)
        self._adapter = Adapter(
            reception,
            desk=given.desk,
            means=self._means,
            showing=showing,
            filling=filling,
            on_message=on_message(self._catalog),
            coaches=program.coaches,
            now=given.now,
            wait=given.wait,
        )
        downloads = Downloads(files, settings.discord_api_url)
        self.surface = Surface(Platform.DISCORD, messenger, self._means.owners.acquaint, downloads.fetch)

    async def greet(self) -> None:
        """Log in, if Discord is there: what was left over from the last run is answered before anything is heard."""
        try:
            await self._log_in(GREETED_WITHIN)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as trouble:  # `open` goes on trying
            log.warning("discord not reached", trouble=type(trouble).__name__)

    async def open(self) -> None:
        """Begin to speak and to hear; while Discord is away, as soon as it is there."""
        self._opening = asyncio.create_task(self._begin())

    def deaf(self) -> str:
        """Why nothing is heard, in a few words; "" where something is, or other processes hear it all."""
        if self._stopped:
            return "Discord will have none of us"
        return self._gateway.deaf if self._gateway is not None else "not connected yet"

    async def close(self, grace_seconds: float) -> None:
        """Hear no more, and let what is being answered end within the grace; the rest goes back to the inbox."""
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.wait({self._opening})
        if self._gateway is not None:
            await self._gateway.close()
        await self._given.desk.close(grace_seconds, self._given.program.reception.leave)
        if self._gateway is not None:
            await self._gateway.farewell()

    async def _begin(self) -> None:
        try:
            application = await self._logged_in()
            address = await self._gateway_address()
        except discord.LoginFailure:
            self._shut(TOKEN_UNKNOWN)
            return
        DiscordWebSocket.DEFAULT_GATEWAY = URL(address)
        log.info("discord invite offered", address=invite(application.id))
        try:
            await register(self._client, self._catalog)
        except NotRegistered as trouble:
            log.error("discord commands not registered", trouble=trouble.message)
        self._hear(intents_of(application.flags))

    def _hear(self, intents: discord.Intents) -> None:
        shards, given = self._given.settings.discord_shards, self._given
        missed = Missed(given.program.reach, now=given.now, wait=given.wait)

        def listening(shard: int, heard: datetime | None) -> Listening:
            return Listening(
                self._adapter,
                missed,
                intents=intents,
                shard=shard,
                shards=shards,
                heard=heard,
                now=given.now,
                wait=given.wait,
                pulse=given.pulse,
            )

        def refused(reason: str) -> bool:
            if reason != INTENT_OFF:
                self._shut(reason)
                return False
            intents.message_content = False
            log.warning("discord message content lost", then=CONTENT_OFF)
            return True

        self._gateway = Gateway(
            listening,
            given.program.locks,
            token=self._token,
            shards=shards,
            owner=given.program.owner,
            refused=refused,
            pulse=given.pulse,
            now=given.now,
            wait=given.wait,
        )
        self._gateway.open()

    async def _logged_in(self) -> discord.AppInfo:
        """Who we are, asked for until Discord answers."""
        if self._client.user is None:
            await self._patiently(self._log_in)
        return await self._patiently(self._client.application_info)

    async def _log_in(self, within: float | None = None) -> None:
        try:
            async with asyncio.timeout(within):
                await self._client.login(self._token)
        except (discord.DiscordException, aiohttp.ClientError, OSError):
            await self._client.http.close()  # the next try opens connections of its own
            self._client.http.connector = discord.utils.MISSING
            raise

    async def _gateway_address(self) -> str:
        if self._given.settings.discord_gateway_url is not None:
            return self._given.settings.discord_gateway_url
        _, address, _ = await self._patiently(self._client.http.get_bot_gateway)
        return address

    async def _patiently(self, ask: Callable[[], Awaitable[Answered]]) -> Answered:
        pause = FIRST_PAUSE
        while True:
            try:
                return await ask()
            except discord.LoginFailure:
                raise
            except (discord.DiscordException, aiohttp.ClientError, OSError) as trouble:
                log.warning("discord not reached", trouble=type(trouble).__name__, again_in=pause)
            await self._given.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _shut(self, reason: str) -> None:
        """Discord will have none of us any more: told once, and nothing is heard until somebody has mended it."""
        if not self._stopped:
            log.error("discord stopped", reason=reason)
        self._stopped = True
