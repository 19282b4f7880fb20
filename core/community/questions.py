"""The community question of the week: each module's own, in the cohort's channel, on the day and at the hour that a coach set."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from core.cohort.model import Cohort, WeeklyQuestion
from core.cohort.service import Cohorts
from core.cohort.timetable import Timetable
from core.community import question_views
from core.community.ports import QuestionStore
from core.community.service import NoChannel
from core.course.modules import Course, Module
from core.nudges.times import local_date, midnight_after, moment
from core.outbox import Outbox, new_letter
from core.people.model import Person
from core.reach import direct_of

DAY = timedelta(days=1)
AT_ONCE = 100

log = structlog.get_logger()


class Questions:
    """Asks the members of cohorts, once for each module."""

    def __init__(self, store: QuestionStore, cohorts: Cohorts, course: Course, outbox: Outbox) -> None:
        self._store = store
        self._cohorts = cohorts
        self._course = course
        self._outbox = outbox

    async def switch(self, coach: Person, day: int | None, hour: int, at: datetime) -> Cohort:
        """Ask on that day of each module's week (1 is Monday) from now on, in the coach's time zone; or not at all.

        Raises:
            NotAllowed: the person does not coach.
            NoSuchCohort: it is not clear whose.
            NoChannel: the cohort has none.
        """
        cohort = await self._cohorts.own(coach)
        if day is None:
            return await self._cohorts.ask_weekly(coach, None, None)
        home = direct_of(coach)
        if cohort.channel is None or home is None:
            raise NoChannel()
        asked = cohort.question.asked if cohort.question else ()
        question = WeeklyQuestion(
            day=day, hour=hour, zone=coach.timezone, platform=home.platform, workspace=home.workspace, asked=asked
        )
        return await self._cohorts.ask_weekly(coach, question, next_look(question, at))

    async def own(self, coach: Person) -> Cohort:
        """The cohort that the coach looks after.

        Raises:
            NotAllowed: the person does not coach.
            NoSuchCohort: it is not clear which.
        """
        return await self._cohorts.own(coach)

    def coming(self, cohort: Cohort, at: datetime) -> tuple[Module, datetime] | None:
        """The question that comes next, and when; None where none does."""
        question, timetable = cohort.question, cohort.timetable
        if question is None or timetable is None:
            return None
        zone = ZoneInfo(question.zone)
        for number in self._course.numbers:
            when = moment(zone, _day_of(question, timetable, number), question.hour)
            if number not in question.asked and when > at:
                return self._course.module(number), when
        return None

    async def tick(self, at: datetime) -> int:
        """Ask what is due; returns in how many cohorts that was."""
        asked = 0
        for cohort in await self._store.due(at, AT_ONCE):
            question = cohort.question
            if question is None:
                continue
            number = due_module(cohort, self._course.numbers, at)
            if number is not None and cohort.channel is not None:
                address = question.address(cohort.channel)
                letter = new_letter(
                    f"question:{cohort.id}:{number}",
                    address,
                    question_views.question(self._course.module(number)),
                    organization_id=cohort.organization_id,
                    at=at,
                    until=midnight_after(ZoneInfo(question.zone), at),
                )
                await self._outbox.add(letter)
                log.info("community asked", cohort=cohort.id, module=number)
                question = question.model_copy(update={"asked": (*question.asked, number)})
                asked += 1
            await self._store.looked(cohort, question, next_look(question, at))
        return asked


def due_module(cohort: Cohort, numbers: tuple[int, ...], at: datetime) -> int | None:
    """The number of the module whose question is due: its day has come, its hour is over, and it was not asked yet."""
    question, timetable = cohort.question, cohort.timetable
    if question is None or timetable is None or cohort.archived_at is not None:
        return None
    zone = ZoneInfo(question.zone)
    today = local_date(zone, at)
    if at < moment(zone, today, question.hour):
        return None
    due = (each for each in numbers if each not in question.asked and _day_of(question, timetable, each) == today)
    return next(due, None)


def next_look(question: WeeklyQuestion, at: datetime) -> datetime:
    """The next time that it is the hour: each day, since a coach may move the dates of the course at any time."""
    zone = ZoneInfo(question.zone)
    day = local_date(zone, at)
    while (when := moment(zone, day, question.hour)) <= at:
        day += DAY
    return when


def _day_of(question: WeeklyQuestion, timetable: Timetable, number: int) -> date:
    """The day within the module's week, which may begin on any."""
    opens = timetable.opens_on(number)
    return opens + timedelta(days=(question.day - opens.isoweekday()) % 7)
