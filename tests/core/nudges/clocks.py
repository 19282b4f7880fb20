"""The clocks of the world from 2024 to 2030, and when they change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

FROM = datetime(2024, 1, 1, tzinfo=UTC)
UNTIL = datetime(2031, 1, 1, tzinfo=UTC)
STEP = timedelta(days=20)
"""Shorter than any clock keeps to one offset."""


def zones() -> list[str]:
    """Every zone of the tz database."""
    return sorted(available_timezones() - {"localtime"})


def changes(zone: ZoneInfo) -> tuple[datetime, ...]:
    """The moments at which the zone's clocks change, each the first second of the new time."""
    found = []
    at, offset = FROM, FROM.astimezone(zone).utcoffset()
    while at < UNTIL:
        later = at + STEP
        if later.astimezone(zone).utcoffset() != offset:
            low, high = at, later
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
                low, high = (middle, high) if middle.astimezone(zone).utcoffset() == offset else (low, middle)
            found.append(high)
            offset = high.astimezone(zone).utcoffset()
            later = high
        at = later
    return tuple(found)


@cache
def clocks() -> dict[ZoneInfo, tuple[datetime, ...]]:
    """One zone for each clock that differs from all the others in these years, with its changes."""
    distinct: dict[tuple[object, ...], tuple[ZoneInfo, tuple[datetime, ...]]] = {}
    for name in zones():
        zone = ZoneInfo(name)
        moments = changes(zone)
        offsets = tuple(each.astimezone(zone).utcoffset() for each in (FROM, *moments))
        distinct.setdefault((moments, offsets), (zone, moments))
    return dict(distinct.values())
