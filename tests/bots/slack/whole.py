"""The whole program in Slack, in this process: what faults are played on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bots.backing import now
from bots.desk import Desk
from bots.settings import Settings
from bots.slack.service import Given, slack
from bots.wiring import Program, build
from scheduler.worker import Rhythm
from tests.blank import blank
from tests.servers.claude import ClaudeServer
from tests.servers.slack import Person, SlackServer
from tests.servers.slack.things import Message

BRISK = Rhythm(lease=timedelta(seconds=30), poll_seconds=0.05)
GRACE_SECONDS = 5.0
HURRY = 200
"""So many times faster than ours runs the time of a program that hurries."""


async def hurried(seconds: float) -> None:
    """Wait, where nobody is to wait long for a retry."""
    await asyncio.sleep(seconds / HURRY)  # it stands for the program's own waits, a two-hundredth as long


@dataclass(frozen=True, slots=True)
class Office:
    """A process of the program that answers in Slack."""

    program: Program
    desk: Desk

    async def idle(self) -> None:
        """Wait until everything that was taken is answered."""
        while await self.desk.rest():
            pass


def told(folder: Path, server: SlackServer, claude: ClaudeServer | None, mongodb: str = "") -> Mapping[str, object]:
    """What the program is told by its settings."""
    key = {"ANTHROPIC_API_KEY": "sk-ant-story", "ANTHROPIC_BASE_URL": claude.url} if claude else {}
    there = {"ELEVATE_MONGODB_URI": mongodb} if mongodb else {}
    tokens = {"SLACK_BOT_TOKEN": server.bot_token, "SLACK_APP_TOKEN": server.app_token, "SLACK_API_URL": server.api_url}
    return {"ELEVATE_DATA_DIR": folder / "data" if mongodb else blank(folder / "data"), **there, **key, **tokens}


@asynccontextmanager
async def office(
    settings: Mapping[str, object],
    server: SlackServer,
    *,
    sockets: int = 2,
    rhythm: Rhythm = BRISK,
    patience_seconds: float = 5.0,
    wait: Callable[[float], Awaitable[object]] = asyncio.sleep,
    desk: Desk | None = None,
    grace_seconds: float = GRACE_SECONDS,
) -> AsyncGenerator[Office]:
    """The program, which hears by its two sockets until the end of the block; `sockets` are then open in all."""
    read, desk = Settings.model_validate(settings), desk or Desk()
    async with (
        build(read, rhythm, patience_seconds) as program,
        slack(Given(read, program, now, wait, desk)) as service,
    ):
        with program.surfaces.opened(service.surface):
            async with program.work((service.surface.platform.value,)).going_on(lambda: grace_seconds):
                await service.open()
                await server.sockets.connected(sockets)
                try:
                    yield Office(program, desk)
                finally:
                    await service.close(grace_seconds)


def answers_to(person: Person, words: str) -> int:
    """How many messages of the bot that they see hold the words."""
    return sum(words in each.text for each in person.answers)


def answers_in(person: Person, message: Message) -> list[str]:
    """What the bot said in the thread that this message roots, where they see it."""
    return [each.text for each in person.messages(thread=message) if each.by_bot]
