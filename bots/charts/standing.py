"""Lines and standing bars: figures over labels that go from left to right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bots.charts.fonts import drawable, families
from bots.charts.scale import Scale
from bots.charts.sheet import EDGE, LATEST, SIZE, WIDE, Sheet
from core.charted import said, scaled
from core.ui import Chart, Series

if TYPE_CHECKING:
    from matplotlib.axes import Axes

GAP = 0.16
"""Inches between two labels at least."""
LABELS_AT_MOST = 6
LABEL_AT_MOST = 1.5
"""Inches of one label."""
POINTS_WITH_DISCS, DISCS_OF_SEVERAL = 31, 8
"""Up to how many points of a line each has its disc; and how many each of several lines has, so that they do not run together."""
BARS_WITH_FIGURES = 8
RIGHT = WIDE - EDGE - 0.06


@dataclass(frozen=True, slots=True)
class Room:
    """Where the figures are drawn: inches from the sheet's top left corner, for so many labels."""

    left: float
    top: float
    bottom: float
    count: int

    @property
    def pad(self) -> float:
        """What is left free beside the first and the last label, in steps from one label to the next."""
        return 0.5 if self.count == 1 else 0.02 * (self.count - 1) + 0.02

    def across(self, at: float) -> float:
        """Where a label stands."""
        return self.left + (at + self.pad) / (self.count - 1 + 2 * self.pad) * (RIGHT - self.left)


@dataclass(frozen=True, slots=True)
class Wide(Room):
    """The same for bars, which have a breadth."""

    @property
    def pad(self) -> float:
        """Half a bar and some more."""
        return 0.6


def room_of(sheet: Sheet, chart: Chart, here: Scale, top: float, bottom: float) -> Room:
    """The place that is left beside the figures at the axis."""
    wide = max((sheet.width(scaled(tick, chart.unit)) for tick in here.ticks), default=0.0)
    kind = Room if chart.kind == "line" else Wide
    return kind(EDGE + wide + 0.1 if wide else EDGE, top, bottom, max(1, len(chart.series[0].points) if chart.series else 1))


def draw(sheet: Sheet, chart: Chart, here: Scale, room: Room) -> None:
    """The figures between their axes."""
    axes = sheet.axes(room.left, room.top, RIGHT, room.bottom)
    axes.set_xlim(-room.pad, room.count - 1 + room.pad)
    axes.set_ylim(here.low, here.high)
    axes.set_xticks([])
    axes.set_yticks([])
    _behind(sheet, axes, here)
    if not here.ticks:
        words = axes.text(0.5, 0.5, "Nothing measured yet", transform=axes.transAxes, ha="center", color=sheet.look.faint)
        words.set_fontsize(LATEST)
    elif chart.kind == "line":
        _lines(sheet, axes, chart)
    else:
        _bars(sheet, axes, chart, room)
    _at_the_side(sheet, chart, here, room)
    _below(sheet, [label for label, _ in chart.series[0].points] if chart.series else [], room)


def _behind(sheet: Sheet, axes: Axes, here: Scale) -> None:
    """Fine rules, the ground, and the range: hatched and outlined, so that it is seen without its colour."""
    look = sheet.look
    for tick in here.ticks:
        axes.axhline(tick, color=look.rule, linewidth=0.8, zorder=0.6)
    if here.low < 0:
        axes.axhline(0, color=look.axis, linewidth=1.0, zorder=1.2)
        axes.spines["bottom"].set_visible(False)
    if here.band:
        low = here.low if here.band.low is None else here.band.low
        high = here.high if here.band.high is None else here.band.high
        axes.axhspan(low, high, facecolor=look.band, edgecolor=look.edge, hatch="///", linewidth=0, alpha=0.9, zorder=0.7)
        for edge in (here.band.low, here.band.high):
            if edge is not None:
                axes.axhline(edge, color=look.edge, linewidth=1.1, linestyle=(0, (4, 2)), zorder=0.8)


def _lines(sheet: Sheet, axes: Axes, chart: Chart) -> None:
    for at, series in enumerate(chart.series):
        voice, values = sheet.look.voices[at % len(sheet.look.voices)], values_of(series)
        axes.plot(range(len(values)), values, color=voice.colour, linestyle=voice.line, linewidth=2.2, zorder=3)
        step = 1 if len(values) <= POINTS_WITH_DISCS else len(values)
        if len(chart.series) > 1:
            step = max(1, math.ceil(len(values) / DISCS_OF_SEVERAL))
        known = [place for place, value in enumerate(values) if not math.isnan(value)]
        shown = [place for place in known if (place % step == 0 and step < len(values)) or _ends(values, place)]
        discs = axes.plot(shown, [values[place] for place in shown], voice.mark, color=voice.colour, markersize=5.5, zorder=4)
        discs[0].set(markeredgecolor=sheet.look.paper, markeredgewidth=0.9, clip_on=False)
        if len(chart.series) == 1:
            _latest(sheet, axes, values, chart.unit)


def _latest(sheet: Sheet, axes: Axes, values: Sequence[float], unit: str) -> None:
    """The latest value, written over its point and clear of those before it."""
    places = [at for at, value in enumerate(values) if not math.isnan(value)]
    if not places:
        return
    words, at = said(values[places[-1]], unit), places[-1]
    right = at > len(values) * 0.6
    covered = sheet.width(words, LATEST, bold=True) / (RIGHT - EDGE) * max(1, len(values)) * (1 if right else 0.5)
    near = max(values[each] for each in places if each >= at - covered)
    written = axes.annotate(
        words, (at, near), (4 if right else 0, 8), textcoords="offset points", ha="right" if right else "center"
    )
    written.set(color=sheet.look.voices[0].colour, fontsize=LATEST, fontweight="bold", parse_math=False, zorder=5)
    written.set_fontfamily(list(families(words)))
    from matplotlib.patheffects import withStroke  # noqa: PLC0415 - in the drawing process alone

    written.set_path_effects([withStroke(linewidth=3, foreground=sheet.look.paper)])


def _bars(sheet: Sheet, axes: Axes, chart: Chart, room: Room) -> None:
    width = 0.74 / len(chart.series)
    for at, series in enumerate(chart.series):
        voice, values = sheet.look.voices[at % len(sheet.look.voices)], values_of(series)
        places = [place + (at - (len(chart.series) - 1) / 2) * width for place in range(len(values))]
        drawn = axes.bar(places, values, width, color=voice.colour, hatch=voice.hatch, edgecolor=sheet.look.paper, linewidth=0.5)
        if room.count * len(chart.series) <= BARS_WITH_FIGURES:
            words = ["" if math.isnan(value) else said(value, chart.unit) for value in values]
            axes.bar_label(drawn, words, padding=3, fontsize=SIZE, color=sheet.look.ink)


def _at_the_side(sheet: Sheet, chart: Chart, here: Scale, room: Room) -> None:
    for tick in here.ticks:
        words = scaled(tick, chart.unit)
        down = room.bottom - (tick - here.low) / (here.high - here.low) * (room.bottom - room.top)
        sheet.write(room.left - 0.08 - sheet.width(words), down, words, faint=True)


def _below(sheet: Sheet, labels: Sequence[str], room: Room) -> None:
    """As many labels as there is room for, at even steps, the last among them; none stands out over the edge."""
    fitted = [sheet.fitted(label, LABEL_AT_MOST) or str(at + 1) for at, label in _longest(labels)]
    wide = max((sheet.width(each) for each in fitted), default=0.0)
    if not labels:
        return
    step, between = 1, (RIGHT - room.left) / (room.count - 1 + 2 * room.pad)
    moved = max(0.0, room.across(room.count - 1) + wide / 2 - (WIDE - EDGE / 2))
    while step < room.count and (step * between < wide + GAP + moved or step * LABELS_AT_MOST < room.count - 1):
        step += 1
    for at in range(len(labels) - 1, -1, -step):
        words = sheet.fitted(labels[at], LABEL_AT_MOST) or str(at + 1)
        own = sheet.width(words)
        across = min(max(EDGE / 2, room.across(at) - own / 2), WIDE - EDGE / 2 - own)
        sheet.write(across, room.bottom + 0.15, words, faint=True)


def values_of(series: Series) -> Sequence[float]:
    """Its values; not a number where nothing was measured, which leaves a gap."""
    return [math.nan if value is None or not math.isfinite(value) else float(value) for _, value in series.points]


def _longest(labels: Sequence[str]) -> Sequence[tuple[int, str]]:
    """The few labels that may be the widest."""
    return sorted(enumerate(map(drawable, labels)), key=lambda each: -len(each[1]))[:4]


def _ends(values: Sequence[float], at: int) -> bool:
    """Whether it is the last one, or stands by itself and would not be seen as a piece of line."""
    beside = [values[each] for each in (at - 1, at + 1) if 0 <= each < len(values)]
    return all(map(math.isnan, beside)) or all(map(math.isnan, values[at + 1 :]))
