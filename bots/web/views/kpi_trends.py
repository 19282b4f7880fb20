"""The trends on the page of the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bots.web.pages import Visit
from bots.web.views.kpi_choice import Wanted
from core.assets.model import Heading
from core.kpis.metrics import Metric
from core.kpis.model import Snapshot
from core.kpis.service import Snapshots
from core.kpis.trends import trend

A_YEAR, ALL = 52, 200
"""Periods on a chart that stands beside others, and on one that stands alone."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A chart of one figure, drawn; `total` counts the periods that there are, and `shown` those that it has."""

    metric: Metric
    chart: Markup
    total: int
    shown: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A figure whose trend can be looked at."""

    metric: Metric
    chosen: bool


def trends_of(
    visit: Visit, snapshots: Snapshots, history: Sequence[Snapshot], assets: Sequence[Heading], wanted: Wanted
) -> list[Trend]:
    """The chosen trends; without a choice, the main one of each part of the funnel."""
    fields = wanted.fields or _mains(snapshots, history)
    most = ALL if len(fields) == 1 else A_YEAR
    found = []
    for metric in (snapshots.metrics.by_field[name] for name in fields):
        points = snapshots.trend(metric, history)
        if not points:
            continue
        meant = metric.meant({**visit.person.settings, **points[-1][0].meanings})
        chart = trend(meant, points, assets, visit.person.zone, most)
        if chart is not None:
            found.append(Trend(meant, visit.draw.chart(chart), len(points), min(most, len(points))))
    return found


def choices_of(snapshots: Snapshots, history: Sequence[Snapshot], trends: Sequence[Trend]) -> list[Choice]:
    """Every figure that was logged twice or more, in the funnel's order."""
    times, drawn = _times(history), {each.metric.field for each in trends}
    return [Choice(each, each.field in drawn) for each in snapshots.metrics.file.metrics if times[each.field] > 1]


def _mains(snapshots: Snapshots, history: Sequence[Snapshot]) -> tuple[str, ...]:
    """Of each part of the funnel the first main figure that was logged twice, or else any other of it that was."""
    times, found = _times(history), []
    for level, mains in snapshots.metrics.file.levels.items():
        others = (each.field for each in snapshots.metrics.file.metrics if each.level is level)
        found.append(next((name for name in (*mains, *others) if times[name] > 1), ""))
    return tuple(filter(None, found))


def _times(history: Sequence[Snapshot]) -> Counter[str]:
    return Counter(name for each in history for name in each.figures)
