"""Which rows of a table make up which periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from core.kpis.imports.days import Days, month_of
from core.kpis.periods import DAYS, Period, Span, day

PERIODS_AT_MOST = 26
"""Snapshots from one table: half a year of weeks, two years of months; more cannot be read back."""
NOT_OVER = "What is not over yet is left out."


class Marks(StrEnum):
    """What a single day in each row stands for, where the table's head says it."""

    FIRST = "first"
    LAST = "last"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Block:
    """A period, and the numbers of the rows that make it up; without a period it must be asked for. `days`: what they cover."""

    period: Period | None
    rows: tuple[int, ...]
    days: Days | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """The periods of a table, earliest first, and remarks on what was left out. `taken`: each day was taken as the first or the
    last of its week, but may be the other; else `EITHER`."""

    blocks: tuple[Block, ...]
    remarks: tuple[str, ...] = ()
    taken: Marks = Marks.EITHER


def cut(rows: Mapping[int, Days], usual: Span, marks: Marks, today: date) -> Cut:
    """The periods that the rows' days make up: weeks, months or 30 days, as they are written, or days added up to what is
    usually logged."""
    if not rows:
        return Cut(())
    days = sorted(set(rows.values()), key=lambda each: (each.first, each.last))
    if len(days) == 1:
        return _newest((_as_one(days[0], tuple(rows)),), (), today)
    if all(each.count == 1 for each in days):
        return _of_days(rows, [each.first for each in days], usual, marks, today)
    blocks: list[Block] = []
    odd: list[Block] = []
    for each in days:
        found = _as_one(each, tuple(number for number, has in rows.items() if has == each))
        (blocks if found.period else odd).append(found)
    remarks = tuple(f"{spelt(each.days)}: that is neither 7 days, nor 30, nor a month." for each in odd if each.days)
    return _newest(blocks, remarks[:3], today)


def _of_days(rows: Mapping[int, Days], days: Sequence[date], usual: Span, marks: Marks, today: date) -> Cut:
    steps = {(after - before).days for before, after in pairwise(days)}
    if all(each.day == 1 for each in days):
        months = {each: month_of(each) for each in days}
        return cut({number: months[has.first] for number, has in rows.items()}, usual, marks, today)
    if all(step % 7 == 0 for step in steps) and min(steps) == 7:
        taken = _begins_or_ends(days, today) if marks is Marks.EITHER else marks
        late = timedelta(days=6 if taken is Marks.FIRST else 0)
        weeks = {each: Days(each + late - timedelta(days=6), each + late) for each in days}
        found = cut({number: weeks[has.first] for number, has in rows.items()}, usual, marks, today)
        return Cut(found.blocks, found.remarks, taken if marks is Marks.EITHER else Marks.EITHER)
    return _added_up(rows, days, usual, today)


def _begins_or_ends(days: Sequence[date], today: date) -> Marks:
    """What days a week apart stand for where nothing says it: Mondays begin a week, unless the last such week is not over yet."""
    mondays = all(each.isoweekday() == 1 for each in days)
    return Marks.FIRST if mondays and days[-1] + timedelta(days=6) <= today else Marks.LAST


def _added_up(rows: Mapping[int, Days], days: Sequence[date], usual: Span, today: date) -> Cut:
    """Days added up, counted back from the last: to what is usual, or to what they are exactly."""
    all_of_them = Days(days[0], days[-1])
    exactly = next((span for span, length in DAYS.items() if length == all_of_them.count), None)
    if all_of_them.is_month or exactly:
        return _newest((_as_one(all_of_them, tuple(rows)),), _gaps(days, all_of_them), today)
    spans = list(_lengths(all_of_them, Span.MONTH if _starts_and_ends_months(all_of_them) else usual))
    if not spans:
        return Cut((Block(None, tuple(rows), all_of_them),))
    blocks = [
        Block(_period(each), tuple(number for number, has in rows.items() if each.first <= has.first <= each.last), each)
        for each in spans
    ]
    left = [each for each in days if each < spans[-1].first or each > spans[0].last]
    remarks = (f"{len(left)} days at the edges make no whole period, so I left them out.",) if left else ()
    return _newest([each for each in blocks if each.rows], (*remarks, *_gaps(days, Days(spans[-1].first, spans[0].last))), today)


def _lengths(whole: Days, usual: Span) -> list[Days]:
    """The periods of that length that lie in the days, latest first; of weeks where none does."""
    found: list[Days] = []
    if usual is Span.MONTH:
        month = month_of(whole.last)
        while month.first >= whole.first:
            if month.last <= whole.last:
                found.append(month)
            month = month_of(month.first - timedelta(days=1))
    else:
        last = whole.last
        while last - timedelta(days=DAYS[usual] - 1) >= whole.first:
            found.append(Days(last - timedelta(days=DAYS[usual] - 1), last))
            last -= timedelta(days=DAYS[usual])
    return found or (_lengths(whole, Span.WEEK) if usual is not Span.WEEK else [])


def _newest(blocks: Sequence[Block], remarks: Sequence[str], today: date) -> Cut:
    """The latest of them, and none that is still to come."""
    over = [each for each in blocks if each.days is None or each.days.last <= today]
    told = list(remarks)
    if len(over) < len(blocks):
        told.append(NOT_OVER)
    if len(over) > PERIODS_AT_MOST:
        told.append(f"The latest {PERIODS_AT_MOST} of {len(over)} periods are read; send the earlier ones by themselves.")
    ordered = sorted(over, key=lambda each: each.days.last if each.days else date.max)
    return Cut(tuple(ordered[-PERIODS_AT_MOST:]), tuple(told))


def _as_one(days: Days, rows: tuple[int, ...]) -> Block:
    return Block(_period(days), rows, days)


def _period(days: Days) -> Period | None:
    if days.is_month:
        return Period(Span.MONTH, days.last)
    return next((Period(span, days.last) for span, length in DAYS.items() if length == days.count), None)


def _starts_and_ends_months(whole: Days) -> bool:
    return whole.first.day == 1 and whole.last == month_of(whole.last).last


def _gaps(days: Sequence[date], within: Days) -> tuple[str, ...]:
    missing = within.count - len({each for each in days if within.first <= each <= within.last})
    return (f"{missing} days in between have no row; I took them as days on which nothing happened.",) if missing else ()


def spelt(days: Days) -> str:
    """The days as they are read."""
    return day(days.first) if days.count == 1 else f"{day(days.first)} to {day(days.last)}"
