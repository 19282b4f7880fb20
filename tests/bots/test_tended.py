"""The members' list of the whole program: whoever does something is on it with the next ticks, and can read who looked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bots.settings import Settings
from bots.wiring import Program, build
from core.plain import message
from core.request import Actor, Asked, Platform, Typed
from core.ui import Message
from scheduler.worker import RHYTHM

NOON = datetime(2026, 4, 8, 12, tzinfo=UTC)
IDA = Actor(Platform.SLACK, "T1", "U9", "Ida", "Europe/London", installer=True)
NORA = Actor(Platform.SLACK, "T1", "U1", "Nora", "Europe/London")


@pytest.fixture
async def program(tmp_path: Path) -> AsyncGenerator[Program, None]:
    """The program, whose clock ticks twenty times a second."""
    settings, rhythm = Settings.model_validate({"ELEVATE_DATA_DIR": tmp_path}), replace(RHYTHM, tick_seconds=0.05)
    async with build(settings, rhythm, clock=lambda: NOON) as program, program.work(("slack",)).going_on():
        yield program


async def told(program: Program, actor: Actor, command: str, **values: Typed) -> str:
    asked = Asked(id=f"ev {command}", actor=actor, address=actor.direct, at=NOON, command=command, values=values, direct=True)
    answer = await program.app.handle(asked)
    assert isinstance(answer, Message), answer
    return message(answer)


async def test_who_did_something_is_on_the_list_soon_and_reads_who_looked(program: Program) -> None:
    await told(program, NORA, "module tick", module="0", item="1")
    listed = await told(program, IDA, "cohort members")
    async with asyncio.timeout(20):
        while "Nora" not in listed:
            await asyncio.sleep(0.02)  # the ticks go by the clock of the machine
            listed = await told(program, IDA, "cohort members")
    assert "1 student." in listed
    assert "Where they are" in await told(program, IDA, "cohort member", student="nora")
    looked = await told(program, NORA, "me looks")
    assert "the list of everybody" in looked
    assert "where you are in the course" in looked
    assert "has not opened their Foundation" in await told(program, IDA, "cohort see", student="Nora", part="Foundation")
