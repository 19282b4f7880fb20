"""When a reminder may come, in the time that the person's own clock shows.

A local time that does not exist, since the clocks go forward over it, moves on to the first that does. One that exists twice
happens once, the first time. Nothing is kept here, so a change of zone counts from the moment in which it is next asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import count
from zoneinfo import ZoneInfo

from core.nudges.model import NudgePreferences

SPREAD = 600
"""Over how many seconds those who chose the same hour are spread."""
EVENING = 19
"""The local hour that "tonight" means."""
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


class Snooze(StrEnum):
    """How long a reminder can be put off by one tap."""

    HOUR = "1h"
    TONIGHT = "tonight"
    TOMORROW = "tomorrow"
    NEXT_WEEK = "next-week"


def local_date(zone: ZoneInfo, at: datetime) -> date:
    """The day that it is there."""
    return at.astimezone(zone).date()


def moment(zone: ZoneInfo, day: date, hour: int) -> datetime:
    """That hour of that day as a time in UTC: the first that exists from there on, and the first of two."""
    early, late = (_utc(zone, day, hour, fold) for fold in (0, 1))
    if late >= early:
        return early
    return _changed(zone, late, early)  # the clocks go forward over this hour


def midnight_after(zone: ZoneInfo, at: datetime) -> datetime:
    """When the local day of this time ends."""
    return next(each for day in count(1) if (each := moment(zone, local_date(zone, at) + day * DAY, 0)) > at)


@lru_cache(maxsize=10_000)
def spread(person_id: str) -> timedelta:
    """How long after the full hour this person is written to."""
    return timedelta(seconds=int.from_bytes(hashlib.sha256(person_id.encode()).digest()[:4]) % SPREAD)


def has_quiet_hours(wishes: NudgePreferences) -> bool:
    """They begin and end at different hours."""
    return wishes.quiet_from != wishes.quiet_until


def quiet_hour(wishes: NudgePreferences, hour: int) -> bool:
    """That hour of the day is one of the quiet ones, which may go over midnight."""
    return (hour - wishes.quiet_from) % 24 < (wishes.quiet_until - wishes.quiet_from) % 24


def in_quiet_hours(wishes: NudgePreferences, zone: ZoneInfo, at: datetime) -> bool:
    """It is quiet there now."""
    return quiet_hour(wishes, at.astimezone(zone).hour)


def quiet_ends(wishes: NudgePreferences, zone: ZoneInfo, at: datetime) -> datetime:
    """The first moment from then on that is not quiet: `at` itself where it is not."""
    if not in_quiet_hours(wishes, zone, at):
        return at
    ends = (end for end in _both(zone, local_date(zone, at), wishes.quiet_until) if end > at)
    end = next(end for end in ends if not in_quiet_hours(wishes, zone, end))
    if _offset(zone, end) < _offset(zone, at):  # in Troll the clocks go back by two hours, perhaps to before the quiet ones
        back = _changed(zone, at.replace(microsecond=0), end)
        return end if in_quiet_hours(wishes, zone, back) else back
    return end


def hours_end(wishes: NudgePreferences, zone: ZoneInfo, at: datetime) -> datetime:
    """When what is written at this time is no longer of use today: the quiet hours begin, or the local day is over."""
    end = midnight_after(zone, at)
    if not has_quiet_hours(wishes):
        return end
    begins = (each for each in _both(zone, local_date(zone, at), wishes.quiet_from) if each > at)
    quiet = next(each for each in begins if in_quiet_hours(wishes, zone, each))  # the clocks can go forward over all of them
    return min(end, quiet)


def hour_of(wishes: NudgePreferences) -> int:
    """Their hour; where that lies in the quiet hours, the hour in which these end."""
    return wishes.quiet_until if quiet_hour(wishes, wishes.hour) else wishes.hour


def slot_on(wishes: NudgePreferences, zone: ZoneInfo, day: date, person_id: str, hour: int | None = None) -> datetime | None:
    """When they are written to on that day, at `hour` instead of their own where it is given.

    None where the day has no such time: the hour was its last, and the clocks went forward over it into the next day.
    """
    at = quiet_ends(wishes, zone, moment(zone, day, hour_of(wishes) if hour is None else hour))
    return at + spread(person_id) if local_date(zone, at) == day else None


def next_slot(wishes: NudgePreferences, zone: ZoneInfo, after: datetime, person_id: str, hour: int | None = None) -> datetime:
    """The next of their days, at their hour, strictly after that time; any day will do for who chose none."""
    days = (local_date(zone, after) + n * DAY for n in count())
    slots = (slot_on(wishes, zone, each, person_id, hour) for each in days if not wishes.days or each.isoweekday() in wishes.days)
    return next(each for each in slots if each is not None and each > after)


def tonight(wishes: NudgePreferences, zone: ZoneInfo, at: datetime) -> datetime | None:
    """This evening; None where that is over, or quiet."""
    evening = moment(zone, local_date(zone, at), EVENING)
    return evening if evening > at and not in_quiet_hours(wishes, zone, evening) else None


def snoozed(until: Snooze, wishes: NudgePreferences, zone: ZoneInfo, at: datetime) -> datetime:
    """When something comes again that was put off at this time: never in quiet hours.

    Tomorrow and next week mean their hour, whichever days they chose. Once this evening is over, or where it is quiet, tonight is
    tomorrow.
    """
    today = local_date(zone, at)
    match until:
        case Snooze.HOUR:
            wanted = at + HOUR
        case Snooze.TONIGHT:
            wanted = tonight(wishes, zone, at) or moment(zone, today + DAY, hour_of(wishes))
        case Snooze.TOMORROW:
            wanted = moment(zone, today + DAY, hour_of(wishes))
        case Snooze.NEXT_WEEK:
            wanted = moment(zone, today + 7 * DAY, hour_of(wishes))
    return quiet_ends(wishes, zone, wanted)


def _both(zone: ZoneInfo, first: date, hour: int) -> Iterator[datetime]:
    """That hour of each day from the first on, both times where it comes twice."""
    for day in (first + n * DAY for n in count()):
        yield moment(zone, day, hour)
        early, late = (_utc(zone, day, hour, fold) for fold in (0, 1))
        if late > early:
            yield late


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _changed(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second after `before`, and not after `after`, in which the clocks show another offset from UTC."""
    offset = _offset(zone, before)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        before, after = (middle, after) if _offset(zone, middle) == offset else (before, middle)
    return after


def _utc(zone: ZoneInfo, day: date, hour: int, fold: int) -> datetime:
    return datetime.combine(day, time(hour, fold=fold), zone).astimezone(UTC)
