"""Reading a day as people say it: a few common ways, and no guess where two days may be meant."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.day_parts import whole_day
from core.fuzzy import OSA

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = tuple(calendar.month_name[number].lower() for number in range(1, 13))
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
AHEAD = timedelta(days=366)
"""Further ahead nothing is promised."""
LATELY = timedelta(days=60)
"""So long after a day, its name without a year may still mean the one that is over."""
HALF_A_YEAR = timedelta(days=183)
"""So far away, 5/9 may be the 9th of May as well: nearer, the day stands first, as in the United Kingdom, unless the other day is
nearer still, as in the United States."""

_BY = re.compile(r"\b(?:by|until|till|before|on|due)\s+(?=\S)", re.IGNORECASE)
_LEADING = re.compile(r"^(?:by|until|till|before|on|due|this coming|the)\s+", re.IGNORECASE)
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_SLASHED = re.compile(r"^(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?\.?$|^(\d{1,2})-(\d{1,2})-(\d{4})$")
_DAY_MONTH = re.compile(r"^(?:the )?(\d{1,2})(?:[snrt][tdh])?\.? (?:of )?([a-z]+)\.?,?(?: (\d{4}))?$")
_MONTH_DAY = re.compile(r"^([a-z]+)\.? (\d{1,2})(?:[snrt][tdh])?,?(?: (\d{4}))?$")
_IN = re.compile(r"^in (a|an|\d{1,3}|[a-z]+) (day|week|month|fortnight)s?$")
_AGO = re.compile(r"^(a|an|\d{1,3}|[a-z]+) (day|week|month|fortnight)s? ago$")
_NAMED = re.compile(r"^(this |next |last )?([a-z]+)$")
_BOTH = re.compile(r"^([a-z]+)\.?,? (?=.*\d)(.+)$")
_SPELT = re.compile(r"[a-z]{5,}")
_WORDS = (*DAYS, "today", "tonight", "tomorrow", "yesterday")
LONG = 8
"""From so many letters on, two of a day's may be wrong; of shorter ones one."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days that may be meant, the likeliest first: none where nothing was understood, one where it is clear.

    `slip`: what the date really is, where another weekday was said with it.
    """

    found: tuple[date, ...] = ()
    past: bool = False
    slip: str = ""

    @property
    def clear(self) -> date | None:
        """The day, where there is no doubt."""
        return self.found[0] if len(self.found) == 1 else None


def day_said(words: str, today: date) -> Days:
    """What day the words mean to somebody for whom it is `today`. `past`: they are clear, and over, or more than a year ahead.

    A day without a year that was over lately is over, and not the one of next year.
    """
    said = " ".join(words.casefold().strip(" .,!").split())
    said = _SPELT.sub(lambda found: _put_right(found[0]), _LEADING.sub("", said))
    found, slip = _with_weekday(whole_day(said, _a_day), today, gone=False)
    over = {(each.month, each.day) for each in found if each < today}
    left = tuple(each for each in found if today <= each <= today + AHEAD and (each.month, each.day) not in over)
    return Days(left, past=bool(found) and not left, slip=slip if left else "")


def day_read(words: str, today: date, *, gone: bool = False, lasts: bool = False) -> date:
    """The one day that the words mean, whenever it is. `gone`: one that is over is meant, as where something began or ended;
    `lasts`: “3 days”, or “for a week”, is in 3 days, as where something goes on until then.

    Raises:
        ValueError: they mean no day, or two; says what to write.
    """
    said = " ".join(words.casefold().strip(" .,!").split())
    if lasts and (after := _counted(f"in {said.removeprefix('for ')}", today, gone=False)):
        return after[0]
    if found := _ISO.match(said):
        meant = _dates(int(found[1]), int(found[2]), int(found[3]))
    else:
        said = _SPELT.sub(lambda found: _put_right(found[0]), _LEADING.sub("", said))
        days, slip = _with_weekday(said, today, gone=gone)
        other, slipped = _with_weekday(said, today, gone=not gone) if slip or not days else ((), "")
        if slip and (slipped or not other):
            first = days[0]
            raise ValueError(f"{slip}. Write {first.day} {first:%B %Y} without a weekday, or the day that you mean.")
        days = other or days
        meant = tuple(each for each in days if (each <= today if gone else each >= today - LATELY)) or days
    if not meant:
        like = today - WEEK if gone else today + WEEK
        raise ValueError(f"“{words[:30]}” is no day that I can read. Write it like {like.day} {like:%B %Y}, or {like}.")
    if len(meant) > 1:
        said_so = " or ".join(f"{each:%A} {each.day} {each:%B %Y}" for each in meant)
        raise ValueError(f"“{words[:30]}” may be {said_so}. Write the one that you mean with its month and year.")
    return meant[0]


def _a_day(name: str) -> bool:
    return any(_is(name, each, 3) for each in (*DAYS, "today", "tomorrow"))


def _with_weekday(said: str, today: date, *, gone: bool) -> tuple[tuple[date, ...], str]:
    """The days that the words may mean. Where the weekday beside a date is another day's: the date, and the nearest day of that
    weekday, and what weekday the date is.
    """
    both = _BOTH.match(said)
    which = next((number for number, each in enumerate(DAYS) if both and _is(both[1], each, 3)), None)
    if both is None or which is None:
        return _days(said, today, gone=gone), ""
    found = _days(both[2], today, gone=gone)
    right = tuple(each for each in found if each.weekday() == which)
    if right or not found:
        return right, ""
    first = min(found)
    nearest = first + ((which - first.weekday() + 3) % 7 - 3) * DAY
    return (first, nearest), f"{first.day} {first:%B %Y} is a {first:%A}"


def _days(said: str, today: date, *, gone: bool) -> tuple[date, ...]:
    """The days that the words may mean; where two are as likely, the one that is over or the one to come by `gone`."""
    for reads in _READERS:
        if found := reads(said, today, gone):
            return tuple(dict.fromkeys(found))
    return ()


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


def _plain(said: str, today: date, gone: bool) -> tuple[date, ...]:
    if gone:
        return {"today": (today,), "yesterday": (today - DAY,), "the day before yesterday": (today - 2 * DAY,)}.get(said, ())
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


def _counted(said: str, today: date, gone: bool) -> tuple[date, ...]:
    """In 3 days, or 3 days ago."""
    found = (_AGO if gone else _IN).match(said)
    if not found:
        return ()
    word, unit = found.groups()
    count = 1 if word in ("a", "an") else int(word) if word.isdigit() else NUMBERS.index(word) if word in NUMBERS else 0
    if not count:
        return ()
    count = -count if gone else count
    if unit == "month":
        return (_months_on(today, count),)
    return (today + count * {"day": DAY, "week": WEEK, "fortnight": 2 * WEEK}[unit],)


def _weekday(said: str, today: date, gone: bool) -> tuple[date, ...]:
    """A weekday is the coming one. On that very day, or with "next" while this week's is still to come, two may be meant.

    Where it is `gone`, it is the one before, and so with "last".
    """
    found = _NAMED.match(said)
    which = next((number for number, each in enumerate(DAYS) if found and _is(found[2], each, 3)), None)
    if found is None or which is None:
        return ()
    coming = today + ((which - today.weekday()) % 7) * DAY
    if gone:
        before = today - ((today.weekday() - which) % 7) * DAY
        match (found[1] or "").strip():
            case "next":
                return ()
            case "last":
                before = before if before < today else before - WEEK
                return (before,) if before <= _sunday(today) - WEEK else (before - WEEK, before)
            case _:
                return (before,) if before < today else (today, today - WEEK)
    match (found[1] or "").strip():
        case "last":
            return ()
        case "next":
            after = coming if coming > today else coming + WEEK
            return (after,) if after > _sunday(today) else (after + WEEK, after)
        case "this":
            return (coming,)
        case _:
            return (coming,) if coming > today else (today, today + WEEK)


def _numbers(said: str, today: date, gone: bool) -> tuple[date, ...]:
    if found := _ISO.match(said):
        return _dates(int(found[1]), int(found[2]), int(found[3]))
    found = _SLASHED.match(said)
    if not found:
        return ()
    one, two = int(found[1] or found[4]), int(found[2] or found[5])
    written = found[3] or found[6]
    year = int(written) + (2000 if len(written) == 2 else 0) if written else None
    day_first, month_first = _in_year(year, two, one, today, gone), _in_year(year, one, two, today, gone)
    if "." in said or not month_first:
        return day_first
    far, other = _far(day_first, today, over=True, ahead=not gone), _far(month_first, today, over=gone, ahead=not gone)
    sure = far is not None and (other is None or far <= other) and (year is not None or far <= HALF_A_YEAR)
    return day_first if sure else (*day_first, *month_first)


def _far(days: Sequence[date], today: date, *, over: bool, ahead: bool) -> timedelta | None:
    """How far away the nearest of them is, of those that are over or still to come; None where there is none."""
    return min((abs(each - today) for each in days if (over and each <= today) or (ahead and each >= today)), default=None)


def _month(said: str, today: date, gone: bool) -> tuple[date, ...]:
    found = _DAY_MONTH.match(said)
    day, name, year = (found[1], found[2], found[3]) if found else ("", "", None)
    if not found and (found := _MONTH_DAY.match(said)):
        name, day, year = found.groups()
    month = next((number for number, each in enumerate(MONTHS, start=1) if name and _is(name, each, 3)), None)
    return _in_year(int(year) if year else None, month, int(day), today, gone) if month else ()


def _in_year(year: int | None, month: int, day: int, today: date, gone: bool) -> tuple[date, ...]:
    """In that year. Where none was said, in the last in which the day is over where it is `gone`, else in the next in which it is
    still to come; the one that was over lately may be meant as well then.
    """
    if year is not None:
        return _dates(year, month, day)
    years = [found for each in (-1, 0, 1) for found in _dates(today.year + each, month, day)]
    over, ahead = [each for each in years if each <= today][-1:], [each for each in years if each >= today][:1]
    if gone:
        return tuple(over)
    return (*ahead, *(each for each in over if each >= today - LATELY))


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
    """The name, or its beginning of at least so many letters, and “weds”."""
    return len(typed) >= least and (name.startswith(typed) or typed == f"{name[:3]}s")


_READERS: tuple[Callable[[str, date, bool], tuple[date, ...]], ...] = (_plain, _counted, _numbers, _month, _weekday)


def _put_right(word: str) -> str:
    """The day's name that the word is a slip of, or the word itself."""
    near = [each for each in _WORDS if OSA.distance(word, each) <= (2 if min(len(word), len(each)) >= LONG else 1)]
    return near[0] if len(near) == 1 else word
