"""The days that a table's rows are for, as tools and people of many places write them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

SERIALS = range(36_526, 73_051)
"""Excel's numbers for the days from 2000 to 2099: days since 30 December 1899."""
_EPOCH = date(1899, 12, 30)
_MONTHS = {
    name.casefold(): number for number in range(1, 13) for name in (calendar.month_name[number], calendar.month_abbr[number])
}
_MONTHS |= {"sept": 9, "januar": 1, "februar": 2, "märz": 3, "mai": 5, "juni": 6, "juli": 7, "oktober": 10, "dezember": 12}
_MONTHS |= {"janvier": 1, "février": 2, "mars": 3, "avril": 4, "juin": 6, "juillet": 7, "août": 8, "septembre": 9}
_MONTHS |= {"octobre": 10, "novembre": 11, "décembre": 12, "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5}
_MONTHS |= {"junio": 6, "julio": 7, "agosto": 8, "septiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12}
_MONTHS |= {"januari": 1, "februari": 2, "maart": 3, "mei": 5, "augustus": 8}
_TIME = r"(?:[T ,]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:\s?[AaPp][Mm])?(?:\s?(?:Z|UTC|[+-]\d{2}:?\d{2}))?)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_TIGHT = re.compile(r"(20\d\d)(\d\d)(\d\d)(?:\d\d)?")
_NUMBERS = re.compile(rf"(\d{{1,2}})[./-](\d{{1,2}})[./-](\d{{4}}|\d{{2}}){_TIME}")
_WORDS = re.compile(
    rf"(?:[^\W\d]+,?\s)?(\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-](?:de\s)?([^\W\d]+)\.?,?[\s-](?:de\s)?(\d{{4}}|\d{{2}}){_TIME}"
)
_AMERICAN = re.compile(rf"(?:[^\W\d]+,\s)?([^\W\d]+)\.?\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s(\d{{4}}){_TIME}")
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[/.](\d{4})|([^\W\d]+)\.?[\s-]+(?:de\s)?'?(\d{4}|\d{2})")
_WEEK = re.compile(r"(\d{4})[-\s]?W(\d{1,2})", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+(?:-|–|—|to|until|bis|au|al|t/m)\s+|\s*[–—]\s*|\s*/\s*(?=\d{4}-)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Days:
    """From a first day to a last one, both among them."""

    first: date
    last: date

    @property
    def count(self) -> int:
        """How many they are."""
        return (self.last - self.first).days + 1

    @property
    def is_month(self) -> bool:
        """Exactly one month of the calendar."""
        return self == month_of(self.first)


def month_of(day: date) -> Days:
    """The month that the day lies in."""
    return Days(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))


def read_column(cells: Sequence[str], *, american: bool, serials: bool = True) -> list[Days | None]:
    """The days of each cell, None where it holds none. 03/04/2026 is read as the others allow, or else by the locale.

    `american`: the month comes first where nothing tells. `serials`: numbers may be Excel's days.
    """
    month_first = _month_first(cells, american)
    return [read_days(each, month_first=month_first, serials=serials) for each in cells]


def read_days(cell: str, *, month_first: bool = False, serials: bool = True) -> Days | None:
    """A day, a week, a month, or from one day to another; None where the text is none of these."""
    text = " ".join(cell.split())
    if not text or len(text) > 60:
        return None
    ends = _BETWEEN.split(text)
    if len(ends) == 2:
        first, last = (_one(each, month_first, serials=False) for each in ends)
        return Days(first.first, last.last) if first and last and first.first <= last.last else None
    return _one(text, month_first, serials)


def _one(text: str, month_first: bool, serials: bool) -> Days | None:
    if serials and re.fullmatch(r"\d{5}(?:\.\d+)?", text) and int(text[:5]) in SERIALS:
        return _day(_EPOCH + timedelta(days=int(text[:5])))
    if found := _ISO.fullmatch(text) or _TIGHT.fullmatch(text):
        return _made(found[1], found[2], found[3])
    if found := _NUMBERS.fullmatch(text):
        day, month = (found[2], found[1]) if month_first else (found[1], found[2])
        return _made(found[3], month, day)
    if found := _WORDS.fullmatch(text):
        return _made(found[3], _MONTHS.get(found[2].casefold(), 0), found[1])
    if found := _AMERICAN.fullmatch(text):
        return _made(found[3], _MONTHS.get(found[1].casefold(), 0), found[2])
    if found := _WEEK.fullmatch(text):
        return _week(int(found[1]), int(found[2]))
    if found := _MONTH.fullmatch(text):
        year, month = found[1] or found[4] or found[6], found[2] or found[3] or _MONTHS.get((found[5] or "").casefold(), 0)
        first = _made(year, month, 1)
        return month_of(first.first) if first else None
    return None


def _made(year: str | int, month: str | int, day: str | int) -> Days | None:
    number = int(year) + (2000 if len(str(year)) == 2 else 0)
    try:
        return _day(date(number, int(month), int(day))) if 2000 <= number < 2100 else None
    except ValueError:
        return None


def _week(year: int, number: int) -> Days | None:
    try:
        first = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    return Days(first, first + timedelta(days=6))


def _day(of: date) -> Days:
    return Days(of, of)


def _month_first(cells: Sequence[str], american: bool) -> bool:
    """Whether 03/04/2026 is the fourth of March: by cells that can only be read one way, by what makes the steps even, or by the
    locale."""
    found = [match for each in cells for match in (_NUMBERS.fullmatch(" ".join(each.split())),) if match]
    if any("." in each[0] for each in found) or any(int(each[1]) > 12 for each in found):
        return False
    if any(int(each[2]) > 12 for each in found):
        return True
    steps = {first: _steps(read_days(each[0], month_first=first) for each in found) for first in (True, False)}
    return american if steps[True] == steps[False] else steps[True] < steps[False]


def _steps(days: Iterable[Days | None]) -> int:
    """How many different steps there are from day to day."""
    known = sorted({each.first for each in days if each})
    return len({(after - before).days for before, after in pairwise(known)})
