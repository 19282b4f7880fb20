"""What people type to leave, at a terminal and in what is open there."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.stories.conftest import program
from tests.stories.terminal import TerminalStudent, at_the_terminal


@pytest.fixture
async def maria(tmp_path: Path) -> AsyncGenerator[TerminalStudent, None]:
    """She sits at a pipe, without a key."""
    async with at_the_terminal(lambda: program(tmp_path), tmp_path) as came:
        yield came


async def test_exit_leaves_the_interview_first_and_then_the_conversation(maria: TerminalStudent) -> None:
    for words in ("A starter kit with a jar and a press", "I don't know", "what do you mean?", "no, I meant the press"):
        await maria.types("/foundation interview")
        await maria.types(words)
        await maria.types("Exit.")
        maria.sees("everything you answered is saved")
    await maria.types("bye")
    assert not maria.here


async def test_a_button_of_the_interview_is_pressed_by_its_label(maria: TerminalStudent) -> None:
    await maria.types("/foundation interview")
    await maria.types("A starter kit with a jar and a press")
    await maria.types("change it")
    maria.sees("What we sell (optional)", "Now: A starter kit with a jar and a press")


async def test_after_an_agents_answer_bye_leaves(maria: TerminalStudent) -> None:
    await maria.types("what is a hook?")
    await maria.types("Bye")
    assert not maria.here
