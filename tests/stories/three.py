"""The simulated cohort, reminded in a stand-in Slack by three processes over one MongoDB, of which one is killed now and then."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

from core.leases import State
from core.nudges.dispatch import CLAIM
from core.request import Actor, Platform
from persistence.documents import Database
from persistence.outbox import OutboxRecord
from tests.core.nudges.cohort import PROCESSES, TICK, Simulated
from tests.servers.slack import Person, SlackServer
from tests.stories.process import Running, running
from tests.stories.reminder import READY

PATIENCE_SECONDS = 60
SECOND = timedelta(seconds=1)
FOLLOWED = 3
"""Ticks after a death, by which another has taken over what the dead one held: a person, then the letter."""
STILL = 15
"""So often in a row the record is found the same before what a dead process holds is known to be all that is held."""


class Three(Simulated):
    """The cohort, and processes of the whole program. Students act through the record; what reaches them is read in Slack."""

    def __init__(
        self, database: Database, server: SlackServer, folder: Path, shared: str, *, seed: int, size: int, days: int
    ) -> None:
        super().__init__(database, seed, size, days)
        self.accounts: dict[str, Person] = {}
        self.astray: list[str] = []
        self._server, self._folder, self._shared = server, folder, shared
        self._stack = AsyncExitStack()
        self._programs: dict[int, Running] = {}
        self._doomed: int | None = None
        self._read = 0

    async def __aenter__(self) -> Three:
        self._shows_time()
        for number in range(PROCESSES):
            await self._starts(number)
        for each in self._programs.values():
            await each.shows(READY)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    def actor(self, number: int, zone: str) -> Actor:
        """Their account in Slack."""
        account = self._server.person(f"Student {number}", zone)
        self.accounts[account.id] = account
        return Actor(Platform.SLACK, self._server.team.id, account.id, account.user.name, zone)

    async def tick(self) -> None:
        """The time moves on; whatever is due then is done by some process, and one may die meanwhile."""
        self.ticks += 1
        self._shows_time()
        died = self._doomed is not None
        if self._doomed is not None:
            await asyncio.sleep(self.random.random() / 2)  # a moment of the machine's own time: the processes know no other
            await self._programs.pop(self._doomed).killed()
            self._doomed = None
            for each in range(1, FOLLOWED + 1):
                self.then(self.at + each * TICK, self.tick)
        await self._done(died)
        await self._reads()

    async def kill(self) -> None:
        """One is to be killed when there is something to do, and started again later."""
        number = self.random.randrange(PROCESSES)
        if len(self._programs) < PROCESSES or self._doomed is not None:
            return
        self._doomed = number
        self.killed += 1

        async def restart() -> None:
            await self._starts(number)

        self.then(self.at + timedelta(minutes=self.random.randint(20, 600)), restart)

    async def _starts(self, number: int) -> None:
        """What runs is not waited for: the others go on meanwhile."""
        server = self._server
        started = running(
            self._folder,
            program=("-m", "tests.stories.reminder", str(self._clock)),
            ELEVATE_LOG_LEVEL="WARNING",
            ELEVATE_MONGODB_URI=self._shared,
            SLACK_BOT_TOKEN=server.bot_token,
            SLACK_APP_TOKEN=server.app_token,
            SLACK_API_URL=server.api_url,
        )
        self._programs[number] = await self._stack.enter_async_context(started)

    @property
    def _clock(self) -> Path:
        return self._folder / "clock"

    def _shows_time(self, later: timedelta = timedelta()) -> None:
        """Whole: a process may read at any moment."""
        fresh = self._folder / "clock.new"
        fresh.write_text((self.at + later).isoformat())
        os.replace(fresh, self._clock)

    async def _done(self, died: bool) -> None:
        """Wait until nothing is due, and nobody holds anything but one who has died.

        Letters are looked for a second later: SecantusDB does not find by two fields what is due at this very moment.
        """
        await self._none(self._people, died)
        self._shows_time(SECOND)
        await self._none(self._letters, died)

    async def _none(self, left: Callable[[], Awaitable[tuple[int, int]]], died: bool) -> None:
        """Wait until nothing of the kind waits, and nothing is held but what stays so."""
        before, still = 0, 0
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                waiting, held = await left()
                still = still + 1 if held == before else 0
                if not waiting and (not held or (died and still >= STILL)):
                    return
                before = held
                await self._server.settled(midway=True)

    async def _people(self) -> tuple[int, int]:
        """How many wait for somebody to look at them, and how many somebody has taken."""
        until = self.at + CLAIM
        times = [each.next_check_at for each in await self.wishes.due(until, self.size)]
        return sum(each is not None and each <= self.at for each in times), times.count(until)

    async def _letters(self) -> tuple[int, int]:
        """How many wait to be sent, and how many somebody has taken."""
        letters, now = self.database.collection("outbox"), self.at + SECOND
        waiting = await letters.count({"dueAt": {"$lte": now}})
        return waiting, await letters.count({"state": State.RUNNING.value, "dueAt": {"$gt": now}})

    async def _reads(self) -> None:
        """What has come since, in each student's messages."""
        world, outbox = self._server.world, OutboxRecord(self.database)
        fresh, self._read = world.messages[self._read :], len(world.messages)
        for each in fresh:
            key = str((each.metadata or {}).get("event_payload", {}).get("key", ""))
            letter = await outbox.find("org_t1", key)
            if letter is None or letter.address.recipient.removeprefix("@") not in world.channels[each.channel].members:
                self.astray.append(f"{key}: {each.text}")
            elif key in self.post.arrived:
                self.post.twice.append(key)
            else:
                self.post.arrived[key] = self.at
                self.came(letter)
