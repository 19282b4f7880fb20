"""Figures that are typed again below a read-back that is not saved yet: they put it right, and one Save keeps all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile

from core.kpis.figures import shown
from core.kpis.metrics import Metrics, Unit
from core.kpis.reading import Reading, check
from core.kpis.words import Heard

FRESH = timedelta(hours=2)
"""For so long what is typed below a read-back is taken to put it right."""
CHANGED = "You typed some of these again since. This is how they stand now; nothing of it is saved yet."
NAMED_AT_MOST = 8


def fresh(waiting: Sequence[Reading], at: datetime) -> tuple[Reading, ...]:
    """The readings that may still be put right in words, newest first: none older than one whose period is still asked for."""
    new = (each for each in waiting if each.held_at is not None and at - each.held_at <= FRESH)
    return tuple(takewhile(lambda each: each.dated, new))


def when(heard: Heard, below: Reading | None) -> dict[str, str]:
    """The period that the words name as the fields of a sheet; where they name none, that of what they put right, if anything."""
    if heard.span is None and heard.end is None and below is not None:
        return {"span": below.period.span.value, "end": below.period.end.isoformat()}
    fields = {"span": heard.span.value} if heard.span else {}
    return fields | ({"end": heard.end.isoformat()} if heard.end else {})


def together(reading: Reading, earlier: Reading, metrics: Metrics) -> Reading:
    """What was typed now with what was typed before, in its place. Money stays in the currency of the amounts before."""
    in_money = any(metrics.by_field[each].unit is Unit.MONEY for each in earlier.typed)
    return replace(
        reading,
        typed={**earlier.typed, **reading.typed},
        currency=earlier.currency if in_money else reading.currency,
        notes=reading.notes or earlier.notes,
    ).instead_of(earlier)


def changed(
    both: Reading, earlier: Reading, now: Mapping[str, str], metrics: Metrics, settings: Mapping[str, str]
) -> dict[str, str]:
    """The earlier figures that are others `now`, in words by field."""
    was = check(metrics, earlier.typed, earlier.currency, settings).taken
    taken = check(metrics, both.typed, both.currency, settings).taken
    said = {}
    for name, kept in taken.items():
        if name not in now or name not in earlier.typed or was.get(name) == kept:
            continue
        metric = metrics.by_field[name]
        before = shown(metric, was[name], earlier.currency) if name in was else earlier.typed[name]
        said[name] = f"{metric.title}: {shown(metric, kept, both.currency)} (was {before})."
    return said


def still_there(earlier: Reading, now: Mapping[str, str], metrics: Metrics, settings: Mapping[str, str]) -> list[str]:
    """The earlier figures that are not among those typed `now`, and what they are, in a line."""
    taken = check(metrics, earlier.typed, earlier.currency, settings).taken
    still = []
    for name, typed in earlier.typed.items():
        metric = metrics.by_field[name]
        if name not in now:
            still.append(f"{metric.title} {shown(metric, taken[name], earlier.currency) if name in taken else typed}")
    more = f" and {len(still) - NAMED_AT_MOST} more" if len(still) > NAMED_AT_MOST else ""
    return [f"As before: {', '.join(still[:NAMED_AT_MOST])}{more}."] if still else []


def besides(others: Sequence[Reading], reading: Reading) -> list[str]:
    """The periods whose figures wait in cards above, which can still be saved there."""
    periods = dict.fromkeys(each.period.said for each in others if each.period != reading.period)
    return [f"Your figures for {' and for '.join(periods)} are not saved yet: save them in their card above."] if periods else []
