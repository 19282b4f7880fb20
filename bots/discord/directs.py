"""Direct messages: opened slowly and once, and where they are closed, a private thread where the person was met."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import discord
import structlog

from bots.discord.arrived import NO_GUILD
from bots.discord.calling import Act, Calling
from bots.discord.remedies import Remedy, remedy
from bots.discord.threads import Spot, Threads
from bots.discord.troubles import DiscordRefused, DiscordTrouble
from core.errors import StoreTrouble
from core.holding import Clock, Wait
from core.reach import TOLD_AFTER, Reach, ReachStore, Unreached, reach_id
from core.request import Actor, Platform

log = structlog.get_logger()

OPENED_EVERY = 2.0
"""Seconds between two direct conversations that are opened: whoever opens many at once is taken for a spammer, and shut out."""
HEARD_EVERY = timedelta(days=1)
"""So often is kept that somebody turned to us directly."""
TOO_FAST_SECONDS = 60.0
TRIES = 3
GUILDS_ASKED = 10
"""Whether a newcomer is in them: more would keep them waiting."""
REMEMBERED_AT_MOST = 1_000
"""People; of everybody else the record knows it as well."""


class Directs:
    """How each person is written to alone."""

    def __init__(
        self,
        client: discord.Client,
        calling: Calling,
        threads: Threads,
        store: ReachStore,
        unreached: Unreached,
        *,
        now: Clock,
        wait: Wait,
    ) -> None:
        self._client = client
        self._calling = calling
        self._threads = threads
        self._store = store
        self._unreached = unreached
        self._now = now
        self._wait = wait
        self._known: dict[str, Reach] = {}
        self._door = asyncio.Lock()
        self._opened_last: datetime | None = None

    async def met(self, user: str, guild: str, channel: str) -> None:
        """Somebody was met in a guild. Kept only where it is another place than before; where the record is away, later."""
        known = self._known.get(user)
        if known is not None and (known.home, known.workspace, known.channel) == (guild, guild, channel):
            return
        try:
            there = known or await self._store.find(reach_id(user))
            if there is None or (there.home, there.workspace, there.channel) != (guild, guild, channel):
                there = there or Reach(id=reach_id(user), identity="")
                place = {"identity": _identity(guild, user), "workspace": guild, "channel": channel}
                there = there.model_copy(update={**place, "homes": there.homes_with(guild)})
                await self._store.met(there)
        except StoreTrouble as trouble:
            log.warning("discord meeting not kept", trouble=type(trouble).__name__)
            return
        self._remember(user, there)

    async def home(self, user: str) -> str | None:
        """The guild with which they talk: they were met there last, or answered what came from there; of somebody new, one of
        ours that they are in; None where there is none.

        Raises:
            StoreTrouble: the record does not say.
        """
        known = await self._reach(user)
        if known is not None:
            return known.home or None
        try:
            return await self._guild_of(user)
        except DiscordTrouble as trouble:
            log.warning("discord guild not found", trouble=type(trouble).__name__)
            return None

    async def heard(self, home: str, user: str, channel: str) -> None:
        """They wrote to us directly, or pressed something there: that channel is open, also where the record is away."""
        known, at = self._known.get(user), self._now()
        lately = known is not None and known.heard_at is not None and at - known.heard_at < HEARD_EVERY
        elsewhere = known is not None and home not in (NO_GUILD, known.home)
        if known is not None and known.direct == channel and not known.refused and lately and not elsewhere:
            return
        new = Reach(id=reach_id(user), identity=_identity(home, user), workspace="" if home == NO_GUILD else home)
        try:
            there = known or await self._store.find(new.id)
            if there is None:
                await self._store.met(new)
            if there is None or there.direct != channel:
                await self._store.opened(new.id, channel, None)
            if there is not None and there.refused:
                await self._store.reached(new.id)
            if there is not None and home not in (NO_GUILD, there.home):
                there = there.model_copy(update={"homes": there.homes_with(home)})
                await self._store.talks(new.id, there.homes)
            if not lately:
                await self._store.heard(new.id, at)
                there = (there or new).model_copy(update={"heard_at": at})
        except StoreTrouble as trouble:
            log.warning("discord meeting not kept", trouble=type(trouble).__name__)
            there = known
        self._remember(user, (there or new).model_copy(update={"direct": channel, "refused": 0}))

    async def several(self, user: str) -> bool:
        """Whether they were met in more than one guild; where the record is away, not."""
        try:
            known = await self._reach(user)
        except StoreTrouble:
            return False
        return known is not None and len(known.homes) > 1

    async def stands_for(self, user: str, thread: str) -> bool:
        """Whether the private thread is the one that stands for their direct messages; another process may have made it.

        Raises:
            StoreTrouble: the record does not say.
        """
        known = await self._reach(user)
        if known is not None and known.aside != thread:
            known = await self._store.find(known.id)
            if known is not None:
                self._remember(user, known)
        return known is not None and known.aside == thread

    async def spot(self, user: str) -> Spot:
        """Where to write to them: their direct messages, opened if need be, or the private thread that stands for these.

        Raises:
            DiscordRefused: they cannot be written to, or never used us.
            DiscordTrouble, StoreTrouble: not just now.
        """
        known = await self._reach(user)
        if known is None:
            log.info("discord stranger refused")
            raise DiscordRefused(50278, 403)
        if known.refused >= TOLD_AFTER and known.aside:
            return _aside(known)
        if not known.direct:
            known = await self._open(user, known)
        return _direct(known)

    async def places(self, user: str) -> tuple[Spot, ...]:
        """Where something that was said to them can stand; nothing is opened for it."""
        known = await self._reach(user)
        if known is None:
            return ()
        return (*((_direct(known),) if known.direct else ()), *((_aside(known),) if known.aside else ()))

    async def closed(self, user: str) -> Spot:
        """Their direct messages were refused: the private thread in which to write instead.

        Raises:
            DiscordRefused: there can be none.
            DiscordTrouble, StoreTrouble: not just now.
        """
        known = await self._reach(user)
        if known is None:
            raise DiscordRefused(50278, 403)
        refused = await self._store.refused(known.id)
        known = await self._store.find(known.id) or known  # another process may have made the thread
        self._remember(user, known)
        log.info("discord direct messages refused", times=refused)
        if refused >= TOLD_AFTER:
            await self._unreached.tell(known, self._now())
        if not known.aside:
            known = await self._set_aside(user, known)
        return _aside(known)

    async def aside_gone(self, user: str) -> Spot:
        """The private thread is not there any more: another one.

        Raises:
            DiscordRefused, DiscordTrouble, StoreTrouble: as with `closed`.
        """
        known = await self._reach(user)
        if known is None:
            raise DiscordRefused(50278, 403)
        return _aside(await self._set_aside(user, known))

    async def taken(self, user: str) -> None:
        """A direct message was taken: they can be reached again."""
        known = self._known.get(user)
        if known is not None and known.refused:
            await self._store.reached(known.id)
            self._remember(user, known.model_copy(update={"refused": 0}))

    async def _open(self, user: str, known: Reach) -> Reach:
        """Open their direct messages when it is their turn."""
        async with self._door:
            again = self._known.get(user)
            if again is not None and again.direct:
                return again
            for left in reversed(range(TRIES)):
                await self._pause()
                try:
                    opened = await self._calling(Act.OPEN_DIRECT, self._client.create_dm(discord.Object(int(user))))
                    break
                except DiscordRefused as refused:
                    if remedy(refused) is not Remedy.TOO_FAST or not left:
                        raise
                    log.warning("discord direct messages opened too fast")
                    await self._wait(TOO_FAST_SECONDS)
            at = self._now()
            await self._store.opened(known.id, str(opened.id), at)
            known = known.model_copy(update={"direct": str(opened.id), "opened_at": at})
            self._remember(user, known)
            return known

    async def _pause(self) -> None:
        if self._opened_last is not None:
            left = OPENED_EVERY - (self._now() - self._opened_last).total_seconds()
            if left > 0:
                await self._wait(left)
        self._opened_last = self._now()

    async def _set_aside(self, user: str, known: Reach) -> Reach:
        spot = None
        if known.workspace and known.channel:
            name = await self._name(user)
            spot = await self._threads.aside(known.workspace, int(known.channel), int(user), f"For {name}")
        if spot is None:
            raise DiscordRefused(50007, 403)
        await self._store.set_aside(known.id, str(spot.id))
        known = known.model_copy(update={"aside": str(spot.id)})
        self._remember(user, known)
        return known

    async def _name(self, user: str) -> str:
        try:
            return (await self._calling(Act.SEE, self._client.fetch_user(int(user)))).display_name
        except DiscordTrouble:
            return "you"

    async def _guild_of(self, user: str) -> str | None:
        """Who writes directly before anything else belongs to the cohort all the same."""

        async def ours() -> list[discord.Guild]:
            return [each async for each in self._client.fetch_guilds(limit=GUILDS_ASKED, with_counts=False)]

        async def is_in(guild: discord.Guild) -> bool:
            try:
                await guild.fetch_member(int(user))
            except discord.NotFound:
                return False
            return True

        for guild in await self._calling(Act.SEE, ours()):
            if await self._calling(Act.SEE, is_in(guild), guild=str(guild.id)):
                return str(guild.id)
        return None

    async def _reach(self, user: str) -> Reach | None:
        known = self._known.get(user) or await self._store.find(reach_id(user))
        if known is not None:
            self._remember(user, known)
        return known

    def _remember(self, user: str, reach: Reach) -> None:
        while len(self._known) >= REMEMBERED_AT_MOST and user not in self._known:
            del self._known[next(iter(self._known))]
        self._known[user] = reach


def _identity(home: str, user: str) -> str:
    return Actor(Platform.DISCORD, home, user, "").identity


def _direct(known: Reach) -> Spot:
    return Spot("", int(known.direct), int(known.direct))


def _aside(known: Reach) -> Spot:
    return Spot(known.workspace, int(known.channel), int(known.aside))
