"""The register of a cohort: for those who coach it, no more than students opened, and every look is noted first."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from core.assets.service import Assets
from core.cohort.model import Cohort
from core.cohort.service import Cohorts
from core.contents import SHIPPED
from core.errors import NotAllowed
from core.exchanges.who_waits import WhoWaits
from core.kpis.metrics import Metrics
from core.kpis.service import Snapshots
from core.members.model import Member
from core.members.service import Members
from core.openness.model import Part
from core.openness.service import Openness
from core.people.model import Person
from core.people.service import People
from core.register.service import Register
from core.roles import Role
from persistence.assets import AssetRecord
from persistence.cohorts import CohortRecord
from persistence.documents import Database
from persistence.drafts import FormDraftRecord
from persistence.exchanges import ExchangeRecord
from persistence.looks import LookRecord
from persistence.members import MemberRecord
from persistence.people import PeopleRecord
from persistence.snapshots import SnapshotRecord
from tests.core.conftest import AT, actor
from tests.students import OFFER, april, foundations


class World:
    """A coach with two cohorts, and three students."""

    def __init__(self, database: Database, people: People) -> None:
        self.database, self.people = database, people
        self.openness = Openness(LookRecord(database), people)
        self.cohorts = Cohorts(CohortRecord(database), PeopleRecord(database))
        self.foundations = foundations(database)
        snapshots = Snapshots(SnapshotRecord(database), Metrics(SHIPPED), people, FormDraftRecord(database))
        members = Members(MemberRecord(database), self.cohorts, WhoWaits(ExchangeRecord(database)))
        assets = Assets(AssetRecord(database))
        self.register = Register(members, self.cohorts, people, self.openness, self.foundations, snapshots, assets)

    async def student(self, name: str, cohort: Cohort) -> Person:
        person = await self.people.meet(actor(name), AT)
        person = await PeopleRecord(self.database).change(person, {"cohort_id": cohort.id})
        whose = {"user_id": person.user_id, "organization_id": person.organization_id, "cohort_id": cohort.id}
        times = {"joined_at": AT - timedelta(days=60), "rolled_at": AT}
        await MemberRecord(self.database).keep(
            Member.model_validate({"id": person.id, "name": person.name, "module": 0, **whose, **times})
        )
        return person

    async def rows(self, coach: Person, *, everybody: bool = False, with_opened: bool = False) -> list[dict[str, str]]:
        file, students = await self.register.export(coach, AT, everybody=everybody, with_opened=with_opened)
        found = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
        assert len(found) == students
        return found


@pytest.fixture
def world(database: Database, people: People) -> World:
    return World(database, people)


async def as_coach(world: World, role: Role = Role.COACH) -> tuple[Person, Cohort, Cohort]:
    coach = await world.people.appoint(await world.people.meet(actor("cora"), AT), role)
    autumn, _ = await world.cohorts.create(coach, "Autumn", AT.date() - timedelta(days=60), (), AT)
    spring, coach = await world.cohorts.create(coach, "Spring", None, (), AT)
    return coach, spring, autumn


async def test_a_coach_gets_their_cohort_and_an_admin_all(world: World) -> None:
    coach, spring, autumn = await as_coach(world)
    for name, cohort in (("omar", spring), ("nora", spring), ("ana", autumn)):
        await world.student(name, cohort)
    assert [(each["Name"], each["Cohort"], each["Account"]) for each in await world.rows(coach)] == [
        ("Nora", "Spring", "nora"),
        ("Omar", "Spring", "omar"),
    ]
    with pytest.raises(NotAllowed):
        await world.rows(coach, everybody=True)
    admin = await world.people.appoint(coach, Role.ADMIN)
    everybody = await world.rows(admin, everybody=True)
    assert [(each["Name"], each["Cohort"]) for each in everybody] == [("Ana", "Autumn"), ("Nora", "Spring"), ("Omar", "Spring")]
    assert everybody[0]["Risk"] == "Needs a person", "judged by her own cohort's dates"
    with pytest.raises(NotAllowed):
        await world.rows(await world.people.meet(actor("nora"), AT))


async def test_what_somebody_opened_is_in_it_only_when_asked_for_and_only_theirs_and_noted(world: World) -> None:
    coach, spring, _ = await as_coach(world)
    nora, omar = await world.student("nora", spring), await world.student("omar", spring)
    for each in (nora, omar):
        await world.foundations.save(each, {OFFER: f"=the offer of {each.name}"}, AT)
        await SnapshotRecord(world.database).put(each, april(each, {"hook_AvgCTR": 2.5, "sell_AOV_Initial": 4950}, AT, "", "GBP"))
    nora = await world.openness.open(nora, [Part.FOUNDATION, Part.FIGURES], AT)
    plain = await world.rows(coach)
    assert "offer" not in repr(plain)
    assert [each.look.part for each in await world.openness.looks(nora)] == [Part.PLACE]
    one, other = await world.rows(coach, with_opened=True)
    offer = next(name for name in one if "the offer of Nora" in one[name])
    assert offer.startswith("Foundation: ")
    assert one[offer] == "'=the offer of Nora"
    assert other[offer] == ""
    assert "Omar" not in repr(one)
    assert "49.5" in one[next(name for name in one if "(money)" in name)]
    assert (one["Figures: currency"], one["Figures: until"], other["Figures: until"]) == ("GBP", "2026-04-30", "")
    assert [each.look.part for each in await world.openness.looks(nora)].count(Part.FOUNDATION) == 1
    assert {each.look.part for each in await world.openness.looks(omar)} == {Part.PLACE}
