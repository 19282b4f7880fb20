"""Charts in a terminal: in block characters and in plain ASCII, from forty to two hundred columns."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.terminal import render
from bots.terminal.charts import draw, figure, legend, spark
from core.ui import Band, Card, Chart, Mark, Series
from tests.bots.terminal.test_render import drawn


def chart(kind: str, points: tuple[tuple[str, float | None], ...], unit: str = "") -> Chart:
    return Chart("line" if kind == "line" else "bar", "Rate", unit, (Series("Rate", points),))


def test_a_line_chart_names_its_ends() -> None:
    lines = draw(chart("line", (("Mon", 1.0), ("Tue", None), ("Wed", 1200.5)), "%"), 40)
    assert lines[0].startswith("1,200% ┤")
    assert lines[-2].strip().startswith("0% ┤")
    assert "Mon" in lines[-1]
    assert "Wed" in lines[-1]


def test_a_gap_is_told_from_the_lowest_value() -> None:
    lowest = draw(chart("line", (("Mon", 0.0), ("Tue", None), ("Wed", 5.0))), 40)[-2]
    assert lowest.partition("┤")[2][:9] == "▁▁▁     █"


def test_more_points_than_columns_share_them() -> None:
    points = tuple((f"day {at}", float(at)) for at in range(90))
    lines = draw(chart("line", points), 40)
    assert lines[-1].strip() == "each column: the mean of 3"
    assert max(map(len, lines)) <= 40
    assert "day 0" in lines[-2]
    assert "day 89" in lines[-2]


RATE = Chart(
    "line",
    "Cost per lead",
    "GBP",
    (Series("CPL", (("Mon", 4.0), ("Tue", None), ("Wed", 2.0), ("Thu", 3.0))),),
    Band(1, 2.5, "Others pay"),
    (Mark("Wed", "Spring hook"), Mark("Wed", "Quiz"), Mark("Mon", "Guide")),
)


def test_a_chart_has_its_range_behind_it_and_its_marks_below() -> None:
    lines = drawn(render.element(RATE), 60).splitlines()
    assert next(line for line in lines if "░" in line).split("┤")[1] == "███░░░░░░░░░███░"
    numbers = next(line for line in lines if line.strip().startswith("1 "))
    assert numbers.index("2") - numbers.index("1") == 8, "under its column, four signs to each"
    assert lines[lines.index(numbers) + 1].strip() == "3"
    assert lines[-4:] == [
        "░ Others pay: £1 to £2.50. The latest, £3, is above this.",
        "1 Mon: Guide",
        "2 Wed: Spring hook",
        "3 Wed: Quiz",
    ]
    beyond = replace(RATE, band=Band(90, None, "Others pay"))
    assert "░" not in drawn(render.element(beyond), 60)


def test_charts_that_follow_each_other_take_a_line_each() -> None:
    assert drawn(render.card(Card("Trends", (RATE, replace(RATE, title="Orders", unit="")))), 60).splitlines()[1:3] == [
        "│ Cost per lead █ ▁▅ £4 to £3                              │",
        "│ Orders        █ ▁▅ 4 to 3                                │",
    ]


def test_a_terminal_that_knows_no_other_signs_is_given_ascii() -> None:
    shown = [*draw(RATE, 60, ascii_only=True), *legend(RATE, ascii_only=True), spark(RATE, 60, 20, ascii_only=True)]
    bars = Chart("bar", "Change", "×", (Series("Change", (("A", -1.5), ("B", None), ("C", 2.0))),))
    shown += draw(bars, 60, ascii_only=True)
    assert all(line.isascii() for line in shown)
    assert any("GBP 4" in line for line in shown)
    assert any(line.startswith("A ---") and line.endswith("-1.5x") for line in shown)


@settings(deadline=None, max_examples=60)
@given(st.integers(40, 200), st.integers(1, 400), st.booleans())
def test_a_chart_keeps_to_its_terminal(width: int, count: int, ascii_only: bool) -> None:
    points = tuple((f"{at % 28 + 1} Nov {at}", float(at % 17) * 1000) for at in range(count))
    shown = Chart("line", "Revenue", "GBP", (Series("Revenue", points),), Band(1, None, "x"), (Mark(points[-1][0], "y"),))
    assert max(map(len, draw(shown, width, ascii_only=ascii_only))) <= width
    assert len(spark(shown, width, width // 3, ascii_only=ascii_only)) <= width


@pytest.mark.parametrize("points", [(), (("Mon", None),)])
def test_nothing_measured_is_said(points: tuple[tuple[str, float | None], ...]) -> None:
    assert draw(chart("line", points), 40) == ["nothing measured yet"]
    assert draw(chart("bar", points), 40) == ["nothing measured yet"]


def test_bars_start_at_zero() -> None:
    lines = draw(chart("bar", (("Meta", 120), ("Search", 60), ("None", 0))), 40)
    assert [line.count("█") for line in lines] == [29, 14, 0]


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.text("abc ", max_size=12), st.none() | st.floats(-1e9, 1e9)), max_size=60),
    st.integers(20, 100),
    st.sampled_from(["line", "bar"]),
)
def test_any_figures_can_be_drawn(points: list[tuple[str, float | None]], width: int, kind: str) -> None:
    assert draw(chart(kind, tuple(points)), width)


@pytest.mark.parametrize(
    ("value", "unit", "text"), [(2.5, "%", "2.5%"), (3.0, "×", "3×"), (1234.0, "GBP", "£1,234"), (0.126, "", "0.13")]
)
def test_figures_read_as_people_write_them(value: float, unit: str, text: str) -> None:
    assert figure(value, unit) == text
