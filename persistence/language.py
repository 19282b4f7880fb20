"""The port's language read and checked, before anything is sent: filters, sorts, pages, projections and whole documents.

Both implementations read with these functions, so that both refuse the same. Changes are read in `language_changes`.
Everything here raises `OutsideTheLanguage` for what the language does not have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from persistence.documents import Document, Filter, Sort, Value
from persistence.indexes import Shape
from persistence.language_values import MOST_BYTES, Cleaner, Scalar, identifier, path, paths_apart, refuse

RANGES = frozenset({"$gt", "$gte", "$lt", "$lte"})
MOST_ALTERNATIVES = 1000
"""Values of one `$in`, or filters of one `$or`."""


class Condition(NamedTuple):
    """What one field must meet. The operand of `$in` is a tuple, that of `$exists` a bool, and of all others one scalar."""

    path: str
    operator: str
    operand: Scalar | tuple[Scalar, ...]


class Query(NamedTuple):
    """A filter that was read: all of `every`, and of each group in `groups` at least one alternative whole."""

    every: tuple[Condition, ...]
    groups: tuple[tuple[tuple[Condition, ...], ...], ...] = ()

    def equalities(self) -> dict[str, Scalar]:
        """The fields that must equal one value, which is what an upsert begins its document with."""
        return {each.path: each.operand for each in self.every if each.operator == "$eq" and not isinstance(each.operand, tuple)}


def read_filter(where: Filter) -> Query:
    """A filter's conditions, with `$eq` spelt out."""
    groups = []
    conditions: list[Condition] = []
    for key, operand in where.items():
        if key == "$or":
            groups.append(_alternatives(operand))
        else:
            conditions += _conditions(path(key), operand)
    return Query(tuple(conditions), tuple(groups))


def _alternatives(given: Value) -> tuple[tuple[Condition, ...], ...]:
    if not isinstance(given, list | tuple) or not 0 < len(given) <= MOST_ALTERNATIVES:
        refuse(f"$or takes a list of 1 to {MOST_ALTERNATIVES} filters.")
    found = []
    for each in given:
        if not isinstance(each, Mapping) or not each:
            refuse("$or takes filters, none of them empty.")
        found.append(tuple(one for key, operand in each.items() for one in _conditions(path(key), operand)))
    return tuple(found)


def _conditions(name: str, operand: Value) -> list[Condition]:
    if isinstance(operand, str | int) or not isinstance(operand, Mapping):
        return [Condition(name, "$eq", _scalar(operand, name))]
    if not operand:
        refuse(f"{name} is compared with a document, which the language does not have.")
    return [Condition(name, operator, _operand(name, operator, given)) for operator, given in operand.items()]


def _operand(name: str, operator: str, given: Value) -> Scalar | tuple[Scalar, ...]:
    if operator == "$in":
        if not isinstance(given, list | tuple) or len(given) > MOST_ALTERNATIVES:
            refuse(f"$in takes a list of at most {MOST_ALTERNATIVES} values.")
        return tuple(_scalar(each, name) for each in given)
    if operator == "$exists":
        return given if isinstance(given, bool) else refuse("$exists takes True or False.")
    if operator in RANGES:
        value = _scalar(given, name)
        if value is None or isinstance(value, bool):
            refuse(f"{operator} takes a text, a number or a time.")
        return value
    if operator == "$ne":
        return _scalar(given, name)
    return refuse(f"{operator} is no operator of a filter.")


def _scalar(given: object, name: str) -> Scalar:
    if type(given) is str and given.isascii():
        return given
    return Cleaner().scalar(given, name)


def read_upsert(query: Query) -> None:
    """Refuse a filter from which the two databases might begin different documents."""
    if any(each.operator == "$in" for each in query.every) or any(len(group) < 2 for group in query.groups):
        refuse("The filter of an upsert has no $in, and an $or of two filters or more.")
    names = [each.path for each in query.every if each.operator == "$eq"]
    paths_apart(names)


def read_sort(sort: Sort, shape: Shape) -> tuple[tuple[str, int], ...]:
    """The sort with `_id` last. Only indexed fields of one value can be sorted by."""
    pairs = tuple((path(name), direction) for name, direction in sort)
    names = [name for name, _ in pairs]
    if any(direction not in (1, -1) for _, direction in pairs) or len(set(names)) < len(names):
        refuse("A sort names each field once, with 1 or -1.")
    if not shape.scalars.issuperset(names):
        refuse(f"A sort is over indexed fields: one of {', '.join(names)} is not.")
    if "_id" in names[:-1]:
        refuse("_id is the last of a sort.")
    return pairs if "_id" in names else (*pairs, ("_id", 1))


def read_limit(limit: int | None) -> int | None:
    """A limit of at least 1, or None."""
    if limit is not None and (isinstance(limit, bool) or limit < 1):
        refuse("A limit is a whole number of at least 1, or None.")
    return limit


def read_after(after: Sequence[Value], sort: tuple[tuple[str, int], ...]) -> tuple[tuple[Condition, ...], ...]:
    """What comes after these sort values and `_id`, as alternatives; None sorts before every value."""
    if len(after) != len(sort):
        refuse("`after` takes a value for each sort field, and the _id.")
    if len({direction for name, direction in sort if name != "_id"}) > 1:
        refuse("`after` needs every sort field to run in one direction.")
    identifier(after[-1])
    alternatives = []
    equal: tuple[Condition, ...] = ()
    for (name, direction), given in zip(sort, after, strict=True):
        value = _scalar(given, name)
        alternatives += [(*equal, each) for each in _beyond(name, direction, value)]
        equal = (*equal, Condition(name, "$eq", value))
    return tuple(alternatives)


def _beyond(name: str, direction: int, value: Scalar) -> list[Condition]:
    if isinstance(value, bool):
        refuse(f"{name} is True or False, and no page begins after that.")
    if direction == 1:
        return [Condition(name, "$ne", None) if value is None else Condition(name, "$gt", value)]
    if value is None:
        return []
    below = Condition(name, "$lt", value)
    return [below] if name == "_id" else [below, Condition(name, "$eq", None)]


def read_fields(fields: Sequence[str] | None) -> tuple[str, ...] | None:
    """An inclusion projection with `_id` in it, or None for whole documents."""
    if fields is None:
        return None
    if isinstance(fields, str):
        refuse("`fields` takes a sequence of paths, not one text.")
    names = tuple(path(name) for name in fields if name != "_id")
    paths_apart(names)
    return ("_id", *names)


def read_document(document: Mapping[str, Value], shape: Shape) -> Document:
    """A clean copy of a whole document, which brings its `_id` and fits the collection's indexes."""
    identifier(document.get("_id"))
    cleaner = Cleaner()
    clean = cleaner.mapping(document, "")
    if cleaner.size > MOST_BYTES:
        refuse(f"The document is larger than {MOST_BYTES:,} bytes.")
    for name, value in clean.items():
        if isinstance(value, list | dict) or name in shape.lists:
            fits_index(name, value, shape)
    return clean


def fits_index(name: str, value: Value, shape: Shape) -> None:
    """Refuse a value that the index over a field of the top level could not hold in the same way in both databases."""
    if name in shape.scalars and isinstance(value, list | dict):
        refuse(f"{name} is indexed and holds one value, not a list or a document.")
    if name in shape.lists and not (
        value is None or (isinstance(value, list) and not any(isinstance(each, list | dict) for each in value))
    ):
        refuse(f"{name} is indexed element by element and holds a list of single values.")


def read_group(value: object) -> Scalar:
    """A value that `group_count` counted by; lists, documents and fractions are no groups."""
    if value is None or isinstance(value, str | int | datetime):
        return value
    return refuse("group_count counts by texts, whole numbers, times, True and False.")
