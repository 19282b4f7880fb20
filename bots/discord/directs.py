"""Direct messages: opened slowly and once, and where they are closed, a private thread where the person was met."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import discord
import structlog

from bots.discord.arrived import NO_GUILD
from bots.discord.calling import Act, Calling
from bots.discord.membership import guild_of
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
        if known is not None and _met(known, guild, channel):
            return
        try:
            there = await self._store.find(reach_id(user))  # another process may have met them elsewhere
            if there is None or not _met(there, guild, channel):
                there = there or Reach(id=reach_id(user), identity="")
                channels = {**there.channels, guild: channel}
                place = {"identity": _identity(guild, user), "workspace": guild, "channels": channels}
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
            return await guild_of(self._client, self._calling, user)
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
        """Whether the private thread is one that stands for their direct messages; another process may have made it.

        Raises:
            StoreTrouble: the record does not say.
        """
        known = await self._reach(user)
        if known is not None and thread not in known.asides.values():
            known = await self._store.find(known.id)
            if known is not None:
                self._remember(user, known)
        return known is not None and thread in known.asides.values()

    async def spot(self, user: str, home: str) -> Spot:
        """Where to write to them what concerns this guild: their direct messages, opened if need be, or the private thread there
        that stands for these.

        Raises:
            DiscordRefused: they cannot be written to, or never used us.
            DiscordTrouble, StoreTrouble: not just now.
        """
        known = await self._reach(user)
        if known is None:
            log.info("discord stranger refused")
            raise DiscordRefused(50278, 403)
        if known.refused >= TOLD_AFTER and home in known.asides:
            return _aside(known, home)
        if not known.direct:
            known = await self._open(user, known)
        return _direct(known)

    async def places(self, user: str, home: str) -> tuple[Spot, ...]:
        """Where something that was said to them, and concerns this guild, can stand; nothing is opened for it."""
        known = await self._reach(user)
        if known is None:
            return ()
        return (*((_direct(known),) if known.direct else ()), *((_aside(known, home),) if home in known.asides else ()))

    async def closed(self, user: str, home: str) -> Spot:
        """Their direct messages were refused: the private thread of this guild in which to write instead. No other guild's is
        taken for it, since its moderators read along.

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
        if home not in known.asides:
            known = await self._set_aside(user, known, home)
        if refused >= TOLD_AFTER:
            for guild in {home, *known.asides}:
                await self._unreached.tell(known, _identity(guild, user), self._now(), aside=guild in known.asides)
        return _aside(known, home)

    async def aside_gone(self, user: str, home: str) -> Spot:
        """The private thread is not there any more: another one.

        Raises:
            DiscordRefused, DiscordTrouble, StoreTrouble: as with `closed`.
        """
        known = await self._store.find(reach_id(user))
        if known is None:
            raise DiscordRefused(50278, 403)
        rest = {guild: thread for guild, thread in known.asides.items() if guild != home}
        return _aside(await self._set_aside(user, known.model_copy(update={"asides": rest}), home), home)

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

    async def _set_aside(self, user: str, known: Reach, home: str) -> Reach:
        """With a new private thread where they were met in the guild; the same where there can be none."""
        if home not in known.channels:
            return known
        name = await self._name(user)
        spot = await self._threads.aside(home, int(known.channels[home]), int(user), f"For {name}")
        if spot is None:
            return known
        known = known.model_copy(update={"asides": {**known.asides, home: str(spot.id)}})
        await self._store.set_aside(known.id, known.asides)
        self._remember(user, known)
        return known

    async def _name(self, user: str) -> str:
        try:
            return (await self._calling(Act.SEE, self._client.fetch_user(int(user)))).display_name
        except DiscordTrouble:
            return "you"

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


def _aside(known: Reach, home: str) -> Spot:
    if home not in known.asides:
        raise DiscordRefused(50007, 403)
    return Spot(home, int(known.channels[home]), int(known.asides[home]))


def _met(known: Reach, guild: str, channel: str) -> bool:
    """Whether they were met last in that channel of that guild, and talk with it."""
    return (known.home, known.workspace, known.channels.get(guild)) == (guild, guild, channel)
