"""Words below a question about two promises: both are meant, or one is named by its own words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.commitments.model import Commitment
from core.people.model import Person
from persistence.documents import Database
from tests.core.conftest import AT
from tests.core.nudges.asking import Asking, direct
from tests.students import DISCORD, met

TODAY, THURSDAY = AT.date().isoformat(), "2026-03-05"
ASKED = ("Ask 3 customers what they liked", "Finish the interview")


@pytest.fixture
async def student(database: Database) -> Person:
    return await met(database, DISCORD)


@pytest.fixture
def asking(database: Database, student: Person) -> Asking:
    return Asking(database, student)


async def stand(asking: Asking, kept: list[Commitment]) -> list[str]:
    """Of each, done or its day."""
    found = [await asking.commitments.one(asking.student, each.id) for each in kept]
    return [each.local_date if each.open else "done" for each in found]


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        *(
            (each, [THURSDAY, THURSDAY])
            for each in (
                "sorry was silent. child was sick. both not done, new day thursday",
                "both not done, thursday",
                "neither done, can we say thursday",
                "didn't manage both, thursday?",
                "none of them done, mad week, move both to thursday",
            )
        ),
        *(
            (each, ["done", TODAY])
            for each in (
                "done the 3 customers one, interview not",
                "the customers one is done",
                "done with the customers, not the interview",
                "3 customers done, interview not yet",
                "sorry, customers is finished, the interview still open",
            )
        ),
        *((each, [TODAY, "done"]) for each in ("the interview one is done", "interview done", "I did the interview one")),
        *((each, ["done", "done"]) for each in ("customers done, interview done", "done the customers, interview is finished")),
        *(
            (each, ["done", THURSDAY])
            for each in ("customers done, interview not, thursday", "the customers one is done. interview not yet. thursday")
        ),
        *((each, [TODAY, TODAY]) for each in ("both not done", "both not done yet, sorry")),
    ],
)
async def test_each_that_is_named_is_answered(asking: Asking, words: str, stands: list[str]) -> None:
    kept = await asking.about(*ASKED)
    told = await asking.hears(direct(words))
    assert "I cannot tell" not in told
    assert await stand(asking, kept) == stands


@pytest.mark.parametrize(
    "words",
    [
        "the hook one is done",
        "is the interview done?",
        "the interview was done by my sister and she loved it",
        "interview done, what comes next",
        "interview done, can you check it",
        "customers did not like the interview",
        "write the interview for me, the customers one is done",
        "both kids were sick, thursday is better for the market",
        "my customers are not happy with the interview questions",
        "customers not, interview not, the hook not",
        "customers like it, not the price",
        "how do I finish the interview by thursday, customers done",
    ],
)
async def test_what_names_none_of_them_or_asks_settles_and_moves_nothing(asking: Asking, words: str) -> None:
    kept = await asking.about(*ASKED)
    await asking.hears(direct(words))
    assert await stand(asking, kept) == [TODAY, TODAY]


async def test_a_day_below_the_question_for_the_days_of_both_moves_both(asking: Asking) -> None:
    kept = await asking.about(*ASKED)
    told = await asking.hears(direct("both not done"))
    assert told.count("When is it likely now") == 2
    told = await asking.hears(direct("thursday", 22))
    assert told.count("by Thursday 5 March") == 2
    assert await stand(asking, kept) == [THURSDAY, THURSDAY]


async def test_what_is_not_plain_is_asked_again_with_each_that_the_reminder_named(asking: Asking) -> None:
    kept = await asking.commitments.promise(
        asking.student, "Finish the interview", AT.date() - timedelta(days=1), AT - timedelta(days=2), "late"
    )
    asking.beside = ". Not asked about yet: Finish the interview, by Sunday"
    [customers] = await asking.about(ASKED[0])
    told = await asking.hears(direct("I got somewhere with it"))
    assert told.count("[Done]") == 2
    assert customers.what in told
    assert kept.what in told
    assert await stand(asking, [kept, customers]) == [kept.local_date, TODAY]
    await asking.hears(direct("the interview one is done", 25))
    assert await stand(asking, [kept, customers]) == ["done", TODAY]
