"""The time zones of countries and their regions, for people who write where they live rather than what their clock is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from core.people.cities import city_zones, is_shared, key_of, rows, spellings

SAID = {"uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "great britain": "GB"}
SAID |= {"united kingdom": "GB", "us": "US", "usa": "US", "america": "US", "uae": "AE", "holland": "NL"}
SAID |= {"the netherlands": "NL", "czechia": "CZ", "korea": "KR", "south korea": "KR", "ivory coast": "CI"}
SAID |= {"britain": "GB", "republic of ireland": "IE", "myanmar": "MM", "burma": "MM", "bosnia": "BA"}
"""What the table of countries calls otherwise, by its code there."""

MOST_OF = "most "
"""What the table remarks on a zone where more of a country or a part of it lies than elsewhere: "most of Ukraine"."""

SOLSTICES = (datetime(2026, 1, 15), datetime(2026, 7, 15))


def zones_of(typed: str) -> tuple[str, ...]:
    """The zones of the country or the region that is named, as few as its clocks tell apart, or of the cities of that name where
    several may be meant; none where it is neither.

    The tables are those of the zones themselves: https://data.iana.org/time-zones/tzdb/zone1970.tab
    """
    if is_shared(typed):
        return apart(city_zones(typed))
    return _zones().get(key_of(typed), ())


def zones_within(typed: str) -> frozenset[str]:
    """All zones of a country or a region, also by its letters, as after a city’s name (“Cambridge, MA”); none of others."""
    return _within().get(key_of(typed), frozenset())


def is_shortened(typed: str) -> bool:
    """Whether it is a country or a region by its letters, such as MA: a word by itself says no more than any other."""
    key = key_of(typed)
    return key not in _zones() and key in _within()


def country_names() -> tuple[str, ...]:
    """Every country and region, as it is written."""
    names = [each[1] for each in _rows("iso3166.tab")]
    return (*names, *(name for name, _ in _regions()), *(each.title() for each in SAID))


def apart(zones: Iterable[str]) -> tuple[str, ...]:
    """The first of those zones that show the same time."""
    first: dict[tuple[timedelta | None, ...], str] = {}
    for zone in zones:
        first.setdefault(_times(zone), zone)
    return tuple(first.values())


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
    there = {name: _few(own.get(code, []), kept.get(code, [])) for name, code in _codes().items()}
    for name, zones in _regions():  # Georgia is a country and a state
        there[key_of(name)] = (*there.get(key_of(name), ()), *zones)
    return there


@cache
def _within() -> dict[str, frozenset[str]]:
    own: dict[str, frozenset[str]] = {}
    for code, _, zone, *_ in _rows("zone.tab"):
        own[code] = own.get(code, frozenset()) | {zone}
    there: dict[str, frozenset[str]] = {}
    by_code = ((name, code) for name, code in (*_codes().items(), *((code.lower(), code) for code in own)))
    for name, zones in (*((name, own.get(code, frozenset())) for name, code in by_code), *_regions(shortened=True)):
        there[key_of(name)] = there.get(key_of(name), frozenset()) | frozenset(zones)
    return there


def _codes() -> dict[str, str]:
    return {key_of(name): code for code, name, *_ in _rows("iso3166.tab")} | SAID


def _regions(*, shortened: bool = False) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The regions and their zones, by their names, and by what these are shortened to."""
    for zones, names in rows("regions.txt"):
        for name, *short in spellings(names):
            yield from ((each, tuple(zones.split())) for each in ((name, *short) if shortened else (name,)))


def _few(own: list[str], kept: list[str]) -> tuple[str, ...]:
    """A country whose places have kept one time takes its own first zone; the others those that differ, its own first."""
    if len(kept) == 1:
        return tuple(own[:1])
    ordered = sorted(kept, key=lambda zone: own.index(zone) if zone in own else len(own))
    return apart(ordered)


def _times(zone: str) -> tuple[timedelta | None, ...]:
    """How far its clock is from UTC in summer and in winter."""
    return tuple(day.replace(tzinfo=ZoneInfo(zone)).utcoffset() for day in SOLSTICES)


def _rows(name: str) -> Iterator[list[str]]:
    text = files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
