"""One shard of Discord's gateway, as discord.py hears it: everything that comes is handed on, and nothing is kept."""

from __future__ import annotations

import asyncio
import sys
from typing import Any, Protocol

import discord
import structlog

from bots.boundary import report

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

    async def pressed(self, came: discord.Interaction) -> None:
        """Somebody used a command, a button, a menu or a form."""
        ...


class Listening(discord.Client):
    """The connection of one shard. `away` is the loop's time since when there is none, or None while there is one.

    `identified` counts the sessions that were begun: Discord allows 1,000 a day, and takes the token away after that.
    """

    def __init__(self, hearer: Hearer, *, intents: discord.Intents, shard: int, shards: int) -> None:
        super().__init__(
            intents=intents,
            shard_id=shard,
            shard_count=shards,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self._hearer = hearer
        self.identified = 0
        self.away: float | None = asyncio.get_running_loop().time()

    async def on_connect(self) -> None:
        """A session was begun."""
        self.identified += 1
        self.away = None
        log.info("discord shard connected", shard=self.shard_id, sessions=self.identified)

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

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Somebody used a command, a button, a menu or a form."""
        await self._hearer.pressed(interaction)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """What nobody expected is logged under a reference, and nothing else is disturbed by it."""
        trouble = sys.exception()
        if isinstance(trouble, Exception):
            report(trouble)

    async def hush(self) -> None:
        """Hear nothing more; what is being answered can still be sent. Then comes `close`."""
        if self.identified and self.ws.open:
            await self.ws.close(code=1000)
