"""Figures that are put right with the reason beside them, below a read-back, though an agent answered a first try."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.kpis.agreeing import ReadBackAnswered
from core.kpis.hearing import FiguresAgain
from core.kpis.service import Snapshots
from core.kpis.tries import is_another_try
from core.people.model import Person
from core.plain import message
from core.request import Said
from core.ui import Message
from tests.core.course.world import ACTOR, ADDRESS, NOON, Student
from tests.core.kpis.world import METRICS, logging_student
from tests.core.others import Others, Words

MINUTE = timedelta(minutes=1)
SAID = Said(id="evt", actor=ACTOR, address=ADDRESS, at=NOON + 10 * MINUTE, text="")
FIRST = "last week 9 orders and 14 leads"
MISSED = Words(NOON + 5 * MINUTE, "hm the orders were like 19 or so, etsy and all")
HOOK = Words(NOON + 5 * MINUTE, "Write me a hook")
LATER = timedelta(minutes=45)


@pytest.fixture
async def nora(tmp_path: Path) -> AsyncIterator[Student]:
    async with logging_student(tmp_path) as student:
        yield student


def others(*typed: Words, letters: Sequence[datetime] = (), practice: bool = False) -> Others:
    """Who talks with them since, and writes to them."""
    found = Others()
    found.talk, found.letters, found.practice = [*typed], [*letters], practice
    return found


async def _snapshots(snapshots: Snapshots) -> Snapshots:
    return snapshots


async def _nothing_came(person: Person, since: datetime) -> Sequence[object]:
    return ()


async def _again(nora: Student, words: str, also: Others | None = None, at: datetime = SAID.at) -> Message | None:
    """What is answered, or None where the words are for somebody else."""
    snapshots = await nora.services.call(_snapshots)
    heard = await FiguresAgain(snapshots, (also or others()).meanwhile).hear(replace(SAID, text=words, at=at), nora.person)
    assert heard is None or isinstance(heard, Message)
    return heard


async def _answered(nora: Student, words: str, also: Others, at: datetime = SAID.at) -> str:
    """What is answered to a yes and the like, or "" where it is for somebody else."""
    answering = ReadBackAnswered(await nora.services.call(_snapshots), also.meanwhile, _nothing_came)
    heard = await answering.hear(replace(SAID, text=words, at=at), await nora.people.meet(ACTOR, at))
    assert heard is None or isinstance(heard, Message)
    return message(heard) if heard else ""


@pytest.mark.parametrize(
    "words",
    [
        "no sorry 19 orders, I forgot etsy",
        "No sorry, 19 orders. I forgot etsy",
        "sorry its 19 not 9",
        "orders were 19 not 9",
        "19 orders actually (etsy)",
        "make the orders 19",
        "19 orders and 14 leads last week",
        "orders is 19 because i forgot etsy",
        "no, orders 19 incl. etsy",
        "i forgot the etsy orders so 19",
        "sorry 19 orders - etsy was missing",
        "orders: 19 (with etsy), leads: 14",
        "sorry 19 orders last week, i forgot etsy",
    ],
)
async def test_a_figure_is_put_right_and_its_reason_is_no_trouble(nora: Student, words: str) -> None:
    await nora.message("kpi log", FIRST)
    shown = await _again(nora, words)
    assert shown is not None
    assert "Orders: 19 (was 9)." in message(shown)
    assert "could not place" not in message(shown)
    assert "14" in message(shown)
    assert "Saved for" in await _answered(nora, "yes", others(), SAID.at + MINUTE)


@pytest.mark.parametrize(
    "words", ["oh wait 19, forgot the etsy ones", "it was 19 with etsy", "sorry 19", "no, 19 in total", "I forgot etsy so 19"]
)
async def test_a_number_without_a_name_is_the_one_figure_that_it_can_be_or_is_asked_about(nora: Student, words: str) -> None:
    await nora.message("kpi log", "last week 9 orders")
    alone = await _again(nora, words)
    assert alone is not None
    assert "Orders: 19 (was 9)." in message(alone)
    await nora.message("kpi log", "last week 9 orders and 14 leads")
    which = await _again(nora, words)
    assert which is not None
    assert "Which figure is 19?" in message(which)
    assert await _answered(nora, "yes", others()) == "", "a yes says not which"
    shown = await nora.press(which, "Orders: 19")
    assert isinstance(shown, Message)
    assert "Orders: 19 (was 9)." in message(shown)
    assert "5 April 2026" in message(shown)


@pytest.mark.parametrize(
    "words",
    [
        "sorry, 19 orders need packing today",
        "should be 19 orders, etsy has 10",
        "sorry 19, etsy had 10 more",
        "sorry I forgot 10 orders",
        "sorry I forgot: 10 orders",
        "sorry 10 orders were missing",
        "sorry, 10 orders i forgot",
        "sorry forgot those 10 orders from etsy",
        "10 orders on etsy, sorry",
        "wait, 19 boxes are left",
        "oh wait 19 hooks",
        "no 5 reviews came in",
        "sorry what are 19 orders worth",
        "no my goal is 19 orders",
        "sorry, can you write 19 hooks",
        "not 9 orders, i forgot etsy",
        "9 orders is wrong, i forgot etsy",
        "sorry, 12% of orders came back",
        "wait 3 orders are late",
        "sorry about the 19 orders yesterday",
        "sorry 20 leads would be great",
        "no, module 3",
        "actually i sell 19 jars",
        "wait, 19 and 15",
        "i am 19",
        "sorry, i forgot to say hello",
        "no sorry 19 orders, is that good?",
        "no sorry 19 orders, I forgot etsy " + "and so on " * 8,
    ],
)
async def test_what_may_be_anything_else_is_left(nora: Student, words: str) -> None:
    await nora.message("kpi log", FIRST)
    assert await _again(nora, words) is None


async def test_a_reason_is_no_figure_where_nothing_was_read_back(nora: Student) -> None:
    assert await _again(nora, "no sorry 19 orders, I forgot etsy") is None


@pytest.mark.parametrize(
    "words",
    ["orders were 19 not 9", "no sorry 19 orders, i forgot etsy", "yes", "that's wrong", "19 i think, with etsy", "leads 15"],
)
def test_another_try_is_known(words: str) -> None:
    assert is_another_try(words, METRICS)


@pytest.mark.parametrize(
    "words",
    ["write me 5 hooks for my leads", "what are 19 orders worth", "is 9 orders ok?", "my goal is 19 orders", "hello", "10 jars"],
)
def test_words_for_agents_are_no_try(words: str) -> None:
    assert not is_another_try(words, METRICS)


@pytest.mark.parametrize(
    "words", ["orders were 19 not 9", "no sorry 19 orders, I forgot etsy", "19 orders and 14 leads last week"]
)
async def test_one_miss_closes_nobody_out(nora: Student, words: str) -> None:
    await nora.message("kpi log", FIRST)
    shown = await _again(nora, words, others(MISSED, Words(NOON + 8 * MINUTE, "yes")))
    assert shown is not None
    assert "Orders: 19 (was 9)." in message(shown)


async def test_after_another_talk_they_are_heard_once_it_is_over(nora: Student) -> None:
    await nora.message("kpi log", FIRST)
    words = "orders were 19 not 9"
    assert await _again(nora, words, others(HOOK)) is None
    assert await _again(nora, words, others(HOOK, replace(MISSED, at=SAID.at))) is None, "it is said in that talk"
    assert await _again(nora, words, others(letters=[NOON + MINUTE]), NOON + LATER) is None
    assert await _again(nora, words, others(HOOK), NOON + LATER) is not None


async def test_a_yes_that_may_be_for_an_agent_shows_what_waits_and_the_next_one_saves(nora: Student) -> None:
    await nora.message("kpi log", FIRST)
    missed = others(MISSED)
    shown = await _answered(nora, "yes", missed)
    for told in ("None of this is saved yet", "14", "[Save] [Change]"):
        assert told in shown
    assert "Nothing is logged yet" in await nora.text("kpi report")
    assert "Saved for" in await _answered(nora, "yes", missed, SAID.at + MINUTE)


async def test_a_yes_in_another_talk_is_for_the_agent_until_it_is_over(nora: Student) -> None:
    await nora.message("kpi log", FIRST)
    assert await _answered(nora, "yes", others(HOOK)) == ""
    assert await _answered(nora, "yes", others(HOOK, replace(MISSED, at=SAID.at))) == ""
    assert await _answered(nora, "thanks", others(HOOK), NOON + LATER) == ""
    assert "None of this is saved yet" in await _answered(nora, "yes", others(HOOK), NOON + LATER)


async def test_thanks_after_a_miss_show_what_waits_and_without_a_key_a_yes_saves(nora: Student) -> None:
    await nora.message("kpi log", FIRST)
    assert "None of this is saved yet" in await _answered(nora, "thanks", others(MISSED))
    await nora.message("kpi log", FIRST)
    assert "Saved for" in await _answered(nora, "yes", others(MISSED, practice=True))
