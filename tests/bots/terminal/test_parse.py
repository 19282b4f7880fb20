"""Reading a typed line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.terminal.parse import Quit, is_command, parse
from bots.terminal.sent import FileNotRead, fetched
from core.request import Actor, Address, Asked, Event, Platform, Said
from core.ui import Button, Call

EVENT = Event(
    id="evt_1",
    actor=Actor(Platform.TERMINAL, "terminal", "maria", "Maria"),
    address=Address(Platform.TERMINAL, "terminal", "terminal"),
    at=datetime(2026, 3, 2, tzinfo=UTC),
)
BUTTONS = (
    Button("Run H1", Call("run", {"code": "H1"}, form=True)),
    Button("Don’t keep it, yet", Call("note", words="as typed")),
    Button("", Call("feedback")),
)


def test_a_line_that_begins_with_the_path_of_a_file_sends_it(tmp_path: Path) -> None:
    file = tmp_path / "my figures.csv"
    file.write_bytes(b"ctr,leads\n2%,240\n")
    for line in (f"'{file}'", str(file).replace(" ", "\\ "), file.as_uri(), f'"{file}" what happened?'):
        said = parse(line, (), EVENT)
        assert isinstance(said, Said)
        assert [(each.name, each.content) for each in said.files] == [("my figures.csv", b"ctr,leads\n2%,240\n")]
        assert said.text == ("what happened?" if line.endswith("?") else "")


def test_a_file_may_stand_after_the_command_that_brings_it_in(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(b"Name,Account\nDora,dora\n")
    for command in ("/cohort import", "/KPI  import"):
        said = parse(f"{command} {tmp_path}/list.csv", (), EVENT)
        assert isinstance(said, Said)
        assert [each.name for each in said.files] == ["list.csv"]
        alone = parse(command, (), EVENT)
        assert isinstance(alone, Asked)
        assert alone.words == "import"


def test_what_is_no_file_is_what_it_was(tmp_path: Path) -> None:
    for line in (f"{tmp_path}/none.csv", str(tmp_path), "'half", "~nobody/x.csv", "notes.csv", "./none.csv what?"):
        request = parse(line, (), EVENT)
        assert not (isinstance(request, Said) and request.files), line


async def test_a_large_file_is_got_when_it_is_wanted(tmp_path: Path) -> None:
    file = tmp_path / "large.csv"
    file.write_bytes(b"1,2\n" * 200_000)
    said = parse(str(file), (), EVENT)
    assert isinstance(said, Said)
    [sent] = said.files
    assert (sent.content, sent.size) == (b"", 800_000)
    assert len((await fetched(EVENT.address, sent)).content) == 800_000
    file.unlink()
    with pytest.raises(FileNotRead):
        await fetched(EVENT.address, sent)


@pytest.mark.parametrize(
    ("line", "command", "words"),
    [
        ("/help", "help", ""),
        ("  /help  ", "help", ""),
        ("/kpi log", "kpi", "log"),
        ("/run H1 for  my shop", "run", "H1 for  my shop"),
        ("/note one\ntwo\n  three", "note", "one\ntwo\n  three"),
        ("/note\nline", "note", "line"),
        ("/", "", ""),
        ("//help", "/help", ""),
    ],
)
def test_a_slash_asks_for_a_command(line: str, command: str, words: str) -> None:
    request = parse(line, (), EVENT)
    assert isinstance(request, Asked)
    assert (request.command, request.words, request.id, request.at) == (command, words, EVENT.id, EVENT.at)
    assert not request.values


def test_a_number_presses_the_button_that_bears_it() -> None:
    first, second = parse("1", BUTTONS, EVENT), parse(" 2 ", BUTTONS, EVENT)
    assert isinstance(first, Asked)
    assert (first.command, first.values, first.form) == ("run", {"code": "H1"}, True)
    assert isinstance(second, Asked)
    assert (second.command, second.words, second.form) == ("note", "as typed", False)


@pytest.mark.parametrize("line", ["0", "4", "1.", "-1", "1 2", "٢", "²", "99999999999999999999", "1e0"])
def test_other_numbers_are_words(line: str) -> None:
    assert isinstance(parse(line, BUTTONS, EVENT), Said)


@pytest.mark.parametrize("line", ["run h1", " RUN H1. ", "“Run H1”", "run  h1!"])
def test_a_buttons_label_presses_it_whatever_its_case_and_signs(line: str) -> None:
    request = parse(line, BUTTONS, EVENT, question=True)
    assert isinstance(request, Asked)
    assert (request.command, request.values, request.form) == ("run", {"code": "H1"}, True)


@pytest.mark.parametrize("line", ["dont keep it yet", "Don't keep it yet"])
def test_an_apostrophe_makes_no_other_label(line: str) -> None:
    assert isinstance(parse(line, BUTTONS, EVENT), Asked)


@pytest.mark.parametrize("line", ["run", "run H1 again", "Run H12", "it did not", "…", "!"])
def test_words_that_are_no_label_are_words(line: str) -> None:
    assert isinstance(parse(line, BUTTONS, EVENT), Said)


def test_a_label_that_two_buttons_bear_presses_neither_unless_they_do_the_same() -> None:
    alike = (*BUTTONS, Button("Run H1", Call("run", {"code": "H2"})))
    assert isinstance(parse("run h1", alike, EVENT), Said)
    assert isinstance(parse("run h1", (*BUTTONS, BUTTONS[0]), EVENT), Asked)


@pytest.mark.parametrize("line", ["/quit", "/QUIT ", " /exit", "exit", "Quit.", "bye!", "goodbye", "exit()"])
def test_quit_leaves(line: str) -> None:
    assert parse(line, BUTTONS, EVENT) == Quit()


@pytest.mark.parametrize("line", ["exit", "Quit.", "bye!"])
def test_a_question_that_is_open_is_left_by_the_same_words_and_the_conversation_stays(line: str) -> None:
    assert isinstance(parse(line, BUTTONS, EVENT, question=True), Said)
    assert parse("/quit", BUTTONS, EVENT, question=True) == Quit()


@pytest.mark.parametrize("line", ["exit pop-up", "how do I exit", "I quit my job", "bye bye love"])
def test_more_than_the_word_does_not_leave(line: str) -> None:
    assert isinstance(parse(line, BUTTONS, EVENT), Said)


@given(st.text())
def test_any_line_is_said_as_it_stands_unless_it_is_a_command_a_button_or_the_wish_to_leave(line: str) -> None:
    request = parse(line, BUTTONS, EVENT)
    if is_command(line):
        assert isinstance(request, Asked | Quit)
    elif request not in (Quit(), *(parse(str(number), BUTTONS, EVENT) for number in (1, 2, 3))):
        assert isinstance(request, Said)
        assert request.text == line.strip()
        assert (request.addressed, request.direct) == (True, True)
