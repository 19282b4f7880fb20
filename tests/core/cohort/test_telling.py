"""Whoever joined by being in a channel hears it once, with the first answer; before the first day nobody is in a module."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import UTC, date, datetime, timedelta

import pytest

from core.cohort.panel import BeforeTheStart
from core.cohort.telling import Telling
from core.course.modules import Course as Modules
from core.course.service import Progress
from core.home.panels import NextStep
from core.people.model import Person
from core.plain import message
from core.request import Said
from core.roles import Role
from core.ui import Answer, Card, Ended, Grew, Live, Message, Page
from persistence.assets import AssetRecord
from persistence.documents import Database
from persistence.progress import ProgressRecord
from tests.core.cohort.test_arriving import ROOM, World
from tests.core.conftest import AT, actor
from tests.core.course.world import Foundation

FIRST = date(2026, 3, 9)


class Answering:
    """Somebody who answers so."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    async def hear(self, said: Said, person: Person) -> Answer:
        return self._answer


class Course(World):
    """A cohort that meets in the room, and begins on the ninth."""

    @property
    def progress(self) -> Progress:
        return Progress(ProgressRecord(self.database), Modules(), AssetRecord(self.database), Foundation(True))

    async def home(self, person: Person, at: datetime) -> str:
        """The first card of their home page."""
        card = await BeforeTheStart(NextStep(self.progress, self.cohorts), self.cohorts, self.progress).card(person, at)
        return message(Message(cards=(card,)))

    async def opens(self) -> None:
        coach = await self.people.appoint(await self.people.meet(actor("cora"), AT), Role.COACH)
        await self.people.appoint(await self.people.meet(actor("paul"), AT), Role.COACH)
        _, coach = await self.cohorts.create(coach, "Spring", FIRST, (), AT)
        own = await self.cohorts.meet_in(coach, ROOM.channel)
        await self.people.meet(actor("nora"), AT)
        await self.arrivals.those_in(coach, own, ROOM, "ev1", AT)

    async def answers(self, name: str, answer: Answer, *, direct: bool = True) -> Answer:
        """The answer as they see it who said hi at the eighth."""
        account, at = actor(name), datetime(2026, 3, 2, 9, tzinfo=UTC)
        said = Said(id="hi", actor=account, address=account.direct, at=at, text="hi", direct=direct)
        telling = Telling(self.cohorts, self.people, (Answering(None), Answering(answer), Answering(Message("Too late."))))
        return await telling.hear(said, await self.people.meet(account, at))


@pytest.fixture
async def course(database: Database) -> Course:
    made = Course(database)
    await made.opens()
    return made


def shown(answer: Answer) -> str:
    assert isinstance(answer, Message)
    return message(answer)


@pytest.mark.parametrize("name", ["nora", "ana"])
async def test_the_first_answer_says_the_cohort_its_first_day_and_the_coach_once(course: Course, name: str) -> None:
    """Nora had written before the channel was the cohort's, and Ana had not."""
    told = shown(await course.answers(name, Message("Hello.")))
    assert told.startswith("Hello.")
    assert "You are in Spring. It begins on Monday 9 March 2026. Your coach is Cora." in told
    assert shown(await course.answers(name, Message("Hello again."))) == "Hello again."


async def test_it_comes_with_what_the_first_agent_says_too(course: Course) -> None:
    async def updates() -> AsyncGenerator[Grew | Ended, None]:
        for each in ("Hello", "And hello"):
            yield Grew(each)
            yield Ended(Message(each))

    growing = await course.answers("ana", Live(updates()))
    assert isinstance(growing, Live)
    ended = [message(each.message) async for each in growing.updates if isinstance(each, Ended)]
    assert "You are in Spring" in ended[0]
    assert ended[1] == "And hello"


async def test_who_saw_no_end_of_an_answer_hears_it_with_the_next(course: Course) -> None:
    async def updates() -> AsyncGenerator[Grew | Ended, None]:
        yield Grew("Hello")
        raise ConnectionError("it broke off")

    growing = await course.answers("ana", Live(updates()))
    assert isinstance(growing, Live)
    with pytest.raises(ConnectionError):
        async for _ in growing.updates:
            pass
    assert "You are in Spring" in shown(await course.answers("ana", Message("Hello.")))


async def test_what_has_no_room_for_it_is_left_alone_and_the_next_answer_says_it(course: Course) -> None:
    for each in (Message("Thanks.", reaction="heart"), Page("Home", (Card("A card"),))):
        assert await course.answers("ana", each) == each
    assert await course.answers("ana", Message("In the room."), direct=False) == Message("In the room.")
    assert "You are in Spring" in shown(await course.answers("ana", Message("Hello.")))


@pytest.mark.parametrize("name", ["cora", "zoe"])
async def test_coaches_and_who_is_in_no_channel_are_told_nothing(course: Course, name: str) -> None:
    assert shown(await course.answers(name, Message("Hello."))) == "Hello."


async def test_who_joins_by_the_code_has_heard_it(course: Course) -> None:
    ana = await course.people.meet(actor("ana"), AT)
    own = await course.cohorts.of(ana)
    assert own is not None
    await course.cohorts.join(ana, own.code)
    assert shown(await course.answers("ana", Message("Hello."))) == "Hello."


@pytest.mark.parametrize(
    ("day", "titled"),
    [
        (date(2026, 3, 2), "Spring begins on Monday 9 March\nYou are in Spring. It begins in 7 days, and nothing is due before"),
        (date(2026, 3, 8), "You are in Spring. It begins tomorrow, and nothing is due before"),
        (date(2026, 3, 9), "You are in module 0, Foundation"),
        (date(2026, 4, 9), "You are in module 0, Foundation"),
    ],
)
async def test_before_the_first_day_home_names_the_cohort_and_no_module(course: Course, day: date, titled: str) -> None:
    ana = await course.people.meet(actor("ana"), AT)
    told = await course.home(ana, datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=12))
    assert titled in told
    assert ("You are in module" in told) == (day >= FIRST)


@pytest.mark.parametrize("name", ["zoe", "cora"])
async def test_who_is_in_no_cohort_with_dates_and_who_coaches_sees_what_is_next(course: Course, name: str) -> None:
    person = await course.people.meet(actor(name), AT)
    other = await course.cohorts.create(await course.people.meet(actor("paul"), AT), "Autumn", None, (), AT)
    assert other[0].timetable is None, "with two cohorts, who joined none is in none"
    assert "You are in module 0" in await course.home(person, datetime(2026, 3, 2, 9, tzinfo=UTC))


async def test_who_began_before_the_first_day_is_where_they_are(course: Course) -> None:
    ana = await course.people.meet(actor("ana"), AT)
    await course.progress.start(ana, Modules().module(0), AT)
    told = await course.home(ana, datetime(2026, 3, 2, 9, tzinfo=UTC))
    assert told.startswith("You are in module 0, Foundation")
    assert "You are in Spring. It begins in 7 days" in told
