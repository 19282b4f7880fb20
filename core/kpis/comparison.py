"""A figure among those of the cohort: what may be told of the others, and where one's own stands by that.

Whatever is told is told of five people at least, to two digits, and the same to everybody who shares
(docs/decisions/0019).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from core.kpis.metrics import Metric

SHARED_AT_LEAST = 5
"""People, the one who looks among them where they are one of those."""
FINER_FROM = 20
"""From so many people on tenths are told, before that quarters."""
QUARTERS, TENTHS = (25, 50, 75), (10, 20, 30, 40, 50, 60, 70, 80, 90)
DIGITS = 2
STEP_ACROSS_ZERO = Decimal(5)
"""What a figure that can be below zero is rounded to: near zero two digits would say too much."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """The figure at each percentile, by size, rounded, in its main unit. Who is behind it, and how many, is not to be seen."""

    at: tuple[tuple[int, Decimal], ...]

    @property
    def median(self) -> Decimal:
        """The figure in the middle."""
        return dict(self.at)[50]


@dataclass(frozen=True, slots=True)
class Percentile:
    """Between which percentiles a figure lies, towards the better: 100 is best."""

    low: int
    high: int


def cuts(metric: Metric, amounts: Sequence[Decimal]) -> Cuts | None:
    """What may be told of these figures, one of each person; None where there are too few."""
    if len(amounts) < SHARED_AT_LEAST:
        return None
    ordered = sorted(amounts)
    percentiles = TENTHS if len(ordered) >= FINER_FROM else QUARTERS
    return Cuts(tuple((each, rounded(metric, _at(ordered, each))) for each in percentiles))


def percentile(metric: Metric, told: Cuts, own: Decimal) -> Percentile:
    """Where one's own stands. It hangs on nothing but what is told, so that trying other values finds out no more than that."""
    own = rounded(metric, own)
    low = max((each for each, amount in told.at if amount < own), default=0)
    high = min((each for each, amount in told.at if amount > own), default=100)
    return Percentile(low, high) if metric.better == "higher" else Percentile(100 - high, 100 - low)


def rounded(metric: Metric, amount: Decimal) -> Decimal:
    """The amount as it may be told: to two digits, or to fives where it can be below zero."""
    lowest = metric.hard[0]
    if lowest is not None and lowest < 0:
        return (amount / STEP_ACROSS_ZERO).quantize(Decimal(1), ROUND_HALF_EVEN) * STEP_ACROSS_ZERO
    if not amount:
        return Decimal(0)
    return amount.quantize(Decimal(1).scaleb(amount.adjusted() - DIGITS + 1), ROUND_HALF_EVEN)


def _at(ordered: Sequence[Decimal], wanted: int) -> Decimal:
    """The amount at a percentile, by a straight line between the two next to it."""
    place = Decimal(wanted) * (len(ordered) - 1) / 100
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
