"""Bars that lie under each other, each beside its label, so that long labels can be read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bots.charts.scale import Scale
from bots.charts.sheet import EDGE, SIZE, WIDE, Sheet
from bots.charts.standing import values_of
from core.charted import known, said
from core.ui import Chart

BAR, LINE, BETWEEN = 0.2, 0.16, 0.12
"""Inches that a bar takes, and a line of a label, and that are left free between the bars of two labels."""
LABELS = 0.42
"""The share of the sheet that labels take at most."""
LONG, FEW, MANY = 14, 12, 40
"""Characters from which a label needs a line of its own; labels up to which one series lies in any case; bars beyond
which none lie."""


def lies(chart: Chart) -> bool:
    """Whether the bars lie: where there are few of them, or where their labels are long."""
    labels = [label for label, _ in chart.series[0].points] if chart.series else []
    if chart.kind != "bar" or not any(map(known, chart.series)) or len(labels) * len(chart.series) > MANY:
        return False
    return max(map(len, labels)) > LONG or (len(chart.series) == 1 and len(labels) <= FEW)


@dataclass(frozen=True, slots=True)
class Rows:
    """The labels in the lines that they take, and the inches from one label to the next."""

    labels: Sequence[Sequence[str]]
    each: float

    @property
    def tall(self) -> float:
        """How high they are together, in inches."""
        return len(self.labels) * self.each


def rows_of(sheet: Sheet, chart: Chart) -> Rows:
    """A row for each label, high enough for its bars and its words: long ones that begin alike differ in their second line."""
    labels = [label for label, _ in chart.series[0].points]
    lines = [
        sheet.wrapped(label, WIDE * LABELS, SIZE, bold=False, at_most=2) or [f"No. {at}"]
        for at, label in enumerate(labels, start=1)
    ]
    return Rows(lines, max(BAR * len(chart.series), LINE * max(map(len, lines))) + BETWEEN)


def draw(sheet: Sheet, chart: Chart, here: Scale, rows: Rows, top: float) -> Sequence[float]:
    """Draw them from this height down; returns the height of each label's middle."""
    from matplotlib.patheffects import withStroke  # noqa: PLC0415 - in the drawing process alone

    labels = rows.labels
    left = EDGE + max(sheet.width(line) for lines in labels for line in lines) + 0.12
    figures = [[_said(value, chart.unit) for value in values_of(series)] for series in chart.series]
    after = max(sheet.width(each) for told in figures for each in told) + 0.12
    before = after if here.low < 0 else 0.0
    drawn = WIDE - EDGE - after - left - before
    span = max(here.high if here.high <= 0 else _most(chart, here), 0.0) - min(here.low, 0.0)
    low, high = min(here.low, 0.0) - span * before / drawn, max(_most(chart, here), 0.0) + span * after / drawn
    axes = sheet.axes(left, top, WIDE - EDGE, top + rows.tall)
    axes.set_xlim(low, high)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    if here.band:
        edges = (low if here.band.low is None else here.band.low, high if here.band.high is None else here.band.high)
        axes.axvspan(*edges, facecolor=sheet.look.band, edgecolor=sheet.look.edge, hatch="///", linewidth=1.0, zorder=0.7)
    axes.axvline(0, color=sheet.look.axis, linewidth=1.0, zorder=1.2)
    thick = (rows.each - BETWEEN) / len(chart.series) / rows.each if len(chart.series) > 1 else BAR / rows.each
    for at, series in enumerate(chart.series):
        voice = sheet.look.voices[at % len(sheet.look.voices)]
        places = [place + (at - (len(chart.series) - 1) / 2) * thick for place in range(len(labels))]
        bars = axes.barh(places, values_of(series), thick, color=voice.colour, hatch=voice.hatch, edgecolor=sheet.look.paper)
        for each in axes.bar_label(bars, figures[at], padding=4, fontsize=SIZE, color=sheet.look.ink):
            each.set_path_effects([withStroke(linewidth=3, foreground=sheet.look.paper)])
    middles = [top + (at + 0.5) * rows.each for at in range(len(labels))]
    for lines, down in zip(labels, middles, strict=True):
        for at, words in enumerate(lines):
            sheet.write(left - 0.1 - sheet.width(words), down + (at - (len(lines) - 1) / 2) * LINE, words)
    return middles


def _said(value: float, unit: str) -> str:
    return "" if math.isnan(value) else said(value, unit)


def _most(chart: Chart, here: Scale) -> float:
    """Where the longest bar, or the range, ends."""
    values = [value for series in chart.series for value in values_of(series) if not math.isnan(value)]
    edges = [edge for edge in (here.band.low, here.band.high) if edge is not None] if here.band else []
    return max([0.0, *values, *edges]) or (0.0 if here.low < 0 else 1.0)
