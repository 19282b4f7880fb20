"""Charts as pictures: of a size for phones, small, and drawn away from the loop."""

from __future__ import annotations

import io
import os
import signal
from pathlib import Path

import psutil
import pytest
from PIL import Image

from bots.charts import Charts, alt, draw, said
from core.ui import Chart, Series
from tests.bots.tiny import RATE, SOURCES

LINE = Chart("line", "Click rate", "%", (RATE,))
BARS = Chart("bar", "Leads by source", "", (SOURCES,))
WEEKS = [f"W{at}" for at in range(1, 31)]
SEVERAL = Chart(
    "line",
    "Revenue and $pend",
    "GBP",
    tuple(
        Series(f"Series ${number}", tuple((week, None if number == at % 7 else at * number) for at, week in enumerate(WEEKS)))
        for number in range(1, 8)
    ),
)
BESIDE = Chart("bar", "Orders", "", (Series("Before", (("A", 1), ("B", None))), Series("After", (("A", -2), ("B", 4)))))
LONG = Chart("bar", "Orders", "", (Series("Orders", tuple((f"A source with a very long name {at}", at) for at in range(20))),))
BLANK = Chart("line", "Nothing", "", (Series("Nothing", (("1 Nov", None),)),))


@pytest.mark.parametrize("chart", [LINE, BARS, SEVERAL, BESIDE, LONG, BLANK], ids=lambda each: str(each.title))
def test_a_picture_is_wide_enough_for_a_sharp_phone_and_small_to_send(chart: Chart) -> None:
    picture = draw(chart)
    with Image.open(io.BytesIO(picture)) as seen:
        assert (seen.format, seen.width, seen.mode) == ("PNG", 1200, "P")
        assert seen.height == (1300 if chart is LONG else 775), "twenty bars that lie need their room"
        assert seen.convert("RGB").getpixel((2, 2)) == (255, 255, 255), "opaque, so that it is readable on a dark ground"
    assert len(picture) < 80_000


def test_what_was_not_measured_leaves_a_gap() -> None:
    whole = Series("Click rate", tuple((label, 1.0 if value is None else value) for label, value in RATE.points))
    assert draw(LINE) != draw(Chart("line", "Click rate", "%", (whole,)))


async def test_charts_are_drawn_by_a_process_that_ends_when_it_is_told(tmp_path: Path) -> None:
    before = set(psutil.Process().children(recursive=True))
    charts = Charts(tmp_path / "fonts")
    try:
        assert await charts.drawn(()) == {}
        assert set(psutil.Process().children(recursive=True)) == before, "no picture, no process"
        found = await charts.drawn((LINE, BARS))
        assert found == {LINE: draw(LINE), BARS: draw(BARS)}
        for child in set(psutil.Process().children()) - before:
            if "spawn_main" in " ".join(child.cmdline()):
                os.kill(child.pid, signal.SIGKILL)
                child.wait(10)
        assert await charts.drawn((LINE,)) == {}, "it is said in the log, and shown as text"
        assert set(await charts.drawn((LINE,))) == {LINE}, "the next one starts the process again"
    finally:
        await charts.close()
    left = [each for each in set(psutil.Process().children()) - before if "spawn_main" in " ".join(each.cmdline())]
    assert left == []


def test_a_chart_is_told_in_words_to_those_who_cannot_see_it() -> None:
    assert alt(LINE) == "Click rate. Click rate: 0.8% (1 Nov) to 2.29% (14 Nov)"
    assert alt(BARS) == "Leads by source. Leads: Meta 120, Search 64, Podcast 7"
    assert alt(BLANK) == "Nothing. Nothing: nothing measured yet"


def test_values_are_said_with_their_unit() -> None:
    assert [said(1204, ""), said(2.1, "%"), said(12.5, "GBP"), said(3, "×")] == ["1,204", "2.1%", "12.5 GBP", "3×"]
