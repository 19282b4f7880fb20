"""Changes applied to a document as MongoDB applies them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from core.errors import OutsideTheLanguage
from persistence.documents import Document
from persistence.embedded_match import rank, same
from persistence.language_changes import Step
from persistence.language_values import GREATEST_INTEGER, LEAST_INTEGER, Scalar

_ABSENT = object()


class Misfit(OutsideTheLanguage):
    """A change does not fit what the document holds, such as an addition to a text."""


def changed(document: dict[str, Any], steps: Sequence[Step]) -> Document:
    """The document with the steps applied, in place. Raises `Misfit`, and then leaves the document half changed."""
    for step in steps:
        if step.operator != "$setOnInsert":
            _apply(document, step)
    return document


def begun(equalities: dict[str, Scalar], steps: Sequence[Step]) -> Document:
    """The document that an upsert adds: the filter's equalities, and then the steps. Raises `Misfit`."""
    document: Document = {}
    for name, value in equalities.items():
        _apply(document, Step("$set", name, value))
    for step in steps:
        _apply(document, Step("$set", step.path, step.value) if step.operator == "$setOnInsert" else step)
    return document


def _apply(document: dict[str, Any], step: Step) -> None:
    *way, last = step.path.split(".")
    takes_away = step.operator in ("$unset", "$pull")
    holder: Any = document
    for part in way:
        if part not in holder:
            if takes_away:
                return
            holder[part] = {}
        holder = holder[part]
        if not isinstance(holder, dict):
            if takes_away:
                return
            raise Misfit(f"{step.path} leads through something that has no fields.")
    if step.operator == "$unset":
        holder.pop(last, None)
        return
    value = _next(step, holder.get(last, _ABSENT))
    if value is not _ABSENT:
        holder[last] = value


def _next(step: Step, now: Any) -> Any:
    """The value of the field after the step."""
    match step.operator:
        case "$inc":
            return _added(step, now)
        case "$min":
            return step.value if now is _ABSENT or _before(step.value, now) else now
        case "$max":
            return step.value if now is _ABSENT or _before(now, step.value) else now
        case "$push" | "$addToSet" | "$pull":
            return _listed(step, now)
        case _:
            return step.value


def _added(step: Step, now: Any) -> Any:
    amount: Any = step.value
    if now is _ABSENT:
        return amount
    if isinstance(now, bool) or not isinstance(now, int | float):
        raise Misfit(f"{step.path} holds no number to add to.")
    total = now + amount
    if not math.isfinite(total):
        raise Misfit(f"{step.path} would leave the finite numbers.")
    if isinstance(total, int) and not LEAST_INTEGER <= total <= GREATEST_INTEGER:
        raise Misfit(f"{step.path} would leave the whole numbers of 64 bits.")
    return total


def _before(one: Any, other: Any) -> bool:
    return bool(one < other) if rank(one) == rank(other) else rank(one) < rank(other)


def _listed(step: Step, now: Any) -> Any:
    if now is _ABSENT:
        if step.operator == "$pull":
            return now
        now = []
    if not isinstance(now, list):
        raise Misfit(f"{step.path} holds no list.")
    if step.operator == "$pull":
        return [each for each in now if not same(each, step.value)]
    assert isinstance(step.value, list)
    if step.operator == "$addToSet":
        for value in step.value:
            if not any(same(each, value) for each in now):
                now.append(value)
        return now
    now = [*now, *step.value]
    if step.keep is None:
        return now
    return now[: step.keep] if step.keep >= 0 else now[step.keep :]
