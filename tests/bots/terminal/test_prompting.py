"""What a person types: keys, history and completion, with prompt_toolkit's own pipe in place of a terminal."""

from __future__ import annotations

import stat
from collections.abc import AsyncGenerator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent, Completer
from prompt_toolkit.document import Document
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from bots.boundary import Door
from bots.terminal.completion import FieldCompleter, LineCompleter
from bots.terminal.keyboard import Stopped
from bots.terminal.prompting import Prompting, kept_history
from bots.terminal.sender import Closed
from bots.terminal.who import place
from core.request import Event
from core.ui import Field
from tests.bots.tiny import Desk, tiny
from tests.stories.terminal import MARIA

NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    """Where keys are pressed."""
    with create_pipe_input() as pressed, create_app_session(input=pressed, output=DummyOutput()):
        yield pressed


@pytest.fixture
async def app(tmp_path: Path) -> AsyncGenerator[Door, None]:
    async with tiny(tmp_path, Desk()) as made:
        yield made.door


def event() -> Event:
    return Event(id="evt_1", actor=MARIA, address=place(MARIA), at=NOW)


@pytest.fixture
def prompting(keys: PipeInput, app: Door, tmp_path: Path) -> Prompting:
    return Prompting(app, event, tmp_path)


async def test_enter_sends_a_line(prompting: Prompting, keys: PipeInput) -> None:
    keys.send_text("What is a hook?\r")
    assert await prompting.line() == "What is a hook?"


async def test_pasted_lines_stay_together(prompting: Prompting, keys: PipeInput) -> None:
    keys.send_text("\x1b[200~one\r\ntwo\n\nthree\x1b[201~\r")
    assert await prompting.line() == "one\ntwo\n\nthree"


async def test_alt_enter_makes_a_new_line(prompting: Prompting, keys: PipeInput) -> None:
    keys.send_text("one\x1b\rtwo\r")
    assert await prompting.line() == "one\ntwo"


async def test_ctrl_c_empties_a_line_before_it_stops(prompting: Prompting, keys: PipeInput) -> None:
    keys.send_text("never mind\x03hello\r")
    assert await prompting.line() == "hello"
    keys.send_text("\x03")
    with pytest.raises(Stopped):
        await prompting.line()


async def test_ctrl_d_on_an_empty_line_closes(prompting: Prompting, keys: PipeInput) -> None:
    keys.send_text("\x04")
    with pytest.raises(Closed):
        await prompting.line()


async def test_lines_are_remembered_but_answers_to_forms_are_not(
    prompting: Prompting, keys: PipeInput, app: Door, tmp_path: Path
) -> None:
    keys.send_text("first\r")
    await prompting.line()
    keys.send_text("private\r")
    assert await prompting.answer("note", Field("title", "Title")) == "private"
    again = Prompting(app, event, tmp_path)
    keys.send_text("\x1b[A\r")
    assert await again.line() == "first"
    assert "private" not in (tmp_path / "history").read_text(encoding="utf-8")
    assert stat.S_IMODE((tmp_path / "history").stat().st_mode) == 0o600


def test_a_history_that_cannot_be_kept_lasts_for_this_time(tmp_path: Path) -> None:
    (tmp_path / "history").mkdir()
    assert isinstance(kept_history(tmp_path), InMemoryHistory)


async def completions(completer: Completer, text: str) -> list[str]:
    found = completer.get_completions_async(Document(text), CompleteEvent(text_inserted=True))
    return [text[: len(text) + each.start_position] + each.text async for each in found]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("/ru", ["/run"]),
        ("/me", ["/me edit", "/me show"]),
        ("/BREAK", ["/break dry", "/break off"]),
        ("/qu", ["/quit"]),
        ("/run h", ["/run H1", "/run H2"]),
        ("/run ", ["/run H1", "/run H2", "/run G1"]),
        ("/note Spring p", ["/note Spring page"]),
        ("/nope x", []),
        ("/gallery x", []),
        ("/run", []),
        ("hello", []),
        ("mail me@te", []),
        ("", []),
    ],
)
async def test_lines_complete(app: Door, typed: str, found: list[str]) -> None:
    assert await completions(LineCompleter(app, event), typed) == found


async def test_the_last_argument_takes_all_that_is_left(app: Door) -> None:
    assert "/me edit Maria Europe/London" in await completions(LineCompleter(app, event), "/me edit Maria europe/lon")


async def test_every_listed_command_completes_with_its_summary(app: Door) -> None:
    found = LineCompleter(app, event).get_completions_async(Document("/"), CompleteEvent())
    summaries = {each.text: each.display_meta_text async for each in found}
    assert summaries["/run"] == "Run a prompt"
    assert "/welcome" not in summaries
    assert set(summaries) == {f"/{each.name}" for each in app.catalog.commands.values() if each.listed} | {"/quit"}


async def test_fields_complete(app: Door) -> None:
    assert await completions(FieldCompleter(app, event, "run", "code"), "g") == ["G1"]
    assert await completions(FieldCompleter(app, event, "run", "nothing"), "g") == []


async def test_what_a_value_says_itself_is_not_said_again_beside_it(app: Door) -> None:
    found = FieldCompleter(app, event, "run", "code").get_completions_async(Document("h1"), CompleteEvent())
    assert [(each.text, each.display_meta_text) async for each in found] == [("H1", "Pain headlines")]
