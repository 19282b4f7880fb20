"""What Slack refuses in charts and tables.

Charts are newer than the published types: their shape and limits are those of the block's page,
https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block. Tables: .../table-block and .../data-table-block.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from tests.servers.slack.shapes import Json

TITLE_AT_MOST = 50
LABEL_AT_MOST = 20
SERIES_AT_MOST = 6
"""The page says 6; some newer typings say 12: what holds under both is safe."""
SEGMENTS_AT_MOST = 12
CATEGORIES_AT_MOST = 20
TABLE_ROWS, TABLE_COLUMNS = 100, 20
DATA_ROWS = 101
"""With the header."""
TABLE_CHARACTERS = 10_000
"""Over all cells of a table."""


def chart_faults(block: Json, at: str) -> list[str]:
    """What is wrong with a `data_visualization` block."""
    found = _stray(block, {"type", "block_id", "title", "chart"}, at)
    found += _text(block.get("title"), TITLE_AT_MOST, f"{at}/title")
    chart = block.get("chart")
    if not isinstance(chart, dict):
        return [*found, f"missing required field: chart [json-pointer:{at}/chart]"]
    match chart.get("type"):
        case "pie":
            found += _stray(chart, {"type", "segments"}, f"{at}/chart")
            found += _points(chart.get("segments"), SEGMENTS_AT_MOST, f"{at}/chart/segments", positive=True)
        case "line" | "bar" | "area":
            found += _stray(chart, {"type", "series", "axis_config"}, f"{at}/chart")
            found += _series(chart, f"{at}/chart")
        case other:
            found.append(f"unsupported chart type: {other} [json-pointer:{at}/chart/type]")
    return found


def _series(chart: Json, at: str) -> list[str]:
    axis, series = chart.get("axis_config"), chart.get("series")
    if not isinstance(axis, dict) or not isinstance(axis.get("categories"), list):
        return [f"missing required field: axis_config.categories [json-pointer:{at}/axis_config]"]
    found = _stray(axis, {"categories", "x_label", "y_label"}, f"{at}/axis_config")
    categories = axis["categories"]
    if not 1 <= len(categories) <= CATEGORIES_AT_MOST or len(set(categories)) < len(categories):
        found.append(f"1 to {CATEGORIES_AT_MOST} categories of different names [json-pointer:{at}/axis_config/categories]")
    for each in categories:
        found += _text(each, LABEL_AT_MOST, f"{at}/axis_config/categories")
    for name in ("x_label", "y_label"):
        found += _text(axis[name], TITLE_AT_MOST, f"{at}/axis_config/{name}") if name in axis else []
    if not isinstance(series, list) or not 1 <= len(series) <= SERIES_AT_MOST:
        return [*found, f"1 to {SERIES_AT_MOST} series [json-pointer:{at}/series]"]
    for number, one in enumerate(series):
        found += _stray(one, {"name", "data"}, f"{at}/series/{number}")
        found += _text(one.get("name"), LABEL_AT_MOST, f"{at}/series/{number}/name")
        found += _points(one.get("data"), CATEGORIES_AT_MOST, f"{at}/series/{number}/data", positive=False)
    if found:
        return found
    if len({one["name"] for one in series}) < len(series):
        found.append(f"series must have different names [json-pointer:{at}/series]")
    if any(sorted(point["label"] for point in one["data"]) != sorted(categories) for one in series):
        found.append(f"each series needs exactly one point for each category [json-pointer:{at}/series]")
    return found


def _points(points: Any, most: int, at: str, *, positive: bool) -> list[str]:
    if not isinstance(points, list) or not 1 <= len(points) <= most:
        return [f"1 to {most} points [json-pointer:{at}]"]
    found = []
    for point in points:
        found += _stray(point, {"label", "value"}, at)
        found += _text(point.get("label"), LABEL_AT_MOST, at)
        value = point.get("value")
        number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not number or (positive and value <= 0):
            found.append(f"value must be a {'positive ' if positive else ''}number [json-pointer:{at}]")
    return found


def table_faults(block: Json, at: str) -> list[str]:
    """What is wrong with a `table` block of the right shape."""
    rows = block["rows"]
    if not 1 <= len(rows) <= TABLE_ROWS:
        return [f"1 to {TABLE_ROWS} rows allowed [json-pointer:{at}/rows]"]
    if any(not 1 <= len(row) <= TABLE_COLUMNS for row in rows):
        return [f"1 to {TABLE_COLUMNS} cells in a row [json-pointer:{at}/rows]"]
    return _characters(rows, at)


def data_table_faults(block: Json, at: str) -> list[str]:
    """What is wrong with a `data_table` block of the right shape."""
    rows = block["rows"]
    if not 2 <= len(rows) <= DATA_ROWS:
        return [f"2 to {DATA_ROWS} rows allowed [json-pointer:{at}/rows]"]
    widths = {len(row) for row in rows}
    if len(widths) != 1 or not 1 <= widths.pop() <= TABLE_COLUMNS:
        return [f"1 to {TABLE_COLUMNS} cells in a row, and as many in each [json-pointer:{at}/rows]"]
    found = []
    if any(cell["type"] == "rich_text" for cell in rows[0]):
        found.append(f"header cells cannot be rich_text [json-pointer:{at}/rows/0]")
    if not block["caption"]:
        found.append(f"must be more than 0 characters [json-pointer:{at}/caption]")
    if not 1 <= block.get("page_size", 5) <= 100:
        found.append(f"page_size is 1 to 100 [json-pointer:{at}/page_size]")
    if not 0 <= block.get("row_header_column_index", 0) < len(rows[0]):
        found.append(f"no such column [json-pointer:{at}/row_header_column_index]")
    return found + _characters(rows, at)


def _characters(rows: list[list[Json]], at: str) -> list[str]:
    if sum(len(characters(cell)) for row in rows for cell in row) > TABLE_CHARACTERS:
        return [f"cells hold more than {TABLE_CHARACTERS} characters [json-pointer:{at}/rows]"]
    return []


def characters(cell: Any) -> str:
    """The text within a cell or any other rich text."""
    match cell:
        case {"text": str(text)}:
            return text
        case {"elements": list(elements)}:
            return "".join(map(characters, elements))
        case _:
            return ""


def _text(value: Any, most: int, at: str) -> list[str]:
    if not isinstance(value, str) or not 1 <= len(value) <= most:
        return [f"must be 1 to {most} characters [json-pointer:{at}]"]
    return []


def _stray(value: Any, known: set[str], at: str) -> list[str]:
    if not isinstance(value, Mapping):
        return [f"must be an object [json-pointer:{at}]"]
    return [f"invalid additional property: {each} [json-pointer:{at}]" for each in value if each not in known]
