"""Rolling up: whoever was written of, once; everybody anew after a day; nobody who is gone."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core.errors import StoreDown
from core.members.rolling import Rolling, Touched
from core.nudges.known import Known
from core.nudges.model import NudgePreferences
from core.people.model import Person
from core.people.service import People
from persistence.documents import Database
from persistence.members import MemberRecord
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.people import PeopleRecord
from persistence.run_counts import RunCountRecord
from persistence.watched import Watched
from tests.core.conftest import AT, actor
from tests.core.nudges.learners import learner

DAY = timedelta(days=1)


class Learners:
    """Knows of everybody what it is told once; the record is away as often as `away` says."""

    def __init__(self) -> None:
        self.away = 0
        self.asked: list[str] = []

    async def known(self, person: Person, wishes: NudgePreferences, at: datetime) -> Known:
        if self.away:
            self.away -= 1
            raise StoreDown()
        self.asked.append(person.name)
        return learner(person=person, wishes=wishes)


class World:
    """A record in which writes are seen, and what rolls people up."""

    def __init__(self, database: Database) -> None:
        self.touched, self.learners, self.database = Touched(), Learners(), database
        self.seen = Watched(database, self.touched.note)
        self.people = People(PeopleRecord(self.seen))
        self.store = MemberRecord(database)
        self.rolling = Rolling(
            self.store,
            PeopleRecord(self.seen),
            NudgePreferencesRecord(self.seen),
            self.learners,
            RunCountRecord(database),
            self.touched,
        )


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


async def test_whoever_is_new_or_changed_is_rolled_up_once(world: World) -> None:
    nora = await world.people.meet(actor("nora"), AT)
    assert await world.rolling.tick(AT) == 1
    assert await world.rolling.tick(AT) == 0, "what it writes itself is no reason"
    await world.people.introduce(nora, name="Nora Byrne", timezone="Europe/Dublin", at=AT)
    assert await world.rolling.tick(AT) == 1
    assert [each.name for each in await world.store.of_organization(nora)] == ["Nora Byrne"]


async def test_everybody_is_rolled_up_anew_after_a_day(world: World) -> None:
    await world.people.meet(actor("nora"), AT)
    await world.rolling.tick(AT)
    assert await world.rolling.tick(AT + DAY - timedelta(minutes=1)) == 0
    assert await world.rolling.tick(AT + DAY + timedelta(minutes=1)) == 1


async def test_what_could_not_be_read_is_rolled_up_later(world: World) -> None:
    for name in ("nora", "omar", "zoe"):
        await world.people.meet(actor(name), AT)
    world.learners.away = 1
    with pytest.raises(StoreDown):
        await world.rolling.tick(AT)
    assert await world.rolling.tick(AT) == 3
    assert sorted(world.learners.asked) == ["Nora", "Omar", "Zoe"]


async def test_who_is_gone_is_forgotten(world: World) -> None:
    nora = await world.people.meet(actor("nora"), AT)
    await world.rolling.tick(AT)
    await world.database.collection("persons").delete({"_id": nora.id})
    await world.rolling.tick(AT + 2 * DAY)
    assert list(await world.store.of_organization(nora)) == []


async def test_whoever_counts_something_else_is_told_of_everybody_who_is_rolled_up(world: World) -> None:
    told: list[str] = []

    class Counts:
        async def count(self, person: Person, at: datetime) -> None:
            told.append(person.name)

    people = PeopleRecord(world.seen)
    wishes, runs = NudgePreferencesRecord(world.seen), RunCountRecord(world.database)
    rolling = Rolling(world.store, people, wishes, world.learners, runs, world.touched, (Counts(),))
    await world.people.meet(actor("nora"), AT)
    await rolling.tick(AT)
    await rolling.tick(AT)
    assert told == ["Nora"]
