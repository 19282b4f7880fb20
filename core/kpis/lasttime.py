"""What each figure was last time, and how a student says that it is the same again without typing it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.kpis.figures import Stored, shown
from core.kpis.metrics import Metric, Metrics, Unit
from core.kpis.model import Snapshot
from core.kpis.periods import Period

AGAIN = "Again"
"""In place of a part of the funnel: the figures that were logged last, whichever parts they belong to."""
SAME = "same"
"""The field of a form in which is ticked what has not changed."""
_SAME = re.compile(r"=|same|the same|same as (?:last time|last week|last month|before)|unchanged", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LastTime:
    """A figure as it was logged for the latest equal period before this one. `text` can be typed in again as it stands."""

    kept: Stored
    text: str
    period: Period


def says_same(typed: str) -> bool:
    """The student says that nothing has changed."""
    return bool(_SAME.fullmatch(" ".join(typed.split()).rstrip(".")))


def last_times(
    metrics: Metrics, history: Sequence[Snapshot], period: Period | None, currency: str, settings: Mapping[str, str]
) -> dict[str, LastTime]:
    """Each figure's last value by field, of snapshots latest first; only what means the same and covers as long a time."""
    found: dict[str, LastTime] = {}
    for snapshot in history:
        here = snapshot.period
        if here is None or (period is not None and (here.span is not period.span or here.end >= period.end)):
            continue
        for name, kept in snapshot.figures.items():
            metric = metrics.by_field.get(name)
            if metric is None or name in found or not _means_the_same(metric, snapshot, currency, settings):
                continue
            found[name] = LastTime(kept, shown(metric, kept, snapshot.currency or currency), here)
    return found


def repeated(
    typed: Mapping[str, str], ticked: Sequence[str], before: Mapping[str, LastTime]
) -> tuple[dict[str, str], dict[str, str]]:
    """The figures with last time's for `=` and for what was only ticked; and what cannot be repeated, with the reason."""
    figures: dict[str, str] = {}
    problems: dict[str, str] = {}
    for name in dict.fromkeys((*typed, *ticked)):
        value = typed.get(name, "")
        if value.strip() and not says_same(value):
            figures[name] = value
        elif not value.strip() and name not in ticked:
            continue
        elif name in before:
            figures[name] = before[name].text
        else:
            problems[name] = "There is none of last time that could be repeated. Type the figure."
    return figures, problems


def _means_the_same(metric: Metric, snapshot: Snapshot, currency: str, settings: Mapping[str, str]) -> bool:
    if metric.unit is Unit.MONEY and snapshot.currency != currency:
        return False
    return metric.choice is None or snapshot.meanings.get(metric.choice) == settings.get(metric.choice)
