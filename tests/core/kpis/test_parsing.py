"""Numbers as people type them, on the figures that they type them for."""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kpis import money
from core.kpis.figures import shown, stored
from core.kpis.metrics import Metric, Metrics, Unit
from core.kpis.numbers import number_in
from core.kpis.parsing import NotThatFigure, Taken, Unclear, means_nothing, read_figure
from core.kpis.zones import BY_ZONE, currency_in

METRICS = Metrics()
CTR, ROAS, LEADS, RATING = "hook_AvgCTR", "nurture_RetargetingROAS", "attract_LeadsTotal", "share_AvgRating"
CPC, CPL, AOV, CLTV, REVENUE, ROI = (
    "hook_CPC",
    "gift_CPL",
    "sell_AOV_Initial",
    "grow_CLTV_Estimate",
    "revenue",
    "overallROI",
)
NBSP, THIN = "\u00a0", "\u202f"


def _metric(field: str, **settings: str) -> Metric:
    return METRICS.by_field[field].meant(settings)


def _read(field: str, typed: str, currency: str = "GBP", **settings: str) -> Taken | Unclear:
    return read_figure(_metric(field, **settings), typed, currency)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        # Rates, in points.
        (CTR, "2.5%", 2.5),
        (CTR, "2,5%", 2.5),
        (CTR, "2.5 %", 2.5),
        (CTR, f"2,5{NBSP}%", 2.5),
        (CTR, "2.5", 2.5),
        (CTR, "2,5", 2.5),
        (CTR, "2", 2.0),
        (CTR, "1", 1.0),
        (CTR, "1.0", 1.0),
        (CTR, "0.5%", 0.5),
        (CTR, ",5%", 0.5),
        (CTR, ".5 %", 0.5),
        (CTR, "0,025%", 0.025),
        (CTR, "2.5 percent", 2.5),
        (CTR, "2.5 per cent", 2.5),
        (CTR, "2.5pct", 2.5),
        (CTR, "2.50", 2.5),
        (CTR, "+2.5%", 2.5),
        (CTR, "~2.5%", 2.5),
        (CTR, "about 2.5%", 2.5),
        (CTR, "ca. 2,5 %", 2.5),
        (CTR, "approx 2.5", 2.5),
        (CTR, "  2.5  ", 2.5),
        (CTR, "2.345", 2.345),
        (CTR, "2,345", 2.345),
        (CTR, "2.34567%", 2.3457),
        (CTR, "２．５％", 2.5),
        (CTR, "٢٫٥", None),
        (CTR, "٢.٥٪", 2.5),
        (CTR, "0", 0.0),
        (CTR, "0%", 0.0),
        (CTR, "100%", 100.0),
        (CTR, "02.5%", 2.5),
        (ROI, "-20%", -20.0),
        (ROI, "−20 %", -20.0),
        (ROI, "–20%", -20.0),
        (ROI, "(20%)", -20.0),
        (ROI, "1,234%", 1.234),
        (ROI, "1,234.5%", 1234.5),
        # Money, in minor units of pounds.
        (CPL, "£3.20", 320),
        (CPL, "3.20 £", 320),
        (CPL, "3,20£", 320),
        (CPL, "£ 3,20", 320),
        (CPL, "3.2", 320),
        (CPL, "3", 300),
        (CPL, "GBP 3.20", 320),
        (CPL, "3.20 gbp", 320),
        (CPL, "3.2050", 321),
        (CPL, "£0.99", 99),
        (CPL, "0,99", 99),
        (CPC, "0.4567", 46),
        (AOV, "1.234,56", 123_456),
        (AOV, "1,234.56", 123_456),
        (AOV, "1 234,56", 123_456),
        (AOV, f"1{NBSP}234,56", 123_456),
        (AOV, f"1{THIN}234,56 £", 123_456),
        (AOV, "1'234.56", 123_456),
        (AOV, "1’234.56", 123_456),
        (AOV, "1234.56", 123_456),
        (AOV, "1234,56", 123_456),
        (AOV, "1.234", 123_400),
        (AOV, "1,234", 123_400),
        (AOV, "£1,234", 123_400),
        (AOV, "£1,234.00", 123_400),
        (AOV, "1 234", 123_400),
        (AOV, "59.-", 5_900),
        (AOV, "59.", 5_900),
        (AOV, "1.2k", 120_000),
        (CLTV, "£1,234.5", 123_450),
        (CLTV, "12.345,00", 1_234_500),
        (REVENUE, "12k", 1_200_000),
        (REVENUE, "12.5k", 1_250_000),
        (REVENUE, "12,5 k", 1_250_000),
        (REVENUE, "£12k", 1_200_000),
        (REVENUE, "12 thousand", 1_200_000),
        (REVENUE, "1.2m", 120_000_000),
        (REVENUE, "1,2 Mio", 120_000_000),
        (REVENUE, "12.345", 1_234_500),
        (REVENUE, "12,345", 1_234_500),
        (REVENUE, "1.234.567", 123_456_700),
        (REVENUE, "1,234,567", 123_456_700),
        (REVENUE, "1.234.567,89", 123_456_789),
        (REVENUE, "1,234,567.89", 123_456_789),
        (REVENUE, "1 234 567,89", 123_456_789),
        (REVENUE, "12,34,567.89", 123_456_789),
        (REVENUE, "12,34,567", 123_456_700),
        (REVENUE, "0", 0),
        # Ratios.
        (ROAS, "3.2x", 3.2),
        (ROAS, "3,2x", 3.2),
        (ROAS, "3.2 x", 3.2),
        (ROAS, "3.2×", 3.2),
        (ROAS, "3.2 times", 3.2),
        (ROAS, "3.2", 3.2),
        (ROAS, "320%", 3.2),
        (ROAS, "320 %", 3.2),
        (ROAS, "0.8", 0.8),
        # Counts.
        (LEADS, "240", 240),
        (LEADS, "1,234", 1234),
        (LEADS, "1.234", 1234),
        (LEADS, "1 234", 1234),
        (LEADS, "12k", 12_000),
        (LEADS, "1.2k", 1200),
        (LEADS, "1,2K", 1200),
        (LEADS, "240.0", 240),
        (LEADS, "12,345", 12_345),
        (LEADS, "0", 0),
        # Scores.
        (RATING, "4.3", 4.3),
        (RATING, "4,3", 4.3),
        (RATING, "4.3/5", 4.3),
        (RATING, "4,3 / 5", 4.3),
        (RATING, "4.3 out of 5", 4.3),
        (RATING, "4.3 of 5", 4.3),
        (RATING, "5", 5.0),
    ],
)
def test_a_figure_is_read_as_it_was_meant(field: str, typed: str, kept: float | None) -> None:
    if kept is None:
        with pytest.raises(NotThatFigure):
            _read(field, typed)
        return
    read = _read(field, typed)
    assert isinstance(read, Taken)
    assert read.kept == kept
    whole = METRICS.by_field[field].unit in (Unit.MONEY, Unit.COUNT)
    assert type(read.kept) is (int if whole else float)


@pytest.mark.parametrize(
    "typed",
    [
        "abc", "2.5.1", "1.23.456", "1,23,45", "1.2,3.4", "1 23", "12 34 567", "2-3%", "2 to 3", "<1%", ">5", "%", "£", "2.5%%",
        "£2£", "1e3", "½", "10²", "2..5", "..", "--5", "(-5)", "2,5,1", "(5", "5)", "0x1F", "inf", "nan", "1_000", "1'23",
        "1 234'567",
        "£-", "k", "12kk", "2.5 leads", "9" * 41, "1\n2", "=2+3",
    ],
)  # fmt: skip
def test_what_is_not_one_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(NotThatFigure, match="Type it like"):
        _read(REVENUE, typed)


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        (CTR, "250%", "from 0% to 100%; this is 250%"),
        (CTR, "-1%", "from 0% to 100%"),
        (LEADS, "12.5", "whole number"),
        (LEADS, "-3", "0 or more"),
        (LEADS, "240%", "not measured like 240%"),
        (LEADS, "£240", "no amount of money"),
        (LEADS, "9999999999999", "far smaller"),
        (AOV, "0", "£0.01 or more"),
        (AOV, "45%", "not measured like"),
        (AOV, "€45", "kept in GBP, but you typed €45"),
        (AOV, "45 EUR", "kept in GBP"),
        (AOV, "$45", "/kpi settings"),
        (CTR, "£2", "no amount of money"),
        (CTR, "2x", "not measured like"),
        (CTR, "4/5", "not measured like"),
        (ROAS, "-2", "from 0× to 100×"),
        (RATING, "6", "from 1 to 5"),
        (RATING, "0.5", "from 1 to 5"),
        (RATING, "8/10", "not measured like"),
        (RATING, "86%", "not measured like"),
        (ROI, "-120%", "-100% or more"),
        (REVENUE, "-5", "£0 or more"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(field: str, typed: str, reason: str) -> None:
    with pytest.raises(NotThatFigure) as refused:
        _read(field, typed)
    assert reason in refused.value.message


@pytest.mark.parametrize(
    ("field", "typed", "first", "second"),
    [
        (CTR, "0.025", "0.025%", "2.5%"),
        (CTR, "0,5", "0.5%", "50%"),
        (CTR, ".5", "0.5%", "50%"),
        (CTR, "0.99", "0.99%", "99%"),
        (ROI, "-0.2", "-0.2%", "-20%"),
        ("upsell_TakeRate", "0.08", "0.08%", "8%"),
    ],
)
def test_a_rate_below_one_without_a_sign_is_asked_about(field: str, typed: str, first: str, second: str) -> None:
    read = _read(field, typed)
    assert isinstance(read, Unclear)
    assert read.question == f"Did you mean {first} or {second}?"
    for label, clear in read.options:
        again = _read(field, clear)
        assert isinstance(again, Taken)
        assert shown(METRICS.by_field[field], again.kept, "GBP") == label


@pytest.mark.parametrize(
    ("field", "typed"),
    [(CTR, "35%"), (CTR, "0.1%"), (CPL, "150"), (LEADS, "200k"), (ROAS, "18"), (AOV, "3"), (RATING, "2"), (ROI, "1500%")],
)
def test_an_unusual_figure_is_taken_only_with_a_question(field: str, typed: str) -> None:
    read = _read(field, typed)
    assert isinstance(read, Taken)
    assert "unusual" in read.odd


def test_asking_bounds_of_money_are_left_aside_where_a_unit_is_worth_little() -> None:
    read = _read(AOV, "12,345", "JPY")
    assert read == Taken(12_345)


def test_three_decimals_are_money_where_the_currency_has_three() -> None:
    assert _read(REVENUE, "12.345", "KWD") == Taken(12_345)
    assert isinstance(_read(REVENUE, "12,345", "KWD"), Unclear)


@pytest.mark.parametrize("typed", ["1.234", "1,234", "£1.234"])
def test_three_decimals_of_a_small_amount_are_asked_about(typed: str) -> None:
    read = _read(CPC, typed)
    assert isinstance(read, Unclear)
    assert read.question == "Did you mean £1.23 or £1,234.00?"


@pytest.mark.parametrize(("currency", "typed"), [("EUR", "€3.20"), ("CAD", "$3.20"), ("SEK", "3,20 kr"), ("USD", "US$3.20")])
def test_a_sign_may_stand_for_the_students_own_currency(currency: str, typed: str) -> None:
    assert _read(CPL, typed, currency) == Taken(320)


@pytest.mark.parametrize(
    ("score", "typed", "fits"),
    [
        ("nps", "-20", True),
        ("nps", "45", True),
        ("nps", "45%", False),
        ("csatPercent", "86%", True),
        ("csatPercent", "-5", False),
        ("csatAverage", "4.3/5", True),
        ("csatAverage", "43", False),
    ],
)
def test_a_score_is_read_on_the_scale_that_was_chosen(score: str, typed: str, fits: bool) -> None:
    if fits:
        assert isinstance(_read("educate_CSAT_NPS", typed, scoreType=score), Taken)
    else:
        with pytest.raises(NotThatFigure):
            _read("educate_CSAT_NPS", typed, scoreType=score)


@pytest.mark.parametrize("typed", ["", " ", "-", "–", "—", "n/a", "N/A", "none", "?"])
def test_ways_of_saying_nothing_are_no_figures(typed: str) -> None:
    assert means_nothing(typed)


amounts = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("9999999.99"), places=2)


@given(amounts)
def test_every_way_of_writing_an_amount_reads_the_same(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    for text in (english, german, german.replace(".", " "), english.replace(",", "'"), f"£{english}", f"{german} €"):
        number = number_in(text)
        assert number is not None
        assert number.readings == (amount,)


@given(st.text(max_size=60))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    for field in (CTR, AOV, LEADS, ROAS, RATING):
        try:
            read = _read(field, text)
        except NotThatFigure:
            continue
        assert isinstance(read, Taken | Unclear)


@given(st.from_regex(r"[-+(]?[£€$]?[0-9., ']{1,20}(k|m|%|x|/5)?[)]?", fullmatch=True))
def test_what_looks_like_a_number_is_read_or_refused_and_kept_in_bounds(text: str) -> None:
    for field in (CTR, AOV, LEADS, ROAS, RATING, ROI):
        try:
            read = _read(field, text)
        except NotThatFigure:
            continue
        if isinstance(read, Taken):
            low, high = METRICS.by_field[field].hard
            unit = 100 if METRICS.by_field[field].unit is Unit.MONEY else 1
            assert low is None or read.kept >= low * unit
            assert high is None or read.kept <= high * unit


@given(amounts, st.sampled_from(["GBP", "JPY", "KWD", "SEK"]))
def test_money_is_kept_in_whole_minor_units(amount: Decimal, currency: str) -> None:
    kept = stored(METRICS.by_field[REVENUE], amount, currency)
    assert isinstance(kept, int)
    half = Decimal("0.5").scaleb(-money.MINOR_DIGITS.get(currency, 2))
    assert abs(money.from_minor(kept, currency) - amount) <= half


@pytest.mark.parametrize(
    ("locale", "currency"),
    [("en-GB", "GBP"), ("en_US", "USD"), ("de-DE", "EUR"), ("de", "EUR"), ("fr-CH", "CHF"), ("sv-SE", "SEK"), ("", "USD")],
)
def test_a_locale_suggests_a_currency(locale: str, currency: str) -> None:
    assert money.guessed(locale) == currency


@pytest.mark.parametrize(
    ("zone", "currency"),
    [("Europe/Berlin", "EUR"), ("Europe/London", "GBP"), ("America/Toronto", "CAD"), ("Australia/Perth", "AUD"), ("UTC", None)],
)
def test_a_time_zone_suggests_the_currency_of_its_country(zone: str, currency: str | None) -> None:
    assert currency_in(zone) == currency


def test_no_zone_is_made_up_and_each_suggests_a_known_currency() -> None:
    known = {zone: currency_in(zone) for zone in available_timezones()}
    assert len([each for each in known.values() if each and each != "AUD"]) == len(BY_ZONE)
    assert {each for each in known.values() if each} <= money.CODES


@pytest.mark.parametrize(("typed", "code"), [("gbp", "GBP"), ("€", "EUR"), (" Pounds ", "GBP"), ("$", "USD"), ("zł", "PLN")])
def test_a_currency_has_several_names(typed: str, code: str) -> None:
    assert money.currency_named(typed) == code
    with pytest.raises(money.NoSuchCurrency):
        money.currency_named(f"{typed}?")
