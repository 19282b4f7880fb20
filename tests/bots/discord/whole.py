"""The whole program in Discord, in this process: what faults are played on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bots.backing import now as the_time
from bots.desk import Desk
from bots.discord.pulse import Pulse
from bots.discord.service import Given, discord_service
from bots.run import Service
from bots.settings import Settings
from bots.wiring import Program, build
from scheduler.worker import Rhythm
from tests.blank import blank
from tests.servers.claude import ClaudeServer
from tests.servers.discord.person import Person
from tests.servers.discord.server import DiscordServer

BRISK = Rhythm(lease=timedelta(seconds=30), poll_seconds=0.05)
QUICK = Pulse(look_seconds=0.1, ready_seconds=0.05, identify_seconds=0.05, watch_seconds=0.1)
GRACE_SECONDS = 5.0
HURRY = 200
"""So many times faster than ours runs the time of a program that hurries."""


async def hurried(seconds: float) -> None:
    """Wait, where nobody is to wait long for a retry."""
    await asyncio.sleep(seconds / HURRY)  # it stands for the program's own waits, a two-hundredth as long


@dataclass(frozen=True, slots=True)
class Office:
    """A process of the program that answers in Discord."""

    program: Program
    desk: Desk
    service: Service

    async def idle(self) -> None:
        """Wait until everything that was taken is answered."""
        while await self.desk.rest():
            pass


def told(
    folder: Path, server: DiscordServer, claude: ClaudeServer | None, mongodb: str = "", *, shards: int = 1
) -> Mapping[str, object]:
    """What the program is told by its settings."""
    key = {"ANTHROPIC_API_KEY": "sk-ant-story", "ANTHROPIC_BASE_URL": claude.url} if claude else {}
    there = {"ELEVATE_MONGODB_URI": mongodb} if mongodb else {}
    data = folder / "data" if mongodb else blank(folder / "data")
    return {"ELEVATE_DATA_DIR": data, "DISCORD_SHARDS": str(shards), **reached(server), **there, **key}


def reached(server: DiscordServer) -> Mapping[str, str]:
    """Where Discord is, and who we are there."""
    addresses = {"DISCORD_API_URL": server.api_url, "DISCORD_GATEWAY_URL": server.gateway_url}
    return {"DISCORD_BOT_TOKEN": server.token, **addresses}


def ahead() -> datetime:
    """The time, a minute on."""
    return the_time() + timedelta(minutes=1)


@asynccontextmanager
async def office(
    settings: Mapping[str, object],
    server: DiscordServer,
    *,
    sessions: int = 1,
    rhythm: Rhythm = BRISK,
    pulse: Pulse = QUICK,
    now: Callable[[], datetime] = the_time,
    wait: Callable[[float], Awaitable[object]] = asyncio.sleep,
    desk: Desk | None = None,
    grace_seconds: float = GRACE_SECONDS,
) -> AsyncGenerator[Office]:
    """The program, which hears by the gateway until the end of the block; `sessions` are then open in all."""
    read, desk = Settings.model_validate(settings), desk or Desk()
    async with (
        build(read, rhythm) as program,
        discord_service(Given(read, program, now, wait, desk, pulse)) as service,
    ):
        with program.surfaces.opened(service.surface):
            async with program.work((service.surface.platform.value,)).going_on(lambda: grace_seconds):
                await service.open()
                await server.gateway.connected(sessions)
                try:
                    yield Office(program, desk, service)
                finally:
                    await service.close(grace_seconds)


async def answered(server: DiscordServer, number: int, *people: Person, within: float = 30.0) -> None:
    """So many messages of the bot are seen by these people, and nothing more comes."""
    await server.settled(until=lambda: sum(len(each.answers) for each in people) >= number, within=within)


def answers_with(person: Person, words: str) -> int:
    """How many messages of the bot that they see hold the words."""
    return sum(words in each.text for each in person.answers)
