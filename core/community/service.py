"""Announcements: a coach writes one, sees it as its readers will, sends it off, and may call it back until they have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import structlog

from core.cohort.service import Cohorts
from core.community.carrying import SHORTLY, Carrying
from core.community.model import WORDS_AT_MOST, Announcement, State, To
from core.community.ports import AnnouncementStore
from core.community.reached import reached, stands
from core.community.timing import LAST, first_look, hour_in
from core.errors import Changed, NotAllowed, NotFound, Refusal
from core.listing import sought
from core.people.model import Person
from core.reach import direct_of
from core.request import Address
from core.roles import COACHING

LISTED_AT_MOST = 200
YEAR = timedelta(days=366)
TRIES = 5
"""At changing what the tick carries at the same moment."""

log = structlog.get_logger()


class Order(StrEnum):
    """What the list is sorted by."""

    PLANNED = "planned first"
    LATEST = "latest first"
    OLDEST = "oldest first"


class NoSuchAnnouncement(NotFound):
    """That announcement is not there any more. /cohort announcements shows those that are."""


class NoWords(Refusal):
    """Write at least a word."""


class NoChannel(Refusal):
    """Your cohort has no channel yet. Say /cohort here in the one where it meets, or choose direct messages."""


class DayOver(Refusal):
    """That hour is over everywhere. Choose a later one, or leave the day empty for at once."""


class TooFar(Refusal):
    """That is more than a year from now. Check the year."""


class OnItsWay(Refusal):
    """That one has gone out, or was called back. Write a new one: /cohort announce"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a coach would like to announce. Without a day it goes at once."""

    to: To
    words: str
    on: date | None = None
    hour: int = 9


class Announcements:
    """What coaches announce."""

    def __init__(self, store: AnnouncementStore, cohorts: Cohorts, carrying: Carrying) -> None:
        self._store = store
        self._cohorts = cohorts
        self._carrying = carrying

    async def draft(self, coach: Person, wanted: Wanted, at: datetime, *, event_id: str, draft_id: str = "") -> Announcement:
        """Keep it without sending it; in place of the coach's draft with that id, where there is one.

        Raises:
            NotAllowed: the person does not coach.
            NoSuchCohort: it is not clear for which cohort it is.
            NoWords, NoChannel, DayOver, TooFar: it cannot be sent like this.
        """
        cohort = await self._cohorts.own(coach)
        words = wanted.words.strip()[:WORDS_AT_MOST]
        if not words:
            raise NoWords()
        if wanted.on and wanted.on > at.date() + YEAR:
            raise TooFar()
        fresh = Announcement(
            id=f"ann_{event_id}"[:80],
            person_id=coach.id,
            organization_id=coach.organization_id,
            cohort_id=cohort.id,
            by_name=coach.name,
            words=words,
            to=wanted.to,
            place=_place(coach, cohort.channel) if wanted.to is To.CHANNEL else None,
            on=wanted.on.isoformat() if wanted.on else None,
            hour=wanted.hour if wanted.on else None,
            zone=coach.timezone,
            created_at=at,
            changed_at=at,
        )
        _refuse_late(fresh, at)
        before = await self._store.find(coach, draft_id) if draft_id else None
        if before is None or before.state is not State.DRAFT or before.person_id != coach.id:
            return await self._store.add(coach, fresh)
        same = {"id": before.id, "created_at": before.created_at, "version": before.version}
        kept = await self._store.replace(coach, before, fresh.model_copy(update=same))
        if kept is None:
            raise Changed()
        return kept

    async def send(self, coach: Person, announcement_id: str, at: datetime) -> Announcement:
        """Send a draft off, as far as it is its time; a second press changes nothing.

        Raises:
            NotAllowed: the person does not coach.
            NoSuchAnnouncement: it is not there.
            OnItsWay: it was called back.
            DayOver: its hour is over by now.
        """
        found = await self.one(coach, announcement_id)
        if found.state in (State.PLANNED, State.SENT):
            return found
        if found.state is State.CANCELLED:
            raise OnItsWay()
        _refuse_late(found, at)
        begun = found.model_copy(update={"state": State.PLANNED, "began_at": at, "changed_at": at})
        begun = begun.model_copy(update={"next_at": max(first_look(begun), at)})
        kept = await self._store.replace(coach, found, begun)
        if kept is None:
            return await self.one(coach, announcement_id)
        log.info("announcement planned", announcement=kept.id, to=kept.to.value)
        due = kept.next_at is not None and kept.next_at <= at
        return await self._carrying.carry(kept, at, pages=1) if due else kept  # the coach waits; the tick carries on

    async def cancel(self, coach: Person, announcement_id: str, at: datetime) -> Announcement:
        """Call it back: nobody who does not have it yet gets it.

        Raises:
            NotAllowed: the person does not coach.
            NoSuchAnnouncement: it is not there.
            OnItsWay: everybody has it.
        """
        for _ in range(TRIES):
            found = await self.one(coach, announcement_id)
            if found.state is State.CANCELLED:
                return found
            if found.state is State.SENT:
                raise OnItsWay("It has gone out to everybody, so it cannot be called back. Write a new one: /cohort announce")
            counted_at = at + SHORTLY if found.state is State.PLANNED else None  # some may be getting it at this moment
            ended = found.model_copy(update={"state": State.CANCELLED, "next_at": counted_at, "changed_at": at})
            kept = await self._store.replace(coach, found, ended)
            if kept is not None:
                log.info("announcement cancelled", announcement=kept.id)
                return kept
        raise Changed()

    async def one(self, coach: Person, announcement_id: str) -> Announcement:
        """One of the organization's announcements.

        Raises:
            NotAllowed: the person does not coach.
            NoSuchAnnouncement: it is not there.
        """
        _refuse_others(coach)
        found = await self._store.find(coach, announcement_id)
        if found is None:
            raise NoSuchAnnouncement()
        return found

    async def all(self, coach: Person, search: str = "", order: Order = Order.PLANNED) -> Sequence[Announcement]:
        """Those of the coach's cohort that hold the searched words in their own, their writer's name or their state. What was
        thrown away before it was sent off is gone.

        The latest 200 are read at once: a cohort has a few a week.

        Raises:
            NotAllowed: the person does not coach.
            NoSuchCohort: it is not clear whose.
        """
        cohort = await self._cohorts.own(coach)
        kept = await self._store.of_cohort(coach, cohort.id, LISTED_AT_MOST)
        found = [each for each in kept if each.state is not State.CANCELLED or each.began_at is not None]
        found = sought(found, search, lambda each: f"{each.words} {each.by_name} {each.state.value} {_stands(each)}")
        match order:
            case Order.PLANNED:
                return sorted(found, key=lambda each: (each.state is not State.PLANNED, -each.created_at.timestamp()))
            case Order.LATEST:
                return found
            case Order.OLDEST:
                return found[::-1]

    async def readers(self, coach: Person, announcement: Announcement) -> int:
        """How many students will read it: everybody of the cohort, also where it is read in a channel.

        Raises:
            NotAllowed: the person does not coach.
        """
        cohort = next((each for each in await self._cohorts.all(coach) if each.id == announcement.cohort_id), None)
        return len(await self._carrying.readers(coach, cohort)) if cohort else 0


def _stands(announcement: Announcement) -> str:
    return stands(announcement, reached(announcement))


def _place(coach: Person, channel: str | None) -> Address:
    home = direct_of(coach)
    if channel is None or home is None:
        raise NoChannel()
    return Address(home.platform, home.workspace, channel)


def _refuse_late(announcement: Announcement, at: datetime) -> None:
    """Its hour must not be over for all of its readers."""
    hour = hour_in(announcement, ZoneInfo(announcement.zone) if announcement.to is To.CHANNEL else LAST)
    if hour is not None and hour < at:
        raise DayOver()


def _refuse_others(person: Person) -> None:
    if person.role not in COACHING:
        raise NotAllowed()
