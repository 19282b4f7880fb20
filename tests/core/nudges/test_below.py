"""Which reminder words reply to, and whether it asked what the week is for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.nudges.below import WeekAsked
from core.nudges.model import Kind
from core.people.model import Person
from persistence.documents import Database
from tests.core.conftest import AT
from tests.core.nudges.asking import Asking, direct
from tests.students import DISCORD, met


@pytest.fixture
async def student(database: Database) -> Person:
    return await met(database, DISCORD)


@pytest.fixture
def asking(database: Database, student: Person) -> Asking:
    return Asking(database, student)


@pytest.fixture
def week(asking: Asking) -> WeekAsked:
    return WeekAsked(asking.reminders, asking.below)


async def came(asking: Asking, kind: Kind, name: str, hours: float) -> None:
    """A reminder of this kind, after the one about what was promised."""
    [first, *_] = await asking.reminders.came(asking.student, AT)
    then = {"created_at": AT + timedelta(hours=hours), "about": None}
    await asking.nudges.add(asking.student, first.model_copy(update={"id": name, "kind": kind, **then}))
    asking.posted[name] = f"nudge:{name}"


async def test_the_latest_of_the_last_day_asked_or_the_one_they_reply_to(asking: Asking, week: WeekAsked) -> None:
    await asking.about("Ring three shops")
    assert await week.asked(direct("words"), asking.student) is None
    await came(asking, Kind.RECOMMIT, "ndg_week", 1)
    found = await week.asked(direct("words", 60 * 24), asking.student)
    assert found is not None
    assert (found.id, found.replied) == ("ndg_week", False)
    assert await week.asked(direct("words", 60 * 26), asking.student) is None, "a day later"
    await came(asking, Kind.STALLED, "ndg_other", 2)
    assert await week.asked(direct("words", 60 * 3), asking.student) is None, "another came"
    replied = await week.asked(replace(direct("words", 60 * 3), replies_to="ndg_week"), asking.student)
    assert replied is not None
    assert (replied.id, replied.replied, replied.talked) == ("ndg_week", True, False)
    assert await week.asked(replace(direct("words", 60 * 3), replies_to="letter"), asking.student) is None


async def test_the_answer_is_noted_with_the_reminder(asking: Asking, week: WeekAsked) -> None:
    await asking.about("Ring three shops")
    await came(asking, Kind.RECOMMIT, "ndg_week", 1)
    found = await week.asked(direct("words", 90), asking.student)
    assert found is not None
    await week.answered(found, asking.student, AT + timedelta(minutes=90))
    [latest, *_] = await asking.reminders.came(asking.student, AT)
    assert latest.opened_at == AT + timedelta(minutes=90)


async def test_what_replies_to_nothing_of_ours_stands_below_no_reminder(asking: Asking) -> None:
    await asking.about("Ring three shops")
    assert await asking.below.reminder(direct("done"), asking.student) is None
    assert await asking.below.reminder(replace(direct("done"), replies_to="else"), asking.student) is None
    found = await asking.below.reminder(replace(direct("done"), replies_to="letter"), asking.student)
    assert found is not None
    asking.posted["letter"] = "exc_1:2:3"
    assert await asking.below.reminder(replace(direct("done"), replies_to="letter"), asking.student) is None
