"""People who make agents, on a record of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.agents.own import OwnAgents, Wanted
from core.agents.reviewing import Reviews
from core.agents.roster import read_roster
from core.contents import SHIPPED
from core.outbox import Letter
from core.people.model import Person
from core.people.service import People
from core.roles import Role
from persistence.documents import Database
from persistence.outbox import OutboxRecord
from persistence.own_agents import OwnAgentsRecord
from persistence.people import PeopleRecord
from tests.core.conftest import AT, actor

ROSTER = read_roster(SHIPPED / "agents")
NOBODY = Person(id="per_1", user_id="usr_1", organization_id="org_1", name="Nobody", created_at=AT)
MILO = Wanted(
    name="Milo",
    description="Ask Milo for labels.",
    personality="Dry.",
    instructions="Write labels of five words.",
    face="bee",
    model="large",
    tools=("read_foundation",),
)


@dataclass(slots=True)
class Making:
    """The services, and the people of one cohort: Nora and Omar are students, Cora coaches."""

    own: OwnAgents
    reviews: Reviews
    nora: Person
    omar: Person
    cora: Person
    database: Database

    async def letters(self, person: Person) -> list[Letter]:
        """What the person is sent, oldest first."""
        found = [Letter.of(each) for each in await self.database.collection("outbox").find({"personId": person.id})]
        return sorted(found, key=lambda each: each.id)


async def making(database: Database, *, coached: bool = True) -> Making:
    """The cohort; without a coach, Cora is a student too."""
    record = PeopleRecord(database)
    nora, omar, cora = [await People(record).meet(actor(name), AT) for name in ("nora", "omar", "cora")]
    if coached:
        cora = await record.change(cora, {"role": Role.COACH})
    store = OwnAgentsRecord(database)
    own = OwnAgents(ROSTER, store)
    return Making(own, Reviews(own, store, record, OutboxRecord(database)), nora, omar, cora, database)


def named(name: str) -> Wanted:
    """The same agent under another name."""
    return replace(MILO, name=name)
