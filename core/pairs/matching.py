"""Who fits whom as a partner, by a small rule that anybody can check.

The distance of two students is the hours between their clocks at that moment (0 to 12, as a clock goes round), and two more
for every module between the places where they are. Up to six is near: the same module six hours apart, or three modules apart
on the same clock. Only students of one cohort are matched, never two accounts of one person, and never two who have parted
lately. Whoever has waited for seven days takes the nearest of all who wait, however far; with equal distances, whoever has
waited longest comes first, so that nobody waits for ever while anybody else does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

PER_MODULE = 2.0
NEAR = 6.0
PATIENCE = timedelta(days=7)
"""After which anybody of the cohort will do."""


@dataclass(frozen=True, slots=True)
class Seeker:
    """Somebody who waits for a partner since then.

    `module`: the number of the first module that is not closed, one more than the last where all are. `apart`: the ids of
    those they are not matched with.
    """

    person_id: str
    user_id: str
    cohort_id: str | None
    zone: ZoneInfo
    module: int
    since: datetime
    apart: frozenset[str] = frozenset()


def hours_between(one: ZoneInfo, other: ZoneInfo, at: datetime) -> float:
    """The hours between two clocks at this moment, 0 to 12: eleven in the evening and one in the morning are two apart."""
    offsets = [at.astimezone(each).utcoffset() or timedelta() for each in (one, other)]
    hours = abs(offsets[0] - offsets[1]).total_seconds() / 3600 % 24
    return min(hours, 24 - hours)


def distance(one: Seeker, other: Seeker, at: datetime) -> float:
    """How far two are from each other: hours, and two for each module."""
    return hours_between(one.zone, other.zone, at) + PER_MODULE * abs(one.module - other.module)


def may_meet(one: Seeker, other: Seeker) -> bool:
    """Whether they are two people of one cohort who have not parted."""
    apart = other.person_id in one.apart or one.person_id in other.apart
    return one.user_id != other.user_id and one.cohort_id == other.cohort_id and not apart


def matches(one: Seeker, others: Sequence[Seeker], at: datetime) -> list[Seeker]:
    """Those whom this one is matched with now, the best first: near ones, and any where either has waited long enough."""
    fit = [each for each in others if may_meet(one, each) and (distance(one, each, at) <= NEAR or _any_will_do(one, each, at))]
    return sorted(fit, key=lambda each: (distance(one, each, at), each.since, each.person_id))


def _any_will_do(one: Seeker, other: Seeker, at: datetime) -> bool:
    return at - min(one.since, other.since) >= PATIENCE
