"""Whoever is in a cohort's channel belongs to it or is expected, and the coach is told what came of a job, and of its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from core.cohort.arrival_views import meets_here, not_seen, welcome
from core.cohort.arriving import AT_ONCE, Arrivals
from core.cohort.commands import MeetsElsewhere, Where
from core.cohort.commands import welcome as post_welcome
from core.cohort.model import Cohort, Later, Taken
from core.cohort.ports import CannotSee, Present, Roster, RosterAway
from core.cohort.service import ChannelTaken, Cohorts
from core.jobs import Job
from core.leases import MOST_ATTEMPTS
from core.outbox import Letter
from core.parcels import unpack_message
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.privacy.service import Privacy
from core.request import Address, Asked, Entered, Platform
from core.roles import Role
from core.ui import Message
from persistence.cohorts import CohortRecord
from persistence.documents import Database
from persistence.invitations import InvitationRecord
from persistence.jobs import JobRecord
from persistence.outbox import OutboxRecord
from persistence.people import PeopleRecord
from persistence.privacy import PrivacyRecord
from tests.core.conftest import AT, actor
from tests.core.course.world import pressables

ROOM = Address(Platform.TERMINAL, "terminal", "C7")


@pytest.mark.parametrize(
    ("today", "stands"),
    [
        ("2026-03-08", "First day: Monday 9 March."),
        ("2026-03-09", "First day: Monday 9 March."),
        ("2026-03-10", "It began on Monday 9 March. This week, until Sunday 15 March, is Foundation."),
        ("2026-03-16", "It began on Monday 9 March. This week, until Sunday 22 March, is Hook."),
        ("2026-04-12", "It began on Monday 9 March. This week, until Sunday 12 April, is to catch up."),
        ("2026-05-31", "It began on Monday 9 March. This week, until Sunday 31 May, is Share."),
        ("2026-06-01", "Its weeks are over; everything stays open."),
    ],
)
def test_the_card_by_which_people_join_says_where_the_course_is(today: str, stands: str) -> None:
    own = Cohort(id="coh_1", organization_id="org_1", name="Spring", code="x", starts_on="2026-03-09", created_at=AT)
    assert f"Spring meets here. {stands} Press the button" in message(welcome(own, date.fromisoformat(today)))


class Room:
    """A channel, and the roster that tells of it; or says why not."""

    def __init__(self) -> None:
        self.there = [Present("nora", "Nora"), Present("ana", "Ana", "Europe/Paris")]
        self.trouble: CannotSee | RosterAway | None = None

    def at(self, place: Address) -> Roster | None:
        return self

    async def size(self, place: Address) -> int:
        return len(await self.people(place))

    async def people(self, place: Address) -> Sequence[Present]:
        if self.trouble is not None:
            raise self.trouble
        return self.there

    async def person(self, place: Address, user: str) -> Present | None:
        return next((each for each in await self.people(place) if each.user == user), None)

    async def accounts(self, place: Address, emails: Sequence[str]) -> Mapping[str, Present]:
        return {}


class World:
    def __init__(self, database: Database) -> None:
        self.database, self.room = database, Room()
        persons, self.jobs = PeopleRecord(database), JobRecord(database)
        self.people = People(persons, invitations=InvitationRecord(database))
        self.cohorts = Cohorts(CohortRecord(database), persons)
        self.privacy = Privacy(PrivacyRecord(database), b"k" * 16)
        self.arrivals = Arrivals(
            cohorts=CohortRecord(database),
            belonging=persons,
            known=persons,
            expecting=InvitationRecord(database),
            erased=self.privacy,
            rosters=self.room,
            jobs=self.jobs,
            outbox=OutboxRecord(database),
        )

    async def meeting(self) -> tuple[Person, Cohort]:
        """A coach whose cohort meets in the room."""
        coach = await self.people.appoint(await self.people.meet(actor("cora"), AT), Role.COACH)
        _, coach = await self.cohorts.create(coach, "Spring", None, (), AT)
        return coach, await self.cohorts.meet_in(coach, ROOM.channel)

    async def job(self) -> Job:
        [found] = await self.database.collection("jobs").find({})
        return Job.of(found)

    async def letters(self) -> list[str]:
        found = [Letter.of(each) for each in await self.database.collection("outbox").find({})]
        return [message(unpack_message(each.message or "")) for each in found]

    async def cohort_of(self, name: str) -> str | None:
        return (await self.people.meet(actor(name), AT)).cohort_id


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


def came(user: str, event: str = "ev1") -> Entered:
    return Entered(id=event, actor=actor(user), address=ROOM, at=AT, direct=False)


async def test_many_are_taken_in_by_a_job_and_the_coach_is_told_once(world: World) -> None:
    coach, own = await world.meeting()
    await world.people.meet(actor("nora"), AT)
    world.room.there += [Present(f"u{number}", f"U {number}") for number in range(AT_ONCE)]
    for _ in range(2):
        assert await world.arrivals.those_in(coach, own, ROOM, "ev1", AT) == Later(AT_ONCE + 2)
    for _ in range(2):
        assert await world.arrivals.resume(await world.job()) == "told"
    [told] = await world.letters()
    assert f"{AT_ONCE + 2} joined" in told
    assert f"{AT_ONCE + 1} of them have not written to me yet" in told
    assert (await world.people.meet(actor("ana", timezone=None), AT)).timezone == "Europe/Paris"
    assert [await world.cohort_of(each) for each in ("nora", "ana", "u3")] == [own.id] * 3


async def test_whoever_was_erased_is_expected_by_nobody_until_they_write_again(world: World) -> None:
    coach, own = await world.meeting()
    world.room.there = [Present("nora", "Nora"), Present("ben", "Ben")]
    await world.privacy.erase(await world.people.meet(actor("nora"), AT), AT)
    for _ in range(2):
        await world.arrivals.those_in(coach, own, ROOM, "ev1", AT)
    await world.arrivals.entered(came("nora"))
    assert [each["name"] for each in await world.database.collection("invitations").find({})] == ["Ben"]
    await world.people.meet(actor("nora"), AT)
    await world.arrivals.entered(came("nora", "ev2"))
    assert await world.cohort_of("nora") == own.id


async def test_a_platform_that_is_away_is_asked_again_and_at_last_the_coach_is_told(world: World) -> None:
    coach, own = await world.meeting()
    world.room.trouble = RosterAway()
    assert await world.arrivals.those_in(coach, own, ROOM, "ev1", AT) == Later()
    job = await world.job()
    with pytest.raises(RosterAway):
        await world.arrivals.resume(job)
    with pytest.raises(RosterAway):
        await world.arrivals.entered(came("ana"))
    assert await world.letters() == []
    await world.arrivals.resume(job.model_copy(update={"attempts": MOST_ATTEMPTS}))
    [told] = await world.letters()
    assert "were not taken in" in told


async def test_whoever_is_refused_by_the_platform_or_meets_there_no_more_is_told_so(world: World) -> None:
    coach, own = await world.meeting()
    world.room.trouble = RosterAway()
    await world.arrivals.those_in(coach, own, ROOM, "ev1", AT)
    job = await world.job()
    world.room.trouble = CannotSee("It lacks the scope channels:read.")
    with pytest.raises(CannotSee):
        await world.arrivals.those_in(coach, own, ROOM, "ev2", AT)
    await world.arrivals.resume(job)
    [told] = await world.letters()
    assert "lacks the scope channels:read" in told
    await world.cohorts.archive(coach, own.id, AT)
    assert await world.arrivals.resume(job) == "nobody meets there any more"
    await world.arrivals.entered(came("ana"))
    assert await world.people.invited(coach) == []


async def test_who_is_in_an_archived_cohort_moves_and_who_coaches_stays(world: World) -> None:
    coach, spring = await world.meeting()
    autumn, coach = await world.cohorts.create(coach, "Autumn", None, (), AT)
    with pytest.raises(ChannelTaken):
        await world.cohorts.meet_in(coach, ROOM.channel)
    nora = await world.people.meet(actor("nora"), AT)
    await world.cohorts.place(coach, nora, "Autumn")
    world.room.there.append(Present("cora", "Cora"))
    assert await world.arrivals.those_in(coach, spring, ROOM, "ev1", AT) == Taken(expected=1, elsewhere={"Autumn": 1})
    await world.cohorts.archive(coach, "Autumn", AT)
    assert await world.arrivals.those_in(coach, spring, ROOM, "ev2", AT) == Taken(joined=1, there=1)
    assert [await world.cohort_of(each) for each in ("nora", "cora")] == [spring.id, autumn.id]


def asked(place: Address, *, direct: bool) -> Asked:
    return Asked(id="evt_1", actor=actor("cora"), address=place, at=AT, direct=direct, command="cohort welcome")


@pytest.mark.parametrize("found", [None, Later(), Later(407), Taken(joined=1), CannotSee("It lacks the scope channels:read.")])
async def test_where_it_meets_is_said_so_that_it_is_true_in_direct_messages_too(
    world: World, found: Taken | Later | CannotSee | None
) -> None:
    _, own = await world.meeting()
    told = message(not_seen(own, found.message) if isinstance(found, CannotSee) else meets_here(own, found))
    assert "in the channel where you said /cohort here" in told
    assert "this channel" not in told


async def test_the_button_for_a_way_in_posts_it_in_the_channel_from_wherever_it_is_pressed(world: World) -> None:
    coach, own = await world.meeting()
    [button, *_] = pressables(meets_here(own, None))
    assert (button.label, button.call.command) == ("Post a way in", "cohort welcome")
    pressed = Where(str(button.call.values["channel"]))
    for place, direct in ((actor("cora").direct, True), (Address(Platform.TERMINAL, "terminal", "C9"), False)):
        answer = await post_welcome(asked(place, direct=direct), coach, pressed, world.cohorts, world.arrivals)
        assert isinstance(answer, Message)
        assert answer.private
        assert "The card goes to the channel where Spring meets" in message(answer)
    [letter] = [Letter.of(each) for each in await world.database.collection("outbox").find({})]
    assert (letter.address, letter.person_id) == (ROOM, None)
    assert "[I take part]" in message(unpack_message(letter.message or ""))


async def test_in_the_channel_itself_the_card_is_the_answer(world: World) -> None:
    coach, own = await world.meeting()
    for args in (Where(), Where(own.channel or "")):
        answer = await post_welcome(asked(ROOM, direct=False), coach, args, world.cohorts, world.arrivals)
        assert isinstance(answer, Message)
        assert (answer.private, "[I take part]" in message(answer)) == (False, True)
    assert await world.letters() == []


@pytest.mark.parametrize("channel", ["", "C9"], ids=["typed", "a channel that it left"])
async def test_no_card_goes_where_the_cohort_does_not_meet(world: World, channel: str) -> None:
    coach, _ = await world.meeting()
    for place, direct in ((actor("cora").direct, True), (Address(Platform.TERMINAL, "terminal", "C9"), False)):
        with pytest.raises(MeetsElsewhere):
            await post_welcome(asked(place, direct=direct), coach, Where(channel), world.cohorts, world.arrivals)
    assert await world.letters() == []
