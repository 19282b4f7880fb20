"""A chart in words and signs: its figures as they are read, what it shows for those who cannot see it, and a row of blocks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from core.kpis import money
from core.ui import Band, Chart, Mark, Series

ALT_AT_MOST = 1_000
"""Characters. Discord takes 1,024 for a picture, Slack 2,000: one text for both.
https://docs.discord.com/developers/components/reference#media-gallery"""
TOLD_AT_MOST = 12
"""Bars that are told one by one."""
BLOCKS = "▁▂▃▄▅▆▇█"
ASCII_BLOCKS = "_.-=*#"
"""For terminals that know no others."""
MINUS = "−"
BEYOND = 1e15
"""From here on a number is no figure of a business, and is told by its size alone."""
SCALES = ((1e9, 1e9, "bn"), (1e6, 1e6, "M"), (1e4, 1e3, "k"))
"""From which value on, what it is divided by, and the letter for that."""
CENT = 0.01
"""Money below this is told with more digits: what is something is not to read as nothing."""
STUCK = ("%", "×")
"""Units that stand right behind the number."""
NOTHING = "nothing measured yet"

Known = Sequence[tuple[str, float]]


def said(value: float, unit: str) -> str:
    """A value as it is read: `1,204`, `2.1%`, `£12.50`, `CHF 3,000`, `3.2×`, `4 days`."""
    minus = MINUS if _number(abs(value)) != "0" and value < 0 else ""
    if unit in money.CODES:
        return minus + _money(abs(value), unit)
    return minus + _number(abs(value)) + (unit if unit in STUCK else f" {unit}" if unit else "")


def scaled(value: float, unit: str) -> str:
    """A value at an axis, where there is little room: `12k`, `£1.5M`, `20%`. A unit that is a word is left to the title."""
    size, letter = next(((size, letter) for least, size, letter in SCALES if abs(value) >= least), (1.0, ""))
    number = _number(abs(value) / size) + letter
    sign = _sign(unit)
    return f"{MINUS if value < 0 and number != '0' else ''}{sign}{number}{unit if unit in STUCK else ''}"


def heading(chart: Chart) -> str:
    """The title, with the unit where the figures do not carry it themselves."""
    title = _flat(chart.title)
    return f"{title} ({chart.unit})" if chart.unit and chart.unit not in STUCK and chart.unit not in money.CODES else title


def reach(band: Band, unit: str) -> str:
    """A range as it is read: `2% to 4%`, `2% or more`, `4% or less`; nothing where it is open on both sides."""
    match band.low, band.high:
        case None, None:
            return ""
        case float() | int() as low, None:
            return f"{said(low, unit)} or more"
        case None, float() | int() as high:
            return f"{said(high, unit)} or less"
        case low, high:
            assert low is not None
            assert high is not None
            return f"{said(low, unit)} to {said(high, unit)}"


def known(series: Series) -> list[tuple[str, float]]:
    """What was measured, in order."""
    return [(label, value) for label, value in series.points if value is not None and math.isfinite(value)]


def range_name(band: Band) -> str:
    """What a range is, as a sentence begins."""
    label = _flat(band.label)
    return label[:1].upper() + label[1:]


def beside(chart: Chart) -> str:
    """The range in words, and how the latest value stands to it where the chart has one line; nothing where it has no range."""
    band = chart.band
    if band is None or not (said_reach := reach(band, chart.unit)):
        return ""
    words = f"{range_name(band)}: {said_reach}"
    points = known(chart.series[0]) if len(chart.series) == 1 and chart.kind == "line" else []
    if not points:
        return words
    latest = points[-1][1]
    low, high = (-math.inf if band.low is None else band.low), (math.inf if band.high is None else band.high)
    stands = "below this" if latest < low else "above this" if latest > high else "within this"
    return f"{words}. The latest, {said(latest, chart.unit)}, is {stands}"


def numbered(chart: Chart) -> list[tuple[int, Mark]]:
    """The marks in the order of the chart's labels, numbered as in every picture of it; one at no label comes last."""
    labels = [label for label, _ in chart.series[0].points] if chart.series else []
    places = {label: at for at, label in enumerate(labels)}
    ordered = sorted(chart.marks, key=lambda each: places.get(each.at, len(labels)))
    return [(number, replace(each, words=_flat(each.words))) for number, each in enumerate(ordered, start=1)]


def alt(chart: Chart, at_most: int = ALT_AT_MOST) -> str:
    """What the chart shows: each series from its first to its last value with its lowest and highest, the range, and the marks.

    Where that is too long, the earliest marks are counted only, and then the end is cut.
    """
    told = [heading(chart), *(_series(each, chart) for each in chart.series), beside(chart)]
    marks = [f"{number} {each.words}" + ("" if each.dated else f" ({each.at})") for number, each in numbered(chart)]
    for left_out in range(len(marks) + 1):
        rest = marks[left_out:]
        earlier = [f"{left_out} earlier"] if left_out else []
        words = ". ".join([*filter(None, told), *([f"Marked: {', '.join([*earlier, *rest])}"] if marks else [])])
        if len(words) <= at_most:
            return words
    return f"{words[: at_most - 1]}…"


def sparkline(values: Sequence[float | None], signs: str = BLOCKS) -> str:
    """A sign for each value, from the lowest to the highest; a space where nothing was measured."""
    found = [value for value in values if value is not None and math.isfinite(value)]
    low, high = min(found, default=0.0), max(found, default=0.0)

    def sign(value: float | None) -> str:
        if value is None or not math.isfinite(value):
            return " "
        if high / 2 == low / 2:
            return signs[len(signs) // 2 - 1]
        return signs[
            round((value / 2 - low / 2) / (high / 2 - low / 2) * (len(signs) - 1))
        ]  # halves, since the span may overflow

    return "".join(map(sign, values))


def _series(series: Series, chart: Chart) -> str:
    points, unit, name = known(series), chart.unit, _flat(series.name)
    if not points:
        return f"{name}: {NOTHING}"
    if chart.kind == "bar" and len(points) <= TOLD_AT_MOST:
        return f"{name}: " + ", ".join(f"{label} {said(value, unit)}" for label, value in points)
    lowest, highest = min(points, key=lambda each: each[1]), max(points, key=lambda each: each[1])
    ends = f"lowest {said(lowest[1], unit)} ({lowest[0]}), highest {said(highest[1], unit)} ({highest[0]})"
    if chart.kind == "bar":
        return f"{name}: {len(points)} bars, {ends}"
    (first, begun), (last, latest) = points[0], points[-1]
    if len(points) == 1:
        return f"{name}: {said(begun, unit)} ({first}), the only value so far"
    words = f"{name}: {said(begun, unit)} ({first}) to {said(latest, unit)} ({last})"
    words += f"; {ends}" if len(points) > 2 else ""
    missing = len(series.points) - len(points)
    return words + (f"; {missing} of {len(series.points)} not measured" if missing else "")


def _number(value: float) -> str:
    """A number that is not negative, with at most two places; a small one keeps two digits that say something."""
    if value >= BEYOND:
        return f"{value:.3g}"
    if value >= 1000 or value == round(value):
        return f"{value:,.0f}"
    text = f"{value:,.2f}" if value >= 0.095 else f"{value:.{min(9, 1 - math.floor(math.log10(value)))}f}"
    return text.rstrip("0").rstrip(".") or "0"


def _money(value: float, currency: str) -> str:
    if value >= 1000 or value == round(value):
        return _sign(currency) + _number(round(value) if value < BEYOND else value)
    if value < CENT:
        return _sign(currency) + _number(value)
    return money.written(Decimal(str(value)), currency)


def _sign(unit: str) -> str:
    """What stands before an amount of this currency: `£`, `CHF `."""
    return money.written(Decimal(0), unit).partition("0")[0] if unit in money.CODES else ""


def _flat(words: str) -> str:
    return " ".join(words.split())
