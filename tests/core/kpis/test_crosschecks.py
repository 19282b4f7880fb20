"""Figures that do not fit together are remarked on, and saved all the same."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.kpis.crosschecks import REMARKS_AT_MOST, Logged, remarks
from core.kpis.figures import Stored
from core.kpis.metrics import Metrics
from core.plain import message
from tests.core.course.world import Student, pressables
from tests.core.kpis.world import logged, logging_student

METRICS = Metrics()
LEADS = {"conversionBasis": "leads"}


def _said(figures: Mapping[str, Stored], meanings: Mapping[str, str] = LEADS, before: Mapping[str, Stored] | None = None) -> str:
    return "\n".join(remarks(METRICS, Logged(figures, figures.keys(), meanings, "GBP", before or {})))


@pytest.mark.parametrize(
    ("figures", "remark"),
    [
        ({"sell_AOV_Initial": 5_900, "upsell_AOV_Final": 5_000}, "Order value with upsell (£50.00) is below"),
        ({"grow_CLTV_Estimate": 4_000, "sell_AOV_Initial": 5_900}, "whoever buys once"),
        ({"convert_CPA": 9_000, "grow_CLTV_Estimate": 8_000}, "would cost more than they bring"),
        ({"gift_CPL": 1_250, "sell_ConversionRate": 7.0, "convert_CPA": 2_000}, "makes about £179 a customer"),
        ({"hook_CPC": 250, "gift_OptInRate": 20.0, "gift_CPL": 300}, "makes about £12.50 a lead"),
        ({"attract_LeadsTotal": 240, "sell_ConversionRate": 5.0, "convert_TotalSales": 60}, "about 12 orders; you logged 60"),
        ({"revenue": 1_000_000, "convert_TotalSales": 10, "sell_AOV_Initial": 5_900}, "makes £1,000 an order"),
    ],
)
def test_what_does_not_fit_is_said(figures: Mapping[str, Stored], remark: str) -> None:
    assert remark in _said(figures)


@pytest.mark.parametrize(
    "figures",
    [
        {"sell_AOV_Initial": 5_900, "upsell_AOV_Final": 6_200},
        {"hook_CPC": 250, "gift_OptInRate": 20.0, "gift_CPL": 1_250},
        {"gift_CPL": 1_250, "sell_ConversionRate": 7.0, "convert_CPA": 17_900},
        {"attract_LeadsTotal": 240, "sell_ConversionRate": 5.0, "convert_TotalSales": 14},
        {"gift_CPL": 0, "sell_ConversionRate": 0.0, "convert_CPA": 0, "gift_OptInRate": 0.0, "hook_CPC": 0},
        {"revenue": 0, "convert_TotalSales": 0, "sell_AOV_Initial": 5_900},
    ],
)
def test_what_fits_is_passed_over(figures: Mapping[str, Stored]) -> None:
    assert _said(figures) == ""


def test_a_rate_of_visits_says_nothing_of_leads() -> None:
    figures = {"attract_LeadsTotal": 240, "sell_ConversionRate": 1.4, "convert_TotalSales": 60, "gift_CPL": 300, "convert_CPA": 9}
    assert _said(figures, {"conversionBasis": "sessions"}) == ""


def test_figures_that_are_all_as_they_were_are_asked_about() -> None:
    figures: dict[str, Stored] = {"hook_AvgCTR": 2.1, "gift_OptInRate": 18.0, "attract_LeadsTotal": 240}
    assert "exactly what they were last time" in _said(figures, before=figures)
    assert _said(figures, before={**figures, "attract_LeadsTotal": 241}) == ""
    assert _said({"hook_AvgCTR": 2.1}, before=figures) == ""


@pytest.mark.parametrize(
    ("name", "now", "before", "says"),
    [
        ("revenue", 520_000, 38_000, "is about 14 times as much as last time (£380.00). Did a digit slip?"),
        ("revenue", 3_800, 38_000, "is about 10 times less than last time"),
        ("attract_LeadsTotal", 440, 44, "is about 10 times as much"),
        ("attract_LeadsTotal", 9, 1, ""),
        ("revenue", 60_000, 38_000, ""),
        ("revenue", 38_000, 0, ""),
        ("hook_AvgCTR", 21.0, 2.1, ""),
    ],
)
def test_a_figure_of_ten_times_last_time_is_asked_about(name: str, now: Stored, before: Stored, says: str) -> None:
    said = _said({name: now}, before={name: before})
    assert says in said
    assert bool(said) == bool(says)


def test_what_stood_there_before_is_not_remarked_on_again() -> None:
    figures = {"sell_AOV_Initial": 5_900, "upsell_AOV_Final": 5_000, "hook_AvgCTR": 2.0}
    assert remarks(METRICS, Logged(figures, {"hook_AvgCTR"}, {}, "GBP", {})) == ()


@given(st.dictionaries(st.sampled_from(list(METRICS.by_field)), st.one_of(st.integers(0, 10**15), st.floats(0, 1e15))))
@example({"hook_CPC": 1, "gift_OptInRate": 5.6e-112, "gift_CPL": 0})
def test_no_figures_make_it_stumble_or_talk_on(figures: Mapping[str, Stored]) -> None:
    assert len(remarks(METRICS, Logged(figures, figures.keys(), LEADS, "GBP", figures))) <= REMARKS_AT_MOST


@pytest.fixture
async def nora(tmp_path: Path) -> AsyncIterator[Student]:
    async with logging_student(tmp_path) as student:
        yield student


async def test_last_time_counts_where_a_week_was_left_out(nora: Student) -> None:
    await logged(nora, "revenue £380 last 7 days to 2026-03-20")
    assert "Did a digit slip?" in message(await logged(nora, "revenue £5200"))


async def test_the_saved_card_says_so_and_the_figures_are_kept(nora: Student) -> None:
    await logged(nora, "initial aov 59")
    shown = await logged(nora, "final aov 50")
    assert "Saved for" in message(shown)
    assert "Worth a second look" in message(shown)
    assert "£50.00" in await nora.text("kpi")
    again = next(each for each in pressables(shown) if each.label == "Change a figure")
    assert again.call.command == "kpi correct"
