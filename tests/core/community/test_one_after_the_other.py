"""Two announcements to one cohort: nobody reads the older after the newer, whoever joins, fails, dies or calls back meanwhile."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from core.community.carrying import Carrying
from core.community.model import Announcement, State, Tally, To
from core.community.service import Wanted
from core.errors import StoreDown
from core.leases import LEASE
from core.outbox import Letter
from core.people.model import Person
from core.people.service import People
from core.roles import Role
from persistence.documents import Database
from persistence.outbox import OutboxRecord
from tests.core.community.test_announcements import DAY, HOUR, NOON, World
from tests.core.conftest import actor

MINUTE = timedelta(minutes=1)


class Dying(OutboxRecord):
    """The process dies after it has added so many letters."""

    def __init__(self, database: Database, after: int) -> None:
        super().__init__(database)
        self.left = after

    async def add(self, letter: Letter) -> bool:
        """Add it, and die once it was the last."""
        added = await super().add(letter)
        self.left -= 1
        if not self.left:
            raise StoreDown()
        return added


class Told(World):
    """What each has read so far, in the order in which it came to them."""

    def __init__(self, database: Database, people: People) -> None:
        super().__init__(database, people)
        self.read: list[tuple[str, str]] = []

    async def leave(self, at: datetime, *, stuck: str = "") -> None:
        """Everything in the outbox goes out, the latest first, as it may where several send; what is stuck is tried again."""
        for letter in reversed(await self.outbox.claim("me", at, LEASE, 1_000)):
            about, whose = letter.key.rsplit(":", 1)
            if about == stuck:
                await self.outbox.failed(letter, "no answer", at, at + 5 * MINUTE)
            else:
                await self.outbox.done(letter, at, "m1")
                self.read.append((whose, about))

    async def pass_by(self, begin: datetime, end: datetime) -> None:
        """The minutes go by."""
        while begin <= end:
            await self.carrying.tick(begin)
            await self.leave(begin)
            begin += MINUTE

    def of(self, reader: Person | str) -> list[str]:
        """What one reader has read."""
        its = reader if isinstance(reader, str) else reader.id
        return [about for whose, about in self.read if whose == its]

    async def planned(self, coach: Person, words: str, at: datetime) -> Announcement:
        """Sent off, and in the hands of a process that has written to nobody yet."""
        draft = await self.announcements.draft(coach, Wanted(To.DIRECT, words), at, event_id=words)
        begun = draft.model_copy(update={"state": State.PLANNED, "began_at": at, "next_at": at})
        kept = await self.store.replace(coach, draft, begun)
        assert kept is not None
        return kept


@pytest.fixture
def told(database: Database, people: People) -> Told:
    return Told(database, people)


async def _two_going_on(told: Told) -> tuple[Person, list[str]]:
    """At 12:20 the older is looked at again at 13:10, the newer at 12:25: both go on, since it is night in Auckland."""
    coach = await told.coach()
    await told.student("nora")
    await told.student("kim", "Pacific/Auckland")
    older = await told.sent(coach, Wanted(To.DIRECT, "Older."))
    await told.pass_by(NOON, NOON + 14 * MINUTE)
    newer = await told.sent(coach, Wanted(To.DIRECT, "Newer."), NOON + 15 * MINUTE)
    await told.pass_by(NOON + 15 * MINUTE, NOON + 20 * MINUTE)
    rounds = [(await told.announcements.one(coach, each.id)).next_at for each in (older, newer)]
    assert rounds == [NOON + 70 * MINUTE, NOON + 25 * MINUTE]
    return coach, [older.id, newer.id]


async def test_who_joins_meanwhile_reads_the_older_first_and_the_newer_soon_after(told: Told) -> None:
    coach, both = await _two_going_on(told)
    zoe = await told.student("zoe")
    await told.pass_by(NOON + 21 * MINUTE, NOON + 24 * MINUTE)
    assert told.of(zoe) == []
    await told.pass_by(NOON + 25 * MINUTE, NOON + 27 * MINUTE)
    assert told.of(zoe) == both
    await told.pass_by(NOON + 28 * MINUTE, NOON + 8 * HOUR)
    assert len(told.read) == len(set(told.read)) == 6, "nobody reads one twice, and Kim both in the morning"
    for name, zone in (("zoe", "Europe/London"), ("nora", "Europe/London"), ("kim", "Pacific/Auckland")):
        assert told.of(await told.student(name, zone)) == both
    for each in both:
        over = await told.announcements.one(coach, each)
        assert (over.state, over.tally) == (State.SENT, Tally(delivered=3))


async def test_a_crash_between_the_older_and_the_newer_costs_nothing_and_writes_nothing_twice(told: Told) -> None:
    coach, both = await _two_going_on(told)
    zoe, ann = await told.student("zoe"), await told.student("ann")
    for deaths in (1, 2):
        dying = Carrying(told.store, told.people, told.cohorts, told.wishes, Dying(told.database, 1))
        with pytest.raises(StoreDown):
            await dying.tick(NOON + (24 + deaths) * MINUTE)
        if deaths == 1:
            await told.leave(NOON + 25 * MINUTE)
    await told.pass_by(NOON + 27 * MINUTE, NOON + 40 * MINUTE)
    assert (told.of(zoe), told.of(ann)) == (both, both)
    await told.pass_by(NOON + 41 * MINUTE, NOON + 8 * HOUR)
    assert len(told.read) == len(set(told.read)) == 8
    assert [(await told.announcements.one(coach, each)).tally for each in both] == [Tally(delivered=4)] * 2


async def test_what_fails_at_first_is_read_before_the_newer_all_the_same(told: Told) -> None:
    coach = await told.coach()
    nora = await told.student("nora")
    older = await told.sent(coach, Wanted(To.DIRECT, "The call is at six."))
    await told.leave(NOON, stuck=older.id)
    newer = await told.sent(coach, Wanted(To.DIRECT, "At seven, sorry."), NOON + MINUTE)
    assert newer.tally == Tally(waiting=1)
    await told.pass_by(NOON + MINUTE, NOON + 4 * MINUTE)
    assert told.of(nora) == []
    await told.pass_by(NOON + 5 * MINUTE, NOON + 11 * MINUTE)
    assert told.of(nora) == [older.id, newer.id]


async def test_a_newer_one_that_another_process_is_ahead_with_waits_for_the_older(told: Told) -> None:
    coach = await told.coach()
    readers = [await told.student(each) for each in ("nora", "ben")]
    older = await told.planned(coach, "Older.", NOON)
    newer = await told.planned(coach, "Newer.", NOON + MINUTE)
    latest = await told.sent(coach, Wanted(To.DIRECT, "Latest."), NOON + 2 * MINUTE)
    assert latest.tally == Tally(waiting=2)
    await told.leave(NOON + 2 * MINUTE)
    await told.carrying.carry(newer, NOON + 2 * MINUTE)
    await told.carrying.carry(older, NOON + 2 * MINUTE)
    await told.pass_by(NOON + 3 * MINUTE, NOON + 20 * MINUTE)
    assert [told.of(each) for each in readers] == [[older.id, newer.id, latest.id]] * 2


async def test_what_was_called_back_is_out_of_the_way_before_what_puts_it_right(told: Told) -> None:
    coach = await told.coach()
    nora = await told.student("nora")
    slip = await told.sent(coach, Wanted(To.DIRECT, "A slip."))
    await told.leave(NOON, stuck=slip.id)
    await told.announcements.cancel(coach, slip.id, NOON)
    zoe = await told.student("zoe")
    right = await told.sent(coach, Wanted(To.DIRECT, "Right."), NOON + MINUTE)
    await told.pass_by(NOON + MINUTE, NOON + 20 * MINUTE)
    assert told.of(nora) == [slip.id, right.id]
    assert told.of(zoe) == [right.id], "nobody gets what was called back who did not have it"


async def test_nothing_more_of_one_is_written_whose_writer_coaches_no_more(told: Told) -> None:
    coach, _ = await _two_going_on(told)
    ida = await told.people.appoint(await told.people.meet(actor("ida", "Europe/London"), NOON), Role.COACH)
    await told.cohorts.look_after(ida, (await told.cohorts.own(coach)).id)
    await told.people.appoint(coach, Role.STUDENT)
    zoe = await told.student("zoe")
    ida = await told.people.meet(actor("ida", "Europe/London"), NOON)
    last = await told.sent(ida, Wanted(To.DIRECT, "From Ida."), NOON + 21 * MINUTE)
    await told.leave(NOON + 21 * MINUTE)
    assert told.of(zoe) == [last.id]


async def test_it_waits_for_nothing_that_is_later_for_its_reader_or_too_late_by_now(told: Told) -> None:
    coach = await told.coach()
    nora = await told.student("nora")
    await told.sent(coach, Wanted(To.DIRECT, "On Friday.", date(2026, 3, 6), 9))
    at_once = await told.sent(coach, Wanted(To.DIRECT, "At once."), NOON + MINUTE)
    await told.leave(NOON + MINUTE)
    assert told.of(nora) == [at_once.id], "the hour counts, and not which was written first"
    nine = datetime(2026, 3, 6, 9, tzinfo=NOON.tzinfo)
    await told.carrying.tick(nine)
    later = await told.sent(coach, Wanted(To.DIRECT, "Later."), nine + DAY)
    assert later.tally == Tally(leaving=1), "Friday's letter never left, and is of no use any more"


async def test_a_channel_is_told_in_order_too(told: Told) -> None:
    coach = await told.coach()
    await told.cohorts.meet_in(coach, "C7")
    older = await told.sent(coach, Wanted(To.CHANNEL, "Older."))
    await told.leave(NOON, stuck=older.id)
    newer = await told.sent(coach, Wanted(To.CHANNEL, "Newer."), NOON + MINUTE)
    assert newer.tally == Tally(waiting=1)
    await told.pass_by(NOON + MINUTE, NOON + 30 * MINUTE)
    assert told.of("channel") == [older.id, newer.id]
