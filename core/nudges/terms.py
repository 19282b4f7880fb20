"""The terms of the contract at a moment: each with what stands in the way of a reminder, or that nothing does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from core.nudges import times
from core.nudges.known import Known
from core.nudges.model import Kind, Nudge, Outcome

APART = timedelta(hours=16)
"""Between two reminders at least, so that a change of zone or of hour brings them no closer."""
WEEK_DAYS = 7
OTHERWISE, AT_MOST = 2, 3
"""Reminders ignored in a row, after which they come otherwise; and after which they stop until there is a sign of life."""
OTHER_HOURS = (3, -3)
"""How many hours from their own "another time" is: later where that is not quiet, else earlier."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the contract, and whether a reminder that is due by a rule keeps to it now."""

    name: str
    kept: bool
    reason: str


@dataclass(frozen=True)
class Moment:
    """What is known, and the time, seen through the contract; what follows from it is worked out once."""

    known: Known
    at: datetime
    undisturbed_until: datetime | None = None

    @cached_property
    def today(self) -> date:
        """The day as the person knows it."""
        return self.known.today(self.at)

    @cached_property
    def chosen_day(self) -> bool:
        """It is one of their days; any is, for who chose none."""
        days = self.known.wishes.days
        return not days or self.today.isoweekday() in days

    @cached_property
    def own_day(self) -> bool:
        """They said that they would do something by today: a day that is for this alone."""
        return any(each.day == self.today for each in self.known.promises)

    @cached_property
    def ignored(self) -> int:
        """How many of the latest reminders were ignored in a row. A win asks for nothing, so that it cannot be ignored."""
        return self._in_a_row(each for each in self._answerable if each.outcome is not None or each.opened_at is not None)

    @cached_property
    def unanswered(self) -> int:
        """The same with those that they may still answer: what came of a reminder is known only once its time is up."""
        return self._in_a_row(each for each in self._answerable if each.outcome is not None or each.lettered_at is not None)

    @cached_property
    def back(self) -> bool:
        """They were set aside, and there was a sign of life since."""
        seen, aside = self.known.last_seen_at, self.known.wishes.set_aside_at
        return aside is not None and seen is not None and seen > aside

    @cached_property
    def hour(self) -> int | None:
        """The hour at which they are written to now, where that is another than their own."""
        wishes = self.known.wishes
        if self.ignored < OTHERWISE:
            return None
        hours = ((times.hour_of(wishes) + each) for each in OTHER_HOURS)
        return next((each for each in hours if 0 <= each <= 23 and not times.quiet_hour(wishes, each)), None)

    def slot_on(self, day: date) -> datetime | None:
        """When they are written to on that day."""
        return times.slot_on(self.known.wishes, self.known.zone, day, self.known.person.id, self.hour)

    def next_slot(self, after: datetime) -> datetime:
        """The next of their days, at their hour."""
        return times.next_slot(self.known.wishes, self.known.zone, after, self.known.person.id, self.hour)

    @cached_property
    def due(self) -> Sequence[Nudge]:
        """The reminders that count for the day and the week, latest first."""
        return [each for each in self.known.sent if each.occasion == "due" and each.outcome is not Outcome.UNDELIVERED]

    @cached_property
    def had_today(self) -> bool:
        """The one of the day has come. What was put off until today is today's; only what they asked to be told at a time comes
        besides.
        """
        put_off = (each for each in self.known.sent if each.occasion == "asked" and each.kind is not Kind.REMINDER)
        return any(each.local_date == self.today.isoformat() for each in (*self.due, *put_off))

    @cached_property
    def this_week(self) -> int:
        """How many came on the last seven local days."""
        first = (self.today - timedelta(days=WEEK_DAYS - 1)).isoformat()
        return sum(each.local_date >= first for each in self.due)

    @cached_property
    def room(self) -> bool:
        """The week has room for one by a rule of ours: its last is for a day that they set, which is to be asked about, and so
        is the next where that day is too close."""
        wishes = self.known.wishes
        if Kind.COMMITMENT in wishes.stopped_kinds:
            return True
        last = self.today + timedelta(days=WEEK_DAYS - 1)
        days = sorted({each.day for each in self.known.promises if self.today < each.day <= last})
        slots = (self.slot_on(each) for each in days)
        if any(each is not None and each < self.at + APART for each in slots):
            return False
        for number, day in enumerate(days, start=1):
            first = (day - timedelta(days=WEEK_DAYS - 1)).isoformat()
            if sum(each.local_date >= first for each in self.due) + number == wishes.at_most_weekly:
                return False
        return True

    @cached_property
    def apart_at(self) -> datetime | None:
        """From when on the next one is far enough from the last."""
        return self.due[0].created_at + APART if self.due else None

    @cached_property
    def set_aside(self) -> bool:
        """They ignored three in a row, whatever else they did meanwhile, and there was no sign of life since that was seen."""
        return not self.back and (self.known.wishes.set_aside_at is not None or self.ignored >= AT_MOST)

    @property
    def _answerable(self) -> Iterator[Nudge]:
        """The reminders that arrived and wait for something, latest first."""
        for each in self.known.sent:
            counts = each.occasion == "due" and not each.held_back and each.kind not in (Kind.WIN, Kind.WELCOME)
            if counts and each.outcome is not Outcome.UNDELIVERED:
                yield each

    def _in_a_row(self, reminders: Iterable[Nudge]) -> int:
        """How many of them, from the latest on, had no answer."""
        count = 0
        for each in reminders:
            silent = each.ignored or (each.outcome is None and each.opened_at is None)
            if self.back or not silent or not self._counts(each):
                break
            count += 1
        return count

    def _counts(self, each: Nudge) -> bool:
        """It came after they last chose, and after they last came back: the look that sees them back sends what counts first."""
        chosen, back = self.known.wishes.chosen_at, self.known.wishes.back_at
        return (chosen is None or each.created_at > chosen) and (back is None or each.created_at >= back)


def moved_because(moment: Moment) -> str:
    """Why they are written to at another hour than they chose, as they read it, without a full stop; "" where they are not."""
    if moment.hour is None:
        return ""
    own = times.hour_of(moment.known.wishes)
    return f"My last two had no answer at {own:02d}:00, so I try {moment.hour:02d}:00 now"


def terms(moment: Moment) -> tuple[Term, ...]:
    """All the terms, in the order in which they are looked at."""
    return (*standing_terms(moment), _day(moment), *quiet_terms(moment), *_numbers(moment))


def standing_terms(moment: Moment) -> tuple[Term, ...]:
    """What holds whatever the hour."""
    wishes, at = moment.known.wishes, moment.at
    return (
        Term(
            "contract", wishes.chosen_at is not None, "They chose their time" if wishes.chosen_at else "They have not chosen yet"
        ),
        Term(
            "cohort", not moment.known.cohort_over, "Their cohort is over" if moment.known.cohort_over else "Their cohort goes on"
        ),
        _until("pause", wishes.paused_until, at, "They paused until"),
        _until("coach", wishes.silent_until, at, "A person coaches them, so nothing is sent until"),
        Term(
            "set aside",
            not moment.set_aside,
            f"{moment.ignored} ignored in a row; nothing until there is a sign of life" if moment.set_aside else "They answer",
        ),
    )


def quiet_terms(moment: Moment) -> tuple[Term, ...]:
    """What holds at this hour."""
    known, wishes = moment.known, moment.known.wishes
    quiet = times.in_quiet_hours(wishes, known.zone, moment.at)
    hours = f"{wishes.quiet_from:02d}:00 to {wishes.quiet_until:02d}:00"
    return (
        Term("quiet hours", not quiet, f"It is quiet, {hours}" if quiet else "It is not quiet"),
        _until("do not disturb", moment.undisturbed_until, moment.at, "The platform says: do not disturb, until"),
    )


def _until(name: str, until: datetime | None, at: datetime, words: str) -> Term:
    waits = until is not None and until > at
    return Term(name, not waits, f"{words} {until:%Y-%m-%dT%H:%MZ}" if waits else "Nothing of the kind")


def _day(moment: Moment) -> Term:
    """It is one of their days, or one that they set for something themselves, and their hour has come."""
    if not (moment.chosen_day or moment.own_day):
        return Term("day and hour", False, "It is none of their days")
    slot = moment.slot_on(moment.today)
    come = slot is not None and slot <= moment.at
    if moment.known.wishes.chosen_at is None:
        hour = f"{times.hour_of(moment.known.wishes):02d}:00"
        words = f"They chose no day and no hour, so it is any day from {hour} on"
        return Term("day and hour", come, words if come else f"{words}, which has not come today")
    if not come:
        return Term("day and hour", False, "Their hour has not come today")
    day = "It is one of their days" if moment.chosen_day else "They set this day for something themselves"
    return Term("day and hour", True, f"{day}, and their hour has come")


def _numbers(moment: Moment) -> tuple[Term, ...]:
    """One a day, not too close, and no more a week than they want."""
    at_most, had = moment.known.wishes.at_most_weekly, moment.had_today
    close = moment.apart_at is not None and moment.apart_at > moment.at
    hours = int(APART.total_seconds()) // 3600
    return (
        Term("one a day", not had, "One came today" if had else "None came today"),
        Term(
            "apart", not close, f"The last one came less than {hours} hours ago" if close else "The last one is long enough ago"
        ),
        Term("weekly number", moment.this_week < at_most, f"{moment.this_week} of {at_most} came in the last {WEEK_DAYS} days"),
        Term("room", moment.room, "The week has room" if moment.room else "The next of the week is for a day that they set"),
        Term(
            "answers",
            moment.unanswered < AT_MOST,
            f"{moment.unanswered} in a row have no answer yet" if moment.unanswered else "They have answered the last",
        ),
    )
