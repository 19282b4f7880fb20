"""A reminder that is put off in words, and what is left to others of words that sound like it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.nudges.model import Kind
from core.nudges.snoozing import PutOff, put_off_said
from core.nudges.times import Snooze
from core.people.model import Person
from persistence.documents import Database
from tests.core.conftest import AT
from tests.core.nudges.asking import Asking, direct
from tests.core.others import Words
from tests.students import DISCORD, met


@pytest.fixture
async def student(database: Database) -> Person:
    return await met(database, DISCORD)


@pytest.fixture
def asking(database: Database, student: Person) -> Asking:
    return Asking(database, student)


@pytest.mark.parametrize(
    ("words", "off"),
    [
        ("remind me again tomorrow", PutOff(Snooze.TOMORROW, bare=False)),
        ("not now, remind me tonight please", PutOff(Snooze.TONIGHT, bare=False)),
        ("can you ask me again next week?", PutOff(Snooze.NEXT_WEEK, bare=False)),
        ("please remind me about it in an hour", PutOff(Snooze.HOUR, bare=False)),
        ("tomorrow please", PutOff(Snooze.TOMORROW, bare=True)),
        ("next week", PutOff(Snooze.NEXT_WEEK, bare=True)),
    ],
)
def test_words_that_put_a_reminder_off(words: str, off: PutOff) -> None:
    assert put_off_said(words) == off


@pytest.mark.parametrize(
    "words",
    [
        *("remind me tomorrow to call the printer", "not yet, tomorrow", "remind me what a hook is", "remind me on friday"),
        *("remind customers tomorrow", "i'll do it tomorrow", "move it to tomorrow", "next week is market", "tomorrow or friday"),
    ],
)
def test_words_that_put_nothing_off(words: str) -> None:
    assert put_off_said(words) is None


@pytest.mark.parametrize("words", ["Remind me again tomorrow", "remind me again tmrw pls", "Tomorrow please"])
@pytest.mark.parametrize("below", ["", "letter"])
async def test_below_a_question_it_does_what_the_button_does_and_the_day_stays(asking: Asking, words: str, below: str) -> None:
    [kept] = await asking.about("Ring three shops")
    told = await asking.hears(replace(direct(words), replies_to=below))
    assert "I come back to it on Tuesday 3 March" in told
    assert "Its day stays as it is." in told
    assert "[New date]" in told
    found = await asking.commitments.one(asking.student, kept.id)
    assert found.open
    assert found.local_date == AT.date().isoformat()
    wishes = await asking.reminders.of(asking.student, AT)
    assert wishes.snoozed_until is not None
    assert wishes.snoozed_until.date() == AT.date() + timedelta(days=1)


async def test_another_reminder_is_put_off_by_whole_words_alone(asking: Asking) -> None:
    await asking.about("Ring three shops")
    [sent] = await asking.reminders.came(asking.student, AT)
    other = {"id": "ndg_other", "kind": Kind.STALLED, "about": None, "created_at": AT + timedelta(minutes=5)}
    await asking.nudges.add(asking.student, sent.model_copy(update=other))
    assert await asking.hears(direct("tomorrow please")) == ""
    assert "I come back to it" in await asking.hears(direct("remind me again tomorrow"))


async def test_where_others_spoke_since_and_where_nothing_was_asked_it_is_for_them(asking: Asking) -> None:
    assert await asking.hears(direct("remind me again tomorrow")) == ""
    [kept] = await asking.about("Ring three shops")
    asking.talk = [Words(AT + timedelta(minutes=10))]
    assert await asking.hears(direct("remind me again tomorrow")) == ""
    asking.talk, asking.interviewed = [], AT + timedelta(minutes=5)
    assert await asking.hears(direct("remind me again tomorrow")) == ""
    asking.interviewed = None
    assert "you did it" in await asking.hears(direct("done"))
    assert await asking.hears(direct("remind me again tomorrow", 21)) == "", kept.what


@pytest.mark.parametrize("words", ["nope mad week. friday", "no, crazy week - friday", "nope such a busy day. Friday"])
async def test_a_no_with_the_kind_of_week_and_a_day_moves_it(asking: Asking, words: str) -> None:
    await asking.about("Ring three shops")
    assert "by Friday 6 March" in await asking.hears(direct(words))


@pytest.mark.parametrize("words", ["nope mad week. what sells on friday", "no good day. friday was better"])
async def test_what_says_anything_else_of_a_week_moves_nothing(asking: Asking, words: str) -> None:
    [kept] = await asking.about("Ring three shops")
    await asking.hears(direct(words))
    assert (await asking.commitments.one(asking.student, kept.id)).local_date == AT.date().isoformat()


async def test_done_before_the_question_came_offers_the_one_promise_of_the_day(asking: Asking) -> None:
    assert await asking.hears(direct("Done")) == ""
    today = await asking.commitments.promise(asking.student, "Ring three shops", AT.date(), AT, "one")
    await asking.commitments.promise(asking.student, "Photograph boxes", AT.date() + timedelta(days=3), AT, "two")
    told = await asking.hears(direct("Done"))
    assert "Is Ring three shops done" in told.replace("*", "")
    assert "[Done]" in told
    assert (await asking.commitments.one(asking.student, today.id)).open, "nothing is settled without the tap"
    assert await asking.hears(direct("done with care")) == ""
    asking.talk = [Words(AT + timedelta(minutes=10))]
    assert await asking.hears(direct("Done")) == "", "an agent may have asked"
    asking.talk, asking.interviewed = [], AT
    assert await asking.hears(direct("Done")) == ""
    asking.interviewed = None
    await asking.commitments.promise(asking.student, "Write the ad", AT.date(), AT, "three")
    assert await asking.hears(direct("Done")) == "", "two are due"
