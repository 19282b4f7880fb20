"""Figures in free words, and periods."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.contents import SHIPPED, Flawed
from core.kpis.metrics import Level, Metrics, NoSuchMetric
from core.kpis.otherwise import hints, unplaced
from core.kpis.periods import NotOverYet, Period, Span, period, read_back
from core.kpis.words import hear

METRICS = Metrics()
TODAY = date(2026, 4, 8)
LEADS = METRICS.named("leads").field


def _heard(text: str) -> dict[str, str]:
    return {METRICS.by_field[field].short: value for field, value in hear(text, METRICS, TODAY).typed.items()}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("ctr 2,1% opt-in 18 leads 240 cpl £3.20", {"CTR": "2,1%", "Opt-in": "18", "Leads": "240", "CPL": "£3.20"}),
        ("CTR: 2.1 %; opt in rate = 18%; aov 1 234,56 €", {"CTR": "2.1 %", "Opt-in": "18%", "AOV first": "1 234,56 €"}),
        ("240 leads, ctr 2,1%", {"Leads": "240", "CTR": "2,1%"}),
        ("240 leads and 31 orders", {"Leads": "240", "Orders": "31"}),
        ("CTR | 2.1%\nLeads | 240\n", {"CTR": "2.1%", "Leads": "240"}),
        ("CTR\t2.1%\nAOV final\t£61", {"CTR": "2.1%", "AOV final": "£61"}),
        ("aov final 61 aov 59", {"AOV final": "61", "AOV first": "59"}),
        ("aov, 45", {"AOV first": "45"}),
        ("my click-through rate was about 2.1 percent", {"CTR": "about 2.1 percent"}),
        ("Opt_In Rate 18", {"Opt-in": "18"}),
        ("roas 3.2x", {"Retarg. ROAS": "3.2x"}),
        ("hook_AvgCTR 2.1", {"CTR": "2.1"}),
        ("leads 12k", {"Leads": "12k"}),
        ("roi -20%", {"ROI": "-20%"}),
        ("ok so last week I had like 210 visits and um 6 orders", {"Orders": "6"}),
        ("revenue 380 zloty from 9 orders", {"Revenue": "380 zloty", "Orders": "9"}),
        ("six orders, leads: twelve", {"Orders": "6", "Leads": "12"}),
        ("one hundred and six orders", {}),
        ("leads two hundred", {}),
        ("I have actress problems", {}),
        ("actr 2.1", {}),
    ],
)
def test_names_and_values_are_paired(text: str, typed: dict[str, str]) -> None:
    assert _heard(text) == typed


@pytest.mark.parametrize(
    ("text", "typed", "slips"),
    [
        ("ordres 14 revnue £420", {"Orders": "14", "Revenue": "£420"}, {"ordres": "Orders", "revnue": "Revenue"}),
        ("crt 2.1, leeds 240", {"CTR": "2.1", "Leads": "240"}, {"crt": "Click-through rate", "leeds": "New leads"}),
        (
            "14 order and conversoin 2.1%",
            {"Orders": "14", "Conversion": "2.1%"},
            {"order": "Orders", "conversoin": "Conversion rate"},
        ),
        ("orders 14 in the ordres book", {"Orders": "14"}, {}),
        ("cpx 3", {}, {}),
        ("great 12", {}, {}),
    ],
)
def test_a_slip_in_a_name_is_put_right_where_its_value_has_no_other(
    text: str, typed: dict[str, str], slips: dict[str, str]
) -> None:
    assert _heard(text) == typed
    assert dict(hear(text, METRICS, TODAY).slips) == slips


@pytest.mark.parametrize(
    ("text", "typed", "unread"),
    [
        ("visits 320 sales 12", {"Orders": "12"}, ("visits 320",)),
        ("12 sales 320 visits", {"Orders": "12"}, ("320 visits",)),
        ("visitors 320 orders 12", {"Orders": "12"}, ("visitors 320",)),
        ("traffic, 320 and sessions 400", {}, ("traffic 320", "sessions 400")),
        ("purchases 4 ctr 2", {"Orders": "4", "CTR": "2"}, ()),
        ("conversions 12", {"Orders": "12"}, ()),
        ("conversions 2.1%", {"Conversion": "2.1%"}, ()),
        ("sales £420 leads 3", {"Revenue": "£420", "Leads": "3"}, ()),
        ("total sales 4200", {}, ("total", "sales 4200")),
        ("net sales 4200", {"Revenue": "4200"}, ()),
    ],
)
def test_what_other_tools_count_is_taken_where_it_has_a_place(text: str, typed: dict[str, str], unread: tuple[str, ...]) -> None:
    assert (_heard(text), hear(text, METRICS, TODAY).unread) == (typed, unread)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("nov leads 204", (2025, 11)),
        ("leads 204 for nov", (2025, 11)),
        ("leads 204 in Nov.", (2025, 11)),
        ("oct 2024 leads 204", (2024, 10)),
        ("leads 204 oct '24", (2024, 10)),
        ("leads 204 sept", (2025, 9)),
        ("leads 204 for march", (2026, 3)),
        ("mar leads 204", (2026, 3)),
        ("dec leads 204", (2025, 12)),
        ("may: leads 204", (2025, 5)),
        ("leads 204 for may", (2025, 5)),
        ("leads 204 may 2024", (2024, 5)),
        ("orders may be 14", None),
        ("may be 14 orders", None),
        ("marketing spend 30, decent leads 204", None),
        ("leads 204 from 1 nov to 15 nov", None),
    ],
)
def test_months_are_placed_by_their_short_names(text: str, month: tuple[int, int] | None) -> None:
    heard = hear(text, METRICS, TODAY)
    said = (heard.end.year, heard.end.month) if heard.span is Span.MONTH and heard.end else None
    assert said == month
    assert heard.typed
    assert month is None or heard.unread == ()


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("ctr 2.1 banana", ("banana",)),
        ("ctr 2.1 7.5", ("7.5",)),
        ("leads ctr 2.1", ("New leads",)),
        ("leads 240 leads 250", ("New leads 240",)),
        ("ctr", ("Click-through rate",)),
        ("my ctr was 2.1 for the week", ()),
        ("ok so last week I had like 210 visits and um 6 orders", ("210 visits",)),
        ("visits 420, leads 31", ("visits 420",)),
        ("one hundred and six orders", ("one", "hundred", "six", "Orders")),
    ],
)
def test_what_cannot_be_placed_is_said(text: str, unread: tuple[str, ...]) -> None:
    assert hear(text, METRICS, TODAY).unread == unread


@pytest.mark.parametrize(
    "text",
    [
        "leads were 14 not 12",
        "leads 14, not 12",
        "leads: 14 (not 12)",
        "leads 14. Not 12.",
        "leads 14, and not 12",
        "14 leads, not 12 leads",
        "leads 14 not leads 12",
        "leads 14 not twelve",
        "14 leads instead of 12",
        "instead of 12 leads I had 14",
        "leads 14 rather than 12",
        "leads 12 should be 14",
        "12 leads should have been 14",
        "leads should have been 14",
        "not 12 leads but 14",
        "leads not 12 but 14",
        "change leads from 12 to 14",
        "leads 12 -> 14",
        "leads 12, sorry, 14",
        "sorry leads 14",
        "oops, I meant 14 leads!",
        "leads was wrong, it's 14",
        "no, leads 14",
        "14 not 12",
        "it's 14, not 12",
        "12 should be 14",
    ],
)
def test_a_value_that_takes_anothers_place_is_heard_as_the_one_that_holds(text: str) -> None:
    heard = hear(text, METRICS, TODAY, {"hook_AvgCTR": "1.8%", LEADS: "12"})
    assert (dict(heard.typed), heard.unread, heard.corrects) == ({LEADS: "14"}, (), True)


@pytest.mark.parametrize(
    ("text", "typed", "unread"),
    [
        ("leads 14 not 12, orders 3 not 5", {"Leads": "14", "Orders": "3"}, ()),
        ("ctr 2 and 12 should be 14", {"CTR": "2", "Leads": "14"}, ()),
        ("2.1 not 1.8", {"CTR": "2.1"}, ()),
        ("14 not 13", {}, ("14",)),
        ("ctr not 12, leads 3", {"CTR": "12", "Leads": "3"}, ("not",)),
        ("ctr 1.8% not sure, leads 12", {"CTR": "1.8%", "Leads": "12"}, ("not", "sure")),
        ("leads 14 not orders 12", {"Leads": "14", "Orders": "12"}, ("not",)),
        ("two, not 3 leads", {"Leads": "3"}, ("two", "not")),
        ("leads 12 14", {"Leads": "12"}, ("14",)),
    ],
)
def test_only_what_is_said_to_be_wrong_is_left_out(text: str, typed: dict[str, str], unread: tuple[str, ...]) -> None:
    heard = hear(text, METRICS, TODAY, {"hook_AvgCTR": "1.8%", LEADS: "12"})
    assert ({METRICS.by_field[field].short: value for field, value in heard.typed.items()}, heard.unread) == (typed, unread)


@pytest.mark.parametrize(
    ("today", "sunday"),
    [
        (date(2026, 11, 29), date(2026, 11, 22)),
        (date(2026, 11, 30), date(2026, 11, 29)),
        (date(2026, 12, 1), date(2026, 11, 29)),
        (date(2026, 12, 5), date(2026, 11, 29)),
        (date(2027, 1, 1), date(2026, 12, 27)),
        (date(2027, 1, 4), date(2027, 1, 3)),
    ],
    ids=["on a Sunday", "on a Monday", "on a Tuesday", "on a Saturday", "on New Year's Day", "on the year's first Monday"],
)
def test_last_week_is_the_one_from_monday_to_sunday_that_is_over(today: date, sunday: date) -> None:
    for words in ("last week ctr 2", "ctr 2 last week", "Last week: ctr 2"):
        heard = hear(words, METRICS, today)
        assert (heard.span, heard.end) == (Span.WEEK, sunday)
    for words in ("past week ctr 2", "last 7 days ctr 2", "past seven days: ctr 2"):
        assert hear(words, METRICS, today).end is None, "it goes up to yesterday"
    assert hear("last week to 2026-03-31 ctr 2", METRICS, today).end == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "span", "end"),
    [
        ("ctr 2 last 7 days", Span.WEEK, None),
        ("last 30 days: ctr 2", Span.DAYS_30, None),
        ("last week ctr 2", Span.WEEK, date(2026, 4, 5)),
        ("past week ctr 2", Span.WEEK, None),
        ("last month ctr 2", Span.MONTH, date(2026, 3, 31)),
        ("this month ctr 2", Span.MONTH, TODAY),
        ("this month so far: ctr 2", Span.MONTH, TODAY),
        ("so far this week ctr 2", Span.WEEK, None),
        ("ctr 2 in April so far", Span.MONTH, date(2026, 4, 1)),
        ("ctr 2 in March", Span.MONTH, date(2026, 3, 1)),
        ("Month of April: ctr 2", Span.MONTH, date(2026, 4, 1)),
        ("ctr 2 November", Span.MONTH, date(2025, 11, 1)),
        ("ctr 2 march 2025", Span.MONTH, date(2025, 3, 1)),
        ("ctr 2 until 2026-03-31", None, date(2026, 3, 31)),
        ("ctr 2 until 5th April", None, date(2026, 4, 5)),
        ("ctr 2 ending on 30 Dec 2025", None, date(2025, 12, 30)),
        ("last 7 days to 2026-03-31 ctr 2", Span.WEEK, date(2026, 3, 31)),
        ("ctr 2", None, None),
    ],
)
def test_a_period_is_heard_and_its_numbers_are_no_figures(text: str, span: Span | None, end: date | None) -> None:
    heard = hear(text, METRICS, TODAY)
    assert (heard.span, heard.end, dict(heard.typed), heard.unread) == (span, end, {"hook_AvgCTR": "2"}, ())


@given(st.text(max_size=300))
def test_no_words_break_the_ear(text: str) -> None:
    heard = hear(text, METRICS, TODAY)
    assert heard.typed.keys() <= METRICS.by_field.keys()


@given(st.dictionaries(st.sampled_from(sorted(METRICS.by_field)), st.integers(1, 999), min_size=1))
def test_every_figure_is_heard_by_its_field_title_and_short_name(figures: dict[str, int]) -> None:
    for name in ("field", "title", "short"):
        text = " ".join(f"{getattr(METRICS.by_field[field], name)} {value}" for field, value in figures.items())
        heard = hear(text, METRICS, TODAY)
        assert heard.typed == {field: str(value) for field, value in figures.items()}


def test_every_alias_names_its_own_figure() -> None:
    for metric in METRICS.file.metrics:
        for name in metric.names:
            assert METRICS.named(name) is metric
            assert hear(f"{name} 5", METRICS, TODAY).typed == {metric.field: "5"}


def test_an_unknown_figure_gets_the_nearest() -> None:
    with pytest.raises(NoSuchMetric, match="Did you mean Click-through rate"):
        METRICS.named("clik rate")
    with pytest.raises(NoSuchMetric, match="/kpi report shows them all"):
        METRICS.named("zzzzzz")


def test_every_figure_stands_on_one_sheet() -> None:
    sheets = [each.field for level in (Level.ATTRACT, Level.CONVERT, Level.GROW) for each in METRICS.of_level(level)]
    assert sorted(sheets) == sorted(METRICS.by_field)


def test_a_choice_changes_what_a_figure_is() -> None:
    metric = METRICS.by_field["sell_ConversionRate"]
    leads, sessions = metric.meant({"conversionBasis": "leads"}), metric.meant({"conversionBasis": "sessions"})
    assert leads.formula != sessions.formula
    assert leads.benchmark != sessions.benchmark
    assert leads.hard == sessions.hard == metric.hard
    assert metric.meant({"conversionBasis": "nonsense"}) == metric


def _edited(folder: Path, old: str, new: str) -> Metrics:
    text = (SHIPPED / "kpis.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "kpis.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return Metrics(folder)


def test_two_figures_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Flawed, match="both called ctr"):
        _ = _edited(tmp_path, "aliases: [cpc,", "aliases: [CTR, cpc,").file


def test_a_choice_without_all_its_answers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Flawed, match="every option of conversionBasis"):
        _ = _edited(tmp_path, "{value: sessions,", "{value: visits,").file


def test_a_new_figure_is_only_a_line_in_the_file(tmp_path: Path) -> None:
    metrics = _edited(
        tmp_path,
        "  - field: hook_CPC",
        """  - field: hook_Reach
    title: Reach
    short: Reach
    level: Attract
    step: Hook
    definition: How many people saw it.
    formula: count of people
    unit: count
    better: higher
    hard: [0, null]
    where: Your ad account.
    extra: true

  - field: hook_CPC""",
    )
    assert hear("reach 12k", metrics, TODAY).typed == {"hook_Reach": "12k"}


def test_a_period_ends_no_later_than_today() -> None:
    assert period(Span.WEEK, TODAY, TODAY).text == "Last 7 Days"
    assert period(Span.MONTH, date(2026, 3, 4), TODAY) == Period(Span.MONTH, date(2026, 3, 31))
    with pytest.raises(NotOverYet, match="9 April 2026 has not come yet"):
        period(Span.WEEK, TODAY + timedelta(days=1), TODAY)
    with pytest.raises(NotOverYet, match="April 2026 is not over yet"):
        period(Span.MONTH, TODAY, TODAY)


@pytest.mark.parametrize("span", list(Span))
def test_a_kept_period_is_read_back(span: Span) -> None:
    here = period(span, date(2026, 2, 3), TODAY)
    assert read_back(here.text, here.ends_at) == here
    assert read_back("Black Friday", here.ends_at) is None


@pytest.mark.parametrize(
    ("later", "earlier", "follows"),
    [
        (Period(Span.WEEK, date(2026, 4, 7)), Period(Span.WEEK, date(2026, 3, 31)), True),
        (Period(Span.WEEK, date(2026, 4, 7)), Period(Span.WEEK, date(2026, 3, 29)), True),
        (Period(Span.WEEK, date(2026, 4, 7)), Period(Span.WEEK, date(2026, 3, 24)), False),
        (Period(Span.WEEK, date(2026, 4, 7)), Period(Span.WEEK, date(2026, 4, 6)), False),
        (Period(Span.WEEK, date(2026, 4, 7)), Period(Span.DAYS_30, date(2026, 3, 31)), False),
        (Period(Span.MONTH, date(2026, 3, 31)), Period(Span.MONTH, date(2026, 2, 28)), True),
        (Period(Span.MONTH, date(2026, 1, 31)), Period(Span.MONTH, date(2025, 12, 31)), True),
        (Period(Span.MONTH, date(2026, 3, 31)), Period(Span.MONTH, date(2026, 1, 31)), False),
    ],
)
def test_only_the_equal_period_before_is_compared(later: Period, earlier: Period, follows: bool) -> None:
    assert later.follows(earlier) is follows


@pytest.mark.parametrize(
    ("words", "typed", "unread", "slips"),
    [
        ("leads 14, sold 9", {"leads": "14", "orders": "9"}, (), {"sold": "Orders"}),
        ("leads 14, made 310 quid", {"leads": "14", "revenue": "310 quid"}, (), {"made": "Revenue"}),
        ("sold £310 last week, leads 14", {"leads": "14", "revenue": "£310"}, (), {"sold": "Revenue"}),
        ("leads 14, sold 9 bags", {"leads": "14"}, ("sold 9 bags",), {}),
        ("orders 9, sold 20", {"orders": "9"}, ("sold 20",), {}),
        ("480 visits to the page, leads 14", {"leads": "14"}, ("480 visits",), {}),
    ],
)
def test_what_was_sold_and_made_is_orders_and_revenue(
    words: str, typed: dict[str, str], unread: tuple[str, ...], slips: dict[str, str]
) -> None:
    heard = hear(words, METRICS, TODAY)
    assert heard.typed == {METRICS.named(name).field: value for name, value in typed.items()}
    assert (heard.unread, dict(heard.slips)) == (unread, slips)


def test_what_a_hint_speaks_of_is_told_once() -> None:
    unread = hear("leads 14, visitors 480, sold 9 bags, moon 3", METRICS, TODAY).unread
    assert unplaced(unread) == ("moon 3",)
    assert [each.split(" out")[0] for each in hints(unread)] == ["I left “visitors 480”", "I left “sold 9 bags”"]


@pytest.mark.parametrize(
    ("words", "span", "end", "earlier"),
    [
        ("the week before I had 9 orders", Span.WEEK, "2026-03-29", True),
        ("9 orders the week before", Span.WEEK, "2026-03-29", True),
        ("9 orders the week before last", Span.WEEK, "2026-03-29", False),
        ("the wk before lst wk: 9 orders", Span.WEEK, "2026-03-29", False),
        ("orders 9 the month before last", Span.MONTH, "2026-02-28", False),
        ("9 orders last wk", Span.WEEK, "2026-04-05", False),
        ("9 orders the week before my launch", None, "", False),
        ("9 orders last week, the week before 7", Span.WEEK, "2026-04-05", False),
    ],
)
def test_the_week_before_is_the_one_before_the_last(words: str, span: Span | None, end: str, *, earlier: bool) -> None:
    heard = hear(words, METRICS, date(2026, 4, 8))
    assert (heard.span, heard.end.isoformat() if heard.end else "", heard.earlier) == (span, end, earlier)
