"""Where a cohort's weeks begin: where its coach is; a cohort from before is given a time zone, once."""

from __future__ import annotations

from datetime import date

import pytest

from core.cohort.model import WeeklyQuestion
from core.people.service import People
from core.request import Platform
from core.roles import Role
from persistence.documents import Database
from persistence.migrations import m0004_boards
from persistence.people import PeopleRecord
from tests.core.board.test_boards import MONDAY, World
from tests.core.conftest import actor


@pytest.fixture
def world(database: Database, people: People) -> World:
    return World(database, people)


async def test_it_is_that_of_the_coach_who_set_the_dates(world: World) -> None:
    coach = await world.coach()
    other = await world.people.appoint(await world.people.meet(actor("omar", "Asia/Tokyo"), MONDAY), Role.COACH)
    [spring] = await world.cohorts.all(coach)
    assert spring.timezone == "Europe/Dublin"
    await world.cohorts.schedule(other, date(2026, 3, 9), (), MONDAY)
    assert [each.timezone for each in await world.cohorts.all(coach)] == ["Asia/Tokyo"]


async def test_a_cohort_from_before_has_that_of_its_question_or_its_coach(world: World, database: Database) -> None:
    coach = await world.coach()
    question = WeeklyQuestion(day=2, hour=10, zone="Europe/Paris", platform=Platform.TERMINAL, workspace="terminal")
    await world.cohorts.ask_weekly(coach, question, None)
    await PeopleRecord(database).change(coach, {"timezone": "Asia/Tokyo"})
    autumn, _ = await world.cohorts.create(coach, "Autumn", None, (), MONDAY)
    kept, _ = await world.cohorts.create(await world.now(coach), "Kept", None, (), MONDAY)
    cohorts = database.collection("cohorts")
    await cohorts.update_many({"organizationId": coach.organization_id, "name": {"$ne": "Kept"}}, {"$unset": {"timezone": ""}})
    for _ in range(2):
        await m0004_boards.apply(database)
    zones = {each.name: each.timezone for each in await world.cohorts.all(coach)}
    assert zones == {"Spring": "Europe/Paris", "Autumn": "Asia/Tokyo", "Kept": kept.timezone}
    assert autumn.id != kept.id
