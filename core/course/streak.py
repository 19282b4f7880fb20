"""Weeks in a row in which something went live."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Streak:
    """How many weeks in a row, and whether the present one is among them already."""

    weeks: int
    this_week: bool

    @property
    def words(self) -> str:
        """The streak as people read it, with what keeps it up."""
        if not self.weeks:
            return "none yet; mark an asset as live, and the first begins"
        count = "1 week" if self.weeks == 1 else f"{self.weeks} weeks"
        return count if self.this_week else f"{count}; this week has until Sunday"


def streak(went_live: Iterable[datetime], zone: ZoneInfo, at: datetime) -> Streak:
    """The weeks in a row up to now in which something went live.

    A week runs from Monday to Sunday in the person's own time zone. It counts when at least one asset went live in it, whatever
    became of that asset later. The present week counts once something goes live in it, and breaks nothing before it is over.
    """
    weeks = {_monday(each.astimezone(zone).date()) for each in went_live}
    present = _monday(at.astimezone(zone).date())
    this_week = present in weeks
    monday = present if this_week else present - WEEK
    count = 0
    while monday in weeks:
        count += 1
        monday -= WEEK
    return Streak(count, this_week)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
