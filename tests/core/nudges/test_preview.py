"""What an operator is shown: who is meant by a part of a name, the week in so many lines, and what went out lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bots.nudging import planned, previewed
from core.commitments.model import Commitment
from core.nudges.decision import Decision
from core.nudges.known import Known
from core.nudges.model import Kind, NudgePreferences
from core.nudges.preview import Planned, Previewed, Previews
from core.nudges.service import Reminders
from core.nudges.terms import Moment, terms
from core.people.model import Person
from core.people.service import People
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.people import PeopleRecord
from tests.core import conftest
from tests.core.nudges.learners import AT, PERSON, WISHES, learner, nudge, promise


class Learners:
    async def known(self, person: Person, wishes: NudgePreferences, at: datetime) -> Known:
        return learner(person=person, wishes=wishes)


def nothing(known: Known, at: datetime, *, undisturbed_until: datetime | None = None) -> Decision:
    return Decision()


async def test_a_part_of_a_name_is_enough_where_nobody_is_called_just_so(database: Database, people: People) -> None:
    wishes = NudgePreferencesRecord(database)
    reminders = Reminders(wishes, NudgeRecord(database), CommitmentRecord(database))
    for name in ("ann", "annabel", "zoe"):
        await reminders.met(await people.meet(conftest.actor(name), conftest.AT), conftest.AT)
    previews = Previews(wishes, PeopleRecord(database), Learners(), nothing)
    called = {each: {one.name for one in await previews.called(each, conftest.AT)} for each in ("ANN", "nab", "nn", "kim", " ")}
    assert called == {"ANN": {"Ann"}, "nab": {"Annabel"}, "nn": {"Ann", "Annabel"}, "kim": set(), " ": set()}


def test_a_long_plan_says_how_much_more_there_is() -> None:
    rows = [Planned(PERSON, AT + timedelta(minutes=each), None) for each in range(5)]
    assert planned(rows, 3).endswith("And 2 more. See all with: elevate nudges plan --all")
    assert "more" not in planned(rows, 5)
    assert planned([], None, PERSON) == "Nora Byrne is not looked at in the coming week."
    assert planned([]) == "Nobody is looked at in the coming week."


def test_who_complains_of_two_reminders_is_looked_up_in_what_went_out() -> None:
    sent = (nudge(Kind.STALLED, 1), nudge(Kind.KPI_DUE, 3, held_back=True))
    text = previewed(Previewed(PERSON, WISHES, None, AT, Decision(), sent))
    assert "  Tue 14 Apr 10:15  stalled: It was so\n" in text
    assert "kpi-due: It was so (held back, for comparison)" in text


def test_a_preview_names_the_look_that_the_plan_begins_with() -> None:
    kept, found = AT + timedelta(hours=11), AT + timedelta(days=4)
    decision = Decision(next_check_at=found)

    def line(next_check_at: datetime | None) -> str:
        wishes = WISHES.model_copy(update={"next_check_at": next_check_at})
        return next(each for each in previewed(Previewed(PERSON, wishes, None, AT, decision)).splitlines() if "Looked" in each)

    assert line(kept) == "Looked at again: Wed 15 Apr 21:15"
    assert line(AT - timedelta(minutes=1)) == "Looked at again: Sun 19 Apr 10:15"
    assert line(None) == "Looked at again: not until they change something themselves"


@pytest.mark.parametrize(
    ("changes", "promised", "hours", "said"),
    [
        ({"chosen_at": None, "days": ()}, (), 0, "They chose no day and no hour, so it is any day from 10:00 on"),
        (
            {"chosen_at": None, "days": ()},
            (),
            -3,
            "They chose no day and no hour, so it is any day from 10:00 on, which has not come today",
        ),
        ({}, (), 0, "It is one of their days, and their hour has come"),
        ({"days": (1,)}, (), 0, "It is none of their days"),
        ({"days": (1,)}, (promise(AT.date()),), 0, "They set this day for something themselves, and their hour has come"),
        ({}, (), -3, "Their hour has not come today"),
    ],
)
def test_the_term_of_day_and_hour_says_what_they_chose(
    changes: dict[str, object], promised: Sequence[Commitment], hours: int, said: str
) -> None:
    known = learner(wishes=WISHES.model_copy(update=changes), commitments=promised)
    found = terms(Moment(known, AT + timedelta(hours=hours)))
    assert [each.reason for each in found if each.name == "day and hour"] == [said]
