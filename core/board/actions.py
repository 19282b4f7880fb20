"""What counts on a board, how much, and how often: a sum that anybody can check, and none that can be bought or made up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TypeAlias
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)


class Action(StrEnum):
    """What a student can do by themselves, whatever their market, purse and hours: nothing that was sold, measured or timed."""

    ITEM = "item"
    MODULE = "module"
    LIVE = "live"
    PERIOD = "period"
    KEPT = "kept"


POINTS: Mapping[Action, int] = MappingProxyType(
    {Action.ITEM: 1, Action.MODULE: 3, Action.LIVE: 3, Action.PERIOD: 2, Action.KEPT: 2}
)
"""A tick is the smallest step and the measure of the others. What closes a piece of work, or puts it before customers, is worth
three: that is what the course is for. To look at the figures and to do what one said are habits, worth two."""
IN_A_WEEK: Mapping[Action, int] = MappingProxyType(dict.fromkeys((Action.LIVE, Action.PERIOD, Action.KEPT), 3))
"""So many of these count in a week. They have no end, as items and modules have, and could be made up for the points."""
WEEKS_OFF = 1
"""A streak bears so many weeks in a row without an action: a holiday is no failure. Such a week does not count either."""

Counts: TypeAlias = tuple[int, ...]
"""How often each action was done, in the order of `Action`."""
Weeks: TypeAlias = Mapping[str, Counts]
"""The counts of the weeks in which there were any, by their Mondays (ISO dates)."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that is done as things stand. `key` names it among all that its doer can ever do, so that it counts once."""

    action: Action
    key: str
    at: datetime


def monday_of(at: datetime, zone: ZoneInfo) -> date:
    """The first day of the week in which this time is there."""
    day = at.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def counted(deeds: Iterable[Deed], zone: ZoneInfo, since: date) -> dict[str, Counts]:
    """The deeds by the weeks of that zone, from the week on that begins on the Monday `since`."""
    order = tuple(Action)
    weeks: dict[str, list[int]] = {}
    for each in deeds:
        monday = monday_of(each.at, zone)
        if monday >= since:
            weeks.setdefault(monday.isoformat(), [0] * len(order))[order.index(each.action)] += 1
    return {week: tuple(weeks[week]) for week in sorted(weeks)}


@lru_cache(maxsize=4_096)
def points(counts: Counts) -> int:
    """What the actions of one week are worth. Weeks are much alike: thousands of them are few different counts."""
    return sum(POINTS[each] * min(done, IN_A_WEEK.get(each, done)) for each, done in zip(Action, counts, strict=False))


def streak(weeks: Weeks, present: date) -> int:
    """How many weeks had an action, back from the present one to where more than `WEEKS_OFF` weeks in a row had none.

    The present week breaks nothing while it lasts.
    """
    week, found, idle = present, 0, 0
    if present.isoformat() not in weeks:
        week -= WEEK
    while idle <= WEEKS_OFF:
        if week.isoformat() in weeks:
            found, idle = found + 1, 0
        else:
            idle += 1
        week -= WEEK
    return found
