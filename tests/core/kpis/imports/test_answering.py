"""What is typed below a table of figures: an offer taken, weeks turned round, and all of them saved, in words."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.kpis.again import FRESH
from core.kpis.imports.answering import TableAnswered, days_meant
from core.kpis.imports.hearing import FiguresSent
from core.kpis.imports.service import Imports
from core.kpis.imports.spans import Marks
from core.kpis.service import Snapshots
from core.people.model import Person
from core.plain import message
from core.request import Asked, File, Said
from core.ui import Message
from tests.core.course.world import ACTOR, ADDRESS, NOON, Student, pressables
from tests.core.kpis.world import logging_student
from tests.core.others import Others, Words

WEDNESDAYS = "Date,CTR,Leads\n2026-03-18,2%,12\n2026-03-25,2.2%,14\n2026-04-01,2.1%,13\n"
MONDAYS = "Date,CTR,Leads\n2026-03-16,2%,12\n2026-03-23,2.2%,14\n2026-03-30,2.1%,13\n"
BELOW = Said(id="evt", actor=ACTOR, address=ADDRESS, at=NOON + timedelta(minutes=2), text="")
NOBODY = Others()


@pytest.fixture
async def nora(tmp_path: Path) -> AsyncIterator[Student]:
    async with logging_student(tmp_path) as student:
        yield student


async def _imports(imports: Imports) -> Imports:
    return imports


async def _snapshots(snapshots: Snapshots) -> Snapshots:
    return snapshots


async def _answering(nora: Student, also: Others, reminded: Sequence[object]) -> TableAnswered:
    async def came(person: Person, since: datetime) -> Sequence[object]:
        return reminded

    imports, snapshots = await nora.services.call(_imports), await nora.services.call(_snapshots)
    return TableAnswered(imports, snapshots, also.meanwhile, came)


async def _hears(nora: Student, said: Said | str, also: Others = NOBODY, reminded: Sequence[object] = ()) -> str:
    """What is answered, or "" where the words are for somebody else."""
    words = replace(BELOW, text=said) if isinstance(said, str) else said
    answer = await (await _answering(nora, also, reminded)).hear(words, nora.person)
    assert answer is None or isinstance(answer, Message)
    return message(answer) if answer else ""


async def _calls(person: Person, words: str) -> bool:
    return words.startswith("Guide")


async def _sent(nora: Student, table: str, text: str = "") -> Message | None:
    """What is answered to a file with these words."""
    said = replace(BELOW, at=NOON, text=text, files=(File("figures.csv", "text/csv", table.encode()),))
    answer = await FiguresSent(await nora.services.call(_imports), _calls).hear(said, nora.person)
    assert answer is None or isinstance(answer, Message)
    return answer


async def _read(nora: Student, table: str = WEDNESDAYS) -> Message:
    """The table, read back by the button."""
    offered = await _sent(nora, table)
    assert offered is not None
    shown = await nora.press(offered, "Read these figures")
    assert isinstance(shown, Message)
    return shown


@pytest.mark.parametrize("words", ["yes", "yes please", "read them", "ok read them please", "go ahead"])
async def test_an_offer_is_taken_in_words(nora: Student, words: str) -> None:
    await _sent(nora, WEDNESDAYS)
    assert "I read 3 periods" in await _hears(nora, words)


@pytest.mark.parametrize(
    "words",
    ["save them", "yes save them", "save all", "save all 3", "Save all three weeks please", "yes", "ok, save all of them"],
)
async def test_all_are_saved_in_words(nora: Student, words: str) -> None:
    await _read(nora)
    assert "3 periods saved" in await _hears(nora, words)
    assert await _hears(nora, words) == ""


@pytest.mark.parametrize(
    "words",
    ["no, those are the Mondays, the week starts there", "these are first days", "no they are the first days of the week"],
)
async def test_the_weeks_are_turned_round_in_words_and_back(nora: Student, words: str) -> None:
    assert "as the last of its week" in message(await _read(nora))
    shown = await _hears(nora, words)
    assert "as the first of its week" in shown
    assert "7 days to 24 March 2026" in shown
    assert "Save it as I read it" in await _hears(nora, words), "they are that already"
    assert "as the last of its week" in await _hears(nora, "no, these are last days")
    assert "3 periods saved" in await _hears(nora, "save all")


async def test_mondays_are_first_days_until_somebody_says_otherwise(nora: Student) -> None:
    shown = await _read(nora, MONDAYS)
    assert "I took each day as the first of its week." in message(shown)
    assert "7 days to 5 April 2026" in message(shown)
    assert "These are last days" in [each.label for each in pressables(shown)]
    turned = await nora.press(shown, "These are last days")
    assert isinstance(turned, Message)
    assert "7 days to 30 March 2026" in message(turned)
    assert "These are first days" in [each.label for each in pressables(turned)]


async def test_a_monday_whose_week_is_not_over_ends_one(nora: Student) -> None:
    shown = message(await _read(nora, f"{MONDAYS}2026-04-06,2%,9\n"))
    assert "as the last of its week" in shown
    assert "7 days to 6 April 2026" in shown
    turned = await _hears(nora, "those are mondays")
    assert "What is not over yet is left out." in turned
    assert "I read 3 periods" in turned


@pytest.mark.parametrize("words", ["no", "that's wrong", "thanks", "don't save"])
async def test_a_no_saves_nothing_and_says_what_to_do(nora: Student, words: str) -> None:
    await _read(nora)
    shown = await _hears(nora, words)
    assert "Nothing of that is saved yet" in shown
    assert "3 periods saved" in await _hears(nora, "save them")


LEFT = [
    "save my draft",
    "save 3",
    "save all my drafts",
    "yes but leads were 14",
    "no idea",
    "is monday the first day?",
    "on monday i start the ads",
    "mondays are hard",
    "remind me on mondays",
    "the week starts badly",
    "first things first",
    "14 leads",
    "read my hook",
]


@pytest.mark.parametrize("words", LEFT)
async def test_other_words_are_left(nora: Student, words: str) -> None:
    await _read(nora)
    assert await _hears(nora, words) == ""


async def test_words_are_left_where_something_else_happened_since(nora: Student) -> None:
    await _read(nora)
    talk, letter = Others(), Others()
    talk.talk, letter.letters = [Words(BELOW.at - timedelta(minutes=1))], [BELOW.at - timedelta(minutes=1)]
    assert await _hears(nora, "save them", talk) == ""
    assert await _hears(nora, "save them", letter) == ""
    assert await _hears(nora, "save them", reminded=["one"]) == ""
    assert await _hears(nora, replace(BELOW, text="save them", at=NOON + FRESH + timedelta(minutes=1))) == ""
    assert await _hears(nora, replace(BELOW, text="save them", direct=False)) == ""
    asked = Asked(id="evt", actor=ACTOR, address=ADDRESS, at=BELOW.at, command="help")
    await (await _answering(nora, NOBODY, ())).passed_by(asked, nora.person)
    assert await _hears(nora, "save them") == ""


async def test_words_are_left_where_figures_were_read_back_since(nora: Student) -> None:
    await _read(nora)
    await nora.ask("kpi log", "leads 12", at=NOON + timedelta(minutes=1))
    assert await _hears(nora, "save them") == ""


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("those are mondays", Marks.FIRST),
        ("the week starts there", Marks.FIRST),
        ("not the last days", Marks.FIRST),
        ("they are not mondays", Marks.LAST),
        ("these are sundays", Marks.LAST),
        ("the weeks end there", Marks.LAST),
        ("not the last days the first days", Marks.FIRST),
        ("the week starts monday and ends sunday", None),
        ("yes", None),
        ("monday morning", None),
    ],
)
def test_which_end_of_a_week_is_meant(words: str, meant: Marks | None) -> None:
    assert days_meant(words) is meant


@pytest.mark.parametrize(
    "words",
    [
        "Here are my last three weeks",
        "/kpi import",
        "kpi import",
        "from my sheet, hope this works",
        "lst 3 wks",
        "the last weeks",
    ],
)
async def test_a_table_of_figures_is_asked_about_whatever_goes_along(nora: Student, words: str) -> None:
    shown = await _sent(nora, WEDNESDAYS, words)
    assert shown is not None
    assert "That looks like figures" in message(shown)


@pytest.mark.parametrize(
    "words",
    [
        "what do you think of these weeks",
        "is this good?",
        "Guide, here are my last weeks",
        "@Guide here are my last weeks",
        "these are my members",
        "invite these people",
        "my customer list with orders",
        "please summarise this",
        "write me an email about this",
        "compare these weeks with the ones before",
        "/foundation",
    ],
)
async def test_a_file_with_words_for_something_else_is_left(nora: Student, words: str) -> None:
    assert await _sent(nora, WEDNESDAYS, words) is None


@pytest.mark.parametrize("table", ["Name,Mail\nIda,ida@example.org\n", "Product,Orders\nJar,12\nPress,3\n", ""])
async def test_a_table_that_is_hardly_of_figures_is_left_beside_words(nora: Student, table: str) -> None:
    assert await _sent(nora, table, "Here you go, from last week") is None
