"""Each story is played on every surface there is."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bots.reception import Reception
from bots.settings import Settings
from bots.wiring import build
from tests.records import mongo_address
from tests.servers.claude import ClaudeServer
from tests.stories.student import Student
from tests.stories.terminal import at_the_terminal

__all__ = ["mongo_address"]


@asynccontextmanager
async def program(folder: Path, claude: ClaudeServer | None = None) -> AsyncGenerator[Reception, None]:
    """The whole program with its data in the folder: as nobody has set anything, or with Claude's key set."""
    key = {"ANTHROPIC_API_KEY": "sk-ant-story", "ANTHROPIC_BASE_URL": claude.url} if claude else {}
    settings = Settings.model_validate({"ELEVATE_DATA_DIR": folder / "data", **key})
    async with build(settings) as built:
        yield built.reception


@pytest.fixture
async def claude() -> AsyncGenerator[ClaudeServer, None]:
    """A stand-in for Claude, which says what the story has it say."""
    async with ClaudeServer() as server:
        yield server


@pytest.fixture(params=["terminal"])
async def student(tmp_path: Path) -> AsyncGenerator[Student, None]:
    """A student whom nobody knows yet; they are at a pipe, which greets nobody."""
    async with at_the_terminal(lambda: program(tmp_path), tmp_path) as came:
        yield came


@pytest.fixture(params=["terminal"])
async def newcomer(tmp_path: Path) -> AsyncGenerator[Student, None]:
    """A student whom nobody knows yet, and who is greeted."""
    async with at_the_terminal(lambda: program(tmp_path), tmp_path, attended=True) as came:
        yield came


@pytest.fixture(params=["terminal"])
async def coached(tmp_path: Path, claude: ClaudeServer) -> AsyncGenerator[Student, None]:
    """A student whose bot has a key: Claude answers."""
    async with at_the_terminal(lambda: program(tmp_path, claude), tmp_path) as came:
        yield came
