"""The digest: once each Monday morning in the coach's own time, with those first for whom a person can do something."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.chat.shortly import Shortly
from core.cohort.expected import Expected
from core.cohort.service import Cohorts
from core.digest.service import Digests
from core.digest.views import digest
from core.errors import NotAllowed
from core.exchanges.commands import Waiting, waiting
from core.exchanges.service import Exchanges
from core.exchanges.who_waits import WhoWaits
from core.members.beside import Meanwhile
from core.members.model import Member
from core.members.service import Members
from core.openness.service import Openness
from core.people.invitation import Invitation
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.roles import Role
from core.shortened import shortened
from core.staff.service import Staff
from core.ui import Message
from persistence.cohorts import CohortRecord
from persistence.conversations import ConversationsRecord
from persistence.documents import Database
from persistence.exchanges import ExchangeRecord
from persistence.invitations import InvitationRecord
from persistence.looks import LookRecord
from persistence.members import MemberRecord
from persistence.outbox import OutboxRecord
from persistence.people import PeopleRecord
from tests.core.conftest import actor

MONDAY = datetime(2026, 4, 13, 7, 30, tzinfo=UTC)
"""In Dublin it is half past eight."""
DAY = timedelta(days=1)


class Silence:
    """Keeps nobody quiet."""

    async def coached(self, student: Person, at: datetime) -> datetime:
        return at


class World:
    """A coach and their students."""

    def __init__(self, database: Database, people: People) -> None:
        self.database, self.people = database, people
        self.inviting = People(PeopleRecord(database), invitations=InvitationRecord(database))
        self.store = MemberRecord(database)
        self.cohorts = Cohorts(CohortRecord(database), PeopleRecord(database))
        members = Members(self.store, self.cohorts, WhoWaits(ExchangeRecord(database)))
        outbox = OutboxRecord(database)
        talks = Shortly(ConversationsRecord(database))
        self.exchanges = Exchanges(ExchangeRecord(database), people, outbox, talks, Silence())
        self.openness = Openness(LookRecord(database), people)
        self.digests = Digests(
            members,
            Meanwhile(members, self.cohorts, people),
            self.cohorts,
            self.exchanges,
            people,
            outbox,
            looking=self.openness,
            expected=Expected(self.inviting, self.cohorts),
        )

    async def coach(self, name: str = "omar", timezone: str = "Europe/Dublin") -> Person:
        return await self.people.appoint(await self.people.meet(actor(name, timezone), MONDAY - 90 * DAY), Role.COACH)

    async def student(self, name: str, **more: object) -> Person:
        person = await self.people.meet(actor(name), MONDAY - 60 * DAY)
        plain: dict[str, object] = {
            "id": person.id,
            "organization_id": person.organization_id,
            "name": person.name,
            "joined_at": person.created_at,
            "completed": (0, 1, 2, 3, 4, 5, 6, 7, 8),
            "module": 9,
            "module_moved_at": MONDAY - DAY,
            "seen_at": MONDAY - DAY,
            "rolled_at": MONDAY,
        }
        await self.store.keep(Member.model_validate(plain | more))
        return person

    async def letters(self) -> int:
        return await self.database.collection("outbox").count({})


@pytest.fixture
def world(database: Database, people: People) -> World:
    return World(database, people)


async def test_a_week_says_who_finished_shipped_and_may_need_a_person(world: World) -> None:
    coach = await world.coach()
    await world.student("nora", closed=8, closed_at=MONDAY - 2 * DAY, shipped=1, shipped_at=MONDAY - 3 * DAY)
    silent = {"seen_at": MONDAY - 20 * DAY, "module_moved_at": MONDAY - 20 * DAY}
    await world.student("ben", **silent)
    zoe = await world.student("zoe")
    await world.exchanges.ask(zoe, "Which price?", actor("zoe").direct, MONDAY - DAY, event_id="e1", show=False)
    text = message(digest(await world.digests.week(coach, MONDAY), coach))
    assert "The week to 13 April: 3 students" in text
    for told in ("Nora (Educate)", "no sign of life and no work on the course for 20 days", "Which price?"):
        assert told in text
    assert text.index("They wait for an answer") < text.index("They may need you") < text.index("How it went")
    ben = next(each for each in await world.people.members(coach) if each.name == "Ben")
    await world.exchanges.write(coach, ben, "How is it going?", MONDAY, event_id="e2")
    assert "for 20 days. You wrote on 13 Apr" in message(digest(await world.digests.week(coach, MONDAY), coach))
    assert [each.look.everybody_in for each in await world.openness.looks(zoe)] == [coach.organization_id]
    waits, _ = await world.exchanges.waiting(coach)
    await world.exchanges.take(coach, waits.id, MONDAY)
    kim = await world.coach("kim")
    for who, whom in ((coach, "for you: Which price?"), (kim, "for Omar: Which price?")):
        told = message(digest(await world.digests.week(who, MONDAY), who))
        assert whom in told
        assert ("Omar wrote on" in told) == (who is kim)


async def test_whoever_closed_all_ten_has_finished_the_course_and_not_one_more_module(world: World) -> None:
    coach = await world.coach()
    every = {"completed": tuple(range(10)), "module": None, "closed": 9}
    await world.student("nora", closed=8, closed_at=MONDAY - 2 * DAY)
    await world.student("priya", **every, closed_at=MONDAY - DAY)
    await world.student("zoe", **every, closed_at=MONDAY - 20 * DAY, module_moved_at=MONDAY - 20 * DAY)
    text = message(digest(await world.digests.week(coach, MONDAY), coach))
    for told in ("Finished the course: 1", "Finished a module: 1", "Has finished the course: Priya", "Finished: Nora (Educate)"):
        assert told in text
    assert "Priya (Share)" not in text
    assert "Zoe" not in text, "that was weeks ago"


async def test_whoever_closed_several_modules_has_all_of_them_named(world: World) -> None:
    coach = await world.coach()
    closings = ((0, MONDAY - 2 * DAY), (1, MONDAY - DAY), (2, MONDAY - 9 * DAY))
    await world.student("gita", closings=closings, closed=1, closed_at=MONDAY - DAY)
    await world.student("nora", closed=8, closed_at=MONDAY - 2 * DAY)
    text = message(digest(await world.digests.week(coach, MONDAY), coach))
    assert "Finished: Gita (Foundation and Hook), Nora (Educate)" in text


async def test_who_only_waits_for_an_answer_needs_a_person_and_is_listed_once(world: World) -> None:
    coach, zoe = await world.coach(), await world.student("zoe")
    silent = {"seen_at": MONDAY - 20 * DAY, "module_moved_at": MONDAY - 20 * DAY}
    ben = await world.student("ben", **silent)
    for number, who in enumerate((zoe, ben)):
        await world.exchanges.ask(who, "Which price?", actor("zoe").direct, MONDAY - DAY, event_id=f"e{number}", show=False)
    week = await world.digests.week(coach, MONDAY)
    text = message(digest(week, coach))
    assert "Wait for an answer: 2" in text
    assert "Need a person (●): 2" in text, "as the list of students counts them"
    assert [each.member.name for each in week.risky] == ["Ben"], "Zoe stands with her question above"
    assert "● Ben: waits for an answer since Sunday 12 April; no sign of life" in text


async def test_of_several_cohorts_it_says_whose_week_it_is_and_who_asks_from_another(world: World) -> None:
    coach = await world.coach()
    autumn, coach = await world.cohorts.create(coach, "Autumn", None, (), MONDAY)
    zoe = await world.student("zoe", cohort_id=autumn.id)
    await world.cohorts.place(coach, zoe, autumn.id)
    await world.exchanges.ask(zoe, "Which price?", actor("zoe").direct, MONDAY - DAY, event_id="e1", show=False)
    told = message(digest(await world.digests.week(coach, MONDAY), coach))
    assert ("The week to 13 April" in told, "Zoe, Autumn" in told) == (True, False), "there is only one"
    _, coach = await world.cohorts.create(coach, "Winter", None, (), MONDAY)
    nora = await world.student("nora", cohort_id=coach.cohort_id)
    await world.cohorts.place(coach, nora, "Winter")
    await world.exchanges.ask(nora, "When?", actor("nora").direct, MONDAY - DAY, event_id="e2", show=False)
    told = message(digest(await world.digests.week(coach, MONDAY), coach))
    assert "Winter, the week to 13 April: 1 student" in told
    assert told.index("When?") < told.index("Zoe, Autumn") < told.index("Which price?")
    every = await waiting(coach, Waiting(), world.exchanges, world.cohorts, world.people)
    assert isinstance(every, Message)
    assert "Zoe, Autumn, 12 Apr" in message(every)
    assert "Nora, 12 Apr" in message(every)


async def test_long_words_are_cut_between_words_and_seen_to_be_cut(world: World) -> None:
    coach, zoe = await world.coach(), await world.student("zoe")
    asked = f"{'The wax sinks and the wick drowns. ' * 3}What bothers me is the price of it"
    await world.exchanges.ask(zoe, asked, actor("zoe").direct, MONDAY - DAY, event_id="e1", show=False)
    told = message(digest(await world.digests.week(coach, MONDAY), coach))
    assert "the wick drowns. What bothers…" in told


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("one two", "one two"),
        ("one\ntwo three", "one two…"),
        ("one two, three", "one two…"),
        ("one twoo", "one twoo"),
        ("n" * 12, f"{'n' * 8}…"),
    ],
)
def test_a_line_is_never_longer_than_it_may_be(text: str, line: str) -> None:
    assert shortened(text, 9) == line


async def test_it_goes_out_once_on_monday_morning(world: World) -> None:
    await world.coach()
    await world.student("nora")
    assert await world.digests.tick(MONDAY - timedelta(minutes=31)) == 0, "not eight yet"
    assert await world.digests.tick(MONDAY) == 1
    assert await world.digests.tick(MONDAY + timedelta(hours=3)) == 0
    assert await world.digests.tick(MONDAY + DAY) == 0
    assert await world.digests.tick(MONDAY + 7 * DAY) == 1
    assert await world.letters() == 2


@pytest.mark.parametrize(("late", "sent"), [(timedelta(0), 1), (timedelta(hours=6), 0), (DAY, 0)])
async def test_who_becomes_a_coach_in_the_course_of_a_monday_has_the_first_on_the_next(
    world: World, nora: Person, late: timedelta, sent: int
) -> None:
    await world.student("zoe")
    admin = await world.people.meet(replace(actor("ida"), installer=True), MONDAY)
    await world.people.digested(admin, MONDAY.date().isoformat())
    await Staff(world.people, OutboxRecord(world.database)).give(admin, nora, Role.COACH, MONDAY + late)
    assert await world.digests.tick(MONDAY + late) == sent
    assert await world.digests.tick(MONDAY + late + timedelta(minutes=10)) == 0
    assert await world.digests.tick(MONDAY + 7 * DAY) == 2


async def test_each_coach_has_their_own_monday(world: World) -> None:
    await world.coach("omar", "Europe/Dublin")
    await world.coach("kim", "Pacific/Auckland")
    await world.student("nora")
    assert await world.digests.tick(datetime(2026, 4, 12, 20, 30, tzinfo=UTC)) == 1, "it is Monday morning in Auckland"
    assert await world.digests.tick(MONDAY) == 1
    assert await world.letters() == 2


async def test_two_processes_send_it_once(database: Database, world: World) -> None:
    coach = await world.coach()
    await world.student("nora")
    await world.digests.tick(MONDAY)
    await database.collection("persons").update({"_id": coach.id}, {"$unset": {"digestOf": ""}})
    await world.digests.tick(MONDAY)
    assert await world.letters() == 1


async def test_without_students_nobody_is_written_to_and_students_see_nothing(world: World, nora: Person) -> None:
    await world.coach()
    assert await world.digests.tick(MONDAY) == 0
    assert await world.letters() == 0
    with pytest.raises(NotAllowed):
        await world.digests.week(nora, MONDAY)


async def test_a_course_that_begins_this_very_monday_has_had_no_week(world: World) -> None:
    coach = await world.coach()
    await world.student("nora")
    await world.cohorts.create(coach, "Spring", MONDAY.date(), (), MONDAY - DAY)
    assert await world.digests.tick(MONDAY) == 0
    assert await world.digests.tick(MONDAY + 7 * DAY) == 1
    own = await world.cohorts.of(coach)
    assert own is not None
    await world.cohorts.archive(coach, own.id, MONDAY + 8 * DAY)
    assert await world.digests.tick(MONDAY + 14 * DAY) == 0, "nor has one that is over"


async def test_a_coach_who_began_a_second_cohort_is_told_of_the_first(world: World) -> None:
    coach = await world.coach()
    spring, coach = await world.cohorts.create(coach, "Spring", (MONDAY - 70 * DAY).date(), (), MONDAY - 70 * DAY)
    await world.student("nora", cohort_id=spring.id, seen_at=MONDAY - 20 * DAY, module_moved_at=MONDAY - 20 * DAY)
    _, coach = await world.cohorts.create(coach, "Autumn", MONDAY.date(), (), MONDAY - DAY)
    assert await world.digests.tick(MONDAY) == 1, "nobody else looks after the first"
    text = message(digest(await world.digests.week(coach, MONDAY), coach))
    assert "Autumn\nNo students yet." in text
    assert "Spring goes on too, and nobody looks after it just now. 1 student: 1 needs a person.\n[Look after Spring]" in text
    await world.cohorts.look_after(await world.coach("kim"), spring.id)
    assert "goes on too" not in message(digest(await world.digests.week(coach, MONDAY), coach))


async def test_who_asked_for_several_things_is_counted_once(world: World) -> None:
    coach = await world.coach()
    nora = await world.student("nora")
    for number in range(2):
        await world.exchanges.ask(
            nora, f"Question {number}?", actor("nora").direct, MONDAY - DAY, event_id=f"e{number}", show=False
        )
    text = message(digest(await world.digests.week(coach, MONDAY), coach))
    assert "Wait for an answer: 1, with 2 questions" in text


async def test_who_is_silent_is_counted_by_days_as_the_reasons_are_and_noughts_are_left_out(world: World) -> None:
    coach = await world.coach()
    evening = (MONDAY - 7 * DAY).replace(hour=20)
    await world.student("nora", seen_at=evening, module_moved_at=evening)
    text = message(digest(await world.digests.week(coach, MONDAY), coach))
    assert "no sign of life and no work on the course for 7 days" in text
    assert "Silent for a week: 1" in text
    assert "Wait for an answer: 0" in text
    assert "Put something live" not in text


async def test_a_week_of_foundation_cells_and_prompt_runs_alone_is_not_quiet(world: World) -> None:
    coach = await world.coach()
    done = {"module_moved_at": MONDAY - 20 * DAY}
    await world.student("nora", **done, worked_at=MONDAY - 2 * DAY)
    await world.student("zoe", shipped=1, shipped_at=MONDAY - DAY)
    week = await world.digests.week(coach, MONDAY)
    text = message(digest(week, coach))
    for told in ("Worked on the course: 1", "Worked on the course: Nora", "Put live: Zoe"):
        assert told in text
    assert [each.member.name for each in week.worked] == ["Nora"], "who put something live is told of there"


async def test_a_week_in_which_nobody_worked_is_quiet(world: World) -> None:
    coach = await world.coach()
    await world.student("nora", module=None, module_moved_at=MONDAY - 20 * DAY)
    assert "A quiet week: nobody worked on the course" in message(digest(await world.digests.week(coach, MONDAY), coach))


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("U1",), "No students yet. 1 person is expected, and has not written to me yet"),
        (("U1", "U2"), "No students yet. 2 people are expected, and have not written to me yet"),
        ((), "No students yet in a cohort of yours that goes on"),
    ],
)
async def test_a_week_before_anybody_wrote_tells_of_those_who_are_expected(
    world: World, names: tuple[str, ...], told: str
) -> None:
    coach = await world.coach()
    for name in names:
        invitation = Invitation(id=f"slack:T1:{name}", organization_id=coach.organization_id, name=name, created_at=MONDAY)
        await world.inviting.invite(coach, invitation)
    text = message(digest(await world.digests.week(coach, MONDAY), coach))
    assert told in text
    assert (f"[Not seen yet ({len(names)})]" in text) == bool(names)


async def test_thanks_are_no_letter_that_waits_nor_one_of_a_coachs(world: World) -> None:
    coach = await world.coach()
    ben = await world.student("ben", seen_at=MONDAY - 20 * DAY, module_moved_at=MONDAY - 20 * DAY)
    kept = await world.exchanges.write(coach, ben, "How is it going?", MONDAY - 2 * DAY, event_id="e1")
    await world.exchanges.answer(ben, kept.id, "thanks Omar, done already!", MONDAY - DAY)
    text = message(digest(await world.digests.week(coach, MONDAY), coach))
    assert "Wait for an answer: 0" in text
    assert "Ben wrote on" not in text
