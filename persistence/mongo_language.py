"""The port's filters, changes and indexes in MongoDB's own words, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from persistence.indexes import Index, OnlyText
from persistence.language import Condition, Query
from persistence.language_changes import Step

ANY_TEXT: Mapping[str, str] = MappingProxyType({"$gte": ""})
"""What every text meets, and nothing else, since ranges keep to one type.

It stands for `$type: "string"` in partial indexes: MongoDB sees by itself that `{key: "x"}` lies within it, and uses the
index (https://www.mongodb.com/docs/manual/core/index-partial/#query-coverage); of `$type` it would have to be told.
"""


def filter_of(query: Query) -> dict[str, Any]:
    """The filter."""
    parts = [_all(query.every)] if query.every else []
    parts += [{"$or": [_all(each) for each in group]} for group in query.groups]
    if len(parts) == 1:
        return parts[0]
    return {"$and": parts} if parts else {}


def _all(conditions: Sequence[Condition]) -> dict[str, Any]:
    by_path: dict[str, dict[str, Any]] = {}
    for each in conditions:
        operand = list(each.operand) if isinstance(each.operand, tuple) else each.operand
        by_path.setdefault(each.path, {})[each.operator] = operand
    return {path: asked["$eq"] if asked.keys() == {"$eq"} else asked for path, asked in by_path.items()}


def change_of(steps: Sequence[Step]) -> dict[str, Any]:
    """The update document."""
    operators: dict[str, dict[str, Any]] = {}
    for step in steps:
        operators.setdefault(step.operator, {})[step.path] = _payload(step)
    return operators


def _payload(step: Step) -> Any:
    if step.operator == "$unset":
        return ""
    if step.operator == "$addToSet":
        return {"$each": step.value}
    if step.operator == "$push":
        return {"$each": step.value} if step.keep is None else {"$each": step.value, "$slice": step.keep}
    return step.value


def options(index: Index) -> dict[str, Any]:
    """What `createIndexes` takes beside the keys, and `listIndexes` gives back."""
    asked: dict[str, Any] = {"name": index.name}
    if index.unique:
        asked["unique"] = True
    if index.where:
        asked["partialFilterExpression"] = {
            name: dict(ANY_TEXT) if isinstance(wanted, OnlyText) else wanted for name, wanted in index.where.items()
        }
    if index.ttl_seconds is not None:
        asked["expireAfterSeconds"] = index.ttl_seconds
    return asked


def differs(index: Index, there: Mapping[str, Any]) -> bool:
    """Whether the index of that name which the server has, as `index_information` gives it, is another one."""
    asked = options(index)
    same_keys = [(name, int(direction)) for name, direction in there["key"]] == list(index.keys)
    return not same_keys or any(
        there.get(name) != asked.get(name) for name in ("unique", "partialFilterExpression", "expireAfterSeconds")
    )


def plan_lines(plan: Mapping[str, Any]) -> Iterator[str]:
    """A line for each stage of a winning plan, such as `IXSCAN by_due` or `COLLSCAN`."""
    if "stage" in plan:
        yield f"{plan['stage']} {plan.get('indexName', '')}".rstrip()
    for name in ("queryPlan", "inputStage", "outerStage", "innerStage"):
        if isinstance(plan.get(name), Mapping):
            yield from plan_lines(plan[name])
    for inner in plan.get("inputStages", ()):
        yield from plan_lines(inner)
