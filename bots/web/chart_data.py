"""A chart on a page: what its script draws, what stands below it in words, and its figures as a table for whoever reads those."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest

import orjson
from markupsafe import Markup

from bots.web.tags import joined, tag, tagged
from core import charted
from core.ui import Chart, Table

NOT_MEASURED = "not measured"
TABLE = "The figures as a table"


def packed(chart: Chart) -> str:
    """What `static/charts.js` draws, as JSON; labels, and values as they are read, it takes from the table, so that a page with
    three years of weeks stays small.

    `before` and `after` stand around a figure at the axis. A mark's `at` is the place of its label, or null.
    """
    labels = _labels(chart)
    places = {label: at for at, label in enumerate(labels)}
    zero = charted.scaled(0, chart.unit)
    before, _, after = zero.partition("0")
    return orjson.dumps(
        {
            "kind": chart.kind,
            "before": before,
            "after": after,
            "series": [{"name": each.name, "values": [value for _, value in each.points]} for each in chart.series],
            "band": chart.band and {"low": chart.band.low, "high": chart.band.high, "label": chart.band.label},
            "marks": [{"number": n, "at": places.get(each.at), "words": each.words} for n, each in charted.numbered(chart)],
        }
    ).decode()


def table(chart: Chart) -> Table:
    """The values as they are read, and what happened when."""
    labels = _labels(chart)
    values = [[_said(value, chart.unit) for _, value in series.points] for series in chart.series]
    heads = ["When" if chart.kind == "line" else "What", *(series.name for series in chart.series)]
    numeric = frozenset(range(1, len(heads)))
    if chart.marks:
        heads.append("Marked")
        values.append([", ".join(each.words for each in chart.marks if each.at == label) for label in labels])
    rows = tuple(zip_longest(labels, *values, fillvalue=""))
    return Table(tuple(heads), rows, charted.beside(chart) or chart.title, numeric)


def figure(chart: Chart, drawn: Callable[[Table], Markup]) -> Markup:
    """The chart with all that belongs to it; `drawn` draws its table. Without scripts the words and the table are there."""
    plot = tagged("div", (), {"class": "plot", "data-chart": packed(chart), "role": "img", "aria-label": charted.alt(chart)})
    parts = [tag("figcaption", charted.heading(chart))]
    if len(chart.series) > 1:
        names = (
            tag("li", _swatch(at, "line" if chart.kind == "line" else "box"), each.name)
            for at, each in enumerate(chart.series, start=1)
        )
        parts.append(tag("ul", *names, class_="chart-names"))
    parts.append(plot)
    beside, places = charted.beside(chart), {label: at for at, label in enumerate(_labels(chart))}
    notes = [tag("li", tag("span", "", class_="chart-band", aria_hidden="true"), f"{beside}.")] if beside else []
    notes += [
        tag("li", tag("span", str(number), class_="chart-flag"), mark.said, data_at=places.get(mark.at))
        for number, mark in charted.numbered(chart)
    ]
    if notes:
        parts.append(tag("ul", *notes, class_="chart-notes"))
    parts.append(tag("details", tag("summary", TABLE), drawn(table(chart)), class_="figures"))
    return tag("figure", joined(parts), class_="chart")


def _labels(chart: Chart) -> list[str]:
    return [label for label, _ in chart.series[0].points] if chart.series else []


def _said(value: float | None, unit: str) -> str:
    return NOT_MEASURED if value is None else charted.said(value, unit)


def _swatch(number: int, shape: str) -> Markup:
    return tag("span", "", class_=f"chart-{shape} voice-{(number - 1) % 6 + 1}", aria_hidden="true")
