"""Charts in words: what they show, within what the platforms take, and in signs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.charted import ALT_AT_MOST, ASCII_BLOCKS, alt, beside, heading, numbered, reach, said, scaled, sparkline
from core.plain import chart as in_plain_text
from core.ui import Band, Chart, Mark, Series

RATE = Chart("line", "Click rate", "%", (Series("CTR", (("1 Nov", 1.0), ("8 Nov", None), ("15 Nov", 2.5), ("22 Nov", 2.0))),))
FULL = replace(RATE, band=Band(2, 4, "Others reach"), marks=(Mark("15 Nov", "Spring\nhook"), Mark("1 Nov", "Guide")))


def test_a_chart_is_told_in_words_to_those_who_cannot_see_it() -> None:
    assert alt(FULL) == (
        "Click rate. CTR: 1% (1 Nov) to 2% (22 Nov); lowest 1% (1 Nov), highest 2.5% (15 Nov); 1 of 4 not measured. "
        "Others reach: 2% to 4%. The latest, 2%, is within this. Marked: 1 Guide (1 Nov), 2 Spring hook (15 Nov)"
    )
    bars = Chart("bar", "Leads by source", "", (Series("Leads", (("Meta", 120), ("Search", 64), ("Podcast", None))),))
    assert alt(bars) == "Leads by source. Leads: Meta 120, Search 64"
    many = Chart("bar", "Orders", "GBP", (Series("Orders", tuple((f"W{at}", float(at)) for at in range(30))),))
    assert alt(many) == "Orders. Orders: 30 bars, lowest £0 (W0), highest £29 (W29)"
    one = Chart("line", "Cost", "GBP", (Series("CPL", (("3 Nov", 3.2),)),))
    assert alt(one) == "Cost. CPL: £3.20 (3 Nov), the only value so far"
    assert alt(replace(one, series=(Series("CPL", (("3 Nov", None),)),))) == "Cost. CPL: nothing measured yet"


def test_what_is_told_keeps_to_what_every_platform_takes() -> None:
    marks = tuple(Mark("15 Nov", f"An asset with a rather long name, number {at}") for at in range(60))
    words = alt(replace(FULL, marks=marks))
    assert len(words) <= ALT_AT_MOST
    assert re.search(r"Marked: (\d+) earlier, \d+ An asset", words)
    assert words.endswith("number 59 (15 Nov)"), "the newest are told"
    assert len(alt(replace(FULL, title="Title " * 400))) == ALT_AT_MOST


@pytest.mark.parametrize(
    ("band", "words"),
    [
        (Band(2, 4, "Typical"), "Typical: 2% to 4%. The latest, 2%, is within this"),
        (Band(3, None, "good"), "Good: 3% or more. The latest, 2%, is below this"),
        (Band(None, 1.5, "Low"), "Low: 1.5% or less. The latest, 2%, is above this"),
        (Band(None, None, "Any"), ""),
        (None, ""),
    ],
)
def test_the_latest_value_is_seen_against_the_range(band: Band | None, words: str) -> None:
    assert beside(replace(RATE, band=band)) == words


def test_marks_are_numbered_as_they_stand_in_the_chart() -> None:
    assert [(number, each.words) for number, each in numbered(FULL)] == [(1, "Guide"), (2, "Spring hook")]
    astray = replace(FULL, marks=(Mark("elsewhere", "Quiz"), *FULL.marks))
    assert [each.words for _, each in numbered(astray)] == ["Guide", "Spring hook", "Quiz"]


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1204, "", "1,204"),
        (2.1, "%", "2.1%"),
        (12.5, "GBP", "£12.50"),
        (1240.5, "GBP", "£1,240"),
        (3, "×", "3×"),
        (-5, "GBP", "−£5"),
        (0.0034, "%", "0.0034%"),
        (123456.7, "JPY", "¥123,457"),
        (3000, "CHF", "CHF 3,000"),
        (0.0043, "USD", "$0.0043"),
        (-0.0043, "USD", "−$0.0043"),
        (0.012, "USD", "$0.01"),
        (4, "days", "4 days"),
        (-1e-12, "", "0"),
        (1e300, "", "1e+300"),
    ],
)
def test_values_are_said_with_their_unit(value: float, unit: str, words: str) -> None:
    assert said(value, unit) == words


def test_an_axis_has_little_room() -> None:
    assert [scaled(each, "GBP") for each in (0, 2500, 12_000, -1.5e6)] == ["£0", "£2,500", "£12k", "−£1.5M"]
    assert [scaled(20, "%"), scaled(3e9, ""), scaled(4, "days")] == ["20%", "3bn", "4"]
    assert [heading(replace(RATE, unit=unit)) for unit in ("%", "GBP", "days")] == [
        "Click rate",
        "Click rate",
        "Click rate (days)",
    ]


def test_a_range_that_is_open_says_so() -> None:
    assert [reach(Band(low, high, "x"), "GBP") for low, high in ((1, 2), (1, None), (None, 2))] == [
        "£1 to £2",
        "£1 or more",
        "£2 or less",
    ]


def test_a_row_of_signs_goes_from_low_to_high() -> None:
    assert sparkline([1, None, 8, 4.5]) == "▁ █▅"
    assert sparkline([0, 5], ASCII_BLOCKS) == "_#"
    assert sparkline([3, 3]) == "▄▄"
    assert sparkline([]) == ""


@example([0.0, 5e-324])
@given(st.lists(st.none() | st.floats(), max_size=50))
def test_any_values_have_their_row_of_signs(values: list[float | None]) -> None:
    assert len(sparkline(values)) == len(values)


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(["", "%", "GBP", "JPY", "KWD", "×"]))
def test_any_value_can_be_said(value: float, unit: str) -> None:
    assert said(value, unit)
    assert scaled(value, unit)


def test_plain_text_has_the_range_and_the_marks() -> None:
    assert in_plain_text(FULL).splitlines() == [
        "Click rate",
        "CTR ▁ █▆ 1% to 2%",
        "Others reach: 2% to 4%. The latest, 2%, is within this.",
        "1 Nov: Guide",
        "15 Nov: Spring hook",
    ]
