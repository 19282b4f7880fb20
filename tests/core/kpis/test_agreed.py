"""What is typed below figures that were read back: saved by a yes, put right by a no, and chosen by a name."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.kpis.again import FRESH
from core.kpis.agreeing import ReadBackAnswered, chosen_in
from core.kpis.service import Snapshots
from core.kpis.yeses import agrees, doubts, nods
from core.people.model import Person
from core.plain import message
from core.request import Asked, Said
from core.ui import Message
from tests.core.course.world import ACTOR, ADDRESS, NOON, Student, pressables
from tests.core.kpis.test_typed_again import BELOW, NOBODY, SINCE, others
from tests.core.kpis.world import METRICS, logging_student
from tests.core.others import Others, Words

FIRST = "ctr 1.8% leads 12"


@pytest.fixture
async def nora(tmp_path: Path) -> AsyncIterator[Student]:
    async with logging_student(tmp_path) as student:
        yield student


async def _snapshots(snapshots: Snapshots) -> Snapshots:
    return snapshots


async def _answers(nora: Student, also: Others = NOBODY, reminded: Sequence[object] = ()) -> ReadBackAnswered:
    async def came(person: Person, since: datetime) -> Sequence[object]:
        return reminded

    return ReadBackAnswered(await nora.services.call(_snapshots), also.meanwhile, came)


async def _hears(nora: Student, said: Said | str, also: Others = NOBODY, reminded: Sequence[object] = ()) -> str:
    """What is answered, or "" where the words are for somebody else."""
    words = replace(BELOW, text=said) if isinstance(said, str) else said
    answer = await (await _answers(nora, also, reminded)).hear(words, await nora.people.meet(ACTOR, words.at))
    assert answer is None or isinstance(answer, Message)
    return message(answer) if answer else ""


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        *(
            (each, agrees)
            for each in ("yes", "save", "save it", "ok save", "yes please", "correct", "looks right", "yep that's right")
        ),
        *((each, agrees) for each in ("all good", "they look fine to me", "go ahead", "great, save them all please", "do it")),
        *((each, doubts) for each in ("no", "that's wrong", "no, that's not right", "change it", "don't save", "one is wrong")),
        *((each, nods) for each in ("ok", "thanks", "great, thank you", "cool")),
        *((each, None) for each in ("yes but leads were 14", "save my draft", "i saved it", "no idea", "keep me posted", "hi")),
        *(
            (each, None)
            for each in ("right now i am stuck", "no more reminders", "change my goal", "wrong audience", "stop", "skip")
        ),
    ],
)
def test_a_yes_and_a_no_are_told_from_other_words(words: str, meant: object) -> None:
    plain = words.replace(",", "")
    assert [each for each in (agrees, doubts, nods) if each(plain)] == ([meant] if meant else [])


@pytest.mark.parametrize(
    ("choice", "words", "values"),
    [
        ("conversionBasis", "visits", ["sessions"]),
        ("conversionBasis", "the leads", ["leads"]),
        ("conversionBasis", "i count the visits to my shop", ["sessions"]),
        ("conversionBasis", "leads 14", []),
        ("conversionBasis", "the shop", []),
        ("scoreType", "nps", ["nps"]),
        ("scoreType", "csat", ["csatPercent", "csatAverage"]),
        ("scoreType", "average", ["csatAverage"]),
        ("repeatWindow", "60 days", ["days60"]),
        ("repeatWindow", "one year", ["oneYear"]),
        ("repeatWindow", "never", []),
    ],
)
def test_a_choice_is_named_in_words(choice: str, words: str, values: list[str]) -> None:
    assert chosen_in(words, METRICS.choices[choice]) == values


@pytest.mark.parametrize("words", ["Yes!", "save", "ok, save", "Looks right.", "👍"])
async def test_a_yes_saves_what_was_read_back(nora: Student, words: str) -> None:
    await nora.message("kpi log", FIRST)
    assert "Saved for" in await _hears(nora, words)
    assert "1.8%" in await nora.text("kpi report")
    assert await _hears(nora, words) == ""


async def test_a_no_says_how_to_put_it_right_and_thanks_that_nothing_is_saved(nora: Student) -> None:
    await nora.message("kpi log", FIRST)
    answer = await (await _answers(nora)).hear(replace(BELOW, text="that's wrong"), nora.person)
    assert isinstance(answer, Message)
    assert [each.label for each in pressables(answer)] == ["Change", "Save them as they are"]
    assert "not saved yet" in await _hears(nora, "thanks")
    assert "Nothing is logged yet" in await nora.text("kpi")
    assert "Saved for" in await _hears(nora, "ok save them")


async def test_a_choice_that_is_asked_takes_its_name(nora: Student) -> None:
    await nora.message("kpi log", "conversion 3% leads 12 csat 80")
    assert "What do you count" in await _hears(nora, "yes")
    assert "Which satisfaction score" in await _hears(nora, "the visits")
    assert "Which satisfaction score" in await _hears(nora, "csat")
    assert "Which satisfaction score" not in await _hears(nora, "percent")
    assert "Saved for" in await _hears(nora, "yes")


async def test_it_is_for_others_where_anything_else_happened_since(nora: Student) -> None:
    yes = replace(BELOW, text="yes")
    assert await _hears(nora, yes) == ""
    await nora.message("kpi log", FIRST)
    assert await _hears(nora, replace(yes, direct=False)) == ""
    assert await _hears(nora, replace(yes, at=NOON + FRESH + timedelta(minutes=1))) == ""
    assert await _hears(nora, replace(yes, replies_to="a word of an agent")) == ""
    assert await _hears(nora, yes, others(letters=[SINCE])) == ""
    assert await _hears(nora, yes, others(Words(SINCE))) == ""
    assert await _hears(nora, yes, reminded=["Is it done?"]) == ""
    assert await _hears(nora, "yes?") == ""
    turned = Asked(id="evt", actor=ACTOR, address=ADDRESS, at=NOON, command="foundation interview")
    await (await _answers(nora)).passed_by(turned, nora.person)
    assert await _hears(nora, yes) == ""
    await nora.message("kpi log", FIRST)
    assert "Saved for" in await _hears(nora, yes)
