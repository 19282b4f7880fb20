"""Carrying announcements to their readers: round after round over everybody, a page at a time, until nobody waits.

One that is called back has rounds too, in which nothing more is written, until all to whom it was on its way then are counted.

Whoever dies in the middle of a page leaves letters whose keys are taken, so that the next to come writes none of them again; and
only one of two processes that count the same page may keep what it counted.

Each announcement has rounds of its own, and the outbox tries again later what failed. So that nobody reads an older one after a
newer one, the newer is not written to them before the older has left, and whoever was not written the older is written it first.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from core.cohort.model import Cohort
from core.cohort.service import Cohorts
from core.community import views
from core.community.model import Announcement, State, Tally, To
from core.community.ports import AnnouncementStore, Wishes
from core.community.timing import CHANNEL_LATE, first_look, last_moment, turn, window
from core.leases import State as Row
from core.nudges.model import NudgePreferences
from core.outbox import TOO_LATE, Letter, Outbox, new_letter
from core.people.model import Person
from core.people.service import People
from core.reach import direct_of
from core.roles import COACHING, Role

PAGE = 100
PAGES = 10
"""Of one announcement in one tick: a thousand people are some two thousand short queries."""
AT_ONCE = 20
SOON, LATER = timedelta(minutes=10), timedelta(hours=1)
"""Until the next round: while messages are on their way; and else, since people move into other time zones."""
SHORTLY = timedelta(minutes=1)
"""While a newer one is held back for an older one: at first. It is as long again as the older one has been on its way by then.
And until those are counted who got one at the moment in which it was called back."""
STANDING = timedelta(hours=26)
"""For so long a letter of what is over may still stand in the outbox: until the reader's day ends, be it one of 25 hours."""
AT_MOST = timedelta(hours=48)
"""After the last hour on earth, no more is waited for: the longest quiet hours and the day after them are over."""

IN_CHANNEL = "channel"
"""In the key of a letter, in place of a reader."""

log = structlog.get_logger()


class Carrying:
    """Takes announcements to those whom they are for."""

    def __init__(self, store: AnnouncementStore, people: People, cohorts: Cohorts, wishes: Wishes, outbox: Outbox) -> None:
        self._store = store
        self._people = people
        self._cohorts = cohorts
        self._wishes = wishes
        self._outbox = outbox

    async def readers(self, coach: Person, cohort: Cohort) -> Sequence[Person]:
        """The students of the cohort, in an order that stays: those who joined it, and where it is the only one, all."""
        going_on = [each for each in await self._cohorts.all(coach) if each.archived_at is None]
        alone = len(going_on) == 1 and going_on[0].id == cohort.id
        cohorts = {cohort.id, None} if alone else {cohort.id}
        members = await self._people.members(coach)
        return sorted(
            (each for each in members if each.role is Role.STUDENT and each.cohort_id in cohorts), key=lambda each: each.id
        )

    async def tick(self, at: datetime) -> int:
        """Carry what is due a part of its way; returns how many announcements that were."""
        due = await self._store.due(at, AT_ONCE)
        for each in due:
            await self.carry(each, at)
        return len(due)

    async def carry(self, seen: Announcement, at: datetime, pages: int = PAGES) -> Announcement:
        """Carry one so many pages of its way; returns it as it is then, or as it was where somebody else has it."""
        coach = await self._people.by_id(seen.person_id)
        if coach is None:
            return seen  # their announcements are on their way out of the record with them
        cohort = next((each for each in await self._cohorts_of(coach) if each.id == seen.cohort_id), None)
        if cohort is None or cohort.archived_at is not None:
            ended = {"state": State.CANCELLED, "next_at": None, "changed_at": at}
            return await self._kept(coach, seen, ended)
        if seen.to is To.CHANNEL:
            return await self._to_channel(coach, seen, at)
        return await self._to_each(coach, seen, cohort, at, pages)

    async def _cohorts_of(self, coach: Person) -> Sequence[Cohort]:
        return await self._cohorts.all(coach) if coach.role in COACHING else ()

    async def _to_channel(self, coach: Person, seen: Announcement, at: datetime) -> Announcement:
        due, held = first_look(seen), None
        letter = await self._outbox.find(seen.organization_id, _key(seen, IN_CHANNEL))
        if letter is None and seen.state is State.CANCELLED:
            return await self._rounded(coach, seen, Tally(), None, at)
        if letter is None and due <= at < due + CHANNEL_LATE:
            others = [each for each in await self._others(coach, seen, at) if each.place == seen.place]
            before = _before(seen, others, lambda each: ZoneInfo(each.zone))
            held = await self._held(before, IN_CHANNEL, at, lambda each: self._post(each, at))
            letter = None if held else await self._post(seen, at)
        due = held or due
        tally = counted(letter, due=due, at=at)
        return await self._rounded(coach, seen, tally, due if tally.waiting else None, at)

    async def _post(self, announcement: Announcement, at: datetime) -> Letter | None:
        """Write it to the channel, where it is time."""
        due, place = first_look(announcement), announcement.place
        until = due + CHANNEL_LATE
        if place is None or not due <= at < until:
            return None
        key, words, whose = _key(announcement, IN_CHANNEL), views.read(announcement), announcement.organization_id
        letter = new_letter(key, place, words, organization_id=whose, at=at, until=until)
        await self._outbox.add(letter)
        return letter

    async def _to_each(self, coach: Person, seen: Announcement, cohort: Cohort, at: datetime, pages: int) -> Announcement:
        readers = await self.readers(coach, cohort)
        for _ in range(pages):
            left = [each for each in readers if each.id > seen.reached]
            page, tally, soonest = left[:PAGE], seen.counting, seen.soonest_at
            others = await self._others(coach, seen, at)  # anew for each page: one may have been called back
            for each in page:
                one, due = await self._to_one(seen, others, each, at)
                tally = added(tally, one)
                if one.waiting:
                    soonest = min(due, soonest) if soonest else due
            if len(left) <= PAGE:
                return await self._rounded(coach, seen, tally, soonest, at)
            counted_so_far = {"reached": page[-1].id, "counting": tally, "soonest_at": soonest}
            kept = await self._store.replace(coach, seen, seen.model_copy(update=counted_so_far))
            if kept is None:
                return seen
            seen = kept
        return seen

    async def _to_one(
        self, announcement: Announcement, others: Sequence[Announcement], reader: Person, at: datetime
    ) -> tuple[Tally, datetime]:
        """Write to one reader, where it is time; returns how they count, and when their time comes."""
        if direct_of(reader) is None:
            return Tally(missed=1), at
        letter = await self._outbox.find(announcement.organization_id, _key(announcement, reader.id))
        if letter is not None:
            return counted(letter, due=at, at=at), at
        if announcement.state is State.CANCELLED:
            return Tally(), at
        wishes = await self._asked(reader)
        due, until = window(announcement, wishes, reader.zone)
        if due <= at < until:
            before = _before(announcement, others, lambda _: reader.zone)
            held = await self._held(before, reader.id, at, lambda each: self._write(each, reader, wishes, at))
            if held is not None:
                return Tally(waiting=1), held
            letter = await self._write(announcement, reader, wishes, at)
        return counted(letter, due=due, at=at), due

    async def _write(self, announcement: Announcement, reader: Person, wishes: NudgePreferences, at: datetime) -> Letter | None:
        """Write it to the reader, where it is time."""
        to, (due, until) = direct_of(reader), window(announcement, wishes, reader.zone)
        if to is None or not due <= at < until:
            return None
        key, words, whose = _key(announcement, reader.id), views.read(announcement, alone=True), announcement.organization_id
        letter = new_letter(key, to, words, organization_id=whose, at=at, person_id=reader.id, until=until)
        await self._outbox.add(letter)
        return letter

    async def _others(self, coach: Person, seen: Announcement, at: datetime) -> Sequence[Announcement]:
        """Those beside which it goes: of the same cohort, to be read in the same way, and begun by now or just over."""
        soon = at + 2 * LATER  # the next round of what has begun is within one, by the clock of whichever process carried it
        found = await self._store.under_way(coach, seen.cohort_id, soon, at - STANDING)
        found = [each for each in found if each.id != seen.id and each.to is seen.to]
        writers = [await self._people.by_id(each) for each in {each.person_id for each in found} - {coach.id}]
        coaching = {each.id for each in (coach, *writers) if each is not None and each.role in COACHING}
        over = {"state": State.CANCELLED}  # as it will be at its own next round: nothing more of it is written
        return [each if each.person_id in coaching else each.model_copy(update=over) for each in found]

    async def _held(
        self, before: Sequence[Announcement], whose: str, at: datetime, write: Callable[[Announcement], Awaitable[Letter | None]]
    ) -> datetime | None:
        """Until when a newer one waits for the first of those before it that is on its way; None where none is."""
        for each in before:
            letter = await self._outbox.find(each.organization_id, _key(each, whose))
            if letter is None and each.state is State.PLANNED:
                letter = await write(each)  # they came after its last round, or it is carried elsewhere at this moment
            if letter is not None and letter.state in (Row.WAITING, Row.RUNNING) and (letter.until is None or at < letter.until):
                return at + min(max(at - letter.created_at, SHORTLY), SOON)
        return None

    async def _asked(self, reader: Person) -> NudgePreferences:
        wishes = await self._wishes.of(reader)
        return wishes or NudgePreferences(
            id="", person_id=reader.id, organization_id=reader.organization_id, changed_at=reader.created_at
        )

    async def _rounded(
        self, coach: Person, seen: Announcement, tally: Tally, soonest: datetime | None, at: datetime
    ) -> Announcement:
        """A round has come to its end: say when the next begins, or that it was the last."""
        last = first_look(seen) if seen.to is To.CHANNEL else last_moment(seen)
        whole = {"tally": tally, "counting": Tally(), "reached": "", "soonest_at": None, "changed_at": at}
        if seen.state is State.CANCELLED:
            return await self._kept(coach, seen, {**whole, "next_at": at + SOON if tally.leaving else None})
        if (tally.settled and at >= last) or at >= last + AT_MOST:
            log.info("announcement sent", announcement=seen.id, delivered=tally.delivered, missed=tally.missed)
            return await self._kept(coach, seen, {**whole, "state": State.SENT, "next_at": None})
        again = at + (SOON if tally.leaving else LATER)
        return await self._kept(coach, seen, {**whole, "next_at": min(again, max(soonest, at)) if soonest else again})

    async def _kept(self, coach: Person, seen: Announcement, change: Mapping[str, object]) -> Announcement:
        kept = await self._store.replace(coach, seen, seen.model_copy(update=change))
        return kept or seen


def _key(announcement: Announcement, whose: str) -> str:
    """Of the one letter that brings it to a reader, or to the channel."""
    return f"{announcement.id}:{whose}"


def _before(
    announcement: Announcement, others: Sequence[Announcement], zone: Callable[[Announcement], ZoneInfo]
) -> Sequence[Announcement]:
    """Those of the others that are older for whoever reads them in these zones, in the order in which they are to be read."""
    mine = turn(announcement, zone(announcement))
    older = [(turn(each, zone(each)), each) for each in others]
    return [each for its, each in sorted(older, key=lambda pair: pair[0]) if its < mine]


def counted(letter: Letter | None, *, due: datetime, at: datetime) -> Tally:
    """How somebody counts, by the letter that stands for them, or by when it may be written."""
    if letter is None:
        return Tally(waiting=1) if at < due else Tally(missed=1)
    if letter.state is Row.DONE:
        return Tally(missed=1) if letter.outcome == TOO_LATE else Tally(delivered=1)
    return Tally(missed=1) if letter.state is Row.ASIDE else Tally(leaving=1)


def added(one: Tally, other: Tally) -> Tally:
    """Both together."""
    return Tally(
        waiting=one.waiting + other.waiting,
        leaving=one.leaving + other.leaving,
        delivered=one.delivered + other.delivered,
        missed=one.missed + other.missed,
    )
