"""What a page has of a chart: what its script draws, and all of it in words for whoever has no script or no sight."""

from __future__ import annotations

import json
from dataclasses import replace

from markupsafe import Markup

from bots.charts.looks import DARK, LIGHT
from bots.web.assets import FOLDER
from bots.web.chart_data import figure, packed, table
from bots.web.tags import tag
from core.ui import Band, Chart, Mark, Series, Table

SPENT = Chart(
    "line",
    "Cost per lead",
    "GBP",
    (Series("CPL", (("1 Nov", 4.5), ("8 Nov", None), ("15 Nov", 3.0))),),
    Band(1, 2.5, "Others <pay>"),
    (Mark("15 Nov", "Spring & hook"), Mark("1 Nov", "Guide"), Mark("elsewhere", "Quiz")),
)
BARS = Chart("bar", "Orders", "", (Series("Before", (("Hook", 1), ("Gift", 2))), Series("After", (("Hook", 3), ("Gift", 4)))))


def written(shown: Table) -> Markup:
    return tag("table", *(tag("td", cell) for row in shown.rows for cell in row))


def test_a_script_is_given_figures_range_and_marks() -> None:
    assert json.loads(packed(SPENT)) == {
        "kind": "line",
        "before": "£",
        "after": "",
        "series": [{"name": "CPL", "values": [4.5, None, 3.0]}],
        "band": {"low": 1, "high": 2.5, "label": "Others <pay>"},
        "marks": [
            {"number": 1, "at": 0, "words": "Guide"},
            {"number": 2, "at": 2, "words": "Spring & hook"},
            {"number": 3, "at": None, "words": "Quiz"},
        ],
    }
    assert json.loads(packed(replace(SPENT, unit="%", band=None)))["after"] == "%"
    assert json.loads(packed(Chart("line", "Empty", "", ())))["series"] == []


def test_a_table_has_every_figure_as_it_is_read_and_what_happened() -> None:
    shown = table(SPENT)
    assert shown.columns == ("When", "CPL", "Marked")
    assert shown.rows == (("1 Nov", "£4.50", "Guide"), ("8 Nov", "not measured", ""), ("15 Nov", "£3", "Spring & hook"))
    assert shown.numeric == {1}
    assert shown.caption == "Others <pay>: £1 to £2.50. The latest, £3, is above this"
    assert table(BARS).rows == (("Hook", "1", "3"), ("Gift", "2", "4"))


def test_a_page_says_in_words_what_is_drawn() -> None:
    html = str(figure(SPENT, written))
    assert 'role="img" aria-label="Cost per lead. CPL: £4.50 (1 Nov) to £3 (15 Nov)' in html
    assert "Others &lt;pay&gt;: £1 to £2.50. The latest, £3, is above this." in html
    assert '<li data-at="2"><span class="chart-flag">2</span>15 Nov: Spring &amp; hook</li>' in html
    assert '<li><span class="chart-flag">3</span>elsewhere: Quiz</li>' in html
    assert "The figures as a table" in html
    assert "chart-names" not in html
    assert str(figure(BARS, written)).count("chart-box") == 2


def test_three_years_of_weeks_are_few_bytes() -> None:
    weeks = tuple((f"{at % 28 + 1} Nov {2023 + at // 52}", float(1000 + at)) for at in range(156))
    assert len(packed(Chart("line", "Revenue", "GBP", (Series("Revenue", weeks),)))) < 1_500


def test_the_page_has_the_colours_of_the_pictures() -> None:
    styles = (FOLDER / "charts.css").read_text(encoding="utf-8")
    for look, times in ((LIGHT, 1), (DARK, 2)):
        for at, voice in enumerate(look.voices, start=1):
            assert styles.count(f"--voice-{at}: {voice.colour};") == times
