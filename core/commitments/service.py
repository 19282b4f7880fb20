"""Keeping what people say they will do, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import structlog

from core.alike import folded
from core.commitments.model import Commitment, CommitmentKind, CommitmentState
from core.commitments.ports import AskedLater, CommitmentStore, Waking
from core.course.modules import module_id
from core.course.steps import Step
from core.dates import DAY, Days, day_read, day_said
from core.errors import NotFound, Refusal
from core.ids import made_id
from core.listing import sought
from core.people.model import Person

WHAT_AT_MOST = 200
OPEN_AT_MOST = 20
"""More open commitments are no plan any more."""
RECENTLY = timedelta(days=14)
TOLD_WITHIN = timedelta(days=3)
"""After its time: by then a reminder was told, or is of no use any more (`core.nudges.own_rules.USEFUL`)."""

log = structlog.get_logger()


class Order(StrEnum):
    """What the list is sorted by."""

    DUE = "soonest due"
    NEWEST = "newest first"
    WHAT = "what it is"


class CommitmentGone(NotFound):
    """That commitment is not there any more. /commitments lists yours."""


class TooMany(Refusal):
    """You have 20 open commitments, and more are no plan any more. Finish or drop one first: /commitments lists them."""


class TooLong(Refusal):
    """A commitment has at most 200 characters. Say it shorter: one thing that can be done."""


class NotADay(Refusal):
    """I do not know that day. Write it like Friday, tomorrow, in 3 days or 2026-12-01."""


class DayIsOver(Refusal):
    """That day is over, or more than a year ahead. Choose one that is to come."""


class TimeIsOver(Refusal):
    """That time is over. Choose one that is to come, within a year."""


class Commitments:
    """The commitments and reminders of all students, each their own."""

    def __init__(self, store: CommitmentStore, waking: Waking) -> None:
        self._store = store
        self._waking = waking

    async def all(self, person: Person, at: datetime) -> Sequence[Commitment]:
        """The open ones, the soonest first, then those settled in the last two weeks, the latest first."""
        found = [_over(each) if _is_over(each, at) else each for each in await self._store.recent(person, at - RECENTLY)]
        settled = [each for each in found if not each.open and _settled_at(each) >= at - RECENTLY]
        return [*(each for each in found if each.open), *sorted(settled, key=_settled_at, reverse=True)]

    async def listed(self, person: Person, at: datetime, search: str = "", order: Order = Order.DUE) -> Sequence[Commitment]:
        """The same that hold the searched words, in this order: in memory, of twenty that are open and those of two weeks."""
        found = sought(await self.all(person, at), search, lambda each: each.what)
        match order:
            case Order.DUE:
                return found
            case Order.NEWEST:
                return sorted(found, key=lambda each: each.created_at, reverse=True)
            case Order.WHAT:
                return sorted(found, key=lambda each: folded(each.what))

    async def kept(self, person: Person, at: datetime) -> Sequence[Commitment]:
        """The same as the record has them, the soonest due first: a reminder whose time has come stands until it is told."""
        return await self._store.recent(person, at - RECENTLY)

    async def one(self, person: Person, commitment_id: str) -> Commitment:
        """One of them.

        Raises:
            CommitmentGone: the person has none with this id.
        """
        found = await self._store.find(person, commitment_id)
        if found is None:
            raise CommitmentGone()
        return found

    async def promise(self, person: Person, what: str, day: date, at: datetime, event: str) -> Commitment:
        """Keep what they will do by that day, theirs. The same event again keeps nothing more.

        Raises:
            DayIsOver: it is before today, or more than a year ahead.
            TooLong: it has more than 200 characters.
            TooMany: 20 are open.
        """
        kept = await self._add(person, what, day, day_ends(person, day), CommitmentKind.PROMISE, at, event)
        log.info("commitment kept", commitment=kept.id)
        return kept

    async def remind(self, person: Person, what: str, when: datetime, at: datetime, event: str) -> Commitment:
        """Keep what they want to be told, and when (aware).

        Raises:
            TimeIsOver: it is not to come within a year.
            TooLong: it has more than 200 characters.
            TooMany: 20 are open.
        """
        if not at < when <= at + 366 * DAY:
            raise TimeIsOver()
        return await self._add(person, what, when.astimezone(person.zone).date(), when, CommitmentKind.REMINDER, at, event)

    async def settle(self, person: Person, commitment_id: str, state: CommitmentState, at: datetime) -> Commitment:
        """It is done, or given up. Settled once, it stays as it is; pressed again, it is told again.

        Raises:
            CommitmentGone: the person has none with this id.
        """
        found = await self.one(person, commitment_id)
        return await self._changed(person, found, {"state": state, "changed_at": at}, at) if found.open else found

    async def reopen(self, person: Person, commitment_id: str, at: datetime) -> Commitment:
        """A promise is not done after all. What was given up, or told, stays so until it has a new day.

        Raises:
            CommitmentGone: the person has none with this id.
        """
        found = await self.one(person, commitment_id)
        if found.state is not CommitmentState.DONE or not found.promised:
            return found
        return await self._changed(person, found, {"state": CommitmentState.OPEN, "changed_at": at, "day_asked_at": at}, at)

    async def ask_day(self, person: Person, commitment_id: str, at: datetime) -> Commitment:
        """Note that its new day is asked for, so that one which is typed is for it; of what is settled nothing is noted.

        Raises:
            CommitmentGone: the person has none with this id.
        """
        found = await self.one(person, commitment_id)
        if not found.open or not found.promised:
            return found
        return await self._store.change(person, found, {"day_asked_at": at}) or await self.one(person, found.id)

    async def move(self, person: Person, commitment_id: str, day: date, at: datetime) -> Commitment:
        """Give it a new day; one that was given up is open again.

        Raises:
            CommitmentGone: the person has none with this id.
            DayIsOver: it is before today, or more than a year ahead.
        """
        found = await self.one(person, commitment_id)
        _refuse_over(person, day, at)
        change = {"local_date": day.isoformat(), "due_at": day_ends(person, day), "state": CommitmentState.OPEN, "changed_at": at}
        return await self._changed(person, found, {**change, "kind": CommitmentKind.PROMISE}, at)

    async def asked_about(self, person: Person) -> bool:
        """Whether they are asked about what they promise: not where they stopped all reminders."""
        return await self._waking.listens(person)

    async def quiet_beyond(self, person: Person, commitment: Commitment) -> date | AskedLater | None:
        """The day until which nothing is asked, where that is the commitment's own or a later one; else, of a promise that was
        just made or moved, the other day on which it is asked about.
        """
        until = await self._waking.quiet_until(person)
        day = until.astimezone(person.zone).date() if until else None
        if day is not None and day >= commitment.day:
            return day
        if not commitment.promised or not commitment.open:
            return None
        return await self._waking.asked_later(person, commitment, commitment.changed_at or commitment.created_at)

    async def held_back(self, person: Person, commitment: Commitment, at: datetime) -> date | None:
        """The later day on which they are asked about a promise whose own day is still to come and lies in a silence of ours;
        None where it does not, or they are asked no more.
        """
        until, listens = await self._waking.quiet_until(person), await self._waking.listens(person)
        today = at.astimezone(person.zone).date()
        if until is None or not listens or not today <= commitment.day <= until.astimezone(person.zone).date():
            return None
        later = await self._waking.asked_later(person, commitment, at)
        return later.day if later is not None and later.day is not None and later.day > commitment.day else None

    def day(self, person: Person, typed: str, at: datetime) -> Days:
        """The days that the words may mean to the person. `past`: also of yesterday, or 2 days ago."""
        today = at.astimezone(person.zone).date()
        days = day_said(typed, today)
        if days.found or days.past:
            return days
        with suppress(ValueError):  # they mean no day at all
            return Days(past=day_read(typed, today, gone=True) < today)
        return days

    async def _add(
        self, person: Person, what: str, day: date, due_at: datetime, kind: CommitmentKind, at: datetime, event: str
    ) -> Commitment:
        _refuse_over(person, day, at)
        if len(what.strip()) > WHAT_AT_MOST:
            raise TooLong()
        wanted = Commitment(
            id=made_id("cmt", f"{person.user_id}:{event}"),
            person_id=person.id,
            user_id=person.user_id,
            organization_id=person.organization_id,
            kind=kind,
            what=what.strip(),
            module_id=_module(what),
            local_date=day.isoformat(),
            due_at=due_at,
            created_at=at,
        )
        there = await self._store.recent(person, at)
        if sum(each.open and not _is_over(each, at) and each.id != wanted.id for each in there) >= OPEN_AT_MOST:
            raise TooMany()
        for each in there:
            if _is_over(each, at - TOLD_WITHIN):
                await self._store.change(person, each, {"state": CommitmentState.DONE, "changed_at": each.due_at})
        kept = await self._store.add(person, wanted)
        await self._waking.wake(person, at)
        return kept

    async def _changed(self, person: Person, found: Commitment, change: Mapping[str, object], at: datetime) -> Commitment:
        kept = await self._store.change(person, found, change)
        await self._waking.wake(person, at)
        return kept or await self.one(person, found.id)  # a second press was quicker, and did the same


def _module(what: str) -> str | None:
    """The module that is named, by its step or as `module 3`."""
    words = re.findall(r"\w+", what.casefold())
    for step in Step:
        if step.value.casefold() in words or f"module {step.number}" in " ".join(words):
            return module_id(step.number)
    return None


def day_ends(person: Person, day: date) -> datetime:
    """The end of that day as they know it."""
    following = day + DAY
    return datetime(following.year, following.month, following.day, tzinfo=person.zone).astimezone(UTC)


def _refuse_over(person: Person, day: date, at: datetime) -> None:
    today = at.astimezone(person.zone).date()
    if not today <= day <= today + 366 * DAY:
        raise DayIsOver()


def _is_over(commitment: Commitment, at: datetime) -> bool:
    """It is a reminder that nobody has taken off the list, and its time has come."""
    return commitment.open and commitment.kind is CommitmentKind.REMINDER and commitment.due_at <= at


def _over(commitment: Commitment) -> Commitment:
    """The reminder as its owner sees it from its time on; the record says so only later (`TOLD_WITHIN`)."""
    return commitment.model_copy(update={"state": CommitmentState.DONE, "changed_at": commitment.due_at})


def _settled_at(commitment: Commitment) -> datetime:
    return commitment.changed_at or commitment.created_at
