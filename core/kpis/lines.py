"""A figure of a snapshot as a line of the report: its value, how it moved, and its traffic light."""

from __future__ import annotations

from dataclasses import dataclass

from core.kpis.figures import Stored, amount_of, change, shown
from core.kpis.lights import Light, light
from core.kpis.metrics import Metric


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of a snapshot: as it is meant for this student, its value or None, and the one of the equal period before."""

    metric: Metric
    kept: Stored | None
    before: Stored | None
    currency: str

    @property
    def value(self) -> str:
        """The value as it is read, or "" where it was not measured."""
        return "" if self.kept is None else shown(self.metric, self.kept, self.currency)

    @property
    def before_value(self) -> str:
        """The value before, or "" where there is none that can be set beside it."""
        return "" if self.before is None else shown(self.metric, self.before, self.currency)

    @property
    def change(self) -> str:
        """How it moved, or "" where there is nothing to compare."""
        if self.kept is None or self.before is None:
            return ""
        return change(self.metric, self.kept, self.before, self.currency)

    @property
    def light(self) -> Light | None:
        """Its traffic light, or None where nothing can be said."""
        return light(self.metric, self.kept, self.before, self.currency)


def number(metric: Metric, kept: Stored, currency: str | None) -> float:
    """A figure as a number for a chart, money in its main unit."""
    return float(amount_of(metric, kept, currency or ""))
