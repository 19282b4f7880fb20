"""What was said while nobody listened: read back when a session begins, since Discord tells it only to who resumes an old one.

https://docs.discord.com/developers/events/gateway#resuming
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

import aiohttp
import discord
import structlog
from discord.utils import snowflake_time

from core.errors import StoreTrouble
from core.holding import Clock, Wait
from core.reach import ReachStore

log = structlog.get_logger()

MARGIN = timedelta(minutes=2)
"""What was heard shortly before the gap is read again: a process that dies may not have kept it. The inbox knows it by its id."""
AT_MOST = timedelta(hours=24)
"""Nobody waits longer for an answer; the inbox remembers for two days what was answered."""
MET_WITHIN = timedelta(days=60)
CHANNELS_AT_MOST, DIRECTS_AT_MOST, MESSAGES_AT_MOST = 500, 300, 300
"""Places of guilds, direct messages, and messages of each place that are read at most, the liveliest places first."""
PAUSE_SECONDS = 0.1
"""Between two places: Discord takes 50 calls a second, and most of them are for answers.
https://docs.discord.com/developers/topics/rate-limits#global-rate-limit"""
AGAIN_SECONDS = (10.0, 30.0, 60.0)
"""Before another try with the places that could not be read."""


Place: TypeAlias = discord.abc.Messageable
"""A channel, a thread or direct messages."""
_Lasting: TypeAlias = discord.TextChannel | discord.VoiceChannel | discord.Thread


class Missed:
    """Reads back what was said since a moment, by the caches and the account of a session that has just begun."""

    def __init__(self, reach: ReachStore, *, now: Clock, wait: Wait) -> None:
        self._reach = reach
        self._now = now
        self._wait = wait

    async def read(self, client: discord.Client, since: datetime, *, directs: bool) -> None:
        """Have the client hear what was said since then as if it came now. `directs`: in direct messages too."""
        now = self._now()
        since = max(since - MARGIN, now - AT_MOST)
        left: Sequence[Place] = _lively(client, since)
        if directs:
            left = [*await self._directs(client, now), *left]
        places, messages = len(left), 0
        for pause in (*AGAIN_SECONDS, None):
            left, heard = await self._each(client, left, since)
            messages += heard
            if not left or pause is None:
                break
            await self._wait(pause)
        log.info("discord gap closed", places=places, messages=messages, since=since.isoformat(timespec="seconds"))
        if left:
            log.error("discord gap left", places=len(left))

    async def _each(self, client: discord.Client, places: Sequence[Place], since: datetime) -> tuple[list[Place], int]:
        """Read these places; returns those that could not be read just now, and how many messages were heard."""
        left, messages = [], 0
        for place in places:
            try:
                async for each in place.history(after=since, limit=MESSAGES_AT_MOST, oldest_first=True):
                    client.dispatch("message", each)
                    messages += 1
            except (discord.Forbidden, discord.NotFound):  # it is closed to us, or gone
                continue
            except (discord.DiscordException, aiohttp.ClientError, OSError) as trouble:
                log.warning("discord place not read", trouble=type(trouble).__name__)
                left.append(place)
            await self._wait(PAUSE_SECONDS)
        return left, messages

    async def _directs(self, client: discord.Client, now: datetime) -> list[Place]:
        """The direct messages of those who used them lately. Discord lists none, so who writes for the first time is not among
        them."""
        try:
            met = await self._reach.lately(now - MET_WITHIN, DIRECTS_AT_MOST)
        except StoreTrouble as trouble:
            log.warning("discord direct messages not read", trouble=type(trouble).__name__)
            return []
        return [client.get_partial_messageable(int(each.direct)) for each in met if each.direct]


def _lively(client: discord.Client, since: datetime) -> list[Place]:
    """The channels and threads of guilds in which something was said since then, the liveliest first."""
    found: list[tuple[int, Place]] = []
    for guild in client.guilds:
        places: tuple[_Lasting, ...] = (*guild.text_channels, *guild.voice_channels, *guild.threads)
        found += [(each.last_message_id, each) for each in places if each.last_message_id is not None]
    found = [each for each in found if snowflake_time(each[0]) >= since]
    if len(found) > CHANNELS_AT_MOST:
        log.warning("discord gap narrowed", places=len(found))
    found.sort(key=lambda each: each[0], reverse=True)
    return [place for _, place in found[:CHANNELS_AT_MOST]]
