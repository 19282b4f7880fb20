"""What students open to their coaches, and the log of every look that they can read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import NotAllowed
from core.openness import views
from core.openness.commands import Looks
from core.openness.model import ASKED_FOR, Part, opened
from core.openness.service import NotOpened, Openness, Order
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.roles import Role
from persistence.documents import Database
from persistence.looks import LookRecord
from persistence.people import PeopleRecord
from tests.core.conftest import AT, actor
from tests.students import SLACK, met


@pytest.fixture
def openness(database: Database, people: People) -> Openness:
    return Openness(LookRecord(database), people)


@pytest.fixture
async def coach(people: People) -> Person:
    return await people.appoint(await people.meet(actor("cora"), AT), Role.COACH)


async def again(database: Database, person: Person) -> Person:
    found = await PeopleRecord(database).by_id(person.id)
    assert found is not None
    return found


async def test_at_first_a_coach_sees_the_place_alone(openness: Openness, nora: Person, coach: Person) -> None:
    await openness.look(coach, nora, Part.PLACE, AT)
    for part in ASKED_FOR:
        with pytest.raises(NotOpened, match="Nora has not opened"):
            await openness.look(coach, nora, part, AT)
    assert [each.look.part for each in await openness.looks(nora)] == [Part.PLACE], "what was refused was no look"


async def test_what_is_opened_can_be_closed_again_at_once(openness: Openness, nora: Person, coach: Person) -> None:
    nora = await openness.open(nora, [Part.FIGURES, Part.FOUNDATION], AT)
    assert opened(nora) == (Part.FOUNDATION, Part.FIGURES)
    await openness.look(coach, nora, Part.FIGURES, AT)
    nora = await openness.open(nora, [Part.FOUNDATION], AT)
    with pytest.raises(NotOpened):
        await openness.look(coach, nora, Part.FIGURES, AT)


async def test_a_yes_is_meant_for_one_community(openness: Openness, nora: Person) -> None:
    nora = await openness.open(nora, ASKED_FOR, AT)
    assert opened(nora.model_copy(update={"organization_id": "org_other"})) == ()


async def test_the_log_tells_who_and_what_the_latest_first(
    database: Database, openness: Openness, nora: Person, coach: Person
) -> None:
    nora = await openness.open(nora, ASKED_FOR, AT)
    await openness.look(coach, None, Part.PLACE, AT)
    await openness.look(coach, nora, Part.ASSETS, AT + timedelta(hours=1), "Ten pains")
    seen = await openness.looks(nora)
    assert [(each.by, each.look.part, each.look.about) for each in seen] == [
        ("Cora", Part.ASSETS, "Ten pains"),
        ("Cora", Part.PLACE, ""),
    ]
    stranger = await met(database, SLACK)
    assert await openness.looks(stranger) == []


async def test_looks_of_one_coach_at_one_thing_on_one_day_are_one_line_and_are_found_by_their_words(
    database: Database, openness: Openness, nora: Person, coach: Person
) -> None:
    nora = await openness.open(nora, ASKED_FOR, AT)
    other = coach.model_copy(update={"id": (await met(database, SLACK)).id, "name": "Ózzie"})
    for hours in (0, 1, 2, 26):
        await openness.look(coach, None, Part.PLACE, AT + timedelta(hours=hours))
    await openness.look(coach, nora, Part.ASSETS, AT + timedelta(hours=3), "Ten pains")
    await openness.look(other, nora, Part.PLACE, AT + timedelta(hours=4))
    seen = await openness.looks(nora)
    assert [(each.look.at - AT, each.times) for each in seen] == [
        (timedelta(hours=26), 1),
        (timedelta(hours=4), 1),
        (timedelta(hours=3), 1),
        (timedelta(hours=2), 3),
    ]
    assert await openness.looks(nora, order=Order.OLDEST) == seen[::-1]
    assert [each.look.about for each in await openness.looks(nora, "cora páins")] == ["Ten pains"]
    assert len(await database.collection("looks").find({})) == 6, "the log keeps each"
    told = message(views.looks(nora, seen, Looks()))
    assert "Cora: the list of everybody, with where each one is\n" in told
    assert "times)" not in told, "a page that was loaded again is no look at anybody"
    assert "4 lines." in told


async def test_who_came_later_was_on_no_list_before(openness: Openness, nora: Person, coach: Person) -> None:
    for days in (-3, 0):
        await openness.look_at_all(coach, nora.created_at + timedelta(days=days))
    [seen] = await openness.looks(nora)
    assert (seen.look.at, seen.times) == (nora.created_at, 1)


async def test_a_list_that_stays_open_is_a_look_where_it_is_the_first_of_the_coachs_day(
    database: Database, openness: Openness, nora: Person, coach: Person
) -> None:
    times = []
    for hours, anew in ((0, True), (1, True), (2, False), (3, True), (24, True), (25, True)):
        await openness.look_at_all(coach, AT + timedelta(hours=hours), anew=anew)
        times.append(sum(each.times for each in await openness.looks(nora)))
    assert times == [1, 1, 2, 2, 3, 3]
    other = coach.model_copy(update={"id": (await met(database, SLACK)).id})
    await openness.look_at_all(other, AT + timedelta(hours=25), anew=True)
    assert len(await openness.looks(nora)) == 3, "each coach's own"
    with pytest.raises(NotAllowed):
        await openness.look_at_all(nora, AT, anew=True)


async def test_nobody_else_looks(database: Database, openness: Openness, nora: Person, coach: Person) -> None:
    nora = await openness.open(nora, ASKED_FOR, AT)
    stranger = (await met(database, SLACK)).model_copy(update={"role": Role.COACH})
    for who in (nora, stranger):
        with pytest.raises(NotAllowed):
            await openness.look(who, nora, Part.PLACE, AT)
    with pytest.raises(NotAllowed):
        await openness.look(nora, None, Part.PLACE, AT)
    assert await openness.looks(nora) == []
