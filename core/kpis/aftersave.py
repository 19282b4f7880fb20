"""What was saved lately: figures typed below it are for its period, and what is kept already is told beside what is new."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from core.kpis.again import FRESH
from core.kpis.figures import shown
from core.kpis.history import Source
from core.kpis.metrics import Unit
from core.kpis.model import Snapshot
from core.kpis.periods import Period, Span, day
from core.kpis.ports import AskedFor
from core.kpis.reading import Checked, Reading
from core.kpis.service import Snapshots
from core.people.model import Person

ASKED_FOR = timedelta(days=7)
"""For so long figures are for the period that a reminder asked for."""
LOOKED_AT = 16
"""Of a person's latest periods, in which the one is looked for that was saved last."""
_LENGTHS = {Span.WEEK: "week", Span.DAYS_30: "30 days"}
_BY_THEMSELVES = (Source.LOGGED, Source.IMPORTED, Source.CORRECTED)
"""What another program sends is read by nobody right then."""


async def saved_lately(snapshots: Snapshots, person: Person, at: datetime) -> Reading | None:
    """What the person saved last, as if they had typed it and it had been read back then; None where that is long ago."""
    history = await snapshots.lately(person, LOOKED_AT)
    last = max(history, key=_changed, default=None)
    if last is None or last.period is None or not _changed(last) <= at <= _changed(last) + FRESH:
        return None
    change = await snapshots.last_change(person, last)
    if change is None or change.source not in _BY_THEMSELVES:
        return None
    currency, known = last.currency or snapshots.currency(person), snapshots.metrics.by_field
    typed = {name: shown(known[name], kept, currency) for name, kept in last.figures.items() if name in known}
    return Reading(typed, last.period, currency, held_at=_changed(last))


async def instead_of_kept(
    snapshots: Snapshots, person: Person, reading: Reading, checked: Checked, besides: Mapping[str, str]
) -> dict[str, str]:
    """By field, what is read now and what of its period is kept, where the two differ; nothing of what `besides` tells."""
    there = await snapshots.kept(person, reading.period)
    if there is None:
        return {}
    told = {}
    for name, now in checked.taken.items():
        metric, kept = snapshots.metrics.by_field[name], there.figures.get(name)
        same_money = metric.unit is not Unit.MONEY or there.currency == reading.currency
        same_meaning = metric.choice is None or there.meanings.get(metric.choice) == person.settings.get(metric.choice)
        if name in besides or kept is None or kept == now or not (same_money and same_meaning):
            continue
        told[name] = f"{metric.title}: {shown(metric, now, reading.currency)} (was {shown(metric, kept, reading.currency)})."
    return told


async def due_now(snapshots: Snapshots, person: Person, at: datetime) -> Period | None:
    """The period for which a reminder of the last days asked, where it is still open; None where none did."""
    asked = await snapshots.asked_for(person, at - ASKED_FOR)
    return await due_then(snapshots, person, asked) if asked else None


async def due_then(snapshots: Snapshots, person: Person, asked: AskedFor) -> Period | None:
    """The period for which the reminder asked; None where it, or a later one, is logged by now, or what came before is gone."""
    logged = [each for each in await snapshots.lately(person, LOOKED_AT) if each.period is not None]
    last = next((each.period for each in logged if each.id == asked.after), None)
    due = last.next_due(asked.at.astimezone(person.zone).date() - timedelta(days=1)) if last else None
    if due is None or any(each.period.span is due.span and each.period.end >= due.end for each in logged if each.period):
        return None
    return due


async def shared_days(snapshots: Snapshots, person: Person, period: Period) -> list[str]:
    """The logged periods, as long as this one, with which it shares days, in a line; none where there are none."""
    history = await snapshots.lately(person, LOOKED_AT)
    others = [each.period for each in history if each.period is not None and period.shares_days(each.period)]
    said = " and ".join(f"the {_LENGTHS[each.span]} to {day(each.end)}" for each in others if each.span in _LENGTHS)
    return [f"This shares days with {said}."] if said else []


def _changed(snapshot: Snapshot) -> datetime:
    return snapshot.changed_at or snapshot.created_at
