"""Wins: asked once, told only by a tap of the student's own, in their words, where their cohort meets."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.assets.service import Assets
from core.cohort.service import Cohorts
from core.community.wins import NEVER, SETTING, NoSuchWin, NothingSaid, ToldBefore, Wins
from core.contents import SHIPPED
from core.course.modules import Course
from core.course.service import Progress
from core.course.steps import Step
from core.foundation.share import Share
from core.ids import made_id
from core.outbox import Letter
from core.parcels import unpack_message
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.roles import Role
from persistence.assets import AssetRecord
from persistence.cohorts import CohortRecord
from persistence.documents import Database
from persistence.foundation import FoundationRecord
from persistence.outbox import OutboxRecord
from persistence.people import PeopleRecord
from persistence.progress import ProgressRecord
from persistence.wins import WinRecord
from tests.core.conftest import AT, actor
from tests.students import foundations

DAY = timedelta(days=1)


class World:
    """A cohort that meets in a channel, and what its students finish."""

    def __init__(self, database: Database, people: People) -> None:
        self.database, self.people = database, people
        self.cohorts = Cohorts(CohortRecord(database), PeopleRecord(database))
        self.wins = Wins(WinRecord(database), self.cohorts, people, OutboxRecord(database))
        self.course = Course(SHIPPED)
        record, share = AssetRecord(database), Share(FoundationRecord(database), foundations(database))
        self.progress = Progress(ProgressRecord(database), self.course, record, share, (self.wins,))
        self.assets = Assets(record, (self.progress,), None, (self.wins,))

    async def meets(self) -> Person:
        coach = await self.people.appoint(await self.people.meet(actor("omar"), AT), Role.COACH)
        _, coach = await self.cohorts.create(coach, "Spring", date(2026, 3, 2), (), AT)
        await self.cohorts.meet_in(coach, "C7")
        return coach

    async def closes(self, person: Person, number: int, at: timedelta = timedelta()) -> str:
        """Closes a module; returns the id of the win."""
        module = self.course.module(number)
        await self.progress.complete(person, module, AT + at, all_the_same=True)
        return made_id("win", f"{person.id} {module.id}")

    async def said(self) -> list[tuple[str, str]]:
        """The letters: where they go, and what they say."""
        found = [Letter.of(each) for each in await self.database.collection("outbox").find({}, sort=[("createdAt", 1)])]
        return [(each.address.channel, message(unpack_message(each.message or ""))) for each in found]


@pytest.fixture
def world(database: Database, people: People) -> World:
    return World(database, people)


async def test_who_closes_a_module_is_asked_once_and_nothing_is_told_without_their_tap(world: World, nora: Person) -> None:
    await world.meets()
    win = await world.closes(nora, 1)
    await world.closes(nora, 1)
    await world.progress.untick(nora, world.course.module(1), 1, AT)
    await world.closes(nora, 1, 90 * DAY)
    ((where, asked),) = await world.said()
    assert where == "@nora"
    assert "I closed module 1, Hook." in asked
    assert "Nothing is posted unless you tap" in asked
    await world.wins.tell(nora, win, " Hook is done, at last. ", AT)
    where, told = (await world.said())[1]
    assert (where, "Nora has news" in told, "Hook is done, at last." in told) == ("C7", True, True)
    with pytest.raises(ToldBefore):
        await world.wins.tell(nora, win, "Again.", AT)
    assert len(await world.said()) == 2


async def test_who_puts_something_live_is_asked_once_with_its_link(world: World, nora: Person) -> None:
    await world.meets()
    kept = await world.assets.keep(nora, step=Step.HOOK, asset_type="Headlines", content="Lids on.", at=AT)
    for link in ("https://example.org/lids", "https://example.org/jars"):
        await world.assets.implement(nora, await world.assets.show(nora, kept.id), AT, since=None, channel=None, link=link)
    ((_, asked),) = await world.said()
    assert "“Lids on.” is live: https://example.org/lids" in asked


async def test_a_tap_that_was_broken_off_tells_it_once(world: World, nora: Person, database: Database) -> None:
    await world.meets()
    win = await world.closes(nora, 1)
    await world.wins.tell(nora, win, "Hook is done.", AT)
    await database.collection("wins").update({"_id": win}, {"$unset": {"toldAt": ""}})  # it died before the mark
    await world.wins.tell(nora, win, "Hook is done.", AT)
    assert [where for where, _ in await world.said()] == ["@nora", "C7"]


async def test_nobody_tells_it_for_somebody_else(world: World, nora: Person) -> None:
    coach = await world.meets()
    win = await world.closes(nora, 1)
    for other in (coach, await world.people.meet(actor("ben"), AT)):
        with pytest.raises(NoSuchWin):
            await world.wins.tell(other, win, "Look at her.", AT)
    with pytest.raises(NothingSaid):
        await world.wins.tell(nora, win, " ", AT)


async def test_who_wants_never_to_be_asked_or_has_no_channel_is_not(world: World, nora: Person) -> None:
    await world.closes(nora, 1)
    await world.meets()
    nora = await world.wins.asking(nora, never=True, at=AT)
    assert nora.settings[SETTING] == NEVER
    await world.closes(nora, 2)
    assert await world.said() == []
    nora = await world.wins.asking(nora, never=False, at=AT)
    await world.closes(nora, 3)
    assert len(await world.said()) == 1
