"""The verdict on a figure in two equal windows: whether it moved, by a rule that noise seldom passes; never why it did.

The rule, with its reasons and how often it is wrong, is in docs/decisions/0017.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from core.kpis.metrics import Metric, Unit
from core.kpis.sense import Sense
from core.kpis.windows import Point

SHARE_AT_LEAST = Decimal("0.1")
"""How much a figure has to change, as a share of what it was, to be called moved."""
POINTS_AT_LEAST = Decimal(10)
"""The same for a figure that can be below zero, of which a share says nothing: points of an NPS or a return."""
SPREADS = 2
"""More than this many times the spread of the earlier periods: what rises steadily changes by one and a half to two of them."""
SPREADS_ON_ITS_WAY = 3
"""The same where the earlier periods went that way already, one after the other."""
EVENTS_AT_LEAST = 30
"""Leads or orders on each side, for a figure that is made of them."""
COUNTED_AT_LEAST = 10
"""For a count itself, on the side that has more."""


class Verdict(StrEnum):
    """What can be said."""

    MOVED = "moved"
    DID_NOT = "did not move"
    TOO_EARLY = "too early"
    CANNOT_TELL = "cannot tell"


class Why(StrEnum):
    """What keeps us from telling, or why a change does not count."""

    TOGETHER = "something else went live as well"
    LENGTH = "the length of the periods changed"
    CURRENCY = "the currency changed"
    MEANING = "what the figure means changed"
    FEW_BEFORE = "too few periods before"
    FEW_AFTER = "too few periods after"
    LITTLE = "too little traffic"
    UNLOGGED = "never logged"
    ALREADY = "it was going that way already"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one figure did around a day.

    `before` and `after` are the equal windows, oldest first, and empty where there are none that could be compared; `drawn` all
    that was logged in the same sense around them. `logged` counts the comparable periods on both sides. `together` names what
    else went live, where that is why nothing can be said.
    """

    metric: Metric
    verdict: Verdict
    why: Why | None = None
    sense: Sense | None = None
    before: tuple[Point, ...] = ()
    after: tuple[Point, ...] = ()
    drawn: tuple[Point, ...] = ()
    logged: tuple[int, int] = (0, 0)
    together: tuple[str, ...] = ()

    @property
    def means(self) -> tuple[Decimal, Decimal] | None:
        """The average of each window, in the figure's main unit; None where there is nothing to compare."""
        return (_mean(self.before), _mean(self.after)) if self.before and self.after else None

    @property
    def rose(self) -> bool | None:
        """Whether the average is higher afterwards; None where it is the same, or there are none."""
        means = self.means
        return None if means is None or means[0] == means[1] else means[1] > means[0]

    @property
    def better(self) -> bool | None:
        """Whether that is the better way for this figure."""
        return None if self.rose is None else self.rose == (self.metric.better == "higher")


def judged(known: Outcome) -> Outcome:
    """The verdict on two windows."""
    if _little(known):
        return replace(known, verdict=Verdict.CANNOT_TELL, why=Why.LITTLE)
    was, now = ([each.amount for each in side] for side in (known.before, known.after))
    change, spread = _sum(now) - _sum(was), (max(was) - min(was)) * len(was)  # sums of equal windows: no division rounds
    beyond = min(now) > max(was) if change > 0 else max(now) < min(was)
    enough = abs(change) >= _needed(known.metric, _sum(was), len(was), rising=change > 0)
    if known.metric.unit is Unit.COUNT:  # of independent events: more than twice the chance error of the difference
        enough = enough and change * change > 4 * (_sum(now) + _sum(was))
    if not (beyond and enough):
        return replace(known, verdict=Verdict.DID_NOT)
    on_its_way = all((later > earlier) if change > 0 else (later < earlier) for earlier, later in pairwise(was))
    if abs(change) <= (SPREADS_ON_ITS_WAY if on_its_way else SPREADS) * spread:
        return replace(known, verdict=Verdict.DID_NOT, why=Why.ALREADY if on_its_way else None)
    return replace(known, verdict=Verdict.MOVED)


def _little(known: Outcome) -> bool:
    """Whether so few leads or orders stand behind the figure that one more or less would move it."""
    sides = (known.before, known.after)
    if known.metric.unit is Unit.COUNT:
        return max(_sum([each.amount for each in side]) for side in sides) < COUNTED_AT_LEAST
    behind = [[each.behind for each in side if each.behind is not None] for side in sides]
    return any(len(each) == len(side) and sum(each) < EVENTS_AT_LEAST for each, side in zip(behind, sides, strict=True))


def _needed(metric: Metric, was: Decimal, count: int, *, rising: bool) -> Decimal:
    """By how much the sum has to change: a tenth, points where it can be below zero, and near a top half of what is left."""
    low, high = metric.hard
    needed = abs(was) * SHARE_AT_LEAST
    if low is not None and low < 0:
        needed = max(needed, POINTS_AT_LEAST * count)
    return min(needed, (high * count - was) / 2) if rising and high is not None else needed


def _mean(points: Sequence[Point]) -> Decimal:
    return _sum([each.amount for each in points]) / len(points)


def _sum(amounts: Sequence[Decimal]) -> Decimal:
    return sum(amounts, Decimal())
