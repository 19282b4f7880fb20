"""/kpi: see the funnel's figures, and what moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from core.command import Arg, Command
from core.course.modules import Course
from core.kpis import views
from core.kpis.lines import Line
from core.kpis.metrics import Level
from core.kpis.model import Snapshot
from core.kpis.service import Snapshots, said
from core.people.model import Person
from core.ui import Answer, Chart, Option

CHARTS_AT_MOST = 3


async def suggest_metric(typed: str, snapshots: Snapshots) -> Sequence[Option]:
    """The figures that are called something like what is typed."""
    wanted = typed.strip().casefold()
    return [
        Option(each.field, each.title)
        for each in snapshots.metrics.file.metrics
        if any(wanted in name.casefold() for name in each.names)
    ]


@dataclass(frozen=True, slots=True)
class OneMetric:
    """A figure."""

    metric: Annotated[str, Arg("Which figure", "CTR, opt-in rate, orders …", suggest=suggest_metric)]


@dataclass(frozen=True, slots=True)
class OneModule:
    """A module of the course."""

    module: Annotated[str, Arg("Which module", "Its number, 0 to 9, or its step, such as Hook")]


async def report(person: Person, snapshots: Snapshots) -> Answer:
    """The funnel."""
    found = await snapshots.report(person)
    if found is None:
        return views.nothing()
    return views.report(found, _one_a_level(snapshots, found.history))


async def show(person: Person, args: OneMetric, snapshots: Snapshots) -> Answer:
    """One figure."""
    metric = snapshots.metrics.named(args.metric)
    history = await snapshots.history(person)
    points = snapshots.trend(metric, history)
    if not points:
        return views.metric(Line(metric.meant(person.settings), None, None, ""), "", None)
    latest, kept = points[-1]
    meant = metric.meant({**person.settings, **latest.meanings})
    line = Line(meant, kept, None, latest.currency or snapshots.currency(person))
    return views.metric(line, f"{line.value} in {said(latest)}", views.trend(meant, points))


async def of_module(person: Person, args: OneModule, course: Course, snapshots: Snapshots) -> Answer:
    """The figures that measure a module."""
    module = course.named(args.module)
    return views.measuring(module, [snapshots.metrics.by_field[name].meant(person.settings) for name in module.kpis])


def _one_a_level(snapshots: Snapshots, history: Sequence[Snapshot]) -> list[Chart]:
    """The first trend of each part of the funnel."""
    first: dict[Level, Chart] = {}
    for metric in snapshots.metrics.file.metrics:
        chart = None if metric.level in first else views.trend(metric, snapshots.trend(metric, history))
        if chart:
            first[metric.level] = chart
    return list(first.values())[:CHARTS_AT_MOST]


COMMANDS = (
    Command(name="kpi report", summary="Your funnel, and what moved", handler=report),
    Command(name="kpi show", summary="One figure: what it is, and yours", args=OneMetric, handler=show),
    Command(name="kpi module", summary="What measures a module", args=OneModule, handler=of_module, listed=False),
)
