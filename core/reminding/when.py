"""When somebody wants to be reminded, as they say it: “tonight at 8”, “tomorrow morning”, “Friday 14:00”, “in 2 hours”."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.dates import DAY, WEEK, Days, day_said
from core.nudges.said_times import PARTS, Part, clock_hours
from core.nudges.spoken_times import as_read
from core.nudges.times import EVENING, moment
from core.nudges.wished_times import COMES_AGAIN

LETTERS_AT_MOST = 80
"""More is a story, and no time."""
AWAKE = range(7, 23)
"""The hours that a bare number may mean where nobody says which half of the day."""
WORKING = range(7, 19)
"""The same of another day than today."""
_SPANS: Mapping[str, int] = {"m": 1, "h": 60}
_COUNTED: Mapping[str, float] = {"a": 1, "an": 1, "half an": 0.5, "half a": 0.5, "a couple of": 2, "a few": 3}
_IN = re.compile(
    rf"in (?:about |around )?(?P<count>\d{{1,3}}|{'|'.join(_COUNTED)}) ?(?P<unit>m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?)"
)
_DAYS_END = Part(17, range(15, 20))
_TODAY: Mapping[str, Part] = {"tonight": Part(EVENING, range(17, 24)), "this evening": Part(EVENING, range(16, 24))}
_OF_DAY: Mapping[str, Part] = {
    **PARTS,
    **_TODAY,
    "first thing": Part(9, range(4, 13)),
    "after lunch": Part(14, range(12, 17)),
    "after school": Part(16, range(14, 19)),
    "after dinner": Part(20, range(18, 24)),
    "end of day": _DAYS_END,
    "end of the day": _DAYS_END,
}
_PART = re.compile(
    r"\b(?P<which>tonight|this evening|first thing|after (?:work|lunch|school|dinner)|end of (?:the )?day)\b"
    r"(?: in the morning\b)?|"
    r"\b(?:early |late )?(?:in the |this |at |by )?(?P<part>morning|afternoon|evening|night|lunch)(?:[ -]?(?:time|break))?\b"
)
_CLOCK = re.compile(
    r"(?P<lead>\b(?:at|around|about|by|from) |@ ?)?(?<![\w:.])(?P<hour>\d{1,2})(?:[:.](?P<minutes>\d\d))?"
    r" ?(?P<half>am|pm|a\.m\.?|p\.m\.?)?(?:-?ish| ?o'?clock)?(?![\w:%/.-]|\.\d)|\b(?:at |by )?(?P<noon>noon|midday)\b"
)
_BARE_AFTER = re.compile(r"\b(?:today|tonight|tomorrow|morning|afternoon|evening|night)$")
_OF_MONTH = re.compile(r"(?:the )?(\d{1,2})[snrt][tdh]")
_AGAIN = re.compile(rf"\b{COMES_AGAIN}\b")


@dataclass(frozen=True, slots=True)
class When:
    """The time, aware. `named`: a day, a part of it or a span was said, and not only an hour; `span`: how long until then was."""

    at: datetime
    named: bool
    span: bool = False


def when_said(words: str, now: datetime, hour: int) -> When | None:
    """When the words mean, to come, on the clock that `now` (aware) shows; None where they mean nothing sure.

    `hour`: the one that a day without an hour means. Of a bare hour it is the next that comes while people are awake, on another
    day the one from seven to six.
    """
    said = " ".join(as_read(words).replace(",", " ").strip(" .!?").split())
    if not said or len(said) > LETTERS_AT_MOST or comes_again(said):
        return None
    if span := _IN.fullmatch(said):
        count = _COUNTED.get(span["count"]) or int(span["count"])
        then = (now + timedelta(minutes=round(count * _SPANS[span["unit"][0]]))).replace(second=0, microsecond=0)
        return When(then, named=True, span=True) if then > now else None
    clock = _clock(said)
    rest = f"{said[: clock.start()]} {said[clock.end() :]}" if clock else said
    of_day = _PART.search(rest)
    name = (of_day["which"] or of_day["part"]) if of_day else ""
    part = _OF_DAY[name] if name else None
    day_words = " ".join((_PART.sub(" ", rest, count=1) if of_day else rest).split()).removeprefix("on ").removeprefix("for ")
    today = now.date()
    days = _day(day_words, today) if day_words else None
    if days is not None and (days.clear is None or name in _TODAY):
        return None
    if days is None and not (clock or part):
        return None
    hours = _hours(clock, part) if clock else (part.hour if part else hour,)
    minutes = int(clock["minutes"] or 0) if clock else 0
    sure = len(hours) == 1
    on = (days.found[0],) if days else (today,) if name in _TODAY else (today, today + DAY)
    may = [_at(now, day, each, minutes) for day in on for each in hours if sure or each in AWAKE]
    if not sure and days and on[0] > today:
        may = [each for each in may if each.hour in WORKING]
    to_come = sorted(each for each in may if each > now)
    return When(to_come[0], named=bool(days or part)) if to_come else None


def comes_again(words: str) -> bool:
    """Whether they say a time that comes again and again, as the reminders of the course do."""
    return bool(_AGAIN.search(words.casefold()))


def _day(said: str, today: date) -> Days:
    """The day that is said; a number alone is the next day of a month that has it."""
    if said == "next week":
        return Days((today + WEEK,))
    if of_month := _OF_MONTH.fullmatch(said):
        ahead = (today + each * DAY for each in range(62))
        return Days(tuple(each for each in ahead if each.day == int(of_month[1]))[:1])
    return day_said(said, today)


def _clock(said: str) -> re.Match[str] | None:
    """The hour that is said: a bare number is one only behind a word for the time of the day."""
    for found in _CLOCK.finditer(said):
        sure = found["lead"] or found["minutes"] or found["half"] or found["noon"]
        if sure or (found.end() == len(said) and _BARE_AFTER.search(said[: found.start()].rstrip())):
            return found
    return None


def _hours(clock: re.Match[str], part: Part | None) -> tuple[int, ...]:
    """The hours that may be meant; none where there is no such hour in that part of the day."""
    may = {12} if clock["noon"] else clock_hours(clock["hour"], clock["minutes"], clock["half"])
    return tuple(sorted(each for each in may if clock["noon"] or part is None or each in part.hours))


def _at(now: datetime, day: date, hour: int, minutes: int) -> datetime:
    """That time of that day on the clock that `now` shows."""
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo), "a person's own"
    return (moment(zone, day, hour) + timedelta(minutes=minutes)).astimezone(zone)
