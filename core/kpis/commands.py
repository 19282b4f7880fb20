"""/kpi: see the funnel's figures, and what moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from core.assets.model import Heading
from core.command import Arg, Command
from core.course.modules import Course
from core.foundation.service import Foundations
from core.kpis import comparison_views, diagnosis_views, views
from core.kpis.comparisons import Comparisons
from core.kpis.impacts import Following
from core.kpis.lines import Line
from core.kpis.model import Snapshot
from core.kpis.service import Snapshots, said
from core.kpis.trends import trend
from core.people.model import Person
from core.request import Asked
from core.ui import Answer, Card, Chart, Message, Option


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


async def report(asked: Asked, person: Person, snapshots: Snapshots, following: Following, comparisons: Comparisons) -> Answer:
    """The funnel; for those who share their figures with the cohort, with where they stand in it."""
    return await report_of(person, snapshots, following, comparison_views.in_report(await comparisons.of(person, asked.at)))


async def report_of(person: Person, snapshots: Snapshots, following: Following, cohort: Sequence[Card] = ()) -> Message:
    """The same as a message, with what is told of the cohort."""
    found = await snapshots.report(person)
    if found is None:
        return views.nothing()
    charts = _one_a_level(person, snapshots, found.history, await following.assets(person))
    return views.report(found, snapshots.diagnosis(person, found), charts, cohort)


async def diagnosis(asked: Asked, person: Person, snapshots: Snapshots, foundations: Foundations) -> Answer:
    """The weakest link, why, and what to do about it."""
    found = await snapshots.report(person)
    if found is None:
        return views.nothing()
    foundation = await foundations.of(person, asked.at)
    looks = {
        name: diagnosis_views.Look(each.title, empty=not foundation.value(name))
        for name, each in foundations.cells.by_field.items()
    }
    period = found.snapshot.period
    weakest = snapshots.diagnosis(person, found)
    return diagnosis_views.diagnosis(weakest, looks, period.span if period else None, said(found.snapshot))


async def show(person: Person, args: OneMetric, snapshots: Snapshots, following: Following) -> Answer:
    """One figure."""
    metric = snapshots.metrics.named(args.metric)
    points = snapshots.trend(metric, await snapshots.history(person))
    if not points:
        return views.metric(Line(metric.meant(person.settings), None, None, ""), "", None)
    latest, kept = points[-1]
    meant = metric.meant({**person.settings, **latest.meanings})
    before = snapshots.before(latest, [each for each, _ in points])
    line = Line(meant, kept, before.figures[metric.field] if before else None, latest.currency or snapshots.currency(person))
    moved = f" ({line.change})" if line.change else ""
    chart = trend(meant, points, await following.assets(person), person.zone)
    return views.metric(line, f"{line.value}{moved} in {said(latest)}", chart)


async def of_module(person: Person, args: OneModule, course: Course, snapshots: Snapshots) -> Answer:
    """The figures that measure a module."""
    module = course.named(args.module)
    return views.measuring(module, [snapshots.metrics.by_field[name].meant(person.settings) for name in module.kpis])


def _one_a_level(person: Person, snapshots: Snapshots, history: Sequence[Snapshot], assets: Sequence[Heading]) -> list[Chart]:
    """A trend of each part of the funnel: of its main figure, else of the first that has one."""
    file, charts = snapshots.metrics.file, []
    for level, mains in file.levels.items():
        others = (each.field for each in file.metrics if each.level is level)
        for metric in (snapshots.metrics.by_field[name] for name in dict.fromkeys((*mains, *others))):
            points = snapshots.trend(metric, history)
            meant = metric.meant({**person.settings, **points[-1][0].meanings}) if points else metric
            chart = trend(meant, points, assets, person.zone)
            if chart:
                charts.append(chart)
                break
    return charts


COMMANDS = (
    Command(name="kpi report", summary="Your funnel, and what moved", handler=report, reads=True),
    Command(name="kpi diagnosis", summary="What is my weakest link?", handler=diagnosis, reads=True),
    Command(name="kpi show", summary="One figure: what it is, and yours", args=OneMetric, handler=show, reads=True),
    Command(name="kpi module", summary="What measures a module", args=OneModule, handler=of_module, listed=False, reads=True),
)
