"""The axis of a chart's figures: from where to where it goes, and which figures stand at it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.charted import known
from core.ui import Band, Chart

STEPS = 4
"""Spaces between the figures at an axis, more or less."""
FAR = 2.5
"""A range that begins so many times further out than the figures reach is told in words only: drawn, it would press them flat."""


@dataclass(frozen=True, slots=True)
class Scale:
    """`ticks` are the figures at the axis, which goes from `low` to `high`. `band`: the range, where it can be seen there."""

    low: float
    high: float
    ticks: Sequence[float]
    band: Band | None


def scale(chart: Chart) -> Scale:
    """From nought where nothing is negative, so that a small change looks small; with room above for the latest value."""
    values = [value for series in chart.series for _, value in known(series)]
    if not values:
        return Scale(0.0, 1.0, (), None)
    band = chart.band if chart.band and not _far(chart.band, values) else None
    edges = [edge for edge in (band.low, band.high) if edge is not None] if band else []
    low, high = min(0.0, *values, *edges), max(0.0, *values, *edges)
    if low == high:
        high = 1.0
    whole = all(value == round(value) for value in values) and chart.unit not in ("%", "×")
    step = _step((high / STEPS) - (low / STEPS), whole=whole)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = [number * step for number in range(first, last + 1)]
    above = 0.22 if chart.marks else 0.14  # of the latest value, and clear of the flags
    room = (high - low) * (above if high <= max(values) * 1.15 else 0.04)
    below = (high - low) * (0.08 if chart.kind == "line" else 0.14) if low < 0 else 0.0
    top = max(high + room, ticks[-1] if ticks[-1] <= high + room + step / 3 else high + room)
    return Scale(low - below, top, [each for each in ticks if low - below <= each <= top], band)


def _step(rough: float, *, whole: bool) -> float:
    """A round step of about this size: 1, 2, 2.5 or 5 times a power of ten; for things that are counted, no part of one."""
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((each * power for each in (1.0, 2.0, 2.5, 5.0) if rough <= each * power * 1.1), 10.0 * power)
    if whole:
        step = max(1.0, step if step == round(step) else 2.0 * power if power >= 1 else 1.0)
    return step


def _far(band: Band, values: Sequence[float]) -> bool:
    most = max(map(abs, values)) or 1.0
    begins = band.low if band.low is not None else band.high
    return begins is not None and abs(begins) > most * FAR
