"""The figures that a student uses and is asked for, chosen once and changed whenever they like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.kpis.metrics import Level, Metric, Metrics
from core.people.model import Person
from core.request import Typed
from core.ui import Field, Form, Kind, Option

USED = "figuresUsed"
"""Where the choice is kept among what a person settled: the fields, parted by commas."""
COMMAND = "kpi metrics"
LEVELS = (Level.ATTRACT, Level.CONVERT, Level.GROW)


def used(metrics: Metrics, person: Person) -> tuple[Metric, ...]:
    """What the student chose, in the funnel's order; before they choose, or where nothing of it is left, the main figures."""
    chosen = set(person.settings.get(USED, "").split(","))
    found = tuple(each for name, each in metrics.by_field.items() if name in chosen)
    return found or tuple(each for each in metrics.file.metrics if not each.extra)


def used_of(metrics: Metrics, person: Person, level: Level) -> tuple[Metric, ...]:
    """Those of a part of the funnel; where the student uses none of it, all its figures: they asked to see it."""
    here = metrics.of_level(level)
    chosen = {each.field for each in used(metrics, person)}
    return tuple(each for each in here if each.field in chosen) or here


def uses(metrics: Metrics, person: Person, level: Level) -> bool:
    """Whether the student uses a figure of this part of the funnel."""
    return bool({each.field for each in used(metrics, person)} & {each.field for each in metrics.of_level(level)})


def metrics_form(metrics: Metrics, person: Person, problem: str = "") -> Form:
    """The figures of each part of the funnel, those in use ticked."""
    chosen = {each.field for each in used(metrics, person)}
    fields = [_of_level(metrics, level) for level in LEVELS]
    values: dict[str, Typed] = {
        _name(level): tuple(each.field for each in metrics.of_level(level) if each.field in chosen) for level in LEVELS
    }
    intro = (
        "Only what you tick is asked for from now on. Nothing that is logged goes away, and any other figure can still be typed."
    )
    problems = {_name(LEVELS[0]): problem} if problem else {}
    return Form(COMMAND, "The figures you use", tuple(fields), values, problems, intro)


def chosen_in(metrics: Metrics, typed: Mapping[str, Typed]) -> Sequence[str]:
    """The fields that were ticked, by their names or labels, in the funnel's order."""
    return [each for level in LEVELS for each in ticked_in(metrics, typed.get(_name(level), ()))]


def ticked_in(metrics: Metrics, typed: Typed) -> tuple[str, ...]:
    """The fields that were ticked, by their names, or as a terminal brings them, by their titles and what stands after those."""
    items = typed.split(",") if isinstance(typed, str) else typed
    ticked = {each.partition(":")[0].strip().casefold() for each in items}
    return tuple(each.field for each in metrics.file.metrics if ticked & {each.field.casefold(), each.title.casefold()})


def _of_level(metrics: Metrics, level: Level) -> Field:
    options = tuple(Option(each.field, each.title) for each in metrics.of_level(level))
    return Field(_name(level), level.value, Kind.CHOICES, "Tick what you measure, or mean to", required=False, options=options)


def _name(level: Level) -> str:
    return f"use{level.value}"
