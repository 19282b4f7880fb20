"""Announcements: seen before they go, each reader's own hour, nobody twice, nothing late, called back until it is there."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from core.cohort.service import Cohorts
from core.command import form_of
from core.community.carrying import PAGE, Carrying
from core.community.commands import ANNOUNCE, List
from core.community.model import Announcement, State, Tally, To
from core.community.service import Announcements, DayOver, NoChannel, NoSuchAnnouncement, NoWords, OnItsWay, TooFar, Wanted
from core.community.views import cancelled, gone, listed, opened, preview, read
from core.errors import NotAllowed
from core.leases import LEASE
from core.nudges.model import NudgePreferences
from core.outbox import new_letter
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.roles import Role
from core.ui import Kind
from persistence.announcements import AnnouncementRecord
from persistence.cohorts import CohortRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.outbox import OutboxRecord
from persistence.people import PeopleRecord
from tests.core.conftest import actor
from tests.students import SLACK, met

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
"""A Wednesday; in Auckland it is one in the morning of the next day, in New York seven."""
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class World:
    """A coach with a cohort, and its students in several zones."""

    def __init__(self, database: Database, people: People) -> None:
        self.database, self.people = database, people
        self.outbox = OutboxRecord(database)
        self.cohorts = Cohorts(CohortRecord(database), PeopleRecord(database))
        self.store, self.wishes = AnnouncementRecord(database), NudgePreferencesRecord(database)
        self.carrying = Carrying(self.store, people, self.cohorts, self.wishes, self.outbox)
        self.announcements = Announcements(self.store, self.cohorts, self.carrying)

    async def coach(self) -> Person:
        coach = await self.people.appoint(await self.people.meet(actor("omar", "Europe/London"), NOON - 60 * DAY), Role.COACH)
        _, coach = await self.cohorts.create(coach, "Spring", date(2026, 3, 2), (), NOON)
        return coach

    async def student(self, name: str, timezone: str = "Europe/London", **wishes: object) -> Person:
        person = await self.people.meet(actor(name, timezone), NOON - 60 * DAY)
        if wishes:
            plain: dict[str, object] = {"id": f"npr_{name}", "person_id": person.id, "organization_id": person.organization_id}
            first = NudgePreferences.model_validate({**plain, "changed_at": NOON, **wishes})
            await self.wishes.meet(person, first)
        return person

    async def sent(self, coach: Person, wanted: Wanted, at: datetime = NOON) -> Announcement:
        """Drafted and sent off."""
        draft = await self.announcements.draft(coach, wanted, at, event_id=f"e{at.isoformat()}{wanted.words}")
        return await self.announcements.send(coach, draft.id, at)

    async def leaves(self, at: datetime) -> None:
        """The outbox is emptied: what is too late by then is not sent."""
        for letter in await self.outbox.claim("me", at, LEASE, 1_000):
            late = letter.until is not None and at >= letter.until
            await self.outbox.done(letter, at, "too late" if late else "m1")

    async def readers(self) -> list[str]:
        """The names of those for whom there is a letter, in the order in which they were written."""
        letters = await self.database.collection("outbox").find({}, sort=[("createdAt", 1)])
        names = {each.id: each.name for each in await self.people.members((await self.people.coaching())[0])}
        return [names.get(str(each.get("personId")), "the channel") for each in letters]


@pytest.fixture
def world(database: Database, people: People) -> World:
    return World(database, people)


async def test_it_is_seen_as_it_will_be_read_and_goes_only_when_it_is_sent(world: World) -> None:
    coach = await world.coach()
    for name in ("nora", "ben", "zoe"):
        await world.student(name)
    draft = await world.announcements.draft(coach, Wanted(To.DIRECT, "The call is at six."), NOON, event_id="e1")
    shown = message(preview(draft, await world.announcements.readers(coach, draft), coach, NOON))
    for told in ("This is what 3 people will read", "Omar to everybody", "The call is at six.", "at once"):
        assert told in shown
    assert "This is what 3 people of Spring will read" in message(preview(draft, 3, coach, NOON, "Spring"))
    assert await world.carrying.tick(NOON + DAY) == 0
    assert await world.readers() == []
    changed = await world.announcements.draft(
        coach, Wanted(To.DIRECT, "The call is at seven."), NOON, event_id="e2", draft_id=draft.id
    )
    assert (changed.id, changed.words) == (draft.id, "The call is at seven.")
    kept = await world.announcements.send(coach, draft.id, NOON)
    assert kept.tally == Tally(leaving=3), "at once is at once"
    await world.announcements.send(coach, draft.id, NOON)
    assert sorted(await world.readers()) == ["Ben", "Nora", "Zoe"]
    await world.leaves(NOON)
    await world.carrying.tick(NOON + HOUR)
    over = await world.announcements.one(coach, draft.id)
    assert (over.state, over.tally) == (State.SENT, Tally(delivered=3))
    assert "3 have it" in message(listed(await world.announcements.all(coach), coach, List()))


async def test_what_was_only_looked_at_says_that_it_was_not_sent_and_thrown_away_it_is_gone(world: World) -> None:
    coach = await world.coach()
    await world.student("nora")
    draft = await world.announcements.draft(coach, Wanted(To.DIRECT, "The call is at six."), NOON, event_id="e1")
    sent = await world.sent(coach, Wanted(To.DIRECT, "Today we begin."))
    shown = message(listed(await world.announcements.all(coach), coach, List()))
    assert "The call is at six.: Not sent. Open it to send it, to change it or to throw it away." in shown
    assert "Draft" not in shown
    assert "[Send it now] [Change it] [Throw it away]" in message(opened(draft, 1, coach, NOON))
    gone_now = await world.announcements.cancel(coach, draft.id, NOON)
    assert "Thrown away. Nobody has read it." in message(cancelled(gone_now))
    assert [each.id for each in await world.announcements.all(coach)] == [sent.id]


def test_what_stands_below_the_day_is_true_where_it_is_picked_from_a_calendar() -> None:
    [day] = [each for each in form_of(ANNOUNCE, {}).fields if each.name == "on"]
    assert (day.kind, day.hint) == (Kind.DATE, "Leave it empty for at once")


async def test_each_reads_it_at_its_hour_in_their_own_zone_and_once(world: World) -> None:
    coach = await world.coach()
    for name, zone in (("kim", "Pacific/Auckland"), ("nora", "Europe/London"), ("joe", "America/New_York")):
        await world.student(name, zone)
    kept = await world.sent(coach, Wanted(To.DIRECT, "Today we begin.", date(2026, 3, 6), 9))
    assert "It is planned: Friday 6 March at 09:00, each in their own time zone" in message(gone(kept, coach, NOON))
    at = NOON
    seen: list[tuple[str, datetime]] = []
    while at < NOON + 5 * DAY:
        await world.carrying.tick(at)
        names = await world.readers()
        if len(names) > len(seen):
            seen = [*seen, *((name, at) for name in names[len(seen) :])]
        await world.leaves(at)
        at += timedelta(minutes=30)
    nine = datetime(2026, 3, 6, 9, tzinfo=UTC)
    assert seen == [("Kim", nine - 13 * HOUR), ("Nora", nine), ("Joe", nine + 5 * HOUR)]
    over = await world.announcements.one(coach, kept.id)
    assert (over.state, over.tally, over.next_at) == (State.SENT, Tally(delivered=3), None)


async def test_quiet_hours_hold_and_whoever_stopped_reminders_reads_it_too(world: World) -> None:
    coach = await world.coach()
    await world.student("nora", stopped_at=NOON - DAY)
    await world.student("owl", quiet_from=9, quiet_until=15)
    await world.student("kim", "Pacific/Auckland")
    kept = await world.sent(coach, Wanted(To.DIRECT, "Good news."))
    assert (await world.readers(), kept.tally) == (["Nora"], Tally(waiting=2, leaving=1))
    await world.leaves(NOON)
    await world.carrying.tick(NOON + 3 * HOUR)
    assert await world.readers() == ["Nora", "Owl"]
    await world.carrying.tick(NOON + 6 * HOUR)
    await world.carrying.tick(NOON + 7 * HOUR)
    assert await world.readers() == ["Nora", "Owl", "Kim"], "it is eight in Auckland"


async def test_what_could_not_go_out_that_day_is_not_sent_days_late(world: World) -> None:
    coach = await world.coach()
    await world.student("nora")
    await world.student("joe", "America/New_York")
    kept = await world.sent(coach, Wanted(To.DIRECT, "Come at ten.", date(2026, 3, 6), 9))
    back = datetime(2026, 3, 6, 23, 0, tzinfo=UTC)
    await world.carrying.tick(back)
    assert await world.readers() == ["Joe"], "in London it is quiet by now; in New York it is six in the evening"
    await world.leaves(back + DAY)
    await world.carrying.tick(back + 2 * DAY)
    over = await world.announcements.one(coach, kept.id)
    assert (over.state, over.tally) == (State.SENT, Tally(missed=2))
    assert "2 could not be reached in time" in message(listed([over], coach, List()))


async def test_in_the_channel_it_is_posted_once_at_the_coachs_hour(world: World) -> None:
    coach = await world.coach()
    await world.student("nora")
    with pytest.raises(NoChannel):
        await world.sent(coach, Wanted(To.CHANNEL, "Welcome."))
    await world.cohorts.meet_in(coach, "C7")
    kept = await world.sent(coach, Wanted(To.CHANNEL, "Welcome.", date(2026, 3, 6), 9))
    nine = datetime(2026, 3, 6, 9, tzinfo=UTC)
    for at in (nine - HOUR, nine, nine, nine + HOUR):
        await world.carrying.tick(at)
    assert await world.readers() == ["the channel"]
    (letter,) = await world.outbox.claim("me", nine, LEASE, 5)
    assert (letter.address.channel, letter.until) == ("C7", nine + 12 * HOUR)
    await world.outbox.done(letter, nine, "m1")
    await world.carrying.tick(nine + DAY)
    assert (await world.announcements.one(coach, kept.id)).state is State.SENT


async def test_it_is_called_back_until_everybody_has_it(world: World) -> None:
    coach = await world.coach()
    await world.student("nora")
    await world.student("kim", "Pacific/Auckland")
    kept = await world.sent(coach, Wanted(To.DIRECT, "A slip."))
    ended = await world.announcements.cancel(coach, kept.id, NOON)
    assert (ended.state, ended.tally.gone) == (State.CANCELLED, 1)
    await world.carrying.tick(NOON + DAY)
    assert await world.readers() == ["Nora"]
    with pytest.raises(OnItsWay):
        await world.announcements.send(coach, kept.id, NOON)
    done = await world.sent(coach, Wanted(To.DIRECT, "Right."), NOON + HOUR)
    for at in (NOON + HOUR, NOON + 8 * HOUR, NOON + 9 * HOUR):
        await world.leaves(at)
        await world.carrying.tick(at)
    await world.leaves(NOON + 9 * HOUR)
    await world.carrying.tick(NOON + 12 * HOUR)
    with pytest.raises(OnItsWay):
        await world.announcements.cancel(coach, done.id, NOON + 12 * HOUR)


async def test_several_processes_and_a_kill_in_the_middle_write_to_nobody_twice(world: World) -> None:
    coach = await world.coach()
    names = [f"s{number:03}" for number in range(PAGE + 20)]
    for name in names:
        await world.student(name)
    draft = await world.announcements.draft(coach, Wanted(To.DIRECT, "All of you."), NOON, event_id="e1")
    planned = draft.model_copy(update={"state": State.PLANNED, "began_at": NOON, "next_at": NOON})
    assert await world.store.replace(coach, draft, planned) is not None
    (seen,) = await world.store.due(NOON, 5)
    for each in names[:7]:  # one died after these, before it could keep how far it had come
        reader = await world.student(each)
        to = actor(each).direct
        key, whose = f"{seen.id}:{reader.id}", reader.organization_id
        await world.outbox.add(new_letter(key, to, read(seen), organization_id=whose, at=NOON, person_id=reader.id))
    await asyncio.gather(*(world.carrying.tick(NOON) for _ in range(3)))
    await world.carrying.tick(NOON + timedelta(minutes=10))
    written = await world.readers()
    assert len(written) == len(set(written)) == len(names)
    assert (await world.announcements.one(coach, draft.id)).tally == Tally(leaving=len(names))


async def test_the_coach_waits_for_the_first_page_alone_and_the_tick_carries_on(world: World) -> None:
    coach = await world.coach()
    for number in range(PAGE + 5):
        await world.student(f"s{number:03}")
    kept = await world.sent(coach, Wanted(To.DIRECT, "All of you."))
    assert (len(await world.readers()), kept.going) == (PAGE, True)
    assert "It is on its way." in message(gone(kept, coach, NOON))
    await world.carrying.tick(NOON + timedelta(seconds=30))
    assert len(await world.readers()) == PAGE + 5
    assert (await world.announcements.one(coach, kept.id)).tally == Tally(leaving=PAGE + 5)


async def test_only_those_of_the_cohort_read_it_and_nothing_goes_once_it_is_over(world: World) -> None:
    coach = await world.coach()
    nora, ben = await world.student("nora"), await world.student("ben")
    spring = await world.cohorts.own(coach)
    _, coach = await world.cohorts.create(coach, "Autumn", None, (), NOON)
    await world.cohorts.place(coach, nora, "Spring")
    await world.cohorts.place(coach, ben, "Autumn")
    await world.sent(coach, Wanted(To.DIRECT, "For autumn."))
    assert await world.readers() == ["Ben"]
    coach = await world.people.appoint(coach, Role.COACH)
    await world.cohorts.look_after(coach, spring.id)
    coach = await world.people.meet(actor("omar", "Europe/London"), NOON)
    kept = await world.sent(coach, Wanted(To.DIRECT, "For spring.", date(2026, 3, 6), 9))
    await world.cohorts.archive(coach, "Spring", NOON)
    await world.carrying.tick(NOON + 3 * DAY)
    assert await world.readers() == ["Ben"]
    assert (await world.announcements.one(coach, kept.id)).state is State.CANCELLED


async def test_what_cannot_be_sent_is_said_and_nobody_else_sends(world: World, database: Database) -> None:
    coach = await world.coach()
    nora = await world.student("nora")
    for wanted, trouble in (
        (Wanted(To.DIRECT, " "), NoWords),
        (Wanted(To.DIRECT, "Late.", date(2026, 3, 1)), DayOver),
        (Wanted(To.DIRECT, "Far.", date(2028, 3, 1)), TooFar),
    ):
        with pytest.raises(trouble):
            await world.sent(coach, wanted)
    kept = await world.sent(coach, Wanted(To.DIRECT, "Yes."))
    with pytest.raises(NotAllowed):
        await world.sent(nora, Wanted(To.DIRECT, "Mine."))
    with pytest.raises(NotAllowed):
        await world.announcements.cancel(nora, kept.id, NOON)
    stranger = await world.people.appoint(await met(database, SLACK), Role.COACH)
    with pytest.raises(NoSuchAnnouncement):
        await world.announcements.one(stranger, kept.id)
