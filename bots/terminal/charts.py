"""Charts in block characters, with the figures they stand for beside them; in plain ASCII where a terminal has nothing else."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from core import charted
from core.charted import NOTHING
from core.ui import Band, Chart, Series

HIGH = 8
"""Rows of a line chart."""
COLUMN_AT_MOST = 4
"""Signs that one point takes."""
SPARK_AT_MOST = 52
"""Signs of a row of blocks: a year of weeks."""

Values = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Signs:
    """What a chart is drawn with. `levels` are columns from empty to full, `across` the same for bars."""

    levels: str
    across: str
    band: str
    below: str
    axis: str
    none: str
    more: str
    spark: str


BLOCKS = Signs(" ▁▂▃▄▅▆▇█", " ▏▎▍▌▋▊▉█", "░", "▒", "┤", "–", "…", charted.BLOCKS)
ASCII = Signs(" _##", " #", ".", "-", "|", "-", "~", charted.ASCII_BLOCKS)


def draw(chart: Chart, width: int, *, ascii_only: bool = False) -> list[str]:
    """The chart's figures in lines, each at most `width` cells wide where the labels allow it."""
    signs, lines = ASCII if ascii_only else BLOCKS, []
    for series in chart.series:
        if len(chart.series) > 1:
            lines.append(_cut(series.name, width, signs))
        if not charted.known(series):
            lines.append(NOTHING)
        elif chart.kind == "bar":
            lines += _bars(series, chart, width, signs)
        else:
            lines += _columns(series, chart, width, signs)
    return lines


def legend(chart: Chart, *, ascii_only: bool = False) -> list[str]:
    """What the range and the numbers below the columns mean, in sentences that may be wrapped."""
    beside = charted.beside(chart)
    shaded = f"{(ASCII if ascii_only else BLOCKS).band} " if _seen(chart) else ""
    lines = [f"{shaded}{beside}."] if beside else []
    lines += [f"{number} {mark.said}" for number, mark in charted.numbered(chart)]
    return [_ascii(each, chart.unit) if ascii_only else each for each in lines]


def spark(chart: Chart, width: int, names: int, *, ascii_only: bool = False) -> str:
    """A chart of one line in one line: its title in `names` cells, its course, and its first and latest value."""
    signs = ASCII if ascii_only else BLOCKS
    points = charted.known(chart.series[0])
    title = set_cell_size(_cut(chart.title, names, signs), names)
    if not points:
        return f"{title} {NOTHING}"
    first, latest = (figure(value, chart.unit, ascii_only=ascii_only) for value in (points[0][1], points[-1][1]))
    ends = f"{first} to {latest}" if len(points) > 1 else latest
    room = max(4, min(SPARK_AT_MOST, width - names - len(ends) - 2))
    values = [value for _, value in chart.series[0].points]
    each = math.ceil(len(values) / room)
    return f"{title} {charted.sparkline(_gathered(values, each), signs.spark)} {ends}"


def figure(value: float, unit: str, *, ascii_only: bool = False) -> str:
    """A value as people read it."""
    words = charted.said(value, unit)
    return _ascii(words, unit) if ascii_only else words


def _bars(series: Series, chart: Chart, width: int, signs: Signs) -> list[str]:
    """A line for each label, from zero to the right; what is below zero in another sign."""
    ascii_only = signs is ASCII
    told = [figure(value, chart.unit, ascii_only=ascii_only) if value is not None else signs.none for _, value in series.points]
    names = min(max(cell_len(label) for label, _ in series.points), max(8, width // 3))
    right = max(map(len, told))
    room = max(4, width - names - right - 2)
    most = max((abs(value) for _, value in charted.known(series)), default=0) or 1
    return [
        f"{set_cell_size(_cut(label, names, signs), names)} {_across((value or 0) / most, room, signs)} {shown.rjust(right)}"
        for (label, value), shown in zip(series.points, told, strict=True)
    ]


def _across(share: float, room: int, signs: Signs) -> str:
    parts = len(signs.across) - 1
    whole, part = divmod(round(abs(share) * room * parts) if math.isfinite(share) else 0, parts)
    if share < 0:
        return (signs.below * max(1, whole)).ljust(room)
    return (signs.across[parts] * whole + (signs.across[part] if part else "")).ljust(room)


def _columns(series: Series, chart: Chart, width: int, signs: Signs) -> list[str]:
    """Columns from nought, or from the lowest value where that is below it, with the range behind them.

    The highest and the lowest figure stand at the axis, the first and the last label below it, and over these the marks.
    """
    ascii_only = signs is ASCII
    low, high = _span(series, chart)
    band = chart.band if _seen(chart) else None
    ends = [figure(each, chart.unit, ascii_only=ascii_only) for each in (low, high)]
    axis = max(map(len, ends))
    room = max(4, width - axis - 2)
    together = math.ceil(len(series.points) / room)
    values = _gathered([value for _, value in series.points], together)
    each = max(1, min(COLUMN_AT_MOST, room // len(values)))
    lines = []
    for row in range(HIGH - 1, -1, -1):
        mark = ends[1] if row == HIGH - 1 else ends[0] if row == 0 else ""
        drawn = "".join(_sign(value, low, high, row, each, band, signs) for value in values)
        lines.append(f"{mark.rjust(axis)} {signs.axis}{drawn.rstrip()}")
    numbers = _numbers(chart, [label for label, _ in series.points], together, each)
    lines += [f"{' ' * (axis + 2)}{line}" for line in numbers]
    lines += _ends(series.points[0][0], series.points[-1][0], axis + 2, len(values) * each, width)
    if together > 1:
        lines.append(f"{' ' * (axis + 2)}each column: the mean of {together}")
    return lines


def _span(series: Series, chart: Chart) -> tuple[float, float]:
    """The lowest and the highest figure at the axis; the range's end, where that is not far above the values."""
    values = [value for _, value in charted.known(series)]
    low, high = min(0.0, *values), max(0.0, *values)
    above = chart.band.high if chart.band and chart.band.high is not None else high
    high = max(high, above) if above <= 2 * high else high
    return low, high if high / 2 > low / 2 else low + 1


def _seen(chart: Chart) -> bool:
    """Whether a piece of the range is seen behind the columns of a series."""
    band = chart.band
    if band is None or chart.kind == "bar" or not charted.reach(band, ""):
        return False
    spans = [_span(series, chart) for series in chart.series if charted.known(series)]
    floor, ceiling = _reach(band)
    return any(floor < high and ceiling > low for low, high in spans)


def _reach(band: Band) -> tuple[float, float]:
    return -math.inf if band.low is None else band.low, math.inf if band.high is None else band.high


def _sign(value: float | None, low: float, high: float, row: int, each: int, band: Band | None, signs: Signs) -> str:
    parts = len(signs.levels) - 1
    middle = low + (high / HIGH - low / HIGH) * (row + 0.5)
    behind = (
        signs.band
        if band and (-math.inf if band.low is None else band.low) <= middle <= (math.inf if band.high is None else band.high)
        else " "
    )
    if value is None or not math.isfinite(value):
        return behind * each
    share = (value / 2 - low / 2) / (high / 2 - low / 2)
    # The lowest value still shows: a sign of its own, so that it is told from a gap.
    filled = max(1, round(share * HIGH * parts)) - row * parts
    sign = signs.levels[max(0, min(parts, filled))] if filled > 0 else behind
    return sign * (each - 1) + behind if each > 2 else sign * each


def _gathered(values: Values, each: int) -> Values:
    """The means of so many values at a time; of those that were measured."""
    found: list[float | None] = []
    for at in range(0, len(values), each):
        measured = [value for value in values[at : at + each] if value is not None and math.isfinite(value)]
        found.append(sum(value / len(measured) for value in measured) if measured else None)
    return found


def _numbers(chart: Chart, labels: Sequence[str], together: int, each: int) -> list[str]:
    """The marks' numbers under their columns; one that would touch another stands in the next line."""
    places = {label: at // together * each for at, label in enumerate(labels)}
    lines: list[str] = []
    for number, mark in charted.numbered(chart):
        if mark.at not in places:
            continue
        at = places[mark.at]
        row = next((row for row, line in enumerate(lines) if len(line) < at or not line), len(lines))
        if row == len(lines):
            lines.append("")
        lines[row] = lines[row].ljust(at) + str(number)
    return lines


def _ends(first: str, last: str, left: int, drawn: int, width: int) -> list[str]:
    span = min(width - left, max(drawn, cell_len(first) + cell_len(last) + 2))
    gap = span - cell_len(first) - cell_len(last)
    if first == last:
        return [f"{' ' * left}{first}"]
    return [f"{' ' * left}{first}{' ' * gap}{last}"] if gap >= 1 else [f"{' ' * left}{first}", f"{' ' * left}to {last}"]


def _cut(text: str, length: int, signs: Signs) -> str:
    text = " ".join(text.split())
    return text if cell_len(text) <= length else f"{set_cell_size(text, length - 1).rstrip()}{signs.more}"


def _ascii(words: str, unit: str) -> str:
    """The words with the signs of ours that ASCII has not spelt in letters: `GBP 12`, `-3`, `2x`."""
    sign = charted.said(0, unit).partition("0")[0]
    plain = words.replace(sign, f"{unit} ") if sign and not sign.isascii() else words
    return plain.replace(charted.MINUS, "-").replace("×", "x")
