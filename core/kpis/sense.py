"""What two figures must have in common before they may be set beside each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from core.kpis.metrics import Metric, Unit
from core.kpis.periods import Period, Span


class Settled(Protocol):
    """Figures of one period, as a snapshot has them, and what was settled when they were logged."""

    @property
    def period(self) -> Period | None:
        """The period, or None where it is of a kind that we do not offer."""
        ...

    @property
    def currency(self) -> str | None:
        """What money is in."""
        ...

    @property
    def meanings(self) -> Mapping[str, str]:
        """How the choices were answered that decide what some figures mean."""
        ...


@dataclass(frozen=True, slots=True)
class Sense:
    """How long the period is, which currency money is in, and how the choice behind the figure was answered.

    `currency` is None for what is no money, `answer` for what hangs on no choice, or where none was made.
    """

    span: Span
    currency: str | None = None
    answer: str | None = None


def sense_of(metric: Metric, snapshot: Settled) -> Sense | None:
    """The sense of the figure in this snapshot; None where its period is of a kind that we do not offer."""
    period = snapshot.period
    return None if period is None else sense_in(metric, snapshot, period)


def sense_in(metric: Metric, snapshot: Settled, period: Period) -> Sense:
    """The same where the snapshot's period was read already."""
    return Sense(
        period.span,
        snapshot.currency if metric.unit is Unit.MONEY else None,
        snapshot.meanings.get(metric.choice) if metric.choice else None,
    )
