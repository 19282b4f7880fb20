"""The rules about figures, and about what was made: what is due to be logged, to be measured, or to be used."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.assets.model import AssetStatus, Heading
from core.kpis.lasttime import AGAIN
from core.kpis.lines import Line
from core.kpis.model import Snapshot
from core.nudges.known import Known
from core.nudges.model import Kind
from core.nudges.reasons import Found, Reason, Theme, short
from core.ui import Button, Call

MEASURE_DAYS = 14
"""Days after which something that went live can show what it does."""
DRAFT_DAYS = 7
"""Days after which a draft is one that waits."""
FRESH_DAYS = 60
"""Days after which what went live, or waits, is not brought up any more."""
FIGURES = 3
"""Of last time, that a reminder names."""
AFTER = "kpi:"
"""Before the id of the snapshot after whose period figures are asked for, in what their reminder is about."""


def kpi_due(known: Known, at: datetime) -> Found:
    """The period after the one that they logged last is over."""
    logged = [each for each in known.snapshots if each.period is not None]
    if not logged:
        return "No figures were logged yet, so no rhythm is known"
    latest = max(logged, key=lambda each: (each.snapshot_date, each.created_at))
    if latest.period is None:
        return "The last figures have a period of their own"
    yesterday = known.today(at) - timedelta(days=1)
    due = latest.period.next_due(yesterday)
    if due is None:
        return f"The figures of {latest.period.said} are the latest that can be had"
    span, end = due.span.value, due.end.isoformat()
    return [
        Reason(
            Kind.KPI_DUE,
            Theme.KPI_DUE,
            f"{AFTER}{latest.id}",
            f"Your last figures are for {latest.period.said}",
            {"period": due.said, "last": _last_time(known, latest)},
            (
                Button("Log figures", Call("kpi figures", {"level": AGAIN, "span": span, "end": end}), primary=True),
                Button("See the report", Call("kpi report")),
            ),
            latest.changed_at or latest.created_at,
        )
    ]


def not_measured(known: Known, at: datetime) -> Found:
    """Something has been live for two weeks, and no figure of its step was logged since."""
    live = [
        (number, each, each.implemented_at)
        for number, each in enumerate(known.assets, start=1)
        if each.status is AssetStatus.IMPLEMENTED and each.implemented_at is not None
    ]
    old = [(n, each, since) for n, each, since in live if MEASURE_DAYS <= _days(known, since, at) <= FRESH_DAYS]
    if not old:
        return f"Nothing went live between {MEASURE_DAYS} and {FRESH_DAYS} days ago"
    found = [
        Reason(
            Kind.NOT_MEASURED,
            Theme.NOT_MEASURED,
            each.id,
            f"“{short(each.title)}” has been live for {_days(known, since, at)} days, with no {each.elevate_step} figure since",
            {"asset": short(each.title), "step": each.elevate_step.value},
            (
                Button("Log figures", Call("kpi log"), primary=True),
                Button("What to measure", Call("kpi module", {"module": str(each.elevate_step.number)})),
            ),
            since,
        )
        for _, each, since in reversed(old)
        if _fields(known, each) and not _measured(known, each, since)
    ]
    return found or "What is live has figures since"


def drafts(known: Known, at: datetime) -> Found:
    """A draft has waited for a week, and nothing of its kind is live; each is brought up once, unless it is changed again."""
    told = {each.about: each.created_at for each in reversed(known.sent) if each.kind is Kind.DRAFTS}
    found = unused(known, at)
    if isinstance(found, str):
        return found
    new = [each for each in found if not (each.about in told and each.moved_at and each.moved_at <= told[each.about])]
    return new or "Every draft that waits was brought up"


def unused(known: Known, at: datetime) -> Found:
    """All the drafts that wait, the one that was worked on last first, brought up or not."""
    live = {(each.elevate_step, each.asset_type) for each in known.assets if each.status is AssetStatus.IMPLEMENTED}
    drafts = [(number, each) for number, each in enumerate(known.assets, start=1) if each.status is AssetStatus.DRAFT]
    if not drafts:
        return "There are no drafts"
    waiting = [
        (number, each)
        for number, each in drafts
        if (each.elevate_step, each.asset_type) not in live and DRAFT_DAYS <= _days(known, each.last_updated_at, at) <= FRESH_DAYS
    ]
    newest = sorted(waiting, key=lambda found: found[1].last_updated_at, reverse=True)
    return [
        Reason(
            Kind.DRAFTS,
            Theme.DRAFTS,
            each.id,
            f"“{short(each.title)}” has waited as a draft for {_days(known, each.last_updated_at, at)} days",
            {"asset": short(each.title), "step": each.elevate_step.value},
            (
                Button("Open the draft", Call("assets show", {"asset": str(number)}), primary=True),
                Button("Say that it is live", Call("assets implement", {"asset": str(number)})),
            ),
            each.last_updated_at,
        )
        for number, each in newest
    ] or f"No draft has waited for {DRAFT_DAYS} days, or something of its kind is live"


def better(line: Line) -> bool:
    """The figure moved, and in the direction that is better for it."""
    if line.kept is None or line.before is None or line.kept == line.before:
        return False
    return (line.kept > line.before) == (line.metric.better == "higher")


def _last_time(known: Known, latest: Snapshot) -> str:
    """The first figures of last time, as they are read."""
    lines = [each for each in known.figures if each.kept is not None]
    return ", ".join(f"{each.metric.short} {each.value}" for each in lines[:FIGURES]) or (
        latest.period.said if latest.period else latest.time_period
    )


def _fields(known: Known, asset: Heading) -> frozenset[str]:
    """The figures that measure the asset's step."""
    return frozenset(field for each in known.standings if each.module.step is asset.elevate_step for field in each.module.kpis)


def _measured(known: Known, asset: Heading, since: datetime) -> bool:
    fields = _fields(known, asset)
    return any(
        fields & each.figures.keys() and max(each.created_at, each.changed_at or each.created_at, each.snapshot_date) > since
        for each in known.snapshots
    )


def _days(known: Known, since: datetime, at: datetime) -> int:
    return (known.today(at) - known.today(since)).days
