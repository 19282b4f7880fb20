"""The card of a cohort says first who waits for its coach, has the rest of the desk in one menu, and gives students theirs."""

from __future__ import annotations

import pytest

from core.chat.shortly import Shortly
from core.cockpit.service import Cockpit, Counts
from core.cockpit.views import cockpit
from core.cohort.expected import Expected, Order
from core.cohort.service import Cohorts
from core.exchanges.service import Exchanges
from core.exchanges.who_waits import WhoWaits
from core.members.beside import Meanwhile
from core.members.service import Members
from core.people.invitation import Invitation
from core.people.model import Person
from core.people.service import NobodyCalled, People
from core.plain import message
from core.roles import Role
from core.ui import Buttons, Menu
from persistence.cohorts import CohortRecord
from persistence.conversations import ConversationsRecord
from persistence.documents import Database
from persistence.exchanges import ExchangeRecord
from persistence.invitations import InvitationRecord
from persistence.members import MemberRecord
from persistence.outbox import OutboxRecord
from persistence.people import PeopleRecord
from tests.core.conftest import AT, actor
from tests.core.exchanges.test_exchanges import Silence


async def test_a_coach_sees_first_who_waits_and_a_student_what_is_theirs(database: Database, nora: Person) -> None:
    people = People(PeopleRecord(database), invitations=InvitationRecord(database))
    cohorts = Cohorts(CohortRecord(database), PeopleRecord(database))
    talks, expected = Shortly(ConversationsRecord(database)), Expected(people, cohorts)
    exchanges = Exchanges(ExchangeRecord(database), people, OutboxRecord(database), talks, Silence())
    members = Members(MemberRecord(database), cohorts, WhoWaits(ExchangeRecord(database)))
    desk = Cockpit(cohorts, members, exchanges, expected, Meanwhile(members, cohorts, people), people)
    coach = await people.appoint(await people.meet(actor("cora"), AT), Role.COACH)
    assert (await desk.today(coach, AT)).counts is None, "there is no cohort yet"
    spring, coach = await cohorts.create(coach, "Spring", AT.date(), (), AT)
    autumn, coach = await cohorts.create(coach, "Autumn", None, (), AT)
    await cohorts.look_after(coach, spring.id)
    coach = await people.meet(actor("cora"), AT)
    nora = (await people.meet(actor("nora"), AT)).model_copy(update={"cohort_id": spring.id})
    for name, cohort in (("Zoe", spring), ("Ana", spring), ("Ole", autumn)):
        invitation = Invitation(
            id=actor(name).identity, organization_id=coach.organization_id, name=name, cohort_id=cohort.id, created_at=AT
        )
        await people.invite(coach, invitation)
    assert [each.name for each in (await expected.of(coach)).people] == ["Ana", "Zoe"]
    assert [each.name for each in (await expected.of(coach, Order.SINCE)).people] == ["Ana", "Zoe"]
    with pytest.raises(NobodyCalled, match="Ana is expected, and has not written to me yet"):
        await people.member(coach, "@ana")
    quiet = await desk.today(coach, AT)
    assert quiet.counts == Counts(waiting=0, students=0, needs=0, watch=0, expected=2)
    await exchanges.ask(nora, "My gift gets no leads", actor().direct, AT, event_id="e1", show=False)
    shown = cockpit(await desk.today(coach, AT), AT.date(), coaches=True)
    words = message(shown)
    for each in ("1 waits for an answer from a person", "Who asked (1)", "Not seen yet (2)", spring.code, "say /cohort here"):
        assert each in words
    buttons = [each for card in shown.cards for each in card.body if isinstance(each, Buttons)]
    menus = [each for card in shown.cards for each in card.body if isinstance(each, Menu)]
    assert (len(buttons), len(buttons[0].items), len(menus)) == (2, 2, 1), "no wall of buttons"
    assert "2 are expected, and have not written to me yet." in words
    assert words.index("Who asked") < words.index("Autumn goes on too, and nobody looks after it just now. No students yet.")
    kim = await people.appoint(await people.meet(actor("kim"), AT), Role.COACH)
    words = message(cockpit(await desk.today(kim, AT), AT.date(), coaches=True))
    for each in ("You look after none of the cohorts yet", "Spring", "Autumn", "Begin another"):
        assert each in words
    theirs = message(cockpit(await desk.today(nora, AT), AT.date(), coaches=False))
    assert spring.code not in theirs
    for each in ("This week", "The course plan", "My partner", "The board"):
        assert each in theirs


async def test_who_waits_and_is_of_another_cohort_is_told_as_that(database: Database) -> None:
    people = People(PeopleRecord(database), invitations=InvitationRecord(database))
    cohorts = Cohorts(CohortRecord(database), PeopleRecord(database))
    talks, expected = Shortly(ConversationsRecord(database)), Expected(people, cohorts)
    exchanges = Exchanges(ExchangeRecord(database), people, OutboxRecord(database), talks, Silence())
    members = Members(MemberRecord(database), cohorts, WhoWaits(ExchangeRecord(database)))
    desk = Cockpit(cohorts, members, exchanges, expected, Meanwhile(members, cohorts, people), people)
    coach = await people.appoint(await people.meet(actor("cora"), AT), Role.COACH)
    autumn, coach = await cohorts.create(coach, "Autumn", AT.date(), (), AT)
    await cohorts.join(await people.meet(actor("omar"), AT), autumn.code)
    omar = await people.meet(actor("omar"), AT)
    await exchanges.ask(omar, "My gift gets no leads", actor("omar").direct, AT, event_id="e1", show=False)
    spring, coach = await cohorts.create(coach, "Spring", None, (), AT)
    await cohorts.look_after(coach, spring.id)
    coach = await people.meet(actor("cora"), AT)
    words = message(cockpit(await desk.today(coach, AT), AT.date(), coaches=True))
    assert "1 of another cohort waits for an answer from a person. No students yet" in words
    assert "Who asked (1)" in words
    await cohorts.join(await people.meet(actor("zoe"), AT), spring.code)
    zoe = await people.meet(actor("zoe"), AT)
    await exchanges.ask(zoe, "Which price?", actor("zoe").direct, AT, event_id="e2", show=False)
    words = message(cockpit(await desk.today(coach, AT), AT.date(), coaches=True))
    assert "1 waits for an answer from a person. 1 of another cohort waits too." in words
    assert "Who asked (2)" in words
    await cohorts.look_after(coach, autumn.id)
    coach = await people.meet(actor("cora"), AT)
    counts = (await desk.today(coach, AT)).counts
    assert counts is not None
    assert (counts.waiting, counts.elsewhere) == (1, 1), "each is counted where they are"
