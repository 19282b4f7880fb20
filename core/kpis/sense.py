"""What two figures must have in common before they may be set beside each other."""

from __future__ import annotations

from dataclasses import dataclass

from core.kpis.metrics import Metric, Unit
from core.kpis.model import Snapshot
from core.kpis.periods import Span


@dataclass(frozen=True, slots=True)
class Sense:
    """How long the period is, which currency money is in, and how the choice behind the figure was answered.

    `currency` is None for what is no money, `answer` for what hangs on no choice, or where none was made.
    """

    span: Span
    currency: str | None = None
    answer: str | None = None


def sense_of(metric: Metric, snapshot: Snapshot) -> Sense | None:
    """The sense of the figure in this snapshot; None where its period is of a kind that we do not offer."""
    period = snapshot.period
    if period is None:
        return None
    return Sense(
        period.span,
        snapshot.currency if metric.unit is Unit.MONEY else None,
        snapshot.meanings.get(metric.choice) if metric.choice else None,
    )
