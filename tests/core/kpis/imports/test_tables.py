"""Tables of other tools and of one's own, as they are really written, and the figures that come of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.kpis.imports.days import Days, month_of, read_column, read_days
from core.kpis.imports.delimited import grids, looks_like_a_table
from core.kpis.imports.found import Found, Student, find, merged
from core.kpis.imports.grid import Grid, NoTable
from core.kpis.imports.spans import Marks, cut
from core.kpis.periods import Span
from tests.core.kpis.world import EXPORTS, METRICS

VISITS = {"conversionBasis": "sessions", "repeatWindow": "anyTime"}
NORA = Student(VISITS, "GBP", Span.WEEK, False, date(2026, 4, 8))
META = """\
Reporting starts,Reporting ends,Campaign name,Amount spent (GBP),Impressions,Link clicks,CTR (link click-through rate),Leads,\
Purchases conversion value
2026-03-01,2026-03-07,,300,30000,600,2,50,400
2026-03-01,2026-03-07,Launch,200.50,"20,000",400,2,30,100
2026-03-01,2026-03-07,Retargeting A,99.50,"10,000",200,2,20,300
2026-03-08,2026-03-14,Launch,100,10000,150,1.5,10,
"""
GA4 = """\
# ----------------------------------------
# Crock & Clover
# Traffic acquisition: Session primary channel group (Default Channel Group)
# ----------------------------------------
#
# Start date: 20260301
# End date: 20260331
Session primary channel group (Default Channel Group),Sessions,Engaged sessions,Ecommerce purchases,Total revenue
,1500,700,25,1500.5
Organic Search,1000,500,20,1200.5
Direct,500,200,5,300
"""
SHOPIFY_ORDERS = """\
Name,Email,Financial Status,Paid at,Created at,Currency,Subtotal,Total,Lineitem name,Cancelled at
#1001,a@crock.example,paid,2026-03-01 10:01:00 +0000,2026-03-01 10:00:00 +0000,GBP,59.00,64.00,Kit,
#1001,a@crock.example,,,2026-03-01 10:00:00 +0000,,,,Spice pack,
#1002,b@crock.example,paid,2026-03-07 09:00:00 +0000,2026-03-07 09:00:00 +0000,GBP,68.00,73.00,Kit,
#1003,c@crock.example,refunded,2026-03-05 09:00:00 +0000,2026-03-05 09:00:00 +0000,GBP,68.00,73.00,Kit,2026-03-06 09:00:00 +0000
"""
SHOPIFY_SESSIONS = """\
"Month","Sessions","Sessions with cart additions","Sessions that reached checkout",\
"Sessions that completed checkout","Conversion rate"
"2026-02-01",9000,600,300,126,0.014
"2026-03-01",10000,700,350,140,0.014
"""
KLAVIYO = """\
Campaign Name,Subject,Send Time,Total Recipients,Unique Placed Order,Placed Order Rate,Revenue,Unique Opens,Open Rate,\
Successful Deliveries
Welcome 1,Your gift,2026-03-01 10:00:00,100,3,3.00%,177,60,60.61%,99
Spring sale,Sale,2026-03-07 10:00:00,900,7,0.78%,413,160,17.98%,890
"""


def _found(text: str, student: Student = NORA) -> Found:
    found = find(grids(text), EXPORTS, METRICS, student)
    assert found is not None
    return found


def _typed(text: str, student: Student = NORA) -> list[tuple[str, Mapping[str, str]]]:
    return [(each.period.said, each.typed) for each in _found(text, student).readings]


def test_metas_campaigns_are_added_up_and_its_own_sum_is_not_added_to_them() -> None:
    assert _typed(META) == [
        (
            "the last 7 days to 7 March 2026",
            {
                "hook_AvgCTR": "2%",
                "hook_CPC": "£0.50",
                "gift_CPL": "£6.00",
                "spend": "£300.00",
                "nurture_RetargetingROAS": "3.0151×",
            },
        ),
        (
            "the last 7 days to 14 March 2026",
            {"hook_AvgCTR": "1.5%", "hook_CPC": "£0.67", "gift_CPL": "£10.00", "spend": "£100.00"},
        ),
    ]


def test_another_currency_in_a_head_stays_with_the_amounts() -> None:
    (_, typed), *_ = _typed(META.replace("(GBP)", "(USD)"))
    assert typed["spend"] == "$300.00"


def test_ga4_names_its_days_above_the_table() -> None:
    found = _found(GA4)
    assert (found.source, found.unknown, found.undated) == ("Google Analytics 4", ("Engaged sessions",), False)
    [(period, typed)] = _typed(GA4)
    assert period == "March 2026"
    assert typed["convert_TotalSales"] == "25"
    assert typed["sell_AOV_Initial"] == "£60.02"
    assert typed["sell_ConversionRate"] == "1.6667%"


def test_what_the_student_counts_otherwise_is_left_out_with_the_reason() -> None:
    found = _found(GA4, Student({"conversionBasis": "leads"}, "GBP", Span.WEEK, False, date(2026, 4, 8)))
    assert "sell_ConversionRate" not in found.readings[0].typed
    assert any("/kpi settings" in each for each in found.remarks)


def test_ga4s_events_are_counts_by_their_names() -> None:
    text = (
        "# Start date: 20260301\n# End date: 20260307\nEvent name,Event count,Total users\nsession_start,1000,800\n"
        "purchase,25,20\ngenerate_lead,40,40\nbegin_checkout,60,55\nscroll,1,1\n"
    )
    [(period, typed)] = _typed(text)
    assert period == "the last 7 days to 7 March 2026"
    assert typed == {
        "convert_TotalSales": "25",
        "sell_ConversionRate": "2.5%",
        "attract_LeadsTotal": "40",
        "engage_CheckoutAbandonmentRate": "58.3333%",
    }


def test_ga4_numbers_days_from_the_first() -> None:
    rows = "".join(f"{at:04d},10,1,20\n" for at in range(14))
    typed = _typed(f"# Start date: 20260301\n# End date: 20260314\nNth day,Sessions,Ecommerce purchases,Total revenue\n{rows}")
    assert [(period, each["convert_TotalSales"]) for period, each in typed] == [
        ("the last 7 days to 7 March 2026", "7"),
        ("the last 7 days to 14 March 2026", "7"),
    ]


def test_shopifys_orders_are_counted_once_each_and_cancelled_ones_not() -> None:
    [(period, typed)] = _typed(SHOPIFY_ORDERS)
    assert period == "the last 7 days to 7 March 2026"
    assert typed == {"convert_TotalSales": "2", "revenue": "£127.00", "sell_AOV_Initial": "£63.50"}
    assert any("refunds" in each for each in _found(SHOPIFY_ORDERS).remarks)


def test_shopifys_months_begin_on_their_first_day() -> None:
    (_, _), (period, typed) = _typed(SHOPIFY_SESSIONS)
    assert period == "March 2026"
    assert typed == {
        "sell_ConversionRate": "1.4%",
        "sell_AddToCartRate": "7%",
        "sell_CheckoutCompletionRate": "40%",
        "engage_CheckoutAbandonmentRate": "60%",
    }


def test_days_of_shopify_are_added_up_to_weeks_and_the_rest_is_named() -> None:
    rows = "".join(f"2026-03-{day:02d},{day},{day * 50}.00,0\n" for day in range(1, 18))
    found = _found(f"Day,Orders,Net sales,Gross sales\n{rows}Total,153,7650,0\n")
    assert [each.typed["convert_TotalSales"] for each in found.readings] == [str(sum(range(4, 11))), str(sum(range(11, 18)))]
    assert found.readings[0].typed["sell_AOV_Initial"] == "£50.00"
    assert any("3 days at the edges" in each for each in found.remarks)


def test_klaviyos_rates_come_of_its_counts_and_welcome_mails_are_known_by_their_names() -> None:
    [(period, typed)] = _typed(KLAVIYO)
    assert period == "the last 7 days to 7 March 2026"
    assert typed == {"nurture_EmailConvRate": "1%", "identify_WelcomeOpenRate": "60.6061%"}


def test_rates_alone_are_weighted_by_what_they_are_rates_of() -> None:
    text = "Flow Name,Day,Recipients,Placed Order Rate,Open Rate\nCart,2026-03-31,100,3%,50%\nWelcome,2026-03-31,300,1%,60%\n"
    assert _found(text).readings[0].typed["nurture_EmailConvRate"] == "1.5%"


@pytest.mark.parametrize(
    "text",
    [
        "| Figure | Value |\n|---|---:|\n| CTR | 2,1 % |\n| Leads | 1.240 |\n| Cost per lead | £3.20 |\n",
        "CTR\tNew leads\tCPL\n2,1 %\t1.240\t3,20\n",
        "ctr;leads;cpl\n2,1%;1240;3,20\n",
        '"Click rate (%)","Total leads","CPL (GBP)"\n"2,1 %","1,240","3.20"\n',
    ],
)
def test_a_table_of_ones_own_is_read_by_the_names_of_figures_standing_or_lying(text: str) -> None:
    found = _found(text)
    assert found.undated
    assert dict(found.readings[0].typed).keys() == {"hook_AvgCTR", "attract_LeadsTotal", "gift_CPL"}


def test_a_figure_that_is_no_number_is_no_name() -> None:
    found = _found("Figure,Value\nCTR,2%\nLeads,lots\nMoon,3\n")
    assert dict(found.readings[0].typed) == {"hook_AvgCTR": "2%", "attract_LeadsTotal": "lots"}
    assert found.unknown == ("Moon",)


def test_a_table_on_its_side_has_a_column_a_period() -> None:
    text = "Figure\t2026-03-07\t2026-03-14\nCTR\t2.1%\t2.3%\nLeads\t240\t251\nWeather\tsun\train\n"
    found = _found(text)
    assert [(each.period.end.day, each.typed["attract_LeadsTotal"]) for each in found.readings] == [(7, "240"), (14, "251")]
    assert found.unknown == ("Weather",)
    assert found.taken is Marks.LAST


def test_weeks_that_say_when_they_begin_end_six_days_later() -> None:
    text = "Week starting,Leads,Orders\n2026-03-02,10,1\n2026-03-09,12,2\n"
    found = _found(text)
    assert [each.period.end.isoformat() for each in found.readings] == ["2026-03-08", "2026-03-15"]
    assert found.taken is Marks.EITHER


def test_daily_rates_without_counts_are_not_averaged() -> None:
    rows = "".join(f"{day:02d}/03/2026,2%,10\n" for day in range(1, 8))
    found = _found(f"Date,ctr,leads\n{rows}")
    assert found.readings[0].typed == {"attract_LeadsTotal": "70"}
    assert any("cannot be averaged" in each for each in found.remarks)
    counted = _found("Date,ctr,impressions,clicks\n" + rows.replace("2%,10", "2%,1000,20"))
    assert counted.readings[0].typed == {"hook_AvgCTR": "2%"}


def test_cells_that_are_no_numbers_are_named_and_formulas_are_never_worked_out() -> None:
    found = _found("Date,Leads,Orders\n2026-03-01,=2+3,1\n2026-03-02,@SUM(A1),+2\n2026-03-03,-,lots\n")
    assert dict(found.readings[0].typed) == {"convert_TotalSales": "3"}
    assert any("“Leads” 2 cells are no number: “=2+3”" in each for each in found.remarks)


def test_files_of_one_period_come_together() -> None:
    whole = merged([_found(META), _found("Week ending,Orders,Revenue\n2026-03-07,12,708\n2026-03-14,10,590\n")])
    assert [len(each.typed) for each in whole.readings] == [8, 7]
    assert whole.source == "Meta Ads and a table of your own"


def test_what_is_no_table_of_figures_gives_nothing() -> None:
    for text in ("a,b\n1,2\n", "hello\nworld\n", "name,age\nMaya,3\nBen,4\n", ""):
        assert find(grids(text), EXPORTS, METRICS, NORA) is None


def test_words_are_told_from_tables() -> None:
    assert looks_like_a_table("ctr\tleads\n2.1%\t240")
    assert looks_like_a_table("| a | b |\n|---|---|\n| 1 | 2 |")
    assert looks_like_a_table("date,leads\n2026-03-01,240")
    assert not looks_like_a_table("ctr 2.1%, leads 240\nand cpl 3.20, all last week")
    assert not looks_like_a_table("ctr 2.1% leads 240")
    assert not looks_like_a_table("Hello,\nwhat, then, comes next?")


@pytest.mark.parametrize(
    ("cells", "american", "first"),
    [
        (("03/04/2026",), True, date(2026, 3, 4)),
        (("03/04/2026",), False, date(2026, 4, 3)),
        (("03/04/2026", "03/13/2026"), False, date(2026, 3, 4)),
        (("03/04/2026", "13/04/2026"), True, date(2026, 4, 3)),
        (("03/04/2026", "03/05/2026", "03/06/2026"), False, date(2026, 3, 4)),
        (("03.04.2026",), True, date(2026, 4, 3)),
        (("46112",), False, date(2026, 3, 31)),
        (("Mar 31, 2026",), False, date(2026, 3, 31)),
        (("Tue, 31 March 2026",), False, date(2026, 3, 31)),
        (("31. März 2026",), False, date(2026, 3, 31)),
        (("2026-03-31T14:05:12Z",), False, date(2026, 3, 31)),
        (("2026-W13",), False, date(2026, 3, 23)),
        (("2026-03",), False, date(2026, 3, 1)),
        (("1 Mar 2026 – 7 Mar 2026",), False, date(2026, 3, 1)),
    ],
)
def test_days_are_read_as_the_column_shows(cells: tuple[str, ...], american: bool, first: date) -> None:
    found = read_column(cells, american=american)[0]
    assert found is not None
    assert found.first == first


@given(st.one_of(st.text(max_size=70), st.text(st.sampled_from("0123456789-/. :TWMarch,–"), max_size=30)))
@example("9999-99-99")
@example("31.02.2026")
@example("2026-W60")
def test_whatever_stands_in_a_cell_is_a_day_or_none(text: str) -> None:
    found = read_days(text)
    assert found is None or found.first <= found.last


def test_what_is_not_over_is_left_out_and_no_more_than_half_a_year_is_read() -> None:
    weeks = {at: Days(date(2026, 1, 1) + timedelta(7 * at), date(2026, 1, 7) + timedelta(7 * at)) for at in range(60)}
    parts = cut(weeks, Span.WEEK, Marks.EITHER, date(2026, 12, 1))
    assert len(parts.blocks) == 26
    assert any("not over yet" in each for each in parts.remarks)


def test_odd_lengths_are_named() -> None:
    rows = {0: Days(date(2026, 3, 1), date(2026, 3, 10)), 1: month_of(date(2026, 2, 1))}
    parts = cut(rows, Span.WEEK, Marks.EITHER, date(2026, 4, 1))
    assert [each.period.said for each in parts.blocks if each.period] == ["February 2026"]
    assert "neither 7 days, nor 30, nor a month" in parts.remarks[0]


CELLS = st.text(st.sampled_from("0123456789.,;|\t\"'=+-@%£$ \nabcCTRLeadsDay#"), max_size=24)


@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=8), st.sampled_from(["ctr", "Leads", "Day", "Orders"])
)
def test_no_text_makes_the_reading_stumble(rows: list[list[str]], name: str) -> None:
    text = "\n".join([f"{name},Leads,Revenue", *(",".join(row) for row in rows)])
    try:
        tables = grids(text)
    except NoTable:
        return
    found = find(tables, EXPORTS, METRICS, NORA)
    assert found is None or all(each.typed for each in found.readings)


@given(
    st.lists(
        st.lists(st.sampled_from(["", "1", "2026-03-01", "x", "Total", "1.240", "2,1 %"]), min_size=3, max_size=3), max_size=9
    )
)
def test_no_cells_make_the_reckoning_stumble(rows: list[list[str]]) -> None:
    table = Grid((("Date", "Leads", "CTR"), *(tuple(row) for row in rows)))
    found = find((table,), EXPORTS, METRICS, NORA)
    assert found is None or len(found.readings) <= 26
