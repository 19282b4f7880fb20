"""Discord's gateway: for each shard one process listens, under a lock; when it dies, another takes over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import aiohttp
import discord
import structlog

from bots.discord.listening import Listening
from core.errors import StoreTrouble
from core.holding import Clock, Wait, held
from core.leases import LeaseLost
from core.locks import Lock, Locks

log = structlog.get_logger()

LEASE = timedelta(seconds=30)
"""How long a shard stays silent at most before another process may take it; it is renewed three times in that."""
LOOK_SECONDS = 5.0
"""Between two looks at whether a shard is free. Discord takes one new session in five seconds."""
AWAY_SECONDS = 60.0
"""Without a connection for so long, a new one is made from the start: discord.py's own pauses grow to a quarter of an hour."""
WATCH_SECONDS = 5.0
ANSWERED_SECONDS = 900.0
"""An interaction is answered by the connection that brought it, for fifteen minutes."""
TOKEN_UNKNOWN = "Discord does not know DISCORD_BOT_TOKEN: reset it on the app's Bot page and set it anew"
SESSIONS_AN_HOUR = 30
"""Discord allows 1,000 a day, which are 41 an hour (https://docs.discord.com/developers/events/gateway#session-start-limit)."""


class Gateway:
    """The shards that this process listens to. `refused` is told why Discord will have none of us any more."""

    def __init__(
        self,
        listening: Callable[[int], Listening],
        locks: Locks,
        *,
        token: str,
        shards: int,
        owner: str,
        refused: Callable[[str], None],
        now: Clock,
        wait: Wait,
    ) -> None:
        self._listening = listening
        self._locks = locks
        self._token = token
        self._shards = shards
        self._owner = owner
        self._refused = refused
        self._now = now
        self._wait = wait
        self._held: dict[int, Listening] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._silent: set[asyncio.Task[None]] = set()

    @property
    def held(self) -> frozenset[int]:
        """The shards that this process listens to."""
        return frozenset(self._held)

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
            if lock is not None:
                try:
                    if not await self._listen(lock, number):
                        return
                finally:
                    await self._release(lock)
            # Whoever holds several lets others go first.
            await self._wait(LOOK_SECONDS * (1 + len(self._held)))

    async def _taken(self, number: int) -> Lock | None:
        try:
            return await self._locks.acquire(f"discord shard {number}", owner=self._owner, at=self._now(), lease=LEASE)
        except StoreTrouble as trouble:
            log.warning("discord shard not claimed", shard=number, trouble=type(trouble).__name__)
            return None

    async def _release(self, lock: Lock) -> None:
        try:
            await self._locks.release(lock)
        except StoreTrouble as trouble:  # it is free when its lease runs out
            log.warning("discord shard not released", trouble=type(trouble).__name__)

    async def _listen(self, lock: Lock, number: int) -> bool:
        """Listen for as long as the lock is ours; False where Discord will have none of us any more."""

        async def renew() -> None:
            try:
                await self._locks.renew(lock, self._now() + LEASE)
            except (
                StoreTrouble
            ) as trouble:  # who cannot reach the record goes on hearing: what comes is kept as soon as it can be
                log.warning("discord shard not renewed", shard=number, trouble=type(trouble).__name__)

        try:
            async with held(renew, lease=LEASE, wait=self._wait):
                return await self._connected(number)
        except LeaseLost:
            log.warning("discord shard lost", shard=number)
            return True

    async def _connected(self, number: int) -> bool:
        """A connection from its beginning to its end; False where another one would be refused as well."""
        listening = self._held[number] = self._listening(number)
        connecting = asyncio.create_task(listening.start(self._token))
        watching = asyncio.create_task(self._watch(listening))
        try:
            await asyncio.wait({connecting, watching}, return_when=asyncio.FIRST_COMPLETED)
            return not connecting.done() or self._may_come_again(connecting, number)
        finally:
            del self._held[number]
            connecting.cancel()
            watching.cancel()
            await asyncio.wait({connecting, watching})
            await listening.hush()
            silent = asyncio.create_task(self._closed(listening))
            self._silent.add(silent)
            silent.add_done_callback(self._silent.discard)

    async def _closed(self, listening: Listening) -> None:
        """Close it once everything that it had heard has been answered, or at the end."""
        try:
            await self._wait(ANSWERED_SECONDS)
        finally:
            await listening.close()

    def _may_come_again(self, connecting: asyncio.Task[None], number: int) -> bool:
        match connecting.exception():
            case discord.LoginFailure():
                self._refused(TOKEN_UNKNOWN)
                return False
            case discord.PrivilegedIntentsRequired():
                self._refused(
                    "the Message Content Intent was switched off on the app's Bot page: switch it on, or start Elevate anew"
                )
                return False
            case discord.ConnectionClosed(code=4004 | 4010 | 4011 | 4012 | 4013 as code):
                self._refused(f"the gateway was closed with code {code}: check DISCORD_BOT_TOKEN and DISCORD_SHARDS")
                return False
            case discord.DiscordException() | aiohttp.ClientError() | OSError() | None as trouble:
                log.warning("discord connection ended", shard=number, trouble=type(trouble).__name__)
                return True
            case BaseException() as trouble:
                raise trouble

    async def _watch(self, listening: Listening) -> None:
        """Until there has been no connection for too long. discord.py reconnects by itself; this is for when it does not."""
        loop, warned = asyncio.get_running_loop(), 0
        began = loop.time()
        while listening.away is None or loop.time() - listening.away < AWAY_SECONDS:
            await self._wait(WATCH_SECONDS)
            hours = 1 + (loop.time() - began) / 3600
            if listening.identified > max(warned, SESSIONS_AN_HOUR * hours):
                warned = listening.identified + SESSIONS_AN_HOUR
                log.warning("discord sessions used up", shard=listening.shard_id, sessions=listening.identified)
        log.warning("discord connection given up", shard=listening.shard_id, seconds=AWAY_SECONDS)
