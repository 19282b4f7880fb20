"""What an operator is shown: who is meant by a part of a name, the week in so many lines, and what went out lately."""

from __future__ import annotations

from datetime import datetime, timedelta

from bots.nudging import planned, previewed
from core.nudges.decision import Decision
from core.nudges.known import Known
from core.nudges.model import Kind, NudgePreferences
from core.nudges.preview import Planned, Previewed, Previews
from core.nudges.service import Reminders
from core.people.model import Person
from core.people.service import People
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.people import PeopleRecord
from tests.core import conftest
from tests.core.nudges.learners import AT, PERSON, WISHES, learner, nudge


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
