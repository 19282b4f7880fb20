"""Values, keys and paths of the port's language: what a field may hold and be called, cleaned on the way in."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import NoReturn, TypeAlias

from core.errors import OutsideTheLanguage
from persistence.documents import Value

Scalar: TypeAlias = str | int | float | bool | datetime | None

MOST_BYTES = 1_000_000
"""Of one document, counted as the bytes of its keys and values; MongoDB itself stops at 16 MiB."""
DEEPEST = 50
"""Levels of lists and mappings in a document; MongoDB itself stops at 100 (https://www.mongodb.com/docs/manual/reference/limits/)."""
LEAST_INTEGER, GREATEST_INTEGER = -(2**63), 2**63 - 1

_PART = re.compile(r"[A-Za-z0-9_-]*[A-Za-z_-][A-Za-z0-9_-]*")
"""One part of a path: never all digits, since a number would mean a place in a list to MongoDB and a key to SQLite."""


def refuse(why: str) -> NoReturn:
    """Say that something is outside the language. Field names may be in the words; values may not."""
    raise OutsideTheLanguage(why)


class Cleaner:
    """Copies values in the form that both databases keep alike, and adds up their size in bytes."""

    __slots__ = ("size",)

    def __init__(self) -> None:
        self.size = 0

    def scalar(self, given: object, place: str) -> Scalar:
        """One value that is neither a list nor a mapping, as a plain str, int, float, bool, aware UTC datetime or None."""
        self.size += 8
        if isinstance(given, str):
            if type(given) is str and given.isascii():
                self.size += len(given)
                return given
            return self._text(given, place)
        if given is None or isinstance(given, bool):
            return given
        if isinstance(given, int):
            if not LEAST_INTEGER <= given <= GREATEST_INTEGER:
                refuse(f"{place} is a whole number of more than 64 bits.")
            return int(given)
        if isinstance(given, float):
            if not math.isfinite(given):
                refuse(f"{place} is not a finite number.")
            return float(given)
        if isinstance(given, datetime):
            return _time(given, place)
        return refuse(f"{place} is a {type(given).__name__}, which no document holds.")

    def value(self, given: object, place: str, depth: int = 1) -> Value:
        """Any value, lists and mappings included, copied throughout."""
        if isinstance(given, str | datetime) or given is None:
            return self.scalar(given, place)
        if isinstance(given, list | tuple):
            if depth > DEEPEST:
                refuse(f"{place} is nested more than {DEEPEST} levels deep.")
            return [self.value(each, place, depth + 1) for each in given]
        if isinstance(given, dict | Mapping):
            return self.mapping(given, place, depth)
        return self.scalar(given, place)

    def mapping(self, given: Mapping[str, object], place: str, depth: int = 1) -> dict[str, Value]:
        """A mapping with clean keys and values."""
        if depth > DEEPEST:
            refuse(f"{place} is nested more than {DEEPEST} levels deep.")
        clean: dict[str, Value] = {}
        for key, each in given.items():
            if type(key) is str and _is_name(key):
                self.size += len(key)
                name = key
            else:
                name = self._key(key, place)
            if type(each) is str and each.isascii():
                self.size += 8 + len(each)
                clean[name] = each
            else:
                clean[name] = self.value(each, f"{place}.{name}" if place else name, depth + 1)
        return clean

    def _key(self, key: object, place: str) -> str:
        if not isinstance(key, str) or not key or "." in key or "$" in key or "\0" in key:
            refuse(f"A key in {place or 'the document'} is empty, no text, or has a '.', a '$' or a NUL in it.")
        return self._text(key, place)

    def _text(self, text: str, place: str) -> str:
        if text.isascii():
            self.size += len(text)
        else:
            try:
                self.size += len(text.encode())
            except UnicodeEncodeError:
                refuse(f"{place} has half of a surrogate pair in it.")
        return text if type(text) is str else str.__str__(text)


@lru_cache(maxsize=1024)
def _is_name(key: str) -> bool:
    """Whether a key is one as most are: letters, digits and the like."""
    return bool(_PART.fullmatch(key))


def _time(given: datetime, place: str) -> datetime:
    """The same moment in UTC, cut (not rounded) to milliseconds."""
    if given.tzinfo is UTC:
        moment = given
    elif given.utcoffset() is None:
        refuse(f"{place} is a time without a zone.")
    else:
        try:
            moment = given.astimezone(UTC)
        except OverflowError:
            refuse(f"{place} is a time outside the years 1 to 9999.")
    over = moment.microsecond % 1000
    return moment.replace(microsecond=moment.microsecond - over, fold=0) if over or moment.fold else moment


def path(given: object) -> str:
    """A field's name, or a dotted path to it, as filters, changes, sorts and projections use them."""
    if not isinstance(given, str) or not _is_path(given):
        refuse("A path is made of letters, digits, '_' and '-', with dots between, and no part of it is a number.")
    if given.startswith("_id."):
        refuse("An _id is a text and has no fields.")
    return given


@lru_cache(maxsize=4096)
def _is_path(text: str) -> bool:
    return all(_PART.fullmatch(part) for part in text.split("."))


def paths_apart(given: Sequence[str]) -> None:
    """Refuse two paths that are the same, or of which one leads through the other."""
    if len(set(given)) == len(given) and "." not in "".join(given):
        return
    seen = sorted(path.split(".") for path in given)
    for first, second in itertools.pairwise(seen):
        if second[: len(first)] == first:
            refuse(f"The paths {'.'.join(first)} and {'.'.join(second)} are in each other's way.")


def identifier(given: object) -> str:
    """An `_id`: a text of 1 to 1,000 characters."""
    if not isinstance(given, str) or not 0 < len(given) <= 1000:
        refuse("An _id is a text of 1 to 1,000 characters.")
    return given
