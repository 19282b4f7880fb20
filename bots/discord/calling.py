"""Every call of Discord's goes through here: what comes back is an answer or one of our troubles."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

import aiohttp
import discord
import structlog

from bots.discord.remedies import Remedy, remedy
from bots.discord.troubles import DiscordBusy, DiscordRefused, DiscordTrouble, DiscordUnreachable
from core.holding import Clock

log = structlog.get_logger()

TRIED_AGAIN_AFTER = timedelta(minutes=30)
"""A guild may have given us what we had not; until then nothing is tried there that it refused: 10,000 refusals within ten
minutes close Discord to us (https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit)."""
REMEMBERED_AT_MOST = 10_000
PLACES = re.compile(r"^In ([\w.\[\]]+): ", re.MULTILINE)
Result = TypeVar("Result")


class Act(StrEnum):
    """What is tried; the value is the permission that it takes, in the words of Discord's settings."""

    SEE = "View Channel"
    READ = "Read Message History"
    SEND = "Send Messages"
    SEND_IN_THREAD = "Send Messages in Threads"
    ATTACH = "Attach Files"
    BEGIN_THREAD = "Create Public Threads"
    BEGIN_ASIDE = "Create Private Threads"
    MANAGE_THREAD = "Manage Threads"
    WEBHOOK = "Manage Webhooks"
    CHANGE = "Change its own messages"
    OPEN_DIRECT = "Write directly"
    REACT = "Add Reactions"
    REPLY = "Answer an interaction"
    EMOJI = "Upload emojis"


class Calling:
    """Makes calls, and remembers which permissions are missing where. `ready`: whether the client is logged in by now."""

    def __init__(self, now: Clock, ready: Callable[[], bool] = lambda: True) -> None:
        self._now = now
        self._ready = ready
        self._missing: dict[tuple[str, Act], datetime] = {}
        self._told: set[tuple[str, str]] = set()

    async def __call__(self, act: Act, call: Awaitable[Result], *, guild: str = "", channel: str = "") -> Result:
        """What the call answers. `guild` and `channel` are where it is tried.

        Raises:
            DiscordRefused: Discord said no.
            DiscordBusy: it still said "too soon" after some waiting.
            DiscordUnreachable: no answer, or one that is trouble on Discord's side.
        """
        if not self._ready():
            if isinstance(call, Coroutine):
                call.close()
            raise DiscordUnreachable(perhaps_done=False)
        try:
            return await call
        except DiscordTrouble:  # from beneath discord.py (`bots.discord.webhooks.once`)
            raise
        except discord.HTTPException as trouble:
            raise self._read(act, trouble, guild, channel) from None
        except discord.RateLimited as trouble:
            log.warning("discord call limited", act=act.name, seconds=trouble.retry_after)
            raise DiscordBusy() from None
        except (aiohttp.ClientError, TimeoutError, OSError) as trouble:
            log.warning("discord call lost", act=act.name, trouble=type(trouble).__name__)
            raise DiscordUnreachable(perhaps_done=not isinstance(trouble, aiohttp.ClientConnectorError)) from None

    def may(self, act: Act, channel: str) -> bool:
        """Whether it is worth trying there."""
        until = self._missing.get((channel, act))
        return until is None or until <= self._now()

    def shall_not(self, act: Act, channel: str) -> None:
        """Do not try it there for a while."""
        while len(self._missing) >= REMEMBERED_AT_MOST:
            del self._missing[next(iter(self._missing))]
        self._missing[channel, act] = self._now() + TRIED_AGAIN_AFTER

    def _read(self, act: Act, trouble: discord.HTTPException, guild: str, channel: str) -> DiscordTrouble:
        if trouble.status == 429:
            log.warning("discord call limited", act=act.name)
            return DiscordBusy()
        if trouble.status >= 500:
            log.warning("discord call failed", act=act.name, status=trouble.status)
            return DiscordUnreachable(perhaps_done=True)
        missing = {50013: act, 50001: Act.SEE}.get(trouble.code)
        places = tuple(PLACES.findall(trouble.text))
        refused = DiscordRefused(trouble.code, trouble.status, permission=missing.value if missing else "", places=places)
        if missing is not None:
            self._lacked(missing, guild, channel)
        elif remedy(refused) in (None, Remedy.PLAINER):
            log.error("discord call refused", act=act.name, code=trouble.code, status=trouble.status, places=places)
        return refused

    def _lacked(self, act: Act, guild: str, channel: str) -> None:
        """Say once for a guild which permission is missing."""
        if (guild, act) not in self._told:
            self._told.add((guild, act))
            log.warning("discord permission missed", permission=act.value, guild=guild, channel=channel)
