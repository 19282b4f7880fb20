"""Boards as students and coaches come to them: agreeing, moving, leaving, ending; and what counts once counts once."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from core.assets.model import Asset
from core.board import views
from core.board.ranks import Span
from core.board.service import BoardOver, Boards, ForStudents, NoBoard
from core.cohort.model import Cohort
from core.cohort.service import Cohorts
from core.course.steps import Step
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.roles import Role
from persistence.assets import AssetRecord
from persistence.boards import BoardRecord
from persistence.cohorts import CohortRecord
from persistence.deeds import DeedRecord
from persistence.documents import Database
from persistence.people import PeopleRecord
from persistence.progress import ProgressRecord
from tests.core.conftest import actor

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(days=7)


class World:
    """A cohort in Dublin, and its coach."""

    def __init__(self, database: Database, people: People) -> None:
        self.people, self.record = people, PeopleRecord(database)
        self.cohorts = Cohorts(CohortRecord(database), self.record)
        self.boards = Boards(BoardRecord(database), DeedRecord(database), self.cohorts)
        self.progress, self.assets = ProgressRecord(database), AssetRecord(database)

    async def coach(self) -> Person:
        coach = await self.people.appoint(await self.people.meet(actor("cora", "Europe/Dublin"), MONDAY), Role.COACH)
        _, coach = await self.cohorts.create(coach, "Spring", date(2026, 3, 2), (), MONDAY)
        return coach

    async def met(self, name: str) -> Person:
        """Somebody who has been rolled up once, as everybody is within seconds."""
        person = await self.people.meet(actor(name), MONDAY)
        await self.boards.count(person, MONDAY)
        return person

    async def now(self, person: Person) -> Person:
        found = await self.record.by_id(person.id)
        assert found is not None
        return found

    async def sharing(self, *names: str, ticks: int = 1) -> list[Person]:
        """Students on the board, the first with so many items ticked, each after with one more."""
        found = []
        for number, name in enumerate(names):
            person = await self.met(name)
            for item in range(ticks + number):
                await self.progress.tick(person, "mod_1", item + 1, MONDAY)
            await self.boards.join(person, MONDAY)
            found.append(await self.now(person))
        return found

    async def shown(self, person: Person, at: datetime = MONDAY, span: Span = Span.WEEK) -> dict[str, int]:
        """The names and points that the person sees."""
        found = await self.boards.look(await self.now(person), span, at)
        return {each.name: each.points for each in found.standings.rows}

    async def ended(self, coach: Person, at: datetime) -> Cohort:
        return await self.cohorts.archive(coach, "Spring", at)


@pytest.fixture
def world(database: Database, people: People) -> World:
    return World(database, people)


async def test_whoever_agreed_is_seen_and_nobody_else(world: World) -> None:
    coach = await world.coach()
    silent = await world.met("silvia")
    for item in range(1, 7):
        await world.progress.tick(silent, "mod_1", item, MONDAY)
    await world.boards.count(silent, MONDAY)
    anna, ben = await world.sharing("anna", "ben")
    found = await world.boards.look(anna, Span.WEEK, MONDAY)
    assert not found.standings.shared, "two are no board"
    assert "Fewer than 3 share yet" in message(views.board(found, coaches=False))
    chen = (await world.sharing("chen"))[0]
    for person in (coach, silent, anna, chen):
        assert await world.shown(person) == {"Anna": 1, "Ben": 2, "Chen": 1}
        found = await world.boards.look(await world.now(person), Span.WEEK, MONDAY)
        told = message(views.board(found, coaches=person is coach))
        assert not re.search(r"Silvia|\b4\b", told), "nor is anybody counted who did not agree"
    await world.boards.leave(ben, MONDAY)
    assert not (await world.boards.look(anna, Span.WEEK, MONDAY)).standings.shared, "at once"
    with pytest.raises(ForStudents):
        await world.boards.join(coach, MONDAY)


async def test_a_thing_counts_once_in_the_week_in_which_it_was_first_done(world: World) -> None:
    await world.coach()
    anna, *_ = await world.sharing("anna", "ben", "chen")
    asset = Asset(
        id="ast_1",
        user_id=anna.user_id,
        organization_id=anna.organization_id,
        elevate_step=Step.HOOK,
        asset_type="Headlines",
        title="Words",
        content="Words",
        created_at=MONDAY,
        last_updated_at=MONDAY,
    )
    await world.assets.add(anna, asset)
    for again in range(3):
        at = MONDAY + again * WEEK
        await world.progress.untick(anna, "mod_1", 1, at)
        await world.progress.tick(anna, "mod_1", 1, at)
        await world.progress.complete(anna, "mod_1", at)
        await world.assets.go_live(anna, asset.model_copy(update={"implemented_at": at, "last_updated_at": at}))
        await world.boards.count(await world.now(anna), at)
    assert await world.shown(anna, MONDAY) == {"Anna": 1 + 3 + 3, "Ben": 2, "Chen": 3}
    assert await world.shown(anna, MONDAY + WEEK) == {}, "doing it again is nothing new"
    assert (await world.shown(anna, MONDAY + 2 * WEEK, Span.COHORT))["Anna"] == 7
    await world.progress.untick(anna, "mod_1", 1, MONDAY + 2 * WEEK)
    assert (await world.shown(anna, MONDAY + 2 * WEEK, Span.COHORT))["Anna"] == 3, "what is undone does not count"


async def test_ticks_from_before_there_were_boards_do_not_all_fall_into_this_week(world: World) -> None:
    await world.coach()
    old = await world.people.meet(actor("old"), MONDAY)
    for item in range(1, 6):
        await world.progress.tick(old, "mod_1", item, MONDAY)
    await world.progress.tick(old, "mod_1", 6, MONDAY + WEEK)
    mine = await world.boards.mine(old, MONDAY + WEEK)
    assert mine.weeks == {"2026-03-02": (6, 0, 0, 0, 0)}
    await world.progress.tick(old, "mod_1", 7, MONDAY + WEEK)
    assert (await world.boards.mine(old, MONDAY + WEEK)).weeks["2026-03-09"] == (1, 0, 0, 0, 0)


async def test_whoever_moves_agreed_to_be_seen_by_others_than_those(world: World) -> None:
    coach = await world.coach()
    anna, ben, chen, *_ = await world.sharing("anna", "ben", "chen", "dora")
    _, coach = await world.cohorts.create(coach, "Autumn", None, (), MONDAY)
    for each in (anna, ben, chen):
        await world.cohorts.place(coach, each, "Spring")
    moved = await world.cohorts.place(coach, chen, "Autumn")
    assert set(await world.shown(anna)) == {"Anna", "Ben", "Dora"}, "at once"
    await world.boards.count(await world.now(chen), MONDAY)
    assert (await world.now(chen)).boards == ()
    found = await world.boards.look(await world.now(chen), Span.WEEK, MONDAY)
    assert (found.cohort.id, found.shares, found.standings.shared) == (moved.id, False, False)
    await world.boards.join(await world.now(chen), MONDAY)
    assert (await world.now(chen)).boards == (moved.id,)


async def test_a_board_stays_as_it_ended_and_its_members_read_it(world: World) -> None:
    coach = await world.coach()
    anna, ben, chen = await world.sharing("anna", "ben", "chen")
    await world.ended(coach, MONDAY + WEEK)
    _, coach = await world.cohorts.create(coach, "Autumn", None, (), MONDAY + WEEK)
    for each in (anna, chen):
        await world.cohorts.place(coach, each, "Spring")
    await world.cohorts.place(coach, ben, "Autumn")
    for item in range(1, 9):
        await world.progress.tick(anna, "mod_2", item, MONDAY + WEEK + DAY)
    for each in (anna, ben, chen):
        await world.boards.count(await world.now(each), MONDAY + 2 * WEEK)
    at = MONDAY + 30 * WEEK
    assert await world.shown(anna, at, Span.LAST) == {"Anna": 1, "Ben": 2, "Chen": 3}
    found = await world.boards.look(await world.now(anna), Span.COHORT, at)
    told = message(views.board(found, coaches=False))
    assert "The whole cohort, until Monday 9 March" in told
    assert "Put me" not in told
    with pytest.raises(BoardOver):
        await world.boards.join(await world.now(anna), at)
    gone = await world.boards.leave(await world.now(anna), at)
    assert not gone.shares
    assert set(await world.shown(chen, at, Span.LAST)) == set(), "two are left"


async def test_what_the_others_see_is_seen_before_agreeing(world: World) -> None:
    stranger = await world.met("stranger")
    with pytest.raises(NoBoard):
        await world.boards.mine(stranger, MONDAY)
    await world.coach()
    for item in range(1, 4):
        await world.progress.tick(stranger, "mod_1", item, MONDAY)
    mine = await world.boards.mine(stranger, MONDAY)
    told = message(views.mine(mine))
    assert "You are on no board." in told
    assert re.search(r"The others would see: Stranger, 3 points this week", told)
    assert "Put me on the board" in told
    assert re.search(r"You are on the board of Spring", message(views.mine(await world.boards.join(stranger, MONDAY))))


async def test_names_are_one_line_and_call_nobody(world: World) -> None:
    await world.coach()
    anna, *_ = await world.sharing("anna", "ben", "chen")
    await world.record.change(anna, {"name": "A\u202enna\n\nis\there" + "x" * 100})
    found = await world.boards.look(await world.now(anna), Span.WEEK, MONDAY)
    told = message(views.board(found, coaches=False))
    assert "Anna is here" in told
    assert "x" * 60 not in told
    assert "\u202e" not in told


@pytest.mark.parametrize("seed", range(2))
async def test_whatever_people_do_only_those_who_agreed_to_be_seen_there_are(world: World, seed: int) -> None:
    chance = Random(seed)
    coach = await world.coach()
    await world.cohorts.create(coach, "Autumn", None, (), MONDAY)
    students = {name: await world.met(name) for name in ("anna", "ben", "chen", "dora", "ema")}
    homes = {name: chance.choice(("Spring", "Autumn")) for name in students}
    agreed: set[str] = set()
    for number, name in enumerate(students, 1):
        await world.cohorts.place(coach, students[name], homes[name])
        for item in range(number):
            await world.progress.tick(students[name], "mod_1", item + 1, MONDAY)
    for _ in range(40):
        name, what = chance.choice(list(students)), chance.choice(("join", "join", "leave", "move"))
        person = await world.now(students[name])
        if what == "join":
            await world.boards.join(person, MONDAY)
            agreed.add(name)
        elif what == "leave":
            await world.boards.leave(person, MONDAY)
            agreed.discard(name)
        else:
            home = chance.choice(("Spring", "Autumn"))
            await world.cohorts.place(coach, person, home)
            if home != homes[name]:
                agreed.discard(name)
            homes[name] = home
        for looking, each_one in students.items():
            there = {each.capitalize() for each in agreed if homes[each] == homes[looking]}
            found = await world.boards.look(await world.now(each_one), Span.WEEK, MONDAY)
            assert {each.name for each in found.standings.rows} == (there if len(there) > 2 else set())
        await world.boards.count(await world.now(person), MONDAY)
