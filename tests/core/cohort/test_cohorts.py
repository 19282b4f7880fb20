"""Cohorts: a coach begins and dates them, people join by code or by channel, and without one each has their own dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core import plain
from core.cohort import views
from core.cohort.commands import List, Placing, place
from core.cohort.joining import Joining
from core.cohort.service import Cohorts, Dated, FarAway, NameTaken, UnknownJoinCode
from core.cohort.timetable import Timetable
from core.course.model import Standing
from core.course.modules import Course
from core.course.steps import Step
from core.errors import NotAllowed
from core.people.model import Person
from core.people.service import People
from core.request import Address, Platform, Said
from core.roles import Role
from persistence.cohorts import CohortRecord
from persistence.documents import Database
from persistence.people import PeopleRecord
from tests.core.conftest import AT, actor
from tests.students import SLACK, met

START = date(2026, 3, 9)


@pytest.fixture
async def coach(people: People) -> Person:
    return await people.appoint(await people.meet(actor("coach"), AT), Role.COACH)


@pytest.fixture
def cohorts(database: Database) -> Cohorts:
    return Cohorts(CohortRecord(database), PeopleRecord(database))


async def again(database: Database, person: Person) -> Person:
    """The person as the record has them now."""
    found = await PeopleRecord(database).by_id(person.id)
    assert found is not None
    return found


def in_channel(channel: str) -> Said:
    """Nora says hello there."""
    where = Address(Platform.TERMINAL, "terminal", channel)
    return Said(id=f"ev_{channel}", actor=actor(), address=where, at=AT, text="hello", addressed=False, direct=False)


async def test_without_a_cohort_the_course_begins_on_the_monday_after_joining(cohorts: Cohorts, nora: Person) -> None:
    assert await cohorts.dated(nora) == Dated(Timetable(START), in_cohort=False), "she joined on a Monday"


async def test_what_a_coach_sets_is_everybodys_there_and_nobodys_elsewhere(
    database: Database, cohorts: Cohorts, nora: Person, coach: Person
) -> None:
    with pytest.raises(NotAllowed):
        await cohorts.schedule(nora, START, (), AT)
    with pytest.raises(FarAway):
        await cohorts.schedule(coach, START + timedelta(days=400), (), AT)
    await cohorts.schedule(coach, START, (5, 1, 5), AT)
    assert await cohorts.dated(nora) == Dated(Timetable(START, (1, 5)), in_cohort=True)
    await cohorts.schedule(await again(database, coach), START, (), AT)
    assert await cohorts.dated(nora) == Dated(Timetable(START, ()), in_cohort=True), "no free week is a choice"
    assert not (await cohorts.dated(await met(database, SLACK))).in_cohort


async def test_who_has_the_code_belongs_however_they_type_it(
    database: Database, cohorts: Cohorts, nora: Person, coach: Person
) -> None:
    spring, coach = await cohorts.create(coach, "Spring", START, (), AT)
    await cohorts.create(coach, "Autumn", None, (), AT)
    assert f"It begins on {START:%A} {START.day} {START:%B %Y}" in plain.message(views.created(spring)), "the day that was read"
    assert await cohorts.of(nora) is None, "there are two, and it is not clear which"
    listed = plain.message(views.all_of(await cohorts.all(coach), spring, List()))
    assert "[Archive Autumn]" in listed, "a name alone looks like a way to the cohort"
    for typed in ("nonsense", "", "----", "k7wq-3fhm"):
        with pytest.raises(UnknownJoinCode):
            await cohorts.join(nora, typed)
    assert await cohorts.join(nora, f" {spring.code.upper().replace('-', ' ')} ") == spring
    assert await cohorts.of(await again(database, nora)) == spring
    with pytest.raises(UnknownJoinCode):
        await cohorts.join(await met(database, SLACK), spring.code)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-3, "It begins on Monday 9 March 2026."),
        (0, "It begins today."),
        (10, "It began on Monday 9 March 2026. What has gone before stays open"),
        (200, "Its weeks are over"),
    ],
)
async def test_whoever_joins_reads_where_the_course_is_by_then(
    cohorts: Cohorts, nora: Person, coach: Person, days: int, said: str
) -> None:
    spring, _ = await cohorts.create(coach, "Spring", START, (), AT)
    assert said in plain.message(views.joined(await cohorts.join(nora, spring.code), START + timedelta(days=days)))


async def test_who_speaks_in_its_channel_belongs_unless_they_belong_elsewhere(
    database: Database, cohorts: Cohorts, nora: Person, coach: Person
) -> None:
    spring, coach = await cohorts.create(coach, "Spring", START, (), AT)
    await cohorts.meet_in(coach, "C7")
    autumn, coach = await cohorts.create(coach, "Autumn", None, (), AT)
    joining = Joining(cohorts)
    assert await joining.hear(in_channel("C8"), nora) is None
    assert (await again(database, nora)).cohort_id is None
    assert await joining.hear(in_channel("C7"), nora) is None
    nora = await again(database, nora)
    assert nora.cohort_id == spring.id
    await cohorts.place(coach, nora, "autumn")
    await joining.hear(in_channel("C7"), await again(database, nora))
    assert (await again(database, nora)).cohort_id == autumn.id


def test_a_plan_of_a_cohort_that_is_over_says_so_and_has_no_week_now() -> None:
    standings = [Standing(each, None) for each in Course().modules()]
    goes_on, over = (
        plain.message(views.plan(Timetable(START), standings, START + timedelta(days=8), in_cohort=True, over=over))
        for over in (False, True)
    )
    assert "This week is Hook" in goes_on
    assert "(now)" in goes_on
    assert "Your cohort is over" in over
    assert "(now)" not in over
    assert "This week" not in over


async def test_one_that_is_over_gives_its_name_and_its_code_free(
    database: Database, cohorts: Cohorts, nora: Person, coach: Person
) -> None:
    spring, coach = await cohorts.create(coach, "Spring", START, (), AT)
    with pytest.raises(NameTaken):
        await cohorts.create(coach, " spring ", None, (), AT)
    await cohorts.join(nora, spring.code)
    await cohorts.archive(coach, "Spring", AT)
    assert (await cohorts.dated(await again(database, nora))).over
    with pytest.raises(UnknownJoinCode):
        await cohorts.join(nora, spring.code)
    await cohorts.create(coach, "Spring", None, (), AT)
    with pytest.raises(NameTaken):
        await cohorts.archive(coach, spring.id, None)
    assert [each.name for each in await cohorts.all(coach)] == ["Spring", "Spring"]


async def test_nobody_else_changes_cohorts(cohorts: Cohorts, nora: Person, coach: Person) -> None:
    spring, _ = await cohorts.create(coach, "Spring", START, (), AT)
    for asked in (
        cohorts.create(nora, "Mine", None, (), AT),
        cohorts.all(nora),
        cohorts.look_after(nora, spring.id),
        cohorts.archive(nora, spring.id, AT),
        cohorts.meet_in(nora, "C7"),
        cohorts.place(nora, nora, spring.id),
    ):
        with pytest.raises(NotAllowed):
            await asked


async def test_a_student_and_a_cohort_of_several_words_are_told_apart(
    cohorts: Cohorts, people: People, nora: Person, coach: Person
) -> None:
    spring, coach = await cohorts.create(coach, "Spring 2026", None, (), AT)
    autumn, coach = await cohorts.create(coach, "Autumn", None, (), AT)
    byrne = await people.introduce(nora, name="Nora Ó Byrne", timezone="Europe/Dublin", at=AT)
    for typed in (Placing("Nora", "Ó Byrne spring 2026"), Placing("Nora Ó Byrne", spring.id), Placing(byrne.id, "Spring 2026")):
        await place(coach, typed, cohorts, people)
        placed = await people.by_id(byrne.id)
        assert placed is not None
        assert placed.cohort_id == spring.id
        await cohorts.place(coach, byrne, autumn.id)


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
    assert [timetable.free_after(module) for module in (0, 2, 3)] == [None, None, date(2026, 4, 6)]


@pytest.mark.parametrize(("after", "free"), [((3, 6), ["6 Apr – 12 Apr", "4 May – 10 May"]), ((), [])])
def test_no_week_is_left_out_of_the_dates_that_a_coach_has_set(after: tuple[int, ...], free: list[str]) -> None:
    told = plain.message(views.dated(Timetable(START, after), [each.value for each in Step]))
    lines = told.splitlines()
    assert [line.partition("  ")[0] for line in lines if "Catch up" in line] == free
    days = [line.partition(" – ")[0] for line in lines if " – " in line]
    assert days == [views.day_said(START + each * views.WEEK) for each in range(10 + len(after))]
