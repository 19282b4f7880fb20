"""A student who talks for long: the agents go on knowing what was said at the beginning, and the student sees what it costs."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bots.reception import Reception
from bots.settings import Settings
from bots.wiring import build
from tests.servers.claude import ClaudeServer, Says
from tests.stories.conftest import told
from tests.stories.terminal import TerminalStudent, at_the_terminal

LONG = "Look at what your customers say about the lid of the jar, and say it back to them in their own words. " * 38
PLANTED = (
    "My supplier is Marlene Hofstetter in Galway, and she wants 40 % up front.",
    "The kit costs €59.90 now, the refill club 12 a month.",
    "I decided to drop the bundle, nobody understood it.",
    "I will finish the Hook by Friday 13 March.",
)
FACTS = (
    "Marlene Hofstetter",
    "Galway",
    "40 %",
    "€59.90",
    "12 a month",
    "decided to drop the bundle",
    "finish the Hook by Friday 13 March",
)


def is_summary(request: dict[str, Any]) -> bool:
    return "You keep the minutes" in str(request["system"])


def first_of(request: dict[str, Any]) -> str:
    return str(request["messages"][0]["content"][0]["text"])


@pytest.fixture
async def maria(tmp_path: Path, claude: ClaudeServer) -> AsyncGenerator[TerminalStudent, None]:
    """A student whose bot has a key, and works on what waits."""
    settings = Settings.model_validate(told(tmp_path, claude, ""))

    @asynccontextmanager
    async def opening() -> AsyncGenerator[Reception, None]:
        async with build(settings) as built, built.work(("terminal",)).going_on(lambda: 1.0):
            yield built.reception

    async with at_the_terminal(opening, tmp_path) as came:
        assert isinstance(came, TerminalStudent)
        yield came


async def test_what_was_said_first_is_still_known_when_it_is_not_sent_any_more(
    maria: TerminalStudent, claude: ClaudeServer
) -> None:
    claude.usual = Says((LONG,))
    for each in PLANTED:
        await maria.types(each)
    for number in range(20):
        await maria.types(f"And then? ({number})")
        asked = [each for each in claude.requests if not is_summary(each)][-1]  # what follows it may be a second summary
        if "<earlier>" in (first := first_of(asked)):
            break
    summary = next(filter(is_summary, claude.requests))  # on a slow machine a second one is made before the first is sent
    assert summary["model"] != asked["model"]
    assert all(each in str(summary["messages"]) for each in PLANTED)
    assert first.startswith("<earlier>")
    assert [fact for fact in FACTS if fact not in first] == []
    assert PLANTED[0] not in str(asked["messages"][1:])
    await maria.types("/me usage")
    maria.sees("Chat with Director", "Remembering long talks")
