"""What is said of figures before and after something went live, on histories in which we know what happened."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.course.steps import Step
from core.kpis.figures import Stored
from core.kpis.impact import figures_of
from core.kpis.model import Snapshot
from core.kpis.periods import Period, Span
from core.kpis.verdict import Outcome, Verdict, Why
from core.kpis.windows import begins
from tests.core.kpis.planted import CTR, LIVE, METRICS, WEEK, Asking, months, other, snapshot, weeks

MOVED, DID_NOT, EARLY, CANNOT = Verdict.MOVED, Verdict.DID_NOT, Verdict.TOO_EARLY, Verdict.CANNOT_TELL
HOOK, OPT_IN, CPL = Asking(), Asking("gift_OptInRate", Step.GIFT), Asking("gift_CPL", Step.GIFT)
LEADS, ORDERS = Asking("attract_LeadsTotal", Step.IDENTIFY), Asking("convert_TotalSales", Step.SELL)
SCORE, ROI = "educate_CSAT_NPS", Asking("overallROI", Step.FOUNDATION)
FLAT = (2.0, 2.1, 2.0, 1.9)
UP = (2.6, 2.7, 2.6, 2.8)


def _score(kind: str) -> Asking:
    return Asking(SCORE, Step.EDUCATE, settings=(("scoreType", kind),))


PLANTED: dict[str, tuple[Asking, Sequence[Snapshot], Verdict, Why | None]] = {
    "a clear rise": (HOOK, weeks(CTR, FLAT, UP), MOVED, None),
    "a clear fall": (HOOK, weeks(CTR, UP, FLAT), MOVED, None),
    "three weeks on each side": (HOOK, weeks(CTR, FLAT[:3], UP[:3]), MOVED, None),
    "a constant figure that steps up": (HOOK, weeks(CTR, (2, 2, 2), (2.5, 2.5, 2.5)), MOVED, None),
    "exactly a tenth": (HOOK, weeks(CTR, (3, 3, 3), (3.3, 3.3, 3.3)), MOVED, None),
    "a little less than a tenth": (HOOK, weeks(CTR, (3, 3, 3), (3.29, 3.29, 3.29)), DID_NOT, None),
    "the same throughout": (HOOK, weeks(CTR, (2, 2, 2, 2), (2, 2, 2, 2)), DID_NOT, None),
    "a tenth, but within its own ups and downs": (HOOK, weeks(CTR, (1.5, 2.6, 2, 1.9), (2.5, 2.4, 2.3, 2.5)), DID_NOT, None),
    "one week of the later ones is as before": (HOOK, weeks(CTR, FLAT, (2.9, 2.0, 3, 3)), DID_NOT, None),
    "one wild week before": (HOOK, weeks(CTR, (2, 9, 2, 2), UP), DID_NOT, None),
    "beyond the spread, but not by twice of it": (HOOK, weeks(CTR, (2, 2.3, 2.1), (2.5, 2.6, 2.5)), DID_NOT, None),
    "a steady rise that just goes on": (HOOK, weeks(CTR, (1.0, 1.2, 1.4), (1.6, 1.8, 2.0)), DID_NOT, Why.ALREADY),
    "a rise that quickens less than it should": (
        HOOK,
        weeks(CTR, (1, 1.1, 1.21), (None, 1.46, 1.61, 1.77)),
        DID_NOT,
        Why.ALREADY,
    ),
    "a slow rise, and then a jump": (HOOK, weeks(CTR, (2, 2.05, 2.1), (3, 3.1, 3)), MOVED, None),
    "falling before, rising after": (HOOK, weeks(CTR, (2.2, 2.1, 2.0), (3, 3.1, 3)), MOVED, None),
    "a cost that falls": (CPL, weeks("gift_CPL", (420, 410, 430), (320, 310, 300)), MOVED, None),
    "from nothing to something": (OPT_IN, weeks("gift_OptInRate", (0, 0, 0), (4, 5, 4)), MOVED, None),
    "live this morning": (replace(HOOK, today=LIVE), weeks(CTR, FLAT, ()), EARLY, None),
    "two weeks in": (replace(HOOK, today=LIVE + 2 * WEEK), weeks(CTR, FLAT, UP[:2]), EARLY, None),
    "five weeks in, one of them logged": (replace(HOOK, today=LIVE + 5 * WEEK), weeks(CTR, FLAT, (3,)), EARLY, None),
    "months in, and hardly anything logged": (HOOK, weeks(CTR, FLAT, (3, 3)), CANNOT, Why.FEW_AFTER),
    "nothing from before": (HOOK, weeks(CTR, (), UP), CANNOT, Why.FEW_BEFORE),
    "two weeks from before": (HOOK, weeks(CTR, FLAT[:2], UP), CANNOT, Why.FEW_BEFORE),
    "what is before is two months old": (HOOK, weeks(CTR, (*FLAT, *(None,) * 4), UP), CANNOT, Why.FEW_BEFORE),
    "new, and little from before": (replace(HOOK, today=LIVE + 2 * WEEK), weeks(CTR, FLAT[:1], UP[:1]), EARLY, None),
    "one later week of a cost is as before": (CPL, weeks("gift_CPL", (420, 410, 430), (320, 300, 425)), DID_NOT, None),
    "exactly twice the spread": (HOOK, weeks(CTR, (1, 1.1, 1), (1.2, 1.2, 1.3)), DID_NOT, None),
    "a fall from near the top": (_score("csatPercent"), weeks(SCORE, (92, 92, 92), (87, 87, 87)), DID_NOT, None),
    "another hook within the third week before": (
        replace(HOOK, others=(other(-19),)),
        weeks(CTR, FLAT, UP),
        CANNOT,
        Why.TOGETHER,
    ),
    "another hook on the last day of the third week": (
        replace(HOOK, others=(other(20),)),
        weeks(CTR, FLAT, UP),
        CANNOT,
        Why.TOGETHER,
    ),
    "another hook as the third week before begins": (
        replace(HOOK, others=(other(-21),), today=LIVE + 2 * WEEK),
        weeks(CTR, FLAT, UP[:2]),
        EARLY,
        None,
    ),
    "itself among what went live": (replace(HOOK, others=(other(0, name="ast_1"),)), weeks(CTR, FLAT, UP), MOVED, None),
    "never logged": (HOOK, weeks("gift_OptInRate", (20, 20, 20), (30, 30, 30)), CANNOT, Why.UNLOGGED),
    "never logged, and new": (replace(HOOK, today=LIVE), (), EARLY, Why.UNLOGGED),
    "two hooks on one day": (replace(HOOK, others=(other(0),)), weeks(CTR, FLAT, UP), CANNOT, Why.TOGETHER),
    "another hook ten days before": (replace(HOOK, others=(other(-10),)), weeks(CTR, FLAT, UP), CANNOT, Why.TOGETHER),
    "another hook ten days after": (replace(HOOK, others=(other(10),)), weeks(CTR, FLAT, UP), CANNOT, Why.TOGETHER),
    "another one within the same week": (
        replace(HOOK, on=LIVE + timedelta(2), others=(other(1),)),
        weeks(CTR, FLAT, (2, *UP)),
        CANNOT,
        Why.TOGETHER,
    ),
    "another hook in the fourth week": (replace(HOOK, others=(other(24),)), weeks(CTR, FLAT, UP), MOVED, None),
    "another hook long before": (replace(HOOK, others=(other(-21),)), weeks(CTR, FLAT, UP), MOVED, None),
    "something of a later step": (replace(HOOK, others=(other(3, Step.SELL),)), weeks(CTR, FLAT, UP), MOVED, None),
    "something of an earlier step": (
        replace(OPT_IN, others=(other(3),)),
        weeks("gift_OptInRate", (20, 21, 20), (30, 31, 30)),
        CANNOT,
        Why.TOGETHER,
    ),
    "something of a later step, for the whole": (
        replace(ROI, others=(other(3, Step.SHARE),)),
        weeks("overallROI", (20, 21, 20), (60, 61, 60)),
        CANNOT,
        Why.TOGETHER,
    ),
    "few orders": (ORDERS, weeks("convert_TotalSales", (1, 2, 1), (2, 3, 2)), CANNOT, Why.LITTLE),
    "orders that waver by chance": (ORDERS, weeks("convert_TotalSales", (9, 10, 9), (12, 13, 12)), DID_NOT, None),
    "orders that double": (ORDERS, weeks("convert_TotalSales", (20, 21, 19), (40, 42, 44)), MOVED, None),
    "leads out of nothing": (LEADS, weeks("attract_LeadsTotal", (0, 0, 0), (20, 25, 22)), MOVED, None),
    "a rate of a handful of leads": (
        OPT_IN,
        weeks("gift_OptInRate", (10, 11, 10), (20, 21, 20), attract_LeadsTotal=4),
        CANNOT,
        Why.LITTLE,
    ),
    "a rate of many leads": (OPT_IN, weeks("gift_OptInRate", (10, 11, 10), (20, 21, 20), attract_LeadsTotal=90), MOVED, None),
    "a hook does not ask for leads": (HOOK, weeks(CTR, FLAT, UP, attract_LeadsTotal=4), MOVED, None),
    "months": (replace(HOOK, today=date(2026, 8, 1)), months(CTR, FLAT[:3], UP[:3]), MOVED, None),
    "months, two of them so far": (replace(HOOK, today=date(2026, 6, 1)), months(CTR, FLAT[:3], UP[:2]), EARLY, None),
    "an NPS that crosses zero": (_score("nps"), weeks(SCORE, (-6, -4, -5), (10, 12, 11)), MOVED, None),
    "an NPS that changes by nine points": (_score("nps"), weeks(SCORE, (2, 2, 2), (11, 11, 11)), DID_NOT, None),
    "an NPS around zero that triples": (_score("nps"), weeks(SCORE, (1, 1, 1), (3, 3, 3)), DID_NOT, None),
    "an NPS near its top": (_score("nps"), weeks(SCORE, (86, 86, 86), (94, 94, 94)), MOVED, None),
    "an average mark near its top": (_score("csatAverage"), weeks(SCORE, (4.3, 4.3, 4.2), (4.7, 4.8, 4.7)), MOVED, None),
    "satisfied in percent, near its top": (_score("csatPercent"), weeks(SCORE, (92, 92, 92), (97, 98, 97)), MOVED, None),
    "satisfied in percent, a little more": (_score("csatPercent"), weeks(SCORE, (80, 80, 80), (84, 84, 84)), DID_NOT, None),
    "a loss that becomes a gain": (ROI, weeks("overallROI", (-30, -28, -32), (15, 18, 16)), MOVED, None),
}


@pytest.mark.parametrize("name", PLANTED)
def test_what_was_planted_is_found(name: str) -> None:
    asking, snapshots, verdict, why = PLANTED[name]
    found = asking.of(snapshots)
    assert (found.verdict, found.why) == (verdict, why)


def test_there_are_thirty_planted_histories_and_more() -> None:
    assert len(PLANTED) >= 30


@pytest.mark.parametrize("name", PLANTED)
def test_windows_are_equal_of_one_sense_apart_and_on_their_sides(name: str) -> None:
    asking, snapshots, verdict, why = PLANTED[name]
    found = asking.of(snapshots)
    assert len(found.before) == len(found.after)
    assert all(each.period.end < asking.on for each in found.before)
    assert all(begins(each.period) >= asking.on for each in found.after)
    assert {each.period.span for each in (*found.before, *found.after)} <= {found.sense.span if found.sense else None}
    judged = verdict in (MOVED, DID_NOT) or why is Why.LITTLE
    assert bool(found.before) == judged
    drawn = [each.period.end for each in found.drawn]
    assert drawn == sorted(drawn)
    assert {*found.before, *found.after} <= set(found.drawn)


def test_averages_and_directions_are_those_of_the_windows() -> None:
    found = HOOK.of(weeks(CTR, FLAT, UP))
    assert found.means == (Decimal("2"), Decimal("2.675"))
    assert (found.rose, found.better) == (True, True)
    cheaper = CPL.of(weeks("gift_CPL", (420, 410, 430), (320, 310, 300)))
    assert cheaper.means == (Decimal("4.2"), Decimal("3.1"))
    assert (cheaper.rose, cheaper.better) == (False, True)
    assert HOOK.of(weeks(CTR, (2, 2, 2), (2, 2, 2))).rose is None


def test_what_else_went_live_is_named_in_order_and_only_what_is_in_the_way() -> None:
    others = (other(12, name="late"), other(-3, name="early"), other(-80, name="old"), other(3, Step.SHARE, "later step"))
    found = replace(HOOK, others=others).of(weeks(CTR, FLAT, UP))
    assert found.together == ("early", "late")


def test_a_choice_that_was_answered_anew_cannot_be_compared() -> None:
    asking = Asking("sell_ConversionRate", Step.SELL)
    before = [each.model_copy(update={"meanings": {"conversionBasis": "leads"}}) for each in weeks(asking.field, (5, 5, 5), ())]
    after = [each.model_copy(update={"meanings": {"conversionBasis": "sessions"}}) for each in weeks(asking.field, (), (1, 1, 1))]
    assert asking.of([*before, *after]).why is Why.MEANING
    assert asking.of([*before, *[each.model_copy(update={"meanings": before[0].meanings}) for each in after]]).verdict is MOVED


def test_money_of_two_currencies_and_periods_of_two_lengths_cannot_be_compared() -> None:
    pounds, after = weeks("gift_CPL", (420, 410, 430), ()), weeks("gift_CPL", (), (320, 310, 300))
    found = CPL.of([*pounds, *[each.model_copy(update={"currency": "USD"}) for each in after]])
    assert (found.verdict, found.why, found.before) == (CANNOT, Why.CURRENCY, ())
    assert CPL.of([*pounds, *months("gift_CPL", (), (320, 310, 300))]).why is Why.LENGTH


def test_a_rate_may_be_logged_in_two_currencies() -> None:
    after = [each.model_copy(update={"currency": "USD"}) for each in weeks(CTR, (), UP)]
    assert HOOK.of([*weeks(CTR, FLAT, ()), *after]).verdict is MOVED


def test_weeks_that_overlap_are_counted_once() -> None:
    doubled = [
        each.model_copy(update={"id": f"{each.id}b", "snapshot_date": each.snapshot_date - timedelta(days=2)})
        for each in weeks(CTR, FLAT[:2], UP[:2])
    ]
    found = HOOK.of([*weeks(CTR, FLAT[:2], UP[:2]), *doubled])
    assert found.logged == (2, 1 + 1)
    assert found.why is Why.FEW_BEFORE


@pytest.mark.parametrize("days", [1, 3, 6])
def test_the_week_in_which_it_went_live_counts_on_neither_side(days: int) -> None:
    found = replace(HOOK, on=LIVE + timedelta(days=days)).of(weeks(CTR, FLAT, (99, *UP)))
    assert found.verdict is MOVED
    assert 99 not in [each.amount for each in (*found.before, *found.after)]
    assert 99 in [each.amount for each in found.drawn]


def test_windows_are_the_nearest_periods_and_end_before_something_else_goes_live() -> None:
    long = weeks(CTR, (9, 9, *FLAT), (*UP, 9, 9))
    assert [each.amount for each in HOOK.of(long).before] == [Decimal(str(each)) for each in FLAT]
    assert [each.amount for each in HOOK.of(long).after] == [Decimal(str(each)) for each in UP]
    for days in (24, 27):
        assert len(replace(HOOK, others=(other(days),)).of(long).after) == 3
    assert len(replace(HOOK, others=(other(28),)).of(long).after) == 4


def test_the_main_figure_of_a_step_comes_first() -> None:
    first = {step: figures_of(step, METRICS.file.metrics)[0].field for step in Step}
    assert first[Step.HOOK] == CTR
    assert first[Step.IDENTIFY] == "attract_LeadsTotal"
    assert first[Step.SELL] == "sell_ConversionRate"
    assert len(first) == 10


VALUES = st.integers(1, 9_999)
SIDES = st.tuples(st.lists(VALUES, max_size=6), st.lists(VALUES, max_size=6))


def _cents(sides: tuple[Sequence[Stored], Sequence[Stored]], times: int = 1) -> list[Snapshot]:
    before, after = ([each * times for each in side] for side in sides)
    return weeks("gift_CPL", before, after)


@settings(deadline=None)
@given(SIDES, st.integers(2, 1_000))
def test_the_unit_of_money_makes_no_difference(sides: tuple[list[Stored], list[Stored]], times: int) -> None:
    one, other_unit = CPL.of(_cents(sides)), CPL.of(_cents(sides, times))
    assert _said(one) == _said(other_unit)
    assert one.rose == other_unit.rose


@settings(deadline=None)
@given(SIDES, st.randoms(use_true_random=False), st.lists(st.integers(-40, 40), max_size=4))
def test_order_makes_no_difference(sides: tuple[list[Stored], list[Stored]], chance: random.Random, days: list[int]) -> None:
    asking = replace(CPL, others=tuple(other(each, Step.GIFT, f"o{at}") for at, each in enumerate(days)))
    history = [*_cents(sides), *months("gift_CPL", (5, 6), (7,))]
    shuffled, others = history[:], list(asking.others)
    chance.shuffle(shuffled)
    chance.shuffle(others)
    assert replace(asking, others=tuple(others)).of(shuffled) == asking.of(history)


@settings(deadline=None)
@given(SIDES, st.integers(1, 400))
def test_the_day_on_which_it_all_happened_makes_no_difference(sides: tuple[list[Stored], list[Stored]], days: int) -> None:
    by = timedelta(days=days)
    later = [each.model_copy(update={"snapshot_date": each.snapshot_date + by}) for each in _cents(sides)]
    assert _said(replace(CPL, on=CPL.on + by, today=CPL.today + by).of(later)) == _said(CPL.of(_cents(sides)))


@settings(deadline=None)
@given(st.lists(VALUES, min_size=3, max_size=4))
def test_a_leap_is_seen_upwards_and_downwards(values: list[Stored]) -> None:
    steps = [each + 10_000_000 for each in values]
    ahead, back = CPL.of(_cents((values, steps))), CPL.of(_cents((steps, values)))
    assert (ahead.verdict, back.verdict) == (MOVED, MOVED)
    assert ahead.rose is not back.rose


@settings(deadline=None)
@given(SIDES, st.integers(-60, 60))
def test_something_else_that_goes_live_never_makes_a_verdict_surer(sides: tuple[list[Stored], list[Stored]], days: int) -> None:
    alone = CPL.of(_cents(sides))
    together = replace(CPL, others=(other(days, Step.GIFT),)).of(_cents(sides))
    if not alone.before:
        assert not together.before
    assert len(together.before) <= len(alone.before)


@settings(deadline=None)
@given(st.permutations((100, 200, 300, 400, 500, 600, 700, 800)))
def test_the_same_values_in_another_order_have_not_moved(values: list[Stored]) -> None:
    assert CPL.of(_cents((values[:4], values[4:]))).verdict is DID_NOT


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from((3, 4)), st.sampled_from((0.05, 0.2, 0.5)))
def test_noise_alone_seldom_seems_to_move(seed: int, count: int, wavers: float) -> None:
    """On average it is one in thirty at most; of one hundred, chance makes more than sixteen of that once in ten million."""
    chance, moved = random.Random(seed), 0
    for _ in range(100):
        values = [max(1, round(chance.gauss(1_000, 1_000 * wavers))) for _ in range(2 * count)]
        moved += CPL.of(_cents((values[:count], values[count:]))).verdict is MOVED
    assert moved <= 16


def test_how_often_noise_seems_to_move_is_what_the_decision_record_says() -> None:
    chance = random.Random(7)
    for count, at_most in ((3, 0.033), (4, 0.01)):
        moved = 0
        for _ in range(2_000):
            values = [max(1, round(chance.gauss(1_000, 200))) for _ in range(2 * count)]
            moved += CPL.of(_cents((values[:count], values[count:]))).verdict is MOVED
        assert moved / 2_000 <= at_most


@settings(deadline=None)
@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.sampled_from(list(Span)))
def test_a_period_has_the_days_that_its_name_says(end: date, span: Span) -> None:
    if span is Span.MONTH:
        end = date(end.year, end.month, 28)
        end = (end + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    first = begins(Period(span, end))
    assert (end - first).days + 1 == {Span.WEEK: 7, Span.DAYS_30: 30, Span.MONTH: end.day}[span]


def test_a_period_of_no_kind_of_ours_is_left_out() -> None:
    strange = snapshot(Span.WEEK, LIVE, {CTR: 5}).model_copy(update={"time_period": "Spring"})
    assert HOOK.of([*weeks(CTR, FLAT, UP), strange]).verdict is MOVED


def _said(found: Outcome) -> tuple[Verdict, Why | None, int]:
    return found.verdict, found.why, len(found.before)
