"""Carrying announcements to their readers: round after round over everybody, a page at a time, until nobody waits.

Whoever dies in the middle of a page leaves letters whose keys are taken, so that the next to come writes none of them again; and
only one of two processes that count the same page may keep what it counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from core.cohort.model import Cohort
from core.cohort.service import Cohorts
from core.community import views
from core.community.model import Announcement, State, Tally, To
from core.community.ports import AnnouncementStore, Wishes
from core.community.timing import CHANNEL_LATE, first_look, last_moment, window
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
AT_MOST = timedelta(hours=48)
"""After the last hour on earth, no more is waited for: the longest quiet hours and the day after them are over."""

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
        due = first_look(seen)
        until = due + CHANNEL_LATE
        key = f"{seen.id}:channel"
        letter = await self._outbox.find(seen.organization_id, key)
        if letter is None and seen.place is not None and due <= at < until:
            letter = new_letter(key, seen.place, views.read(seen), organization_id=seen.organization_id, at=at, until=until)
            await self._outbox.add(letter)
        tally = counted(letter, due=due, at=at)
        return await self._rounded(coach, seen, tally, due if tally.waiting else None, at)

    async def _to_each(self, coach: Person, seen: Announcement, cohort: Cohort, at: datetime, pages: int) -> Announcement:
        readers = await self.readers(coach, cohort)
        for _ in range(pages):
            left = [each for each in readers if each.id > seen.reached]
            page, tally, soonest = left[:PAGE], seen.counting, seen.soonest_at
            for each in page:
                one, due = await self._to_one(seen, each, at)
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

    async def _to_one(self, announcement: Announcement, reader: Person, at: datetime) -> tuple[Tally, datetime]:
        """Write to one reader, where it is time; returns how they count, and when their time comes."""
        key, to = f"{announcement.id}:{reader.id}", direct_of(reader)
        if to is None:
            return Tally(missed=1), at
        letter = await self._outbox.find(announcement.organization_id, key)
        if letter is not None:
            return counted(letter, due=at, at=at), at
        due, until = window(announcement, await self._asked(reader), reader.zone)
        if due <= at < until:
            words = views.read(announcement, alone=True)
            letter = new_letter(
                key, to, words, organization_id=announcement.organization_id, at=at, person_id=reader.id, until=until
            )
            await self._outbox.add(letter)
        return counted(letter, due=due, at=at), due

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
        if (tally.settled and at >= last) or at >= last + AT_MOST:
            log.info("announcement sent", announcement=seen.id, delivered=tally.delivered, missed=tally.missed)
            return await self._kept(coach, seen, {**whole, "state": State.SENT, "next_at": None})
        again = at + (SOON if tally.leaving else LATER)
        return await self._kept(coach, seen, {**whole, "next_at": min(again, max(soonest, at)) if soonest else again})

    async def _kept(self, coach: Person, seen: Announcement, change: Mapping[str, object]) -> Announcement:
        kept = await self._store.replace(coach, seen, seen.model_copy(update=change))
        return kept or seen


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
