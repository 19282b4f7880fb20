"""The timetable: a coach dates it, everybody in the organization sees it, and without one each has their own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.cohort.service import Cohorts, FarAway
from core.cohort.timetable import Timetable
from core.errors import NotAllowed
from core.people.model import Person
from core.people.service import People
from core.roles import Role
from persistence.cohorts import CohortRecord
from persistence.documents import Database
from tests.core.conftest import AT, actor
from tests.students import SLACK, met

START = date(2026, 3, 9)


async def test_without_a_cohort_the_course_begins_on_the_monday_after_joining(database: Database, nora: Person) -> None:
    timetable, in_cohort = await Cohorts(CohortRecord(database)).timetable(nora)  # she joined on a Monday
    assert (timetable.starts_on, in_cohort) == (START, False)


async def test_what_a_coach_sets_is_everybodys_there_and_nobodys_elsewhere(
    database: Database, nora: Person, people: People
) -> None:
    cohorts = Cohorts(CohortRecord(database))
    with pytest.raises(NotAllowed):
        await cohorts.schedule(nora, START, (), AT)
    coach = await people.appoint(await people.meet(actor("coach"), AT), Role.COACH)
    with pytest.raises(FarAway):
        await cohorts.schedule(coach, START + timedelta(days=400), (), AT)
    await cohorts.schedule(coach, START, (5, 1, 5), AT)
    assert await cohorts.timetable(nora) == (Timetable(START, (1, 5)), True)
    await cohorts.schedule(coach, START, (), AT)
    assert await cohorts.timetable(nora) == (Timetable(START, ()), True), "no free week is a choice"
    assert (await cohorts.timetable(await met(database, SLACK)))[1] is False


def test_weeks_follow_each_other_with_free_ones_between() -> None:
    timetable = Timetable(START)
    assert [timetable.opens_on(module).isoformat() for module in (0, 1, 3, 4, 9)] == [
        "2026-03-09",
        "2026-03-16",
        "2026-03-30",
        "2026-04-13",
        "2026-05-25",
    ]
    assert timetable.ends_on(0) == date(2026, 3, 15)
