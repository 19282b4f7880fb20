"""The cities that people name for where they live: which zones they may mean, by the table in `cities.txt`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from core.alike import folded

_HERE = Path(__file__).parent
_ASKED = "*"
"""Before a name where several cities are as likely to be meant."""


def key_of(name: str) -> str:
    """A place's name as it is looked up: case, accents, hyphens and full stops make no difference, nor “Saint” for “St”."""
    plain = folded(name.replace("’", "'").replace(".", "").replace("-", " ").replace("&", " and "))
    return " ".join("st" if word == "saint" else word for word in plain.split())


def rows(name: str) -> Iterator[list[str]]:
    """The columns of each row of a table that stands beside this module."""
    text = (_HERE / name).read_text(encoding="utf-8")
    return ([each.strip() for each in line.split("|")] for line in text.splitlines() if line and not line.startswith("#"))


def spellings(names: str) -> Iterator[list[str]]:
    """Of each name in a column how it may be written."""
    return (each.strip().split("/") for each in names.split(","))


def city_zones(typed: str) -> tuple[str, ...]:
    """The zones of the cities that are called so, by their IANA names, the likeliest first; none where none is known."""
    return _cities().get(key_of(typed), ())


def is_shared(typed: str) -> bool:
    """Whether several cities that are called so are as likely to be meant."""
    return key_of(typed) in _shared()


@cache
def city_names() -> Mapping[str, str]:
    """How each city is written, by how it is looked up; the large ones of a country before the others."""
    found: dict[str, str] = {}
    for name in _spelt():
        found.setdefault(key_of(name.removeprefix(_ASKED)), name.removeprefix(_ASKED))
    return found


@cache
def _cities() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for _, zone, column in rows("cities.txt"):
        for each in spellings(column):
            for name in map(key_of, each):
                key = name.removeprefix(_ASKED)
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), zone)))
    return found


@cache
def _shared() -> frozenset[str]:
    return frozenset(key_of(each.removeprefix(_ASKED)) for each in _spelt() if each.startswith(_ASKED))


def _spelt() -> Iterator[str]:
    return (each for _, _, column in rows("cities.txt") for city in spellings(column) for each in city)
