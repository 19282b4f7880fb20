"""Reading a time zone as people type it: its own name, or a city, a region or a country, alone or beside each other."""

from __future__ import annotations

import re
from functools import cache
from zoneinfo import available_timezones

from core.errors import Refusal
from core.fuzzy import OSA
from core.people.cities import city_names, city_zones, is_shared, key_of
from core.people.countries import apart, country_names, is_shortened, zones_of, zones_within

WORDS_OF_A_PLACE = 3
"""More are a sentence, and like no place."""
SHOWN = 60
"""Letters of what was typed that are said again."""

_OFFSET = re.compile(r"(?:utc|gmt) ?[+-] ?\d")
_SHORT = {"e": "New York", "c": "Chicago", "m": "Denver", "p": "Los Angeles"}
"""By the first letter of EST and EDT, CST and so on. What is called EST in the table of zones has no summer time."""
_SHORTENED = re.compile(r"([ecmp])[sd]t")
_ABOUT = re.compile(
    r"(?:(?:near|nearby|in|around|outside|close to|just outside|greater|central|rural|north|south|east|west|northern|southern|"
    r"eastern|western|north east|north west|south east|south west)(?: of)?|(?:the )?(?:city|town|state|south|north|east|west) of|"
    r"the) (?P<place>.+)"
)
_COUNTY = re.compile(r"(?:(?P<short>co)|county) (?P<place>.+)")
_WIDE = re.compile(r"(?P<place>.+?) (?:area|region|city centre|town centre)")
_DIRECTION = re.compile(r"(?:rural|mid|central|upper|lower|(?:north|south)?(?: ?(?:east|west))?(?:ern)?)(?: of)?")
_SLIP_AT_LEAST, _SLIPS_AT_LEAST = 4, 8
"""Letters of a name in which one slip is seen, and two."""
_BEGUN, _MISSING = 3, 3
"""A name is known by its beginning where that has so many letters, and half of all, and no more are missing."""


class UnknownZone(Refusal):
    """I do not know that place. Name your country or the nearest big city, such as Leeds or France."""


def zone_named(typed: str) -> str:
    """The IANA name of the zone that was typed, whatever its case; a city alone will do, and a country of one time.

    Raises:
        UnknownZone: there is none, or several may be meant.
    """
    meant = zones_meant(typed)
    if len(meant) == 1:
        return meant[0]
    said = " ".join(typed.split())[:SHOWN]
    wanted = key_of(said)
    if meant and is_shared(wanted):
        raise UnknownZone(f"There is more than one {said}. Add the country or state, such as Leeds, UK or Boston, Massachusetts.")
    if meant:
        near = " or ".join(_city_of(each) for each in meant[:2])
        raise UnknownZone(f"“{said}” has more than one time. Name the nearest big city, such as {near}.")
    if short := _SHORTENED.fullmatch(wanted):
        near = _SHORT[short[1]]
        raise UnknownZone(f"“{said}” does not say when your clocks change. Name the nearest big city, such as {near}.")
    if _OFFSET.match(said.casefold().replace("_", " ")):  # Etc/GMT+2 is two hours behind, and not ahead as it is said
        raise UnknownZone(f"“{said}” does not say when your clocks change. Name your country or the nearest big city instead.")
    if near := _near(said):
        raise UnknownZone(f"I do not know “{said}”. Did you mean {near}?")
    raise UnknownZone()


def zones_meant(typed: str) -> tuple[str, ...]:
    """The zones that may be meant, the likeliest first: one where it is clear, none where the place is not known.

    A country or a region beside a city decides which city it is, or its time where the city is not known.
    """
    said = " ".join(typed.split())
    plain = said.replace("_", " ").casefold()
    if "/" in plain and (found := _whole().get(plain)):
        return (found,)
    if _OFFSET.match(plain) or _SHORTENED.fullmatch(plain):
        return ()
    parts = [each for each in (key_of(part) for part in re.split(r"[,()]", plain)) if each]
    if len(parts) > 1:
        return _several(parts)
    return (_alone(parts[0]) or _unmarked(parts[0].split())) if parts else ()


def zones_begun(typed: str) -> tuple[str, ...]:
    """The zones of the cities whose names begin with what was typed, the likelier first, or of the one that it is a slip for."""
    wanted = key_of(typed)
    begun = [name for name in city_names() if wanted and name.startswith(wanted)] or [key_of(_near(typed))]
    return tuple(dict.fromkeys(zone for name in begun for zone in _alone(name)))


def _alone(name: str) -> tuple[str, ...]:
    """The zones of a place, by how it is looked up."""
    there = zones_of(name)
    if not is_shared(name) and (cities := city_zones(name)):
        return cities[:1]
    if there:
        return there
    if found := _whole().get(name) or _last_parts().get(name):
        return (found,)
    if county := _COUNTY.fullmatch(name):
        return _alone(f"county {county['place']}" if county["short"] else county["place"])
    within = _ABOUT.fullmatch(name) or _WIDE.fullmatch(name)
    return _alone(within["place"]) if within else ()


def _several(parts: list[str]) -> tuple[str, ...]:
    """The zones of what was said with commas: “Cambridge, MA, US”, “Spain, Madrid”, “Lyon, Rhône”."""
    open_still: tuple[str, ...] = ()
    pairs = [(parts[0], each) for each in parts[1:]] + [(each, parts[0]) for each in parts[1:]]
    for place, within in pairs:
        found = _beside(place, within)
        if len(found) == 1:
            return found
        open_still = open_still or found
    return open_still or next((found for each in parts if (found := _alone(each))), ())


def _unmarked(words: list[str]) -> tuple[str, ...]:
    """The same without a comma, where the first words are a city, or a side of a country: “leeds uk”, “cambridge ma”."""
    for at in range(1, len(words)):
        place, within = " ".join(words[:at]), " ".join(words[at:])
        if not zones_within(within):
            continue
        if is_shortened(within):  # these are words too: “lisbon ok”
            found = _same(place, within)
        else:
            known = _alone(place) or _DIRECTION.fullmatch(place)
            found = _beside(place, within) if known else ()
        if found:
            return found
    return ()


def _beside(place: str, within: str) -> tuple[str, ...]:
    """The zones of a place in a country or a region; the latter's where the place is not known there, none if it is neither."""
    if not zones_within(within):
        return ()
    if is_shortened(within):  # “CA” is Canada and California: the letters of two leave it open
        return _same(place, within) or apart(sorted(zones_within(within), reverse=True))
    return _same(place, within) or zones_of(within)


def _same(place: str, within: str) -> tuple[str, ...]:
    """The zones that a place may have in a country or a region."""
    bare = _ABOUT.fullmatch(place)
    there = (*city_zones(place), *zones_of(place), *_alone(place), *(_alone(bare["place"]) if bare else ()))
    return apart(each for each in there if each in zones_within(within))


@cache
def _whole() -> dict[str, str]:
    """The zones by their names; a cache, since to list them reads directories."""
    return {zone.replace("_", " ").casefold(): zone for zone in available_timezones()}


@cache
def _last_parts() -> dict[str, str]:
    """The zones by the city that each is called by."""
    return {key_of(_city_of(zone)): zone for zone in sorted(available_timezones(), reverse=True)}


def _is_place(zone: str) -> bool:
    return "/" in zone and zone.partition("/")[0] not in ("Brazil", "Canada", "Chile", "Etc", "Mexico", "US")


def _city_of(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def _near(said: str) -> str:
    """The place that is meant but for a slip or the last letters; "" where none is close."""
    typed = key_of(said.rpartition("/")[2].replace("_", " "))
    if len(typed.split()) > WORDS_OF_A_PLACE or not any(each.isalpha() for each in typed):
        return ""
    close = [(off, at, name) for at, (key, name) in enumerate(_known_names()) if (off := _off(typed, key)) is not None]
    return min(close)[2] if close else ""


def _off(typed: str, name: str) -> int | None:
    """By how many letters a name is missed; None where it is another."""
    missing = len(name) - len(typed)
    if len(typed) >= _BEGUN and missing <= min(_MISSING, len(typed)) and name.startswith(typed):
        return missing
    most = 2 if len(name) >= _SLIPS_AT_LEAST and name.count(" ") == typed.count(" ") else 1
    if len(typed) < _SLIP_AT_LEAST or abs(missing) > most or typed[0] != name[0]:
        return None
    off = OSA.distance(typed, name, score_cutoff=most)
    return off if off <= most else None


@cache
def _known_names() -> tuple[tuple[str, str], ...]:
    """Cities, countries and regions, by how they are looked up, and as they are written, the likelier first."""
    countries = ((key_of(each), each) for each in country_names())
    zones = ((key_of(_city_of(each)), _city_of(each)) for each in sorted(available_timezones()) if _is_place(each))
    return (*city_names().items(), *countries, *zones)
