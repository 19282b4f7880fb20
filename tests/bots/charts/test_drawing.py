"""Pictures of charts: of a size for phones, small, sharp, and in any script."""

from __future__ import annotations

import io
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bots.charts.drawing import draw
from bots.charts.fonts import FIRST, drawable, families
from bots.charts.looks import DARK, LIGHT
from bots.charts.notes import notes
from bots.charts.packed import name, packed, unpacked
from bots.charts.scale import scale
from bots.charts.sheet import SIZE, Sheet
from core.ui import Band, Chart, Mark, Series
from tests.bots.charts.shown import ALL, BARS, BELOW_NOUGHT, FAR, LINE, LONG, MARKED, THREE_YEARS
from tests.bots.tiny import RATE

LOOKS = [(each, False) for each in ALL] + [(MARKED, True)]


@pytest.mark.parametrize(("chart", "dark"), LOOKS, ids=[f"{each.kind} {each.title[:12]} {dark}" for each, dark in LOOKS])
def test_a_picture_is_wide_enough_for_a_sharp_phone_and_small_to_send(chart: Chart, dark: bool) -> None:
    picture = draw(chart, dark=dark)
    with Image.open(io.BytesIO(picture)) as seen:
        assert (seen.format, seen.width, seen.mode) == ("PNG", 1200, "P")
        assert 300 <= seen.height <= 3000
        paper = (DARK if dark else LIGHT).paper
        red, green, blue = (int(paper[at : at + 2], 16) for at in (1, 3, 5))
        assert seen.convert("RGB").getpixel((2, 2)) == (red, green, blue), "opaque, so that it is readable on any ground"
    assert len(picture) < 100_000


def test_what_was_not_measured_leaves_a_gap() -> None:
    whole = Series("Click rate", tuple((label, 1.0 if value is None else value) for label, value in RATE.points))
    assert draw(LINE) != draw(replace(LINE, series=(whole,)))


def test_the_range_and_each_mark_are_seen() -> None:
    bare = replace(MARKED, band=None, marks=())
    pictures = {draw(each) for each in (bare, replace(bare, band=MARKED.band), replace(bare, marks=MARKED.marks), MARKED)}
    assert len(pictures) == 4


def test_a_range_far_beyond_the_figures_is_told_and_not_drawn() -> None:
    assert scale(FAR).band is None
    assert [each.words for each in notes(FAR, band_drawn=False)] == ["Others reach: 20% to 30%, beyond this picture"]
    assert scale(BELOW_NOUGHT).band == BELOW_NOUGHT.band


def test_of_many_marks_the_latest_have_their_words() -> None:
    told = notes(THREE_YEARS, band_drawn=True)
    assert [each.flag for each in told] == [0, *range(8, 14), 0]
    assert told[-1].words == "7 earlier marks are left out here"


def test_figures_begin_at_nought_and_go_below_it_where_they_are() -> None:
    for chart in ALL:
        here = scale(chart)
        values = [value for series in chart.series for _, value in series.points if value is not None]
        assert here.low <= min(0, *values, 0) <= max(0, *values, 0) < here.high
        assert all(here.low <= tick <= here.high for tick in here.ticks)
    assert -35 > scale(BELOW_NOUGHT).low > -60


def test_names_are_drawn_in_their_script_or_left_out_but_never_as_boxes() -> None:
    assert families("Zażółć Весна مجموعة קמפיין ₹ £ € −") == (FIRST,)
    assert drawable("Zażółć Весна مجموعة קמפיין ₹ £ € −") == "Zażółć Весна مجموعة קמפיין ₹ £ € −"
    assert drawable("\N{ROCKET} Launch\n now") == "Launch now"
    east = drawable("春のキャンペーン")
    assert east == "春のキャンペーン" and len(families(east)) > 1 if east else len(families("春")) == 1


def test_words_keep_to_their_room() -> None:
    sheet = Sheet(LIGHT)
    long = "A headline that goes on and on and on, and then some more of it"
    fitted = sheet.fitted(long, 2.0)
    assert fitted.endswith("…")
    assert 1.8 < sheet.width(fitted) <= 2.0
    lines = sheet.wrapped(long, 2.0, SIZE, bold=True, at_most=2)
    assert len(lines) == 2
    assert all(sheet.width(each, bold=True) <= 2.0 for each in lines)


def test_a_chart_comes_out_of_its_parcel_as_it_went_in() -> None:
    for chart in ALL:
        assert unpacked(packed(chart, dark=True)) == (chart, True)
    names = {name(packed(chart, dark=dark)) for chart in ALL for dark in (False, True)}
    assert len(names) == 2 * len(ALL)
    assert name(packed(LINE, dark=False)) == name(packed(replace(LINE), dark=False))


VALUES = st.none() | st.floats(-1e12, 1e12) | st.sampled_from([0.0, math.nan, math.inf, 1e-9, -0.001])
WORDS = st.text(st.sampled_from("ab $%_^\\{}\n春م\N{ROCKET}é"), max_size=30)


@settings(deadline=None, max_examples=6)
@given(
    st.sampled_from(["line", "bar"]),
    WORDS,
    st.sampled_from(["", "%", "GBP", "JPY", "×", "days"]),
    st.lists(st.lists(VALUES, min_size=4, max_size=4), min_size=1, max_size=3),
    st.lists(WORDS, min_size=4, max_size=4),
    st.none() | st.builds(Band, st.none() | st.floats(-100, 1e6), st.none() | st.floats(-100, 1e6), WORDS),
)
def test_any_figures_and_words_can_be_drawn(
    kind: str, title: str, unit: str, values: list[list[float | None]], labels: list[str], band: Band | None
) -> None:
    series = tuple(Series(title, tuple(zip(labels, each, strict=True))) for each in values)
    marks = tuple(Mark(label, title) for label in labels)
    assert draw(Chart("line" if kind == "line" else "bar", title, unit, series, band, marks)).startswith(b"\x89PNG")


def test_bars_that_lie_are_as_tall_as_they_are_many() -> None:
    heights = []
    for chart in (BARS, LONG):
        with Image.open(io.BytesIO(draw(chart))) as seen:
            heights.append(seen.height)
    assert heights[0] < 500
    assert heights[1] > 1300
