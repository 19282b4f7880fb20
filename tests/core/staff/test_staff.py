"""Roles: first held by whoever installed the bot, then given and taken by Admins alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.cohort.service import Cohorts
from core.errors import NotAllowed
from core.outbox import Letter
from core.parcels import unpack_message
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.request import Asked
from core.roles import Role
from core.staff.commands import Given, Giving, give
from core.staff.service import LastAdmin, SameRole, Staff
from core.ui import Message
from persistence.cohorts import CohortRecord
from persistence.documents import Database
from persistence.outbox import OutboxRecord
from persistence.people import PeopleRecord
from tests.core.conftest import ADDRESS, AT, actor


@pytest.fixture
async def admin(people: People) -> Person:
    return await people.meet(replace(actor("ida"), installer=True), AT)


@pytest.fixture
def staff(people: People, database: Database) -> Staff:
    return Staff(people, OutboxRecord(database))


async def letters(database: Database) -> list[str]:
    """What stands in the outbox, in plain words."""
    found = [Letter.of(each) for each in await database.collection("outbox").find({})]
    return [message(unpack_message(each.message)) for each in found if each.message]


async def test_the_installer_is_admin_and_who_speaks_first_is_not(people: People) -> None:
    first = await people.meet(actor("early"), AT)
    assert first.role is Role.STUDENT
    ida = await people.meet(actor("ida"), AT)
    assert ida.role is Role.STUDENT
    assert (await people.meet(replace(actor("ida"), installer=True), AT)).role is Role.ADMIN


async def test_a_second_owner_is_not_made_admin_while_there_is_one(people: People, admin: Person) -> None:
    assert admin.role is Role.ADMIN
    assert (await people.meet(replace(actor("otto"), installer=True), AT)).role is Role.STUDENT


async def test_roles_are_given_and_whoever_gets_one_is_told(
    staff: Staff, people: People, admin: Person, nora: Person, database: Database
) -> None:
    coach = await staff.give(admin, nora, Role.COACH, AT)
    assert coach.role is Role.COACH
    assert [each.name for each in await staff.held(coach)] == ["Ida", "Nora"]
    [told] = await letters(database)
    assert "Ida made you a Coach" in told
    with pytest.raises(SameRole, match="Nora is a Coach already"):
        await staff.give(admin, coach, Role.COACH, AT)
    assert (await staff.give(admin, coach, Role.STUDENT, AT)).role is Role.STUDENT


async def test_nobody_but_an_admin_gives_roles_and_nobody_to_strangers(
    staff: Staff, people: People, admin: Person, nora: Person
) -> None:
    coach = await staff.give(admin, nora, Role.COACH, AT)
    for who in (coach, coach.model_copy(update={"role": Role.STUDENT})):
        with pytest.raises(NotAllowed):
            await staff.give(who, coach, Role.ADMIN, AT)
    elsewhere = await people.meet(replace(actor("zoe"), workspace="other"), AT)
    with pytest.raises(NotAllowed):
        await staff.give(admin, elsewhere, Role.COACH, AT)
    with pytest.raises(NotAllowed):
        await staff.held(elsewhere)


async def test_the_last_admin_stays_until_there_is_another(staff: Staff, admin: Person, nora: Person) -> None:
    with pytest.raises(LastAdmin):
        await staff.give(admin, admin, Role.STUDENT, AT)
    other = await staff.give(admin, nora, Role.ADMIN, AT)
    assert (await staff.give(other, admin, Role.STUDENT, AT)).role is Role.STUDENT


async def test_a_coach_who_becomes_a_student_again_is_said_to_stand_in_the_cohort_they_looked_after(
    staff: Staff, people: People, admin: Person, nora: Person, database: Database
) -> None:
    coach = await staff.give(admin, nora, Role.COACH, AT)
    cohorts = Cohorts(CohortRecord(database), PeopleRecord(database))
    await cohorts.create(coach, "Spring", AT.date(), (), AT)
    asked = Asked(id="e1", actor=actor("ida"), address=ADDRESS, at=AT, command="staff give")
    told = await give(asked, admin, Giving(nora.id, Given.STUDENT), staff, people)
    assert isinstance(told, Message)
    assert "among the students of the cohort that they looked after" in message(told)
    assert any("the cohort that you looked after" in each for each in await letters(database))
