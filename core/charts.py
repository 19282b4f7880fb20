"""Figures that are to be drawn: lines or bars, the range that they are seen against, and what happened meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart: a value, or None where nothing was measured, for each label."""

    name: str
    points: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A range that the figures of a chart are seen against, such as what others reach; None where it is open. `label` says what
    it is, in a few words."""

    low: float | None
    high: float | None
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened at a label of a chart, such as an asset that went live there. `dated`: the words say when."""

    at: str
    words: str
    dated: bool = False

    @property
    def said(self) -> str:
        """When, and what, as it stands beside the chart."""
        return self.words if self.dated or not self.words else f"{self.at}: {self.words}"


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures to be drawn; every series has the same labels. A currency's code is the `unit` of money, in its main unit."""

    kind: Literal["line", "bar"]
    title: str
    unit: str
    series: tuple[Series, ...]
    band: Band | None = None
    marks: tuple[Mark, ...] = ()
