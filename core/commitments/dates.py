"""Reading by when somebody wants to do something: a few common ways of saying a day, and no guess where two days may be meant."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from core.fuzzy import OSA

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = tuple(calendar.month_name[number].lower() for number in range(1, 13))
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
AHEAD = timedelta(days=366)
"""Further ahead nothing is promised."""

_BY = re.compile(r"\b(?:by|until|till|before|on|due)\s+(?=\S)", re.IGNORECASE)
_LEADING = re.compile(r"^(?:by|until|till|before|on|due|this coming|the)\s+", re.IGNORECASE)
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_SLASHED = re.compile(r"^(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?\.?$")
_DAY_MONTH = re.compile(r"^(?:the )?(\d{1,2})(?:[snrt][tdh])?\.? (?:of )?([a-z]+)\.?,?(?: (\d{4}))?$")
_MONTH_DAY = re.compile(r"^([a-z]+)\.? (\d{1,2})(?:[snrt][tdh])?,?(?: (\d{4}))?$")
_IN = re.compile(r"^in (a|an|\d{1,3}|[a-z]+) (day|week|month|fortnight)s?$")
_NAMED = re.compile(r"^(this |next )?([a-z]+)$")
_SPELT = re.compile(r"[a-z]{5,}")
_WORDS = (*DAYS, "today", "tonight", "tomorrow")
LONG = 8
"""From so many letters on, two of a day's may be wrong; of shorter ones one."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days that may be meant, the likeliest first: none where nothing was understood, one where it is clear."""

    found: tuple[date, ...] = ()
    past: bool = False

    @property
    def clear(self) -> date | None:
        """The day, where there is no doubt."""
        return self.found[0] if len(self.found) == 1 else None


def day_said(words: str, today: date) -> Days:
    """What day the words mean to somebody for whom it is `today`. `past`: they are clear, and over, or more than a year ahead."""
    said = " ".join(words.casefold().strip(" .,!").split())
    said = _SPELT.sub(lambda found: _put_right(found[0]), _LEADING.sub("", said))
    for reads in _READERS:
        found = reads(said, today)
        if found:
            left = tuple(dict.fromkeys(each for each in found if today <= each <= today + AHEAD))
            return Days(left, past=not left)
    return Days()


def parted(words: str, today: date) -> tuple[str, Days]:
    """What is promised, and the days by when: `Hook by Friday`, `finish the page tomorrow`. All of it where no day is in it."""
    text = " ".join(words.split())
    for found in reversed(list(_BY.finditer(text))):
        days = day_said(text[found.end() :], today)
        if days.found or days.past:
            return text[: found.start()].strip(" ,;"), days
    parts = text.split(" ")
    for at in range(max(1, len(parts) - 4), len(parts)):
        days = day_said(" ".join(parts[at:]), today)
        if days.found or days.past:
            return " ".join(parts[:at]).strip(" ,;"), days
    return text, Days()


def _plain(said: str, today: date) -> tuple[date, ...]:
    last = today.replace(day=calendar.monthrange(today.year, today.month)[1])
    named = {
        "today": (today,),
        "tonight": (today,),
        "tomorrow": (today + DAY,),
        "the day after tomorrow": (today + 2 * DAY,),
        "day after tomorrow": (today + 2 * DAY,),
        "end of week": (_sunday(today),),
        "end of the week": (_sunday(today),),
        "this week": (_sunday(today),),
        "the weekend": (_sunday(today),),
        "weekend": (_sunday(today),),
        "end of month": (last,),
        "end of the month": (last,),
        "this month": (last,),
        "next week": (_sunday(today) - 2 * DAY + WEEK, _sunday(today) + WEEK),
        "end of next week": (_sunday(today) + WEEK,),
    }
    return named.get(said, ())


def _ahead(said: str, today: date) -> tuple[date, ...]:
    found = _IN.match(said)
    if not found:
        return ()
    word, unit = found.groups()
    count = 1 if word in ("a", "an") else int(word) if word.isdigit() else NUMBERS.index(word) if word in NUMBERS else 0
    if not count:
        return ()
    if unit == "month":
        return (_months_on(today, count),)
    return (today + count * {"day": DAY, "week": WEEK, "fortnight": 2 * WEEK}[unit],)


def _weekday(said: str, today: date) -> tuple[date, ...]:
    """A weekday is the coming one. On that very day, or with "next" while this week's is still to come, two may be meant."""
    found = _NAMED.match(said)
    which = next((number for number, each in enumerate(DAYS) if found and _is(found[2], each, 3)), None)
    if found is None or which is None:
        return ()
    coming = today + ((which - today.weekday()) % 7) * DAY
    match (found[1] or "").strip():
        case "next":
            after = coming if coming > today else coming + WEEK
            return (after,) if after > _sunday(today) else (after + WEEK, after)
        case "this":
            return (coming,)
        case _:
            return (coming,) if coming > today else (today, today + WEEK)


def _numbers(said: str, today: date) -> tuple[date, ...]:
    if found := _ISO.match(said):
        return _dates(int(found[1]), int(found[2]), int(found[3]))
    found = _SLASHED.match(said)
    if not found:
        return ()
    one, two = int(found[1]), int(found[2])
    year = int(found[3]) + (2000 if found[3] and len(found[3]) == 2 else 0) if found[3] else None
    day_first = _in_year(year, two, one, today)
    return day_first if "." in said else (*day_first, *_in_year(year, one, two, today))


def _month(said: str, today: date) -> tuple[date, ...]:
    found = _DAY_MONTH.match(said)
    day, name, year = (found[1], found[2], found[3]) if found else ("", "", None)
    if not found and (found := _MONTH_DAY.match(said)):
        name, day, year = found.groups()
    month = next((number for number, each in enumerate(MONTHS, start=1) if name and _is(name, each, 3)), None)
    return _in_year(int(year) if year else None, month, int(day), today) if month else ()


def _in_year(year: int | None, month: int, day: int, today: date) -> tuple[date, ...]:
    """In that year; where none was said, in the next in which the day is still to come."""
    if year is not None:
        return _dates(year, month, day)
    return next((found for each in (today.year, today.year + 1) if (found := _dates(each, month, day)) and found[0] >= today), ())


def _dates(year: int, month: int, day: int) -> tuple[date, ...]:
    try:
        return (date(year, month, day),)
    except ValueError:
        return ()


def _months_on(today: date, count: int) -> date:
    years, month = divmod(today.month - 1 + count, 12)
    year = today.year + years
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _sunday(today: date) -> date:
    return today + (6 - today.weekday()) * DAY


def _is(typed: str, name: str, least: int) -> bool:
    """The name, or its beginning of at least so many letters."""
    return len(typed) >= least and name.startswith(typed)


_READERS: tuple[Callable[[str, date], tuple[date, ...]], ...] = (_plain, _ahead, _numbers, _month, _weekday)


def _put_right(word: str) -> str:
    """The day's name that the word is a slip of, or the word itself."""
    near = [each for each in _WORDS if OSA.distance(word, each) <= (2 if min(len(word), len(each)) >= LONG else 1)]
    return near[0] if len(near) == 1 else word
