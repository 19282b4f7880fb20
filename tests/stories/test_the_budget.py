"""A student whose budget for Claude runs out: told in time, stopped without harm, and answered again the next day."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bots.reception import Reception
from bots.settings import Settings
from bots.wiring import build
from tests.servers.claude import ClaudeServer, Says
from tests.stories.conftest import told
from tests.stories.terminal import TerminalStudent, at_the_terminal

EIGHT_CENTS = Says(("A hook names a pain. " * 380 + "It names one pain.. ",))
"""The stand-in counts a token for each character, and these are eight thousand at ten dollars for a million."""
BUDGET = "0.40"
NEARLY = "You have used 80% of today's budget for Claude"
OVER = "Today's budget for Claude is used up"


class Clock:
    """The time by which it is counted what was spent when: noon of today, until the story goes on to another day."""

    def __init__(self) -> None:
        self._now = datetime.now(UTC).replace(hour=12)

    def now(self) -> datetime:
        """The time."""
        return self._now

    def next_day(self) -> None:
        """Go on to noon of the next day."""
        self._now += timedelta(days=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def maria(tmp_path: Path, claude: ClaudeServer, clock: Clock) -> AsyncGenerator[TerminalStudent, None]:
    """A student whose bot has a key and a small budget."""
    settings = Settings.model_validate({**told(tmp_path, claude, ""), "ELEVATE_DAILY_BUDGET": BUDGET})

    @asynccontextmanager
    async def opening() -> AsyncGenerator[Reception, None]:
        async with build(settings, clock=clock.now) as built:
            yield built.reception

    async with at_the_terminal(opening, tmp_path) as came:
        assert isinstance(came, TerminalStudent)
        yield came


async def test_it_runs_out_is_told_once_stops_claude_alone_and_begins_anew_at_midnight(
    maria: TerminalStudent, claude: ClaudeServer, clock: Clock
) -> None:
    claude.usual = EIGHT_CENTS
    for _ in range(3):
        await maria.types("@Teacher what is a hook?")
        maria.sees("A hook names a pain.")
        maria.sees_no(NEARLY)
    await maria.types("@Teacher and another?")
    maria.sees("A hook names a pain.", NEARLY, "$0.32 of $0.40")
    asked = len(claude.requests)

    await maria.types("@Teacher and one more?")
    maria.sees(OVER, "$0.32 of $0.40", "Claude answers again from midnight", "Everything else goes on")
    await maria.types("@Teacher please")
    assert len(claude.requests) == asked, "nothing is asked of Claude"
    await maria.types("/home")
    maria.sees("You are in module 0, Foundation")
    await maria.types("/me usage")
    maria.sees("$0.32 of $0.40, anew at midnight", "Chat with Teacher", "80% of today's budget")

    await maria.leaves()
    clock.next_day()
    await maria.comes_back()
    await maria.types("@Teacher and one more?")
    maria.sees("A hook names a pain.")
    maria.sees_no(OVER, NEARLY)
    assert len(claude.requests) == asked + 1


async def test_what_is_pasted_is_sorted_by_the_small_model_at_little_cost(maria: TerminalStudent, claude: ClaudeServer) -> None:
    await maria.types("/foundation paste We sound warm.")
    await maria.types("@Teacher what is a hook?")
    assert [each["model"] for each in claude.requests] == ["claude-haiku-5-5", "claude-sonnet-5-5"]
    assert [each["output_config"]["effort"] for each in claude.requests] == ["low", "medium"]
    await maria.types("/me usage")
    maria.sees("Sorting pasted text", "less than $0.01")
