"""Tables and charts in Slack's own blocks, and whether they fit into them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from bots.slack import limits
from bots.slack.posts import Block
from bots.slack.rich import section, text
from core.ui import Chart, Table

EMPTY = "–"
"""What stands in a cell that is empty: Slack refuses one without words."""
NARROW = 44
"""Characters of equal width that stand beside each other on a phone."""


def table_fits(shown: Table) -> bool:
    """Whether Slack's table can hold it, in one block or in several, one a message."""
    head = sum(map(len, shown.columns))
    widest = max((sum(map(len, row)) for row in shown.rows), default=0)
    return 1 <= len(shown.columns) <= limits.TABLE_COLUMNS and head + widest + len(shown.columns) <= limits.TABLE_CHARACTERS


def tables(shown: Table) -> Iterator[Block]:
    """The table, with its head again over each block that it takes. Numbers stand to the right; words may take several lines."""
    settings = [{"align": "right"} if at in shown.numeric else {"is_wrapped": True} for at, _ in enumerate(shown.columns)]
    head = [_head(each) for each in shown.columns]
    for rows in _fitting(shown):
        body = [[{"type": "raw_text", "text": cell or EMPTY} for cell in row] for row in rows]
        yield {"type": "table", "column_settings": settings, "rows": [head, *body]}


def markdown_table(shown: Table) -> str:
    """The table in Markdown."""
    rule = ["---:" if at in shown.numeric else "---" for at, _ in enumerate(shown.columns)]
    rows = [[_cell(each) for each in shown.columns], rule, *([_cell(each) for each in row] for row in shown.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def records(shown: Table) -> Block:
    """The rows of a table that is too wide for a phone, one under the other: the name in bold, the rest with it."""
    name = next((at for at, _ in enumerate(shown.columns) if at not in shown.numeric), 0)
    elements: list[Block] = []
    for row in shown.rows:
        before = " ".join(row[at] for at in range(name) if row[at])
        after = ", ".join(row[at] for at in range(name + 1, len(row)) if row[at])
        elements += [text(f"{before}  ")] if before else []
        elements += [text(row[name] or EMPTY, "bold"), text(f"  {after}\n" if after else "\n")]
    return section(elements)


def chart_fits(shown: Chart) -> bool:
    """Whether Slack's chart can show it: every value measured, no marks, few enough and short enough names. A range is told in
    words beside it; when something happened is only understood where it is seen.
    """
    labels = [label for label, _ in shown.series[0].points] if shown.series else []
    names = [each.name for each in shown.series]
    words = [*labels, *names]
    return (
        not shown.marks
        and 1 <= len(names) == len(set(names)) <= limits.CHART_SERIES
        and 1 <= len(labels) == len(set(labels)) <= limits.CHART_CATEGORIES
        and all(1 <= len(each) <= limits.CHART_LABEL for each in words)
        and 1 <= len(shown.title) <= limits.CHART_TITLE
        and len(shown.unit) <= limits.CHART_TITLE
        and all([label for label, _ in each.points] == labels for each in shown.series)
        and all(value is not None and math.isfinite(value) for each in shown.series for _, value in each.points)
    )


def chart(shown: Chart) -> Block:
    """A chart that fits."""
    series = [
        {"name": each.name, "data": [{"label": label, "value": value} for label, value in each.points]} for each in shown.series
    ]
    axes: Block = {"categories": [label for label, _ in shown.series[0].points]}
    if shown.unit:
        axes["y_label"] = shown.unit
    drawn = {"type": shown.kind, "series": series, "axis_config": axes}
    return {"type": "data_visualization", "title": shown.title, "chart": drawn}


def _fitting(shown: Table) -> Iterator[Sequence[tuple[str, ...]]]:
    head = sum(map(len, shown.columns))
    held: list[tuple[str, ...]] = []
    size = head
    for row in shown.rows:
        wide = sum(len(cell) or len(EMPTY) for cell in row)
        if held and (len(held) + 2 > limits.TABLE_ROWS or size + wide > limits.TABLE_CHARACTERS):
            yield held
            held, size = [], head
        held.append(row)
        size += wide
    yield held


def _head(name: str) -> Block:
    return {"type": "rich_text", "elements": [section([text(name or EMPTY, "bold")])]}


def _cell(words: str) -> str:
    """Words that stay in their cell, and mean nothing in Markdown."""
    return re.sub(r"([\\`*_\[\]<>|~#])", r"\\\1", words.replace("\n", " "))
