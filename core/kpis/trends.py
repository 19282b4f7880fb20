"""A figure's course through equal periods, as a chart: with what others reach, and what went live."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from core.assets.model import Heading
from core.kpis.figures import Stored
from core.kpis.lines import number
from core.kpis.marks import marks_of
from core.kpis.metrics import Metric, Unit
from core.kpis.model import Snapshot
from core.kpis.periods import Period, Span
from core.ui import Band, Chart, Series

POINTS_AT_MOST = 26
A_YEAR = timedelta(days=350)
"""From then on a day and its month may be of one year or another."""


def trend(
    here: Metric,
    points: Sequence[tuple[Snapshot, Stored]],
    assets: Sequence[Heading] = (),
    zone: ZoneInfo | None = None,
    most: int = POINTS_AT_MOST,
) -> Chart | None:
    """The figure's course, oldest first, from two periods on, and of those the latest `most`; `assets` of its step are marked
    where they went live."""
    if len(points) < 2:
        return None
    latest = points[-most:]
    currency = latest[-1][0].currency or ""
    unit = currency if here.unit is Unit.MONEY else {Unit.PERCENT: "%", Unit.RATIO: "×"}.get(here.unit, "")
    labels = _labels([each for each, _ in latest])
    values = tuple((label, number(here, kept, each.currency)) for label, (each, kept) in zip(labels, latest, strict=True))
    dated = [(label, each.period) for label, (each, _) in zip(labels, latest, strict=True) if each.period]
    marks = marks_of(assets, here, dated, zone) if assets and zone and dated else ()
    return Chart("line", here.title, unit, (Series(here.short, values),), band_of(here, currency), marks)


def band_of(here: Metric, currency: str) -> Band | None:
    """What others reach, as a range: the typical one, or from an average to where good begins. None where nobody knows one, or
    where it is money of another currency."""
    bench = here.benchmark
    if bench is None or (here.unit is Unit.MONEY and bench.currency != currency):
        return None
    if len(bench.typical) > 1:
        return Band(float(min(bench.typical)), float(max(bench.typical)), "typical of others")
    if bench.good is None:
        return None
    ends = sorted(float(each) for each in (bench.typical[0], bench.good))
    return Band(ends[0], ends[1], "average to good")


def _labels(snapshots: Sequence[Snapshot]) -> list[str]:
    """A short name for each period's end: 7 Apr, or Apr 2026; with the year over a year, and where it would be there twice."""
    long = snapshots[-1].snapshot_date - snapshots[0].snapshot_date > A_YEAR
    days = [_label(each.period, each, long=long) for each in snapshots]
    return days if len(set(days)) == len(days) else [each.snapshot_date.strftime("%-d %b %Y") for each in snapshots]


def _label(period: Period | None, snapshot: Snapshot, *, long: bool) -> str:
    day = "%-d %b %y" if long else "%-d %b"
    return snapshot.snapshot_date.strftime("%b %Y" if period and period.span is Span.MONTH else day)
