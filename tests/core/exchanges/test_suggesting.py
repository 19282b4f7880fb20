"""What a coach could write quotes only what the student opened, and a quote from a Foundation is a look that they can read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.commitments.model import CommitmentState
from core.commitments.service import Commitments
from core.contents import SHIPPED
from core.course.steps import Step
from core.exchanges.proposing import told_first
from core.exchanges.service import Exchanges
from core.exchanges.suggesting import Suggestions
from core.foundation.cells import Cells
from core.foundation.service import Foundations
from core.members.model import Member
from core.members.risk import Risk
from core.members.service import Row
from core.openness.model import Part
from core.openness.service import Openness
from core.people.model import Person
from core.people.service import People
from core.request import Asked
from core.roles import Role
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.exchanges import ExchangeRecord
from persistence.foundation import FoundationRecord
from persistence.looks import LookRecord
from persistence.outbox import OutboxRecord
from tests.core.conftest import AT, actor
from tests.core.exchanges.test_exchanges import Silence

DAY = timedelta(days=1)
SELLS, HURTS = "Mugs that keep tea warm", "My tea is cold by nine"


class Waking:
    """Nobody is woken here."""

    async def wake(self, person: Person, at: object) -> None:
        return None

    async def listens(self, person: Person) -> bool:
        return True

    async def asked_later(self, person: Person, commitment: object, at: datetime) -> None:
        return None

    async def quiet_until(self, person: Person) -> datetime | None:
        return None


class World:
    """A student with a Foundation, a coach, and what is proposed to her."""

    def __init__(self, database: Database, people: People) -> None:
        self.people = people
        self.openness = Openness(LookRecord(database), people)
        self.commitments = Commitments(CommitmentRecord(database), Waking())
        self.foundations = Foundations(FoundationRecord(database), Cells(SHIPPED))
        talks = NoTalks()
        self.exchanges = Exchanges(ExchangeRecord(database), people, OutboxRecord(database), talks, Silence())
        self.suggestions = Suggestions(self.exchanges, self.commitments, self.foundations, self.openness)

    async def proposed(self, student: Person, module: int = 0) -> str:
        cora = await self.people.appoint(await self.people.meet(actor("cora"), AT), Role.COACH)
        shares = tuple(20 if number == module else 0 for number in range(10))
        plain = {"id": student.id, "organization_id": student.organization_id, "name": student.name, "joined_at": AT}
        member = Member.model_validate(plain | {"shares": shares, "module": module, "seen_at": AT, "rolled_at": AT})
        return await self.suggestions.of(cora, student, Row(member, Risk()), AT + DAY)

    async def looks(self, student: Person) -> list[tuple[Part, str]]:
        return [(each.look.part, each.look.about) for each in await self.openness.looks(student)]


class NoTalks:
    """Nobody talked to an agent."""

    async def in_short(self, student: Person, address: object) -> str:
        return ""


@pytest.fixture
async def world(database: Database, people: People, nora: Person) -> World:
    found = World(database, people)
    for field, text in (("companyContext.coreOffers", SELLS), ("customerAvatar.pains", HURTS)):
        await found.foundations.add(nora, found.foundations.cells.by_field[field], text, AT)
    return found


async def test_a_closed_foundation_is_neither_quoted_nor_looked_at(world: World, nora: Person) -> None:
    for module in (0, 1, 6):
        told = await world.proposed(nora, module)
        assert SELLS not in told
        assert HURTS not in told
    assert await world.looks(nora) == []


async def test_an_opened_foundation_is_quoted_where_it_fits_the_step_and_they_can_read_that_it_was(
    world: World, nora: Person
) -> None:
    nora = await world.openness.open(nora, [Part.FOUNDATION], AT)
    assert SELLS in await world.proposed(nora, Step.FOUNDATION.number)
    assert HURTS in await world.proposed(nora, Step.GIFT.number)
    assert sorted(await world.looks(nora)) == [(Part.FOUNDATION, "Said pains"), (Part.FOUNDATION, "What we sell")]
    closed = await world.openness.open(nora, [], AT)
    assert HURTS not in await world.proposed(closed, Step.GIFT.number)


async def test_what_they_said_they_would_do_here_is_quoted_and_a_reminder_of_their_own_is_not(world: World, nora: Person) -> None:
    nora = await world.openness.open(nora, [Part.FOUNDATION], AT)
    await world.commitments.remind(nora, "Call the bank", AT + 2 * DAY, AT, "e0")
    made = await world.commitments.promise(nora, "Film the clip", (AT + 4 * DAY).date(), AT, "e1")
    assert "“Film the clip”" in await world.proposed(nora)
    elsewhere = nora.model_copy(update={"organization_id": "org_other"})
    assert "clip" not in await world.proposed(elsewhere)
    assert await world.looks(nora) == []
    await world.commitments.settle(nora, made.id, CommitmentState.DONE, AT)
    told = await world.proposed(nora)
    assert "clip" not in told
    assert "bank" not in told


async def test_a_coach_who_writes_to_somebody_who_waits_answers_there(world: World, nora: Person) -> None:
    cora = await world.people.appoint(await world.people.meet(actor("cora"), AT), Role.COACH)
    asked = await world.exchanges.ask(nora, "Which price?", actor().direct, AT, event_id="e1", show=False)
    assert "you wrote: “Which price?”" in await world.proposed(nora)
    for _ in range(2):
        wrote = await world.exchanges.write(cora, nora, "Take the higher one.", AT + DAY, event_id="e2")
    assert wrote.id == asked.id
    [only] = await world.exchanges.own(nora)
    assert [each.words for each in only.lines] == ["Which price?", "Take the higher one."]
    assert not only.waits
    assert await world.proposed(nora) == "", "that letter is open, and a second one beside it is no help"


async def test_where_nothing_is_proposed_the_form_and_the_page_say_why(world: World, nora: Person) -> None:
    cora, ida = [await world.people.appoint(await world.people.meet(actor(name), AT), Role.COACH) for name in ("cora", "ida")]
    assert await world.suggestions.why_none(cora, nora, AT) == ""
    written = await world.exchanges.write(cora, nora, "How is it going?", AT, event_id="e1")
    for coach, who in ((cora, "You"), (ida, "Cora")):
        why = await world.suggestions.why_none(coach, nora, AT + DAY)
        assert why == f"{who} wrote to Nora on 2 March, so I propose nothing; write what you like."
        at, values = AT + DAY, {"student": nora.id}
        beside = "Cora wrote a day ago: “How is it going?”\n\n" if coach == ida else ""
        asked = Asked(id="e2", actor=actor(), address=actor().direct, at=at, command="cohort write", values=values)
        assert await told_first(asked, coach, world.people, world.suggestions, world.exchanges) == beside + why
        for unknown in ({}, {"student": "Nobody"}):
            assert await told_first(replace(asked, values=unknown), coach, world.people, world.suggestions, world.exchanges) == ""
    assert await world.suggestions.why_none(cora, nora, AT + 7 * DAY) == "", "it is long ago, so something is proposed"
    await world.exchanges.answer(nora, written.id, "Slowly", AT + DAY)
    assert await world.suggestions.why_none(cora, nora, AT + DAY) == "", "her answer is what to write about"
    assert await world.proposed(nora)
