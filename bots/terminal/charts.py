"""Charts in block characters, with the figures they stand for beside them."""

from __future__ import annotations

from core.ui import Chart, Series

EIGHTHS = " ▁▂▃▄▅▆▇█"
ACROSS = " ▏▎▍▌▋▊▉█"
HIGH = 6
"""Rows of a line chart."""

Points = tuple[tuple[str, float | None], ...]


def draw(chart: Chart, width: int) -> list[str]:
    """The chart's lines, each at most `width` signs wide where the labels allow it."""
    lines = []
    for series in chart.series:
        if len(chart.series) > 1:
            lines.append(series.name)
        known = [value for _, value in series.points if value is not None]
        if not known:
            lines.append("nothing measured yet")
        elif chart.kind == "bar":
            lines += _bars(series, chart.unit, width)
        else:
            lines += _columns(series, chart.unit, width)
    return lines


def figure(value: float, unit: str) -> str:
    """A value as people read it: thousands set apart, at most two places, its unit behind it."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if value != int(value) else f"{value:,.0f}"
    return f"{text}{unit}" if unit in ("%", "×") else f"{text} {unit}".strip()


def _bars(series: Series, unit: str, width: int) -> list[str]:
    """A line for each label, from zero to the right."""
    figures = [figure(value, unit) if value is not None else "–" for _, value in series.points]
    names = max(len(label) for label, _ in series.points)
    names = min(names, max(8, width // 3))
    right = max(map(len, figures))
    room = max(4, width - names - right - 2)
    most = max((abs(value) for _, value in series.points if value is not None), default=0) or 1
    return [
        f"{_cut(label, names).ljust(names)} {_across(abs(value or 0) / most, room)} {shown.rjust(right)}"
        for (label, value), shown in zip(series.points, figures, strict=True)
    ]


def _across(share: float, room: int) -> str:
    eighths = round(share * room * 8)
    whole, part = divmod(eighths, 8)
    return (ACROSS[8] * whole + (ACROSS[part] if part else "")).ljust(room)


def _columns(series: Series, unit: str, width: int) -> list[str]:
    """Columns between the lowest and the highest value, which stand at the axis; first and last label below."""
    known = [value for _, value in series.points if value is not None]
    low, high = min(known), max(known)
    axis = max(len(figure(low, unit)), len(figure(high, unit)))
    room = max(4, width - axis - 2)
    points = series.points[-room:]
    each = max(1, min(3, room // len(points)))
    lines = []
    for row in range(HIGH - 1, -1, -1):
        mark = figure(high, unit) if row == HIGH - 1 else figure(low, unit) if row == 0 else ""
        signs = "".join(_sign(value, low, high, row, each) for _, value in points)
        lines.append(f"{mark.rjust(axis)} ┤{signs.rstrip()}")
    lines += _labels(points, axis + 2, each, width)
    if len(points) < len(series.points):
        lines.append(f"{' ' * (axis + 2)}the last {len(points)} of {len(series.points)}")
    return lines


def _sign(value: float | None, low: float, high: float, row: int, each: int) -> str:
    if value is None:
        return " " * each
    share = (value - low) / (high - low) if high > low else 0.5
    # The lowest value still shows: a sign of its own, so that it is told from a gap.
    eighths = max(1, round(share * HIGH * 8)) - row * 8
    sign = EIGHTHS[max(0, min(8, eighths))]
    return sign * (each - 1) + " " if each > 2 else sign * each


def _labels(points: Points, left: int, each: int, width: int) -> list[str]:
    first, last = points[0][0], points[-1][0]
    span = min(width - left, max(len(points) * each, len(first) + len(last) + 2))
    gap = span - len(first) - len(last)
    if len(points) == 1 or gap < 1:
        return [f"{' ' * left}{first}"] if len(points) == 1 else [f"{' ' * left}{first}", f"{' ' * left}to {last}"]
    return [f"{' ' * left}{first}{' ' * gap}{last}"]


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
