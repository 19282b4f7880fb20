"""Whether a document meets conditions, as MongoDB decides it: for the fields that no index of SQLite can answer for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from persistence.language import Condition

_ABSENT = object()

_RANKS = {"null": 0, "number": 1, "text": 2, "mapping": 3, "list": 4, "bool": 5, "time": 6}
"""The order of MongoDB's kinds (https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/)."""


def kind(value: object) -> str:
    """The kind of a value; values of two kinds are never equal, and no range of one kind holds the other."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, datetime):
        return "time"
    return "list" if isinstance(value, list) else "mapping"


def rank(value: object) -> int:
    """Where the kind of a value sorts among the kinds."""
    return _RANKS[kind(value)]


def same(one: object, other: object) -> bool:
    """Equal and of one kind: 1 is 1.0, and True is not 1."""
    return one == other and kind(one) == kind(other)


def meets(document: dict[str, Any], conditions: Sequence[Condition]) -> bool:
    """Whether the document meets every condition."""
    return all(_meets(document, each) for each in conditions)


def _meets(document: dict[str, Any], condition: Condition) -> bool:
    found = list(_found(document, condition.path.split(".")))
    operand = condition.operand
    match condition.operator:
        case "$eq":
            return _equals(found, operand)
        case "$ne":
            return not _equals(found, operand)
        case "$in":
            return isinstance(operand, tuple) and any(_equals(found, each) for each in operand)
        case "$exists":
            return any(each is not _ABSENT for each in found) is operand
        case operator:
            return any(_in_range(each, operator, operand) for each in _with_elements(found))


def _found(value: object, parts: Sequence[str]) -> Iterator[object]:
    """The values at a path; a list on the way stands for each of its documents."""
    if not parts:
        yield value
    elif isinstance(value, dict):
        yield from _found(value[parts[0]], parts[1:]) if parts[0] in value else (_ABSENT,)
    elif isinstance(value, list):
        for each in value:
            if isinstance(each, dict):
                yield from _found(each, parts)
    else:
        yield _ABSENT


def _with_elements(found: Sequence[object]) -> Iterator[object]:
    for each in found:
        yield each
        if isinstance(each, list):
            yield from each


def _equals(found: Sequence[object], operand: object) -> bool:
    if operand is None:
        return any(each is None or each is _ABSENT for each in _with_elements(found))
    return any(each is not _ABSENT and same(each, operand) for each in _with_elements(found))


def _in_range(value: Any, operator: str, operand: Any) -> bool:
    if value is _ABSENT or kind(value) != kind(operand):
        return False
    match operator:
        case "$gt":
            return bool(value > operand)
        case "$gte":
            return bool(value >= operand)
        case "$lt":
            return bool(value < operand)
        case _:
            return bool(value <= operand)
