"""Equal windows: the periods of a figure right before and right after a day, as many on one side as on the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.kpis.periods import DAYS, Period, Span

PERIODS_AT_LEAST = 3
"""On each side. Of figures that only waver, fewer than one in thirty then seem to have moved (docs/decisions/0017)."""
PERIODS_AT_MOST = 4
"""On each side. What lies further back says little about the day, and the more weeks, the more else happened in them."""
LENGTHS_AWAY = 6
"""How far from the day a window may reach, in lengths of a period: a few may be missing, a season may not."""
NEAR = timedelta(days=31 * (LENGTHS_AWAY + 1))
"""Nothing further from the day plays any part, whatever the length of its periods."""


@dataclass(frozen=True, slots=True)
class Point:
    """A figure in one period: its amount in its main unit, and how many leads or orders stand behind it, where that is known."""

    period: Period
    amount: Decimal
    behind: int | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """The periods on one side of the day, the nearest first: all that there are, and those in which nothing else went live."""

    there: tuple[Point, ...]
    clean: tuple[Point, ...]


def begins(period: Period) -> date:
    """The period's first day."""
    if period.span is Span.MONTH:
        return period.end.replace(day=1)
    return period.end - timedelta(days=DAYS[period.span] - 1)


def length(span: Span) -> timedelta:
    """How long a period of this kind is at most."""
    return timedelta(days=DAYS.get(span, 31))


def before(points: Iterable[Point], span: Span, day: date, others: Iterable[date]) -> Side:
    """The periods of this length that were over when the day came; clean are those that began when the last other was live."""
    earliest = day - LENGTHS_AWAY * length(span)
    fitting = [each for each in points if each.period.end < day and begins(each.period) >= earliest]
    there = _apart(sorted(fitting, key=lambda each: each.period.end, reverse=True))
    since = max((each for each in others if each <= day), default=date.min)
    return Side(there, tuple(each for each in there if begins(each.period) >= since))


def after(points: Iterable[Point], span: Span, day: date, others: Iterable[date]) -> Side:
    """The periods of this length that began on the day or later; clean are those that were over when no other was live yet."""
    latest = day + LENGTHS_AWAY * length(span)
    fitting = [each for each in points if begins(each.period) >= day and each.period.end <= latest]
    there = _apart(sorted(fitting, key=lambda each: each.period.end))
    until = min((each for each in others if each >= day), default=date.max)
    return Side(there, tuple(each for each in there if each.period.end < until))


def _apart(nearest_first: Sequence[Point]) -> tuple[Point, ...]:
    """Those that share no day: of two that overlap, the one nearer to the day."""
    kept: list[Point] = []
    for each in nearest_first:
        if not any(_overlap(each.period, other.period) for other in kept):
            kept.append(each)
    return tuple(kept)


def _overlap(one: Period, other: Period) -> bool:
    return begins(one) <= other.end and begins(other) <= one.end
