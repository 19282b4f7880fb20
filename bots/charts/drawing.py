"""A chart as a picture: from the title at the top to the marks at the bottom, each with the room that it takes."""

from __future__ import annotations

from collections.abc import Sequence

from bots.charts import lying, notes, standing
from bots.charts.looks import DARK, LIGHT
from bots.charts.scale import scale
from bots.charts.sheet import EDGE, TITLE, WIDE, Sheet
from core.charted import heading
from core.ui import Chart

TALL = 2.7
"""Inches; a picture with many notes is taller, one of bars that lie is as tall as they are."""
FIGURES_AT_LEAST = 1.6
TITLE_LINE, AT_TOP, AT_BOTTOM, BELOW_TITLE, BELOW_LABELS = 0.25, 0.1, 0.12, 0.09, 0.29
FLAG_LINE, FLAGS_APART = 0.2, 0.19
"""Inches that flags take above the figures, and that two of them in one line are apart at least."""


def draw(chart: Chart, *, dark: bool = False) -> bytes:
    """The chart as a PNG, 1,200 dots wide and as tall as its figures need, on a ground of its own."""
    sheet = Sheet(DARK if dark else LIGHT)
    here = scale(chart)
    title = sheet.wrapped(heading(chart), WIDE - 2 * EDGE, TITLE, bold=True, at_most=2)
    names = notes.names(sheet, chart)
    below = notes.rows(sheet, notes.notes(chart, band_drawn=here.band is not None))
    top = AT_TOP + len(title) * TITLE_LINE + BELOW_TITLE + len(names) * notes.LINE
    foot = len(below) * notes.LINE + AT_BOTTOM
    if lying.lies(chart):
        rows = lying.rows_of(sheet, chart)
        high = top + rows.tall + 0.1 + foot
        sheet.stretch(high)
        _flag_rows(sheet, chart, lying.draw(sheet, chart, here, rows, top))
    else:
        flags = _flags(chart, standing.room_of(sheet, chart, here, 0.0, 1.0))
        top += (max((line for _, _, line in flags), default=-1) + 1) * FLAG_LINE
        high = max(TALL, top + FIGURES_AT_LEAST + BELOW_LABELS + foot)
        sheet.stretch(high)
        room = standing.room_of(sheet, chart, here, top, high - foot - BELOW_LABELS)
        heights = {
            across: top - (line + 0.5) * FLAG_LINE - 0.02 for _, across, line in flags
        }  # the last of a place is the highest
        for across, down in heights.items():
            sheet.thread(across, down, room.bottom)
        for number, across, line in flags:
            sheet.flag(across, top - (line + 0.5) * FLAG_LINE - 0.02, number)
        standing.draw(sheet, chart, here, room)
    for at, words in enumerate(title):
        sheet.write(EDGE, AT_TOP + (at + 0.5) * TITLE_LINE, words, size=TITLE, bold=True)
    notes.write_names(sheet, names, AT_TOP + len(title) * TITLE_LINE + 0.03, filled=chart.kind == "bar")
    notes.write(sheet, below, high - foot)
    return sheet.png()


def _flags(chart: Chart, room: standing.Room) -> list[tuple[int, float, int]]:
    """Number, inches across, and line of each flag: one that would cover another stands above it."""
    labels = {label: at for at, (label, _) in enumerate(chart.series[0].points)} if chart.series else {}
    found: list[tuple[int, float, int]] = []
    for number, mark in notes.shown_marks(chart):
        if mark.at not in labels:
            continue
        across, line = room.across(labels[mark.at]), 0
        while any(taken == line and abs(there - across) < FLAGS_APART for _, there, taken in found):
            line += 1
        found.append((number, across, line))
    return found


def _flag_rows(sheet: Sheet, chart: Chart, middles: Sequence[float]) -> None:
    """The flags of bars that lie, at the right edge of their rows."""
    labels = {label: at for at, (label, _) in enumerate(chart.series[0].points)}
    used: dict[int, int] = {}
    for number, mark in notes.shown_marks(chart):
        if mark.at in labels:
            row = labels[mark.at]
            sheet.flag(WIDE - EDGE - 0.05 - used.get(row, 0) * FLAGS_APART, middles[row], number)
            used[row] = used.get(row, 0) + 1
