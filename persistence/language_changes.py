"""The port's changes read and checked, before anything is sent."""

from __future__ import annotations

from collections.abc import ItemsView, Mapping
from datetime import datetime
from typing import NamedTuple

from persistence.documents import Change, Value
from persistence.indexes import Shape
from persistence.language import Query, fits_index, read_upsert
from persistence.language_values import MOST_BYTES, Cleaner, identifier, path, paths_apart, refuse

SAFE_IN_MANY = frozenset({"$set", "$unset", "$min", "$max"})
"""What can neither fail half-way through many documents nor do harm when it is sent a second time."""
ON_LISTS = frozenset({"$push", "$addToSet", "$pull"})
OPERATORS = SAFE_IN_MANY | ON_LISTS | {"$inc", "$setOnInsert"}


class Step(NamedTuple):
    """One operator on one path. `$push` and `$addToSet` carry a list of values, and `$push` how many to keep (`$slice`)."""

    operator: str
    path: str
    value: Value
    keep: int | None = None


def read_change(change: Change, shape: Shape) -> tuple[Step, ...]:
    """A change's steps, with `$each` spelt out."""
    cleaner = Cleaner()
    steps: list[Step] = []
    for operator, fields in change.items():
        for name, given in _of(fields):
            step = _step(operator, path(name), given, cleaner)
            _keeps_shape(step, shape)
            steps.append(step)
    if not steps:
        refuse("A change changes something.")
    if cleaner.size > MOST_BYTES:
        refuse(f"The change is larger than {MOST_BYTES:,} bytes.")
    paths_apart([step.path for step in steps])
    return tuple(steps)


def read_change_of_many(change: Change, shape: Shape) -> tuple[Step, ...]:
    """The steps of a change of many documents: such as cannot fail half-way, and may be sent twice."""
    steps = read_change(change, shape)
    for step in steps:
        if step.operator not in SAFE_IN_MANY or "." in step.path or step.path in shape.unique:
            refuse(
                f"{step.operator} of {step.path} could fail half-way through many documents: "
                "change many by $set, $unset, $min and $max of fields of the top level that are in no unique index."
            )
    return steps


def read_change_with_upsert(change: Change, query: Query, shape: Shape) -> tuple[Step, ...]:
    """The steps of a change that may add a document; its `_id` stands in the filter or under `$setOnInsert`."""
    read_upsert(query)
    steps = read_change(change, shape)
    brought = [step.value for step in steps if step.path == "_id"]
    given = query.equalities()
    if "_id" in given:
        brought.append(given["_id"])
    if len(brought) != 1:
        refuse("An upsert brings its _id in the filter or under $setOnInsert.")
    identifier(brought[0])
    return steps


def _of(fields: object) -> ItemsView[str, Value]:
    if not isinstance(fields, dict | Mapping) or not fields:
        refuse("Every operator of a change names a field.")
    return fields.items()


def _step(operator: str, name: str, given: Value, cleaner: Cleaner) -> Step:
    if operator not in OPERATORS:
        refuse(f"{operator} is no operator of a change.")
    if name == "_id" and operator != "$setOnInsert":
        refuse("An _id stays as it is.")
    if operator in ("$push", "$addToSet"):
        return _adding(operator, name, given, cleaner)
    if operator == "$unset":
        return Step(operator, name, None)
    if operator in ("$set", "$setOnInsert"):
        return Step(operator, name, cleaner.value(given, name))
    value = cleaner.scalar(given, name)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if operator == "$inc" and not number:
        refuse(f"$inc adds a number to {name}.")
    if operator in ("$min", "$max") and not (number or isinstance(value, str | datetime)):
        refuse(f"{operator} compares {name} with a text, a number or a time.")
    return Step(operator, name, value)


def _adding(operator: str, name: str, given: Value, cleaner: Cleaner) -> Step:
    values: list[Value] = [given]
    keep: int | None = None
    if isinstance(given, Mapping) and any(str(key).startswith("$") for key in given):
        unknown = given.keys() - ({"$each", "$slice"} if operator == "$push" else {"$each"})
        each = given.get("$each")
        if unknown or not isinstance(each, list | tuple):
            refuse(f"{operator} of {name} takes one value, or a list under $each.")
        values, keep = list(each), _slice(given.get("$slice"))
    if operator == "$addToSet":
        return Step(operator, name, [cleaner.scalar(one, name) for one in values])
    return Step(operator, name, [cleaner.value(one, name) for one in values], keep)


def _slice(given: Value) -> int | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int) or abs(given) >= 2**31:
        refuse("$slice takes a whole number of less than 32 bits.")
    return given


def _keeps_shape(step: Step, shape: Shape) -> None:
    name, operator = step.path, step.operator
    if "." in name:
        top = name.partition(".")[0]
        if top in shape.scalars or top in shape.lists:
            refuse(f"{top} is indexed and has no fields of its own.")
    elif operator == "$unset" or not (name in shape.scalars or name in shape.lists):
        return
    elif operator in ON_LISTS:
        if name in shape.scalars:
            refuse(f"{name} is indexed and holds one value, not a list.")
        fits_index(name, step.value if isinstance(step.value, list) else [step.value], shape)
    elif operator != "$inc":
        fits_index(name, step.value, shape)
    elif name in shape.lists:
        refuse(f"{name} is indexed and holds a list, not a number.")
