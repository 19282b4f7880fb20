"""Each story is played on every surface there is."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bots.reception import Reception
from bots.settings import Settings
from bots.surfaces import Surface
from bots.terminal.sent import fetched
from bots.wiring import build
from core.outbox import Undeliverable
from core.request import Address, Platform
from core.ui import Message
from persistence.mongo import open_mongo
from tests.blank import blank
from tests.servers.claude import ClaudeServer
from tests.stories.discord import Server, a_server, in_discord
from tests.stories.slack import Office, an_office, in_slack
from tests.stories.student import Student
from tests.stories.terminal import at_the_terminal

ON_MONGODB = frozenset(
    {
        "test_a_form_that_is_left_is_taken_up_again",
        "test_a_module_is_opened_ticked_noted_and_completed",
        "test_an_answer_that_is_stopped_keeps_what_came",
        "test_figures_are_logged_in_free_words_read_back_and_reported",
        "test_the_answer_is_saved_refined_and_run_again",
        "test_the_interview_asks_one_question_at_a_time_and_can_be_left_and_taken_up",
        "test_the_second_start_takes_up_where_the_first_ended",
    }
)
"""Stories that are played with the record in a MongoDB too: between them they touch the collections of a student's day."""
IN_SLACK_ON_MONGODB = frozenset({"test_a_form_that_is_left_is_taken_up_again", "test_the_answer_is_saved_refined_and_run_again"})
"""Of these, those that are so in Slack as well: what Slack adds to the record are the forms of open modals."""

NOT_IN_DISCORD = frozenset({"test_a_form_that_is_left_is_taken_up_again"})
"""Discord tells nobody that a form was closed, and keeps nothing of it: `test_discord_commands.py` says what is kept there."""
IN_DISCORD_ON_MONGODB = frozenset({"test_the_answer_is_saved_refined_and_run_again"})


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Play each story on every surface and the embedded record, and some on a MongoDB too."""
    name, surfaces = metafunc.function.__name__, ["terminal"]
    if "student" in metafunc.fixturenames or "coached" in metafunc.fixturenames:
        surfaces += ["slack"] if name in NOT_IN_DISCORD else ["slack", "discord"]
    played = [(surface, "embedded") for surface in surfaces]
    played += [("terminal", "mongodb")] if name in ON_MONGODB else []
    played += [("slack", "mongodb")] if name in IN_SLACK_ON_MONGODB else []
    played += [("discord", "mongodb")] if name in IN_DISCORD_ON_MONGODB else []
    if "surface" in metafunc.fixturenames:
        metafunc.parametrize(("surface", "mongodb"), played, indirect=["mongodb"])


@pytest.fixture
async def mongodb(request: pytest.FixtureRequest) -> AsyncGenerator[str, None]:
    """The address of a database of the story's own, or nothing where the record is embedded."""
    if request.param == "embedded":
        yield ""
        return
    address, name = request.getfixturevalue("mongo_address"), f"elevate_{secrets.token_hex(6)}"
    database = await open_mongo(address, database=name, selection_seconds=60)
    await database.ping()  # the server may have been started this moment
    yield f"{address.rstrip('/')}/{name}"
    await database.drop()
    await database.close()


class Nobody:
    """Implements `core.ports.Messenger` where nobody listens but to answers."""

    async def post(self, to: Address, message: Message, key: str = "") -> str:
        """Nobody is there."""
        raise Undeliverable("There is no terminal in this story.")

    async def edit(self, to: Address, posted: str, message: Message) -> None:
        """Nobody is there."""
        raise Undeliverable("There is no terminal in this story.")

    async def find(self, to: Address, key: str) -> str | None:
        """Nothing was posted."""
        return None


@asynccontextmanager
async def program(folder: Path, claude: ClaudeServer | None = None, mongodb: str = "") -> AsyncGenerator[Reception, None]:
    """The whole program with its data in the folder, or its record in a MongoDB: without a key, or with Claude's key set."""
    async with build(Settings.model_validate(told(folder, claude, mongodb))) as built:
        with built.surfaces.opened(Surface(Platform.TERMINAL, Nobody(), fetch=fetched)):
            yield built.reception


def told(folder: Path, claude: ClaudeServer | None, mongodb: str) -> dict[str, object]:
    """What the program is told by its settings."""
    key = {"ANTHROPIC_API_KEY": "sk-ant-story", "ANTHROPIC_BASE_URL": claude.url} if claude else {}
    there = {"ELEVATE_MONGODB_URI": mongodb} if mongodb else {}
    return {"ELEVATE_DATA_DIR": folder / "data" if mongodb else blank(folder / "data"), **there, **key}


@pytest.fixture
async def claude() -> AsyncGenerator[ClaudeServer, None]:
    """A stand-in for Claude, which says what the story has it say."""
    async with ClaudeServer() as server:
        yield server


@pytest.fixture
async def student(surface: str, tmp_path: Path, mongodb: str) -> AsyncGenerator[Student, None]:
    """A student whom nobody knows yet; at the terminal they are at a pipe, which greets nobody."""
    async with _somewhere(surface, tmp_path, None, mongodb) as came:
        yield came


@pytest.fixture
async def newcomer(surface: str, tmp_path: Path, mongodb: str) -> AsyncGenerator[Student, None]:
    """A student whom nobody knows yet, and who is greeted and asked who they are: at the terminal only.

    Slack tells a person's name and time zone itself; what it greets them with is the home tab (`test_slack_home.py`). Discord
    tells the name, and greets nobody unasked.
    """
    assert surface == "terminal"
    async with at_the_terminal(lambda: program(tmp_path, None, mongodb), tmp_path, attended=True) as came:
        yield came


@pytest.fixture
async def coached(surface: str, tmp_path: Path, claude: ClaudeServer, mongodb: str) -> AsyncGenerator[Student, None]:
    """A student whose bot has a key: Claude answers."""
    async with _somewhere(surface, tmp_path, claude, mongodb) as came:
        yield came


@pytest.fixture
async def office(tmp_path: Path, claude: ClaudeServer) -> AsyncGenerator[Office, None]:
    """A Slack in which Elevate answers, for stories of Slack's own; Claude answers too."""
    async with an_office(told(tmp_path, claude, "")) as opened:
        yield opened


@pytest.fixture
async def guild(tmp_path: Path, claude: ClaudeServer) -> AsyncGenerator[Server, None]:
    """A Discord in which Elevate answers, for stories of Discord's own; Claude answers too."""
    async with a_server(told(tmp_path, claude, "")) as opened:
        yield opened


def _somewhere(surface: str, folder: Path, claude: ClaudeServer | None, mongodb: str) -> AbstractAsyncContextManager[Student]:
    if surface == "slack":
        return in_slack(told(folder, claude, mongodb))
    if surface == "discord":
        return in_discord(told(folder, claude, mongodb))
    return at_the_terminal(lambda: program(folder, claude, mongodb), folder)
