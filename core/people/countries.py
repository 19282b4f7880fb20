"""The time zones of a country, for people who write where they live rather than what their clock is called."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from core.alike import folded

SAID = {"uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "great britain": "GB"}
SAID |= {"united kingdom": "GB", "us": "US", "usa": "US", "america": "US", "uae": "AE", "holland": "NL"}
SAID |= {"the netherlands": "NL", "czechia": "CZ", "korea": "KR", "south korea": "KR", "ivory coast": "CI"}
"""What the table of countries calls otherwise, by its code there."""

STATES = {"georgia": "America/New_York"}
"""A state of the USA that is called like a country: either may be meant."""

MOST_OF = "most "
"""What the table remarks on a zone where more of a country or a part of it lies than elsewhere: "most of Ukraine"."""

SOLSTICES = (datetime(2026, 1, 15), datetime(2026, 7, 15))


def zones_of(typed: str) -> tuple[str, ...]:
    """The zones of the country that is named, as few as its clocks tell apart, and of a state of that name; none where it is no
    country.

    The tables are those of the zones themselves: https://data.iana.org/time-zones/tzdb/zone1970.tab
    """
    return _zones().get(_key(typed), ())


def same_clock(zone: str, other: str) -> bool:
    """Whether both zones, by their IANA names, show the same time in summer and in winter."""
    return _times(zone) == _times(other)


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    own: dict[str, list[str]] = {}
    for code, _, zone, *_ in sorted(_rows("zone.tab"), key=lambda row: MOST_OF not in " ".join(row[3:])):
        own.setdefault(code, []).append(zone)
    kept: dict[str, list[str]] = {}
    for codes, _, zone, *_ in _rows("zone1970.tab"):
        for code in codes.split(","):
            kept.setdefault(code, []).append(zone)
    names = {_key(name): code for code, name, *_ in _rows("iso3166.tab")} | SAID
    there = {name: _few(own.get(code, []), kept.get(code, [])) for name, code in names.items()}
    return there | {name: (*there[name], zone) for name, zone in STATES.items()}


def _key(name: str) -> str:
    """A country's name as it is looked up: the table writes “Trinidad & Tobago”, and people write “and”."""
    return folded(" ".join(name.replace(".", "").replace("&", " and ").split()))


def _few(own: list[str], kept: list[str]) -> tuple[str, ...]:
    """A country whose places have kept one time takes its own first zone; the others those that differ, its own first."""
    if len(kept) == 1:
        return tuple(own[:1])
    ordered = sorted(kept, key=lambda zone: own.index(zone) if zone in own else len(own))
    first: dict[tuple[timedelta | None, ...], str] = {}
    for zone in ordered:
        first.setdefault(_times(zone), zone)
    return tuple(first.values())


def _times(zone: str) -> tuple[timedelta | None, ...]:
    """How far its clock is from UTC in summer and in winter."""
    return tuple(day.replace(tzinfo=ZoneInfo(zone)).utcoffset() for day in SOLSTICES)


def _rows(name: str) -> Iterator[list[str]]:
    text = files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
