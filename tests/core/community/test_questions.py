"""The community question: each module's own, in the channel, once, on the day and at the hour that the coach set."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from core.cohort.service import Cohorts
from core.community.commands import question_begins
from core.community.question_views import switched
from core.community.questions import Questions
from core.community.service import NoChannel
from core.contents import SHIPPED
from core.course.modules import Course
from core.errors import NotAllowed
from core.outbox import Letter
from core.parcels import unpack_message
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.roles import Role
from persistence.cohorts import CohortRecord
from persistence.documents import Database
from persistence.outbox import OutboxRecord
from persistence.people import PeopleRecord
from persistence.questions import QuestionRecord
from tests.core.conftest import actor

START = date(2026, 3, 2)
AT = datetime(2026, 2, 25, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
TUESDAY = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
"""Of module 0's week, at ten in Dublin, where it is still winter."""


class World:
    """A coach whose cohort meets in a channel."""

    def __init__(self, database: Database, people: People) -> None:
        self.database, self.people = database, people
        self.cohorts = Cohorts(CohortRecord(database), PeopleRecord(database))
        self.course = Course(SHIPPED)
        self.questions = Questions(QuestionRecord(database), self.cohorts, self.course, OutboxRecord(database))

    async def coach(self, catch_up_after: Sequence[int] = ()) -> Person:
        coach = await self.people.appoint(await self.people.meet(actor("omar", "Europe/Dublin"), AT), Role.COACH)
        _, coach = await self.cohorts.create(coach, "Spring", START, catch_up_after, AT)
        await self.cohorts.meet_in(coach, "C7")
        return coach

    async def asked(self) -> list[tuple[str, str]]:
        """The letters: where they go, and what they say."""
        found = await self.database.collection("outbox").find({}, sort=[("createdAt", 1)])
        letters = [Letter.of(each) for each in found]
        return [(each.address.channel, message(unpack_message(each.message or ""))) for each in letters]


@pytest.fixture
def world(database: Database, people: People) -> World:
    return World(database, people)


async def test_each_module_has_its_question_once_and_catch_up_weeks_have_none(world: World) -> None:
    coach = await world.coach(catch_up_after=(1,))
    cohort = await world.questions.switch(coach, 2, 10, AT)
    told = message(switched(cohort, world.questions.coming(cohort, AT)))
    assert "on Tuesday at 10:00 (time in Europe/Dublin)" in told
    assert "Next, on Tuesday 3 March:" in told
    asked_at, at = [], AT
    while at < TUESDAY + 20 * WEEK:
        if await world.questions.tick(at):
            asked_at.append(at.astimezone(coach.zone))
        at += HOUR
    letters = await world.asked()
    assert [where for where, _ in letters] == ["C7"] * 10
    assert [said.splitlines()[0] for _, said in letters[:2]] == ["Question of the week: Foundation", "Question of the week: Hook"]
    assert world.course.module(9).community_question.strip() in letters[9][1]
    assert {(each.isoweekday(), each.hour) for each in asked_at} == {(2, 10)}, "also when the clocks have gone forward"
    assert [each.date().isoformat() for each in asked_at[:3]] == ["2026-03-03", "2026-03-10", "2026-03-24"]


async def test_it_is_asked_later_that_day_and_never_on_another(world: World) -> None:
    coach = await world.coach()
    await world.questions.switch(coach, 2, 10, AT)
    assert await world.questions.tick(TUESDAY + 9 * HOUR) == 1
    assert await world.questions.tick(TUESDAY + WEEK + 26 * HOUR) == 0, "nobody was there on the second Tuesday"
    assert await world.questions.tick(TUESDAY + 2 * WEEK) == 1
    assert len(await world.asked()) == 2


async def test_several_processes_and_a_switch_in_between_ask_it_once(world: World, database: Database) -> None:
    coach = await world.coach()
    await world.questions.switch(coach, 2, 10, AT)
    await asyncio.gather(*(world.questions.tick(TUESDAY) for _ in range(3)))
    await world.questions.switch(coach, None, 10, TUESDAY)
    assert await world.questions.tick(TUESDAY + WEEK) == 0
    await world.questions.switch(coach, 2, 11, TUESDAY)
    await world.questions.tick(TUESDAY + HOUR)
    assert len(await world.asked()) == 1


async def test_moved_dates_count_at_once_and_a_cohort_that_is_over_is_asked_nothing(world: World) -> None:
    coach = await world.coach()
    await world.questions.switch(coach, 2, 10, AT)
    await world.cohorts.schedule(coach, START + WEEK, (), AT)
    assert await world.questions.tick(TUESDAY) == 0
    assert await world.questions.tick(TUESDAY + WEEK) == 1
    await world.cohorts.archive(coach, "Spring", TUESDAY + WEEK)
    assert await world.questions.tick(TUESDAY + 2 * WEEK) == 0


async def test_it_needs_a_channel_and_a_coach(world: World, nora: Person) -> None:
    coach = await world.coach()
    with pytest.raises(NotAllowed):
        await world.questions.switch(nora, 2, 10, AT)
    _, coach = await world.cohorts.create(coach, "Autumn", None, (), AT)
    with pytest.raises(NoChannel):
        await world.questions.switch(coach, 2, 10, AT)
    await world.cohorts.meet_in(coach, "C8")
    cohort = await world.questions.switch(coach, 2, 10, AT)
    assert "no dates yet" in message(switched(cohort, world.questions.coming(cohort, AT)))


async def test_the_form_says_that_a_time_is_only_suggested_until_one_is_set(world: World) -> None:
    coach = await world.coach()
    suggested = "No question is asked so far. Tuesday at 10:00 is only suggested: nothing is set until you send this."
    assert await question_begins(coach, world.questions) == suggested
    assert await world.asked() == []
    await world.questions.switch(coach, 4, 9, AT)
    assert await question_begins(coach, world.questions) == "It is asked on Thursday at 09:00, in each module's week."
    await world.questions.switch(coach, None, 9, AT)
    assert await question_begins(coach, world.questions) == suggested
