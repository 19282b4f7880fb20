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
from core.playbook.model import Execution
from persistence.documents import Database
from persistence.efforts import EffortRecord
from persistence.members import MemberRecord
from persistence.migrations import m0006_ticks
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.people import PeopleRecord
from persistence.run_counts import RunCountRecord
from persistence.runs import ExecutionRecord
from persistence.watched import Watched
from tests.core.conftest import AT, actor
from tests.core.nudges.learners import AT as LATELY
from tests.core.nudges.learners import learner

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


class Learners:
    """Knows of everybody what it is told once; the record is away as often as `away` says."""

    def __init__(self) -> None:
        self.away = 0
        self.asked: list[str] = []
        self.seen_at: datetime | None = None

    async def known(self, person: Person, wishes: NudgePreferences, at: datetime) -> Known:
        if self.away:
            self.away -= 1
            raise StoreDown()
        self.asked.append(person.name)
        return learner(person=person, wishes=wishes, last_seen_at=self.seen_at)


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
            EffortRecord(database),
            self.touched,
        )


def _run(person: Person, at: datetime) -> Execution:
    return Execution(
        id="run_1",
        user_id=person.user_id,
        organization_id=person.organization_id,
        prompt_code="H1",
        elevate_step="Hook",
        input_context_snapshot={},
        ai_request_timestamp=at,
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


async def test_whoever_was_rolled_up_without_what_was_ticked_has_their_turn_at_once(world: World) -> None:
    nora = await world.people.meet(actor("nora"), AT)
    await world.people.meet(actor("omar"), AT)
    await world.rolling.tick(AT)
    await world.database.collection("members").update({"_id": nora.id}, {"$unset": {"ticked": ""}})
    await m0006_ticks.apply(world.database)
    world.learners.asked.clear()
    assert await world.rolling.tick(AT + HOUR) == 1
    assert world.learners.asked == ["Nora"]
    kept = {each.name: each for each in await world.store.of_organization(nora)}
    assert kept["Nora"].ticked[0] == (7, 8)
    assert kept["Nora"].rolled_at == AT + HOUR


async def test_what_could_not_be_read_is_rolled_up_later(world: World) -> None:
    for name in ("nora", "omar", "zoe"):
        await world.people.meet(actor(name), AT)
    world.learners.away = 1
    with pytest.raises(StoreDown):
        await world.rolling.tick(AT)
    assert await world.rolling.tick(AT) == 3
    assert sorted(world.learners.asked) == ["Nora", "Omar", "Zoe"]


async def test_a_sign_of_life_and_work_never_go_back(world: World) -> None:
    """Two processes may roll up the same person at once, and the one that read first may be the last to write."""
    nora = await world.people.meet(actor("nora"), AT)
    run = _run(nora, LATELY)
    await ExecutionRecord(world.seen).add(nora, run)
    before, after = LATELY - 15 * DAY, LATELY + HOUR
    for seen, then in ((before, LATELY), (after, after), (before, after), (None, after), (after + HOUR, after + HOUR)):
        world.learners.seen_at = seen
        world.touched.note({"_id": nora.id})
        await world.rolling.tick(AT)
        (kept,) = await world.store.of_organization(nora)
        assert (kept.seen_at, kept.worked_at) == (then, LATELY)
    await world.database.collection("userPromptExecutions").delete({"_id": run.id})
    world.touched.note({"_id": nora.id})
    await world.rolling.tick(AT)
    assert [each.worked_at for each in await world.store.of_organization(nora)] == [LATELY]


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
    wishes, runs, efforts = NudgePreferencesRecord(world.seen), RunCountRecord(world.database), EffortRecord(world.database)
    rolling = Rolling(world.store, people, wishes, world.learners, runs, efforts, world.touched, counting=(Counts(),))
    await world.people.meet(actor("nora"), AT)
    await rolling.tick(AT)
    await rolling.tick(AT)
    assert told == ["Nora"]
