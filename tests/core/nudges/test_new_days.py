"""A day typed below “When is it likely now?”, which [Not yet] and [Not done after all] ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.commitments.commands import Which, not_yet, reopen
from core.commitments.model import Commitment, CommitmentState
from core.people.model import Person
from core.request import Asked
from persistence.documents import Database
from tests.core.conftest import AT
from tests.core.nudges.asking import Asking, direct
from tests.core.others import Words
from tests.students import DISCORD, met

THURSDAY, FRIDAY = "2026-03-05", "2026-03-06"


@pytest.fixture
async def student(database: Database) -> Person:
    return await met(database, DISCORD)


@pytest.fixture
def asking(database: Database, student: Person) -> Asking:
    return Asking(database, student)


def pressed(minutes: float) -> Asked:
    return Asked(id="pressed", actor=DISCORD, address=DISCORD.direct, at=AT + timedelta(minutes=minutes), command="commit")


async def promised(asking: Asking, what: str) -> Commitment:
    """Without a reminder that asks about it."""
    return await asking.commitments.promise(asking.student, what, AT.date(), AT - timedelta(days=1), what)


async def taken_back(asking: Asking, what: str = "Ring three shops") -> Commitment:
    """Done at `AT`, and not done after all two minutes later."""
    kept = await promised(asking, what)
    await asking.commitments.settle(asking.student, kept.id, CommitmentState.DONE, AT)
    await reopen(pressed(2), asking.student, Which(kept.id), asking.commitments)
    return kept


async def day_of(asking: Asking, kept: Commitment) -> str:
    return (await asking.commitments.one(asking.student, kept.id)).local_date


@pytest.mark.parametrize(
    "words",
    [
        *("thursday", "Thursday!", "by thursday please", "thursday?", "probably thursday", "Thursday works better for me"),
        *("one broke, I need till thursday", "The courier was late, so thursday", "two boxes broke – give me until Thursday"),
        *(
            "sorry, one broke. I'll do it on thursday",
            "thursday, one of them broke",
            "in 3 days",
            "not friday, thursday",
            "can we make it thursday?",
        ),
        *(
            "no, thursday then",
            "hm, thursday I think",
            "my son is ill and I need more time, till thursday 🤒",
            "I need to buy tape first, thursday",
        ),
    ],
)
async def test_a_day_below_the_question_for_it_moves_what_was_asked_about(asking: Asking, words: str) -> None:
    kept = await taken_back(asking)
    told = await asking.hears(direct(words, 10))
    assert "Noted: Ring three shops, by Thursday 5 March" in told.replace("*", "")
    assert await day_of(asking, kept) == THURSDAY
    assert asking.passed == 1
    assert await asking.hears(direct(words, 11)) == "", "it has its day"


@pytest.mark.parametrize(
    "words",
    [
        *("How do I pack them?", "one broke", "thanks", "thursday is market day in town", "I need help, thursday"),
        *(
            "one broke, can you help me until thursday",
            "not thursday",
            "I need to know how, thursday",
            "thursday or friday",
            "sold 12 on thursday",
        ),
        *("@Guide thursday", "yesterday", "12.5", "friday, no, thursday", "post is closed. what happens on thursday?"),
    ],
)
async def test_what_names_no_day_plainly_or_asks_for_something_else_moves_nothing(asking: Asking, words: str) -> None:
    kept = await taken_back(asking)
    assert await asking.hears(direct(words, 10)) == ""
    assert await day_of(asking, kept) == AT.date().isoformat()


async def test_not_yet_asks_for_the_day_as_well_with_no_reminder_before_it(asking: Asking) -> None:
    kept = await promised(asking, "Ring three shops")
    assert await asking.hears(direct("friday", 1)) == "", "nobody asked"
    await not_yet(pressed(2), asking.student, Which(kept.id), asking.commitments)
    assert "by Friday 6 March" in await asking.hears(direct("the line was busy, friday", 10))
    assert await day_of(asking, kept) == FRIDAY


async def test_of_several_in_one_reminder_the_day_is_for_the_one_that_was_pressed(asking: Asking) -> None:
    first, second = await asking.about("Ring three shops", "Write the hook")
    await not_yet(pressed(2), asking.student, Which(second.id), asking.commitments)
    assert "Write the hook" in await asking.hears(direct("friday", 10))
    assert (await day_of(asking, first), await day_of(asking, second)) == (AT.date().isoformat(), FRIDAY)


async def test_of_two_days_it_is_asked_which(asking: Asking) -> None:
    kept = await taken_back(asking)
    assert "which day do you mean?" in await asking.hears(direct("next friday", 10))
    assert await day_of(asking, kept) == AT.date().isoformat()


async def test_where_something_else_came_since_a_day_is_for_that(asking: Asking) -> None:
    kept, words = await taken_back(asking), direct("one broke, I need till thursday", 30)
    asking.letters = [AT + timedelta(minutes=5)]
    assert await asking.hears(words) == "", "somebody wrote"
    asking.letters, asking.talk = [], [Words(AT + timedelta(minutes=5))]
    assert await asking.hears(words) == "", "an agent is in a talk with them"
    asking.talk, asking.interviewed = [], AT + timedelta(minutes=5)
    assert await asking.hears(words) == "", "an interview asked"
    asking.interviewed = None
    assert await asking.hears(replace(words, at=AT + timedelta(minutes=123))) == "", "two hours later"
    assert await asking.hears(replace(words, direct=False)) == ""
    other = await asking.commitments.promise(asking.student, "Write the hook", AT.date(), AT + timedelta(minutes=20), "other")
    assert await asking.hears(words) == "", "they went on to the next thing"
    await not_yet(pressed(25), asking.student, Which(other.id), asking.commitments)
    assert "Write the hook" in await asking.hears(words)
    assert await day_of(asking, kept) == AT.date().isoformat()


async def test_a_reminder_that_came_later_is_what_a_day_answers(asking: Asking) -> None:
    kept = await promised(asking, "Write the hook")
    await not_yet(pressed(-30), asking.student, Which(kept.id), asking.commitments)
    await asking.about("Ring three shops")
    await asking.commitments.settle(asking.student, kept.id, CommitmentState.GIVEN_UP, AT - timedelta(minutes=1))
    assert "Ring three shops" in await asking.hears(direct("friday", 10))


async def test_what_is_settled_is_asked_for_no_day(asking: Asking) -> None:
    kept = await promised(asking, "Ring three shops")
    await asking.commitments.settle(asking.student, kept.id, CommitmentState.DONE, AT)
    await not_yet(pressed(2), asking.student, Which(kept.id), asking.commitments)
    assert (await asking.commitments.one(asking.student, kept.id)).day_asked_at is None
    assert await asking.hears(direct("friday", 10)) == ""
