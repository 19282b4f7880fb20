"""Numbers before their names and names before their numbers, in one line and in several."""

from __future__ import annotations

from datetime import date

import pytest

from core.kpis.metrics import Metrics
from core.kpis.otherwise import hints
from core.kpis.words import hear

METRICS = Metrics()
TODAY = date(2026, 4, 8)


def _heard(text: str) -> dict[str, str]:
    return {METRICS.by_field[field].short: value for field, value in hear(text, METRICS, TODAY).typed.items()}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("last week 1200 visits 31 orders 12090 zl", {"Orders": "31", "Revenue": "12090 zl"}),
        ("1200 visits, 31 orders, 12090 zl", {"Orders": "31", "Revenue": "12090 zl"}),
        ("31 orders 240 leads 12090 zł", {"Orders": "31", "Leads": "240", "Revenue": "12090 zł"}),
        ("31 orders and 12090 zl", {"Orders": "31", "Revenue": "12090 zl"}),
        ("31 orders and we made 12090 zl", {"Orders": "31", "Revenue": "12090 zl"}),
        ("31 orders £1200", {"Orders": "31", "Revenue": "£1200"}),
        ("31 orders 12,090 quid", {"Orders": "31", "Revenue": "12,090 quid"}),
        ("1 order 400 ksh", {"Orders": "1", "Revenue": "400 ksh"}),
        ("orders 31 12090 €", {"Orders": "31", "Revenue": "12090 €"}),
        ("orders 31, KES 12090", {"Orders": "31", "Revenue": "KES 12090"}),
        ("31 orders, revenue 12090 zl", {"Orders": "31", "Revenue": "12090 zl"}),
        ("31 orders revenue 12090", {"Orders": "31", "Revenue": "12090"}),
        ("31 orders 12090 zl revenue", {"Orders": "31", "Revenue": "12090 zl"}),
        ("31 orders 12090 revenue 240 leads", {"Orders": "31", "Revenue": "12090", "Leads": "240"}),
        ("240 leads 31 orders 12090", {"Leads": "240", "Orders": "31"}),
        ("240 leads 31 orders revenue 12090", {"Leads": "240", "Orders": "31", "Revenue": "12090"}),
        ("240 leads, 31 orders and revenue 12090", {"Leads": "240", "Orders": "31", "Revenue": "12090"}),
        ("31 orders ctr 2.1%", {"Orders": "31", "CTR": "2.1%"}),
        ("2.1% ctr 31 orders 18 opt-in", {"CTR": "2.1%", "Orders": "31", "Opt-in": "18"}),
        ("2.1% ctr, 31 orders, opt-in 18", {"CTR": "2.1%", "Orders": "31", "Opt-in": "18"}),
        ("orders 31 revenue 12090 zl leads 240", {"Orders": "31", "Revenue": "12090 zl", "Leads": "240"}),
        ("orders: 31; revenue: 12090", {"Orders": "31", "Revenue": "12090"}),
        ("orders 31, sales 12090", {"Orders": "31", "Revenue": "12090"}),
        ("31 orders, 12090 sales", {"Orders": "31", "Revenue": "12090"}),
        ("12 orders, £400 sales", {"Orders": "12", "Revenue": "£400"}),
        ("revenue 12090 31 orders", {"Revenue": "12090", "Orders": "31"}),
        ("spent £200 for 31 leads", {"Spend": "£200", "Leads": "31"}),
        ("31 orders 40 euros aov", {"Orders": "31", "AOV first": "40 euros"}),
        ("we got 31 orders and 240 leads", {"Orders": "31", "Leads": "240"}),
        ("31 orders, aov, 45 zl", {"Orders": "31", "AOV first": "45 zl"}),
        ("revenue 4400 ksh", {"Revenue": "4400 ksh"}),
        ("week 47 revenue 12090 zl", {"Revenue": "12090 zl"}),
        ("leads 240\norders 31\n12090 zl", {"Leads": "240", "Orders": "31", "Revenue": "12090 zl"}),
    ],
)
def test_each_number_is_that_of_its_own_name(text: str, typed: dict[str, str]) -> None:
    assert _heard(text) == typed


@pytest.mark.parametrize(
    "text",
    [
        "31 orders at 40 zl",
        "31 orders at 40 zl each",
        "31 orders for 40 zl",
        "31 orders, 500 zl on ads",
        "31 orders, 500 zl profit",
        "31 orders, refunds of 500 zl",
        "31 orders, goal 500 zl",
        "31 orders, 500 zl, 300 zl",
        "31 leads £200",
        "£1200",
        "31 orders 12090",
    ],
)
def test_money_that_may_be_anything_is_no_revenue(text: str) -> None:
    assert "Revenue" not in _heard(text)


@pytest.mark.parametrize(
    ("text", "short"), [("31 orders 240", "orders"), ("week 47 leads 240", "leads"), ("31 orders 12090", "orders")]
)
def test_a_name_between_two_numbers_is_asked_about(text: str, short: str) -> None:
    heard = hear(text, METRICS, TODAY)
    assert not heard.typed
    assert len(heard.unread) == 1
    assert heard.either[0].startswith(f"Is it “{short} ")


def test_what_is_left_of_a_longer_line_is_taken_and_the_doubtful_one_asked_about() -> None:
    heard = hear("leads 240 31 orders 12090", METRICS, TODAY)
    assert _heard("leads 240 31 orders 12090") == {"Leads": "240"}
    assert heard.either == ("Is it “orders 31” or “orders 12090”? Type the one that you meant.",)


def test_visits_are_said_to_be_left_out() -> None:
    heard = hear("last week 1200 visits 31 orders 12090 zl", METRICS, TODAY)
    assert heard.unread == ("1200 visits",)
    assert hints(heard.unread)[0].startswith("I left “")
    assert heard.slips == {"12090 zl": "Revenue"}
