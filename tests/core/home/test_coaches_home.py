"""The home page of a coach begins with their students, and with the course only once they do it themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.cohort.expected import Expected
from core.cohort.service import Cohorts
from core.course.modules import Course
from core.course.service import Progress
from core.exchanges.who_waits import WhoWaits
from core.home.panels import Beginning, NextStep, TheCourse
from core.home.service import Home
from core.members.beside import Meanwhile
from core.members.model import Member
from core.members.panel import YourStudents
from core.members.service import Members
from core.people.invitation import Invitation
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.roles import Role
from core.ui import Message
from persistence.assets import AssetRecord
from persistence.cohorts import CohortRecord
from persistence.documents import Database
from persistence.exchanges import ExchangeRecord
from persistence.invitations import InvitationRecord
from persistence.members import MemberRecord
from persistence.people import PeopleRecord
from persistence.progress import ProgressRecord
from tests.core.conftest import AT, actor
from tests.core.course.world import Foundation


@pytest.fixture
async def coach(people: People) -> Person:
    return await people.appoint(await people.meet(actor("ida"), AT), Role.COACH)


async def shown(database: Database, person: Person) -> str:
    progress = Progress(ProgressRecord(database), Course(), AssetRecord(database), Foundation(True))
    cohorts = cohorts_of(database)
    members = Members(MemberRecord(database), cohorts, WhoWaits(ExchangeRecord(database)))
    beginning = Beginning(progress)
    people = People(PeopleRecord(database), invitations=InvitationRecord(database))
    students = YourStudents(members, cohorts, Expected(people, cohorts), Meanwhile(members, cohorts, people))
    page = await Home(NextStep(progress, cohorts), (), beginning, students, (TheCourse(beginning),)).page(person, AT)
    return message(Message(page.title, page.cards))


def cohorts_of(database: Database) -> Cohorts:
    return Cohorts(CohortRecord(database), PeopleRecord(database))


async def listed(database: Database, person: Person, seen: int = 0) -> None:
    member = Member(
        id=person.id,
        organization_id=person.organization_id,
        cohort_id=person.cohort_id,
        name=person.name,
        module=0,
        joined_at=AT.replace(year=AT.year - 1),
        seen_at=AT.replace(day=1, month=seen) if seen else AT,
        rolled_at=AT,
    )
    await MemberRecord(database).keep(member)


async def test_a_coach_sees_their_students_and_no_course_of_their_own(database: Database, coach: Person, nora: Person) -> None:
    await listed(database, nora, seen=1)
    text = await shown(database, coach)
    assert "1 student: 1 needs a person." in text
    assert "The ten modules" in text
    assert "You are in module" not in text
    assert nora.name not in text, "a page that is drawn by itself is no look"


async def test_who_may_coach_and_has_nobody_to_coach_begins_a_cohort_or_is_a_student(database: Database, coach: Person) -> None:
    in_slack = coach.model_copy(update={"identities": ("slack:T1:UIDA",)})
    text = await shown(database, in_slack)
    assert text.index("None yet. Begin a cohort") < text.index("You are in module 0"), "who sets up a workspace begins here"
    assert "The ten modules" not in text
    assert "Your students" not in await shown(database, coach), "alone at a terminal they are there to learn"
    _, coach = await cohorts_of(database).create(coach, "Spring", None, (), AT)
    text = await shown(database, coach)
    assert "You are in module" not in text
    assert "The ten modules" in text


async def test_a_second_cohort_that_no_coach_looks_after_is_not_forgotten(
    database: Database, coach: Person, nora: Person
) -> None:
    people, cohorts = People(PeopleRecord(database), invitations=InvitationRecord(database)), cohorts_of(database)
    spring, coach = await cohorts.create(coach, "Spring", None, (), AT)
    await cohorts.place(coach, nora, spring.name)
    await listed(database, await people.meet(actor("nora"), AT), seen=1)
    assert "Your students\n1 student: 1 needs a person." in await shown(database, coach)
    autumn, coach = await cohorts.create(coach, "Autumn", None, (), AT)
    zoe = Invitation(id="z", organization_id=coach.organization_id, name="Zoe", cohort_id=autumn.id, created_at=AT)
    await people.invite(coach, zoe)
    text = await shown(database, coach)
    assert "Your students, Autumn\n1 person is expected, and has not written to me yet." in text
    assert "Spring goes on too, and nobody looks after it just now. 1 student: 1 needs a person." in text
    other = await people.appoint(await people.meet(actor("omar"), AT), Role.COACH)
    await cohorts.look_after(other, spring.id)
    assert "goes on too" not in await shown(database, coach), "somebody looks after it"


async def test_a_coach_who_does_the_course_sees_it_below(database: Database, coach: Person, nora: Person) -> None:
    await listed(database, nora)
    await ProgressRecord(database).start(coach, Course().module(0).id, AT)
    text = await shown(database, coach)
    assert text.index("Your students") < text.index("You are in module 0")
    assert "What your students read" not in text


async def test_a_student_sees_nothing_of_others(database: Database, nora: Person) -> None:
    text = await shown(database, nora)
    assert "You are in module 0" in text
    assert "students" not in text


async def test_a_student_who_is_behind_reads_where_the_others_are(database: Database, coach: Person, nora: Person) -> None:
    cohorts = cohorts_of(database)
    spring, _ = await cohorts.create(coach, "Spring", AT.date() - timedelta(days=15), (), AT)
    nora = nora.model_copy(update={"cohort_id": spring.id})
    assert "Your cohort is at module 2, Gift, this week." in await shown(database, nora)
    await ProgressRecord(database).complete(nora, Course().module(0).id, AT)
    await ProgressRecord(database).complete(nora, Course().module(1).id, AT)
    assert "Your cohort is at" not in await shown(database, nora), "she is with them"
