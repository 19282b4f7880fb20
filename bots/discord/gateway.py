"""Discord's gateway: for each shard one process listens, under a lock; when it dies, another takes over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import aiohttp
import discord
import structlog

from bots.boundary import report
from bots.discord.listening import Listening
from bots.discord.pulse import Pulse
from core.errors import StoreTrouble
from core.holding import Clock, Wait, held
from core.leases import LeaseLost
from core.locks import Lock, Locks

log = structlog.get_logger()

TOKEN_UNKNOWN = "Discord does not know DISCORD_BOT_TOKEN: reset it on the app's Bot page and set it anew"
INTENT_OFF = "the Message Content Intent is off"
SESSIONS_AN_HOUR = 30
"""Discord allows 1,000 a day, which are 41 an hour (https://docs.discord.com/developers/events/gateway#session-start-limit)."""


class Gateway:
    """The shards that this process listens to.

    `listening(shard, heard)` makes a connection; all that was said until `heard` was heard by others before. `refused` is told
    why Discord will have none of us, and says whether to try again, since something is different by now.
    """

    def __init__(
        self,
        listening: Callable[[int, datetime | None], Listening],
        locks: Locks,
        *,
        token: str,
        shards: int,
        owner: str,
        refused: Callable[[str], bool],
        pulse: Pulse,
        now: Clock,
        wait: Wait,
    ) -> None:
        self._listening = listening
        self._locks = locks
        self._token = token
        self._shards = shards
        self._owner = owner
        self._refused = refused
        self._pulse = pulse
        self._now = now
        self._wait = wait
        self._held: dict[int, Listening] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._silent: set[asyncio.Task[None]] = set()

    @property
    def held(self) -> frozenset[int]:
        """The shards that this process listens to."""
        return frozenset(self._held)

    @property
    def deaf(self) -> str:
        """Why nothing is heard, in a few words; "" while a shard of ours is connected, or others have them all."""
        if not self._held or any(each.away is None for each in self._held.values()):
            return ""
        return "no connection to the gateway"

    def open(self) -> None:
        """Begin to listen to every shard that is free, and go on looking for those that are not."""
        self._tasks = [asyncio.create_task(self._shard(number)) for number in range(self._shards)]

    async def close(self) -> None:
        """Listen no more; the shards are free at once."""
        for each in self._tasks:
            each.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        self._tasks = []

    async def farewell(self) -> None:
        """Close the connections by which what was heard is answered."""
        for each in self._silent:
            each.cancel()
        if self._silent:
            await asyncio.wait(self._silent)

    async def _shard(self, number: int) -> None:
        while True:
            lock = await self._taken(number)
            if lock is not None and not await self._listen(lock, number):
                return
            # Whoever holds several lets others go first.
            await self._wait(self._pulse.look_seconds * (1 + len(self._held)))

    async def _taken(self, number: int) -> Lock | None:
        name, at, lease = f"discord shard {number}", self._now(), self._pulse.lease
        try:
            lock = await self._locks.acquire(name, owner=self._owner, at=at, lease=lease)
            if lock is not None and lock.done_until is None:
                # Nobody listened before; who comes after us, should we die at once, begins here.
                await self._locks.renew(lock, at + lease, at)
        except (StoreTrouble, LeaseLost) as trouble:
            log.warning("discord shard not claimed", shard=number, trouble=type(trouble).__name__)
            return None
        return lock

    async def _listen(self, lock: Lock, number: int) -> bool:
        """Listen for as long as the lock is ours; False where Discord will have none of us any more."""
        listening = self._listening(number, lock.done_until)
        lease = self._pulse.lease

        async def renew() -> None:
            try:
                await self._locks.renew(lock, self._now() + lease, listening.heard)
            except StoreTrouble as trouble:
                # Who cannot reach the record goes on hearing: what comes is kept as soon as it can be.
                log.warning("discord shard not renewed", shard=number, trouble=type(trouble).__name__)

        try:
            async with held(renew, lease=lease, wait=self._wait):
                return await self._connected(listening, number)
        except LeaseLost:
            log.warning("discord shard lost", shard=number)
            return True
        finally:
            await self._release(lock, listening)

    async def _release(self, lock: Lock, listening: Listening) -> None:
        try:
            await self._locks.release(lock, listening.heard)
        except StoreTrouble as trouble:  # it is free when its lease runs out
            log.warning("discord shard not released", trouble=type(trouble).__name__)

    async def _connected(self, listening: Listening, number: int) -> bool:
        """A connection from its beginning to its end; False where another one would be refused as well."""
        self._held[number] = listening
        connecting = asyncio.create_task(listening.start(self._token))
        watching = asyncio.create_task(self._watch(listening))
        try:
            await asyncio.wait({connecting, watching}, return_when=asyncio.FIRST_COMPLETED)
            return not connecting.done() or self._may_come_again(connecting, listening)
        finally:
            del self._held[number]
            connecting.cancel()
            watching.cancel()
            await self._closed(listening)
            await asyncio.wait({connecting, watching})

    async def _closed(self, listening: Listening) -> None:
        """Close it; nobody waits long for a good-bye that does not come."""
        try:
            async with asyncio.timeout(self._pulse.close_seconds):
                await listening.close()
        except TimeoutError:
            log.warning("discord shard left", shard=listening.shard_id)

    def _may_come_again(self, connecting: asyncio.Task[None], listening: Listening) -> bool:
        trouble = connecting.exception()
        match trouble:
            case discord.LoginFailure():
                return self._refused(TOKEN_UNKNOWN)
            case discord.PrivilegedIntentsRequired():
                return self._refused(INTENT_OFF)
            case discord.ConnectionClosed(code=4004 | 4010 | 4011 | 4012 | 4013 as code):
                return self._refused(f"the gateway was closed with code {code}: check DISCORD_BOT_TOKEN and DISCORD_SHARDS")
            case discord.DiscordException() | aiohttp.ClientError() | OSError() | None:
                log.warning("discord connection ended", shard=listening.shard_id, trouble=type(trouble).__name__)
            case AttributeError() if not listening.begun:  # discord.py trips where its first connection fails
                log.warning("discord connection ended", shard=listening.shard_id, trouble="never begun")
            case Exception():
                report(trouble)
            case _:
                raise trouble
        return True

    async def _watch(self, listening: Listening) -> None:
        """Until there has been no connection for too long. discord.py reconnects by itself; this is for when it does not."""
        loop, warned = asyncio.get_running_loop(), 0
        began = loop.time()
        while listening.away is None or loop.time() - listening.away < self._pulse.away_seconds:
            await self._wait(self._pulse.watch_seconds)
            hours = 1 + (loop.time() - began) / 3600
            if listening.identified > max(warned, SESSIONS_AN_HOUR * hours):
                warned = listening.identified + SESSIONS_AN_HOUR
                log.warning("discord sessions used up", shard=listening.shard_id, sessions=listening.identified)
        log.warning("discord connection given up", shard=listening.shard_id, seconds=self._pulse.away_seconds)
