"""One shard of Discord's gateway, as discord.py hears it: everything that comes is handed on, and nothing is kept."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

import discord
import structlog

from bots.boundary import report
from bots.discord.missed import Missed
from bots.discord.pulse import Pulse
from core.holding import Clock, Wait

if TYPE_CHECKING:
    from discord.types.gateway import MessageDeleteEvent

log = structlog.get_logger()


class Hearer(Protocol):
    """What hears. `me` is our account."""

    async def written(self, came: discord.Message, me: discord.ClientUser) -> None:
        """Somebody wrote something."""
        ...

    async def reworded(self, came: discord.RawMessageUpdateEvent, me: discord.ClientUser) -> None:
        """A message was changed."""
        ...

    async def withdrawn(self, came: discord.RawMessageDeleteEvent) -> None:
        """A message was deleted."""
        ...

    def known(self, guild: discord.Guild) -> None:
        """There is this guild, as it is by now."""
        ...

    def pressed(self, came: discord.Interaction) -> None:
        """Somebody used a command, a button, a menu or a form: it is begun at once to take that in."""
        ...


class Listening(discord.Client):
    """The connection of one shard. `away` is the loop's time since when there is none, or None while there is one.

    `identified` counts the sessions that were begun: Discord allows 1,000 a day, and takes the token away after that.
    `heard` is until when all that was said was heard, by this session or those before it; None where there was none before.
    What comes in a session is in order, so it moves on with each frame of the gateway, and stands still from the end of a session
    until what was missed is read back.
    """

    def __init__(
        self,
        hearer: Hearer,
        missed: Missed,
        *,
        intents: discord.Intents,
        shard: int,
        shards: int,
        heard: datetime | None,
        now: Clock,
        wait: Wait,
        pulse: Pulse,
    ) -> None:
        super().__init__(
            intents=intents,
            shard_id=shard,
            shard_count=shards,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
            enable_debug_events=True,  # they tell of each frame
            heartbeat_timeout=pulse.silent_seconds,
            guild_ready_timeout=pulse.ready_seconds,
        )
        self._hearer = hearer
        self._missed = missed
        self._now = now
        self._wait = wait
        self._pulse = pulse
        self._shard = shard
        self._standing = False
        self._gap = False
        self._reading: asyncio.Task[None] | None = None
        self.heard = heard
        self.identified = 0
        self.away: float | None = asyncio.get_running_loop().time()

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """What discord.py calls with everything that happens, before anything else of it is heard; after the end nothing is."""
        if self.is_closed():
            return
        match event:
            case "socket_raw_receive":
                if self._standing and not self._gap:
                    self.heard = self._now()
                return
            case "connect":
                self._standing, self._gap = True, self.heard is not None
                self._stop_reading()
            case "resumed":
                self._standing = True
            case "disconnect":
                self._standing = False
            case "interaction":  # one task for each is enough, and discord.py's would be forgotten at the end
                self._hearer.pressed(*args)
                return
            case "guild_available" | "guild_join" | "guild_update":
                self._hearer.known(args[-1])
            case _:
                pass
        super().dispatch(event, *args, **kwargs)

    @property
    def begun(self) -> bool:
        """Whether there ever was a connection."""
        return bool(self.ws)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Discord takes one new session in five seconds."""
        if not initial:
            await self._wait(self._pulse.identify_seconds)

    async def close(self) -> None:
        """Hear no more."""
        self._stop_reading()
        await super().close()

    async def on_connect(self) -> None:
        """A session was begun."""
        self.identified += 1
        self.away = None
        log.info("discord shard connected", shard=self.shard_id, sessions=self.identified)

    async def on_ready(self) -> None:
        """A session was begun, and we know what guilds there are."""
        if self._gap and self.heard is not None and self._reading is None:
            self._reading = asyncio.create_task(self._read(self.heard))
            self._reading.add_done_callback(_told)

    async def on_resumed(self) -> None:
        """A session goes on, with everything that it had missed."""
        self.away = None
        log.info("discord shard resumed", shard=self.shard_id)

    async def on_disconnect(self) -> None:
        """The connection is gone; discord.py makes a new one."""
        if self.away is None:
            self.away = self.loop.time()
            log.info("discord shard disconnected", shard=self.shard_id)

    async def on_message(self, message: discord.Message) -> None:
        """Somebody wrote something."""
        if self.user is not None:
            await self._hearer.written(message, self.user)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """A message was changed."""
        if self.user is not None:
            await self._hearer.reworded(payload, self.user)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """A message was deleted."""
        await self._hearer.withdrawn(payload)

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Many messages were deleted at once."""
        for each in payload.message_ids:
            await self._hearer.withdrawn(_one_of(payload, each))

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """What nobody expected is logged under a reference, and nothing else is disturbed by it."""
        trouble = sys.exception()
        if isinstance(trouble, Exception):
            report(trouble)

    async def _read(self, since: datetime) -> None:
        await self._missed.read(self, since, directs=self._shard == 0)
        self._gap = False

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None


def _told(reading: asyncio.Task[None]) -> None:
    trouble = None if reading.cancelled() else reading.exception()
    if trouble is not None:
        log.error("discord gap left", exc_info=trouble)


def _one_of(payload: discord.RawBulkMessageDeleteEvent, id: int) -> discord.RawMessageDeleteEvent:
    gone: MessageDeleteEvent = {"id": str(id), "channel_id": str(payload.channel_id)}
    if payload.guild_id is not None:
        gone["guild_id"] = str(payload.guild_id)
    return discord.RawMessageDeleteEvent(gone)
