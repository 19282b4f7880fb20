"""The weakest link, on funnels whose fault was planted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.contents import SHIPPED
from core.course.steps import Step
from core.foundation.cells import Cells
from core.kpis import told
from core.kpis.diagnosis import diagnose
from core.kpis.findings import Diagnosis, Verdict, Why
from core.kpis.lines import Line
from core.kpis.metrics import Metrics
from core.kpis.periods import Span
from core.playbook.prompts import Playbook

METRICS = Metrics()
VISITS, LEADS = {"conversionBasis": "sessions"}, {"conversionBasis": "leads"}
GOOD = {
    "hook_AvgCTR": 2.2,
    "gift_OptInRate": 18.0,
    "attract_LeadsTotal": 900,
    "identify_WelcomeOpenRate": 65.0,
    "sell_ConversionRate": 3.5,
    "convert_TotalSales": 120,
    "nurture_EmailConvRate": 6.0,
    "upsell_TakeRate": 9.0,
    "share_ReviewRate": 6.0,
}
"""A funnel in which everything is as good as the best, counted on visits; money is in dollars."""
HOOK, GIFT, IDENTIFY, ENGAGE, SELL = Step.HOOK, Step.GIFT, Step.IDENTIFY, Step.ENGAGE, Step.SELL
NURTURE, UPSELL, EDUCATE, SHARE = Step.NURTURE, Step.UPSELL, Step.EDUCATE, Step.SHARE


@dataclass(frozen=True, slots=True)
class Case:
    """A funnel, and what is to be found in it: the steps in the order in which to work on them, and why so."""

    name: str
    now: Mapping[str, float]
    verdict: Verdict = Verdict.WEAK
    steps: tuple[Step, ...] = ()
    why: Why = Why.ONLY
    before: Mapping[str, float] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=lambda: VISITS)
    prompts: tuple[str, ...] = ()


def funnel(**changed: float | None) -> dict[str, float]:
    """The good funnel with these figures in place of its own; None takes one out."""
    return {name: value for name, value in {**GOOD, **changed}.items() if value is not None}


CASES = (
    # All well, or as well as others.
    Case("all good", GOOD, Verdict.GOOD),
    Case("all typical", funnel(hook_AvgCTR=1.3, gift_OptInRate=5.0, sell_ConversionRate=1.5, upsell_TakeRate=5.0), Verdict.GOOD),
    Case("all good and growing", GOOD, Verdict.GOOD, before=funnel(hook_AvgCTR=1.5, sell_ConversionRate=2.0)),
    Case("two steps are enough to say so", {"hook_AvgCTR": 2.0, "gift_OptInRate": 20.0}, Verdict.GOOD),
    Case("short of others, but climbing", funnel(hook_AvgCTR=0.9), Verdict.GOOD, before=funnel(hook_AvgCTR=0.7)),
    # One weak link, at every step.
    Case("low CTR", funnel(hook_AvgCTR=0.8), steps=(HOOK,), prompts=("H1", "H2", "H3")),
    Case("CTR fell", funnel(hook_AvgCTR=1.4), steps=(HOOK,), before=funnel(hook_AvgCTR=2.0)),
    Case("clicks became dearer", funnel(hook_CPC=90), steps=(HOOK,), before=funnel(hook_CPC=60)),
    Case(
        "fewer leads at the same rates",
        funnel(attract_LeadsTotal=600),
        steps=(HOOK,),
        before=funnel(attract_LeadsTotal=900),
        prompts=("F8", "H6", "H5"),
    ),
    Case("fewer leads, rates unknown", {"attract_LeadsTotal": 600, "share_ReviewRate": 6.0}, steps=(IDENTIFY,), before=GOOD),
    Case("CTR fine, opt-in low", funnel(gift_OptInRate=1.5), steps=(GIFT,), prompts=("G3", "G1", "G6")),
    Case("opt-in low, CTR unknown", funnel(hook_AvgCTR=None, gift_OptInRate=1.5), steps=(GIFT,), prompts=("G1", "G3", "G6")),
    Case("leads became dearer", funnel(gift_CPL=900), steps=(GIFT,), before=funnel(gift_CPL=600)),
    Case(
        "form drop-off",
        funnel(identify_FormCompletionRate=55.0),
        steps=(IDENTIFY,),
        before=funnel(identify_FormCompletionRate=80.0),
        prompts=("ID1", "ID3"),
    ),
    Case("few open the welcome email", funnel(identify_WelcomeOpenRate=30.0), steps=(IDENTIFY,), prompts=("ID2", "G5", "ID5")),
    Case(
        "many carts, few orders",
        funnel(sell_ConversionRate=1.5, sell_AddToCartRate=9.0),
        steps=(ENGAGE,),
        prompts=("E4", "S7", "E1"),
    ),
    Case(
        "more leave the checkout",
        funnel(engage_CheckoutAbandonmentRate=70.0),
        steps=(ENGAGE,),
        before=funnel(engage_CheckoutAbandonmentRate=50.0),
    ),
    Case(
        "fewer orders after a chat",
        funnel(engage_AssistedConversionRate=3.0),
        steps=(ENGAGE,),
        before=funnel(engage_AssistedConversionRate=6.0),
    ),
    Case("visits fine, few sales", funnel(sell_ConversionRate=0.7), steps=(SELL,), prompts=("S1", "S4", "S2")),
    Case(
        "leads fine, few sales",
        funnel(sell_ConversionRate=1.1, nurture_EmailConvRate=None, convert_TotalSales=10),
        steps=(SELL,),
        meanings=LEADS,
        prompts=("S1", "S4", "N1"),
    ),
    Case(
        "checkout completion fell",
        funnel(sell_CheckoutCompletionRate=40.0),
        steps=(SELL,),
        before=funnel(sell_CheckoutCompletionRate=60.0),
    ),
    Case("smaller orders", funnel(sell_AOV_Initial=4_000), steps=(SELL,), before=funnel(sell_AOV_Initial=6_000)),
    Case("emails opened, no orders", funnel(nurture_EmailConvRate=0.6), steps=(NURTURE,), prompts=("N3", "N5", "N1")),
    Case(
        "few order from the sequence",
        funnel(identify_WelcomeOpenRate=None, nurture_EmailConvRate=0.6),
        steps=(NURTURE,),
        prompts=("N1", "N3", "N2"),
    ),
    Case("ROAS fell", funnel(nurture_RetargetingROAS=2.0), steps=(NURTURE,), before=funnel(nurture_RetargetingROAS=4.0)),
    Case("take rate low", funnel(upsell_TakeRate=2.0), steps=(UPSELL,), prompts=("U1", "U2")),
    Case(
        "no second order",
        funnel(educate_RepeatPurchaseRate=8.0),
        steps=(EDUCATE,),
        meanings={**VISITS, "repeatWindow": "oneYear"},
        prompts=("ED3", "ED1", "ED2"),
    ),
    Case("unhappy buyers", funnel(educate_CSAT_NPS=15), steps=(EDUCATE,), meanings={**VISITS, "scoreType": "nps"}),
    Case("subscribers leave", funnel(churnRate=9.0), steps=(EDUCATE,), before=funnel(churnRate=6.0)),
    Case("few reviews", funnel(share_ReviewRate=1.0), steps=(SHARE,), prompts=("SH1", "ED6")),
    Case(
        "happy, no reviews",
        funnel(share_ReviewRate=1.0, educate_CSAT_NPS=60),
        steps=(SHARE,),
        meanings={**VISITS, "scoreType": "nps"},
        prompts=("SH1", "SH5"),
    ),
    Case("ratings fell", funnel(share_AvgRating=3.2), steps=(SHARE,), before=funnel(share_AvgRating=4.6)),
    # Two: nearest the money first, unless an earlier one starves what follows.
    Case("page before reviews", funnel(sell_ConversionRate=0.7, share_ReviewRate=1.5), steps=(SELL, SHARE), why=Why.MONEY),
    Case("page before opt-in", funnel(gift_OptInRate=2.4, sell_ConversionRate=0.7), steps=(SELL, GIFT), why=Why.MONEY),
    Case("emails before hook", funnel(hook_AvgCTR=0.9, nurture_EmailConvRate=1.0), steps=(NURTURE, HOOK), why=Why.MONEY),
    Case("a starved hook", funnel(hook_AvgCTR=0.4, sell_ConversionRate=0.9), steps=(HOOK, SELL), why=Why.STARVED),
    Case("a starved gift", funnel(gift_OptInRate=0.9, nurture_EmailConvRate=1.0), steps=(GIFT, NURTURE), why=Why.STARVED),
    Case(
        "leads broke off", funnel(attract_LeadsTotal=400, upsell_TakeRate=3.0), steps=(HOOK, UPSELL), why=Why.STARVED, before=GOOD
    ),
    Case(
        "the two biggest of three",
        funnel(hook_AvgCTR=1.0, gift_OptInRate=2.0, sell_ConversionRate=0.7),
        steps=(SELL, GIFT),
        why=Why.MONEY,
    ),
    Case("the hook starves the gift", funnel(hook_AvgCTR=0.4, gift_OptInRate=1.5), steps=(HOOK, GIFT), why=Why.STARVED),
    Case("leads fell because the gift did", funnel(gift_OptInRate=2.4, attract_LeadsTotal=600), steps=(GIFT,), before=GOOD),
    # Too little lies behind it.
    Case(
        "too few visits to judge the page, and the gift starves it",
        funnel(gift_OptInRate=0.9, attract_LeadsTotal=20, sell_ConversionRate=0.5, convert_TotalSales=2),
        steps=(GIFT,),
        why=Why.STARVED,
    ),
    Case("thirty leads", {"attract_LeadsTotal": 30, "sell_ConversionRate": 0.5}, Verdict.TOO_LITTLE, meanings=LEADS),
    Case("ten orders", {"convert_TotalSales": 10, "upsell_TakeRate": 1.0, "share_ReviewRate": 0.5}, Verdict.TOO_LITTLE),
    Case("four hundred visits", {"sell_ConversionRate": 0.5, "convert_TotalSales": 2}, Verdict.TOO_LITTLE),
    Case(
        "good rates of too few",
        {"sell_ConversionRate": 4.0, "convert_TotalSales": 12, "upsell_TakeRate": 9.0},
        Verdict.TOO_LITTLE,
    ),
    # Too few figures.
    Case("nothing", {}, Verdict.TOO_FEW),
    Case("one good figure", {"hook_AvgCTR": 2.5}, Verdict.TOO_FEW),
    Case("one weak figure is named, but not as the weakest", {"hook_AvgCTR": 0.5}, Verdict.TOO_FEW, steps=(HOOK,)),
    Case("counts without a period before", {"attract_LeadsTotal": 500, "convert_TotalSales": 80}, Verdict.TOO_FEW),
    Case("spending alone", {"spend": 90_000, "revenue": 400_000}, Verdict.TOO_FEW),
    Case("a rate whose meaning was never settled", {"sell_ConversionRate": 0.2}, Verdict.TOO_FEW, meanings={}),
    # What cannot all be true.
    Case(
        "costs that do not follow from each other",
        {"gift_CPL": 300, "sell_ConversionRate": 1.0, "convert_CPA": 2_000},
        Verdict.CONTRADICTORY,
        meanings=LEADS,
    ),
    Case(
        "a doubtful gift among sound figures is left out",
        funnel(hook_CPC=300, gift_OptInRate=1.0, gift_CPL=200, sell_ConversionRate=0.7),
        steps=(SELL,),
    ),
    Case(
        "an upsell that lowers the order doubts nothing else",
        funnel(sell_AOV_Initial=6_000, upsell_AOV_Final=4_000),
        Verdict.GOOD,
    ),
)


def found_in(now: Mapping[str, float], before: Mapping[str, float], meanings: Mapping[str, str]) -> Diagnosis:
    """The diagnosis of a funnel in dollars."""
    kept = {name: int(each) if METRICS.by_field[name].unit in ("money", "count") else each for name, each in now.items()}
    lines = [Line(each.meant(meanings), kept.get(name), before.get(name), "USD") for name, each in METRICS.by_field.items()]
    return diagnose(METRICS, lines, meanings)


@pytest.mark.parametrize("case", CASES, ids=[each.name for each in CASES])
def test_the_planted_fault_is_found(case: Case) -> None:
    found = found_in(case.now, case.before, case.meanings)
    assert (found.verdict, tuple(each.symptom.step for each in found.findings)) == (case.verdict, case.steps)
    if found.verdict is Verdict.WEAK:
        assert found.why is case.why
    if case.prompts:
        assert found.findings[0].symptom.prompts == case.prompts


def test_at_least_forty_funnels_are_planted_and_every_step_is_among_them() -> None:
    assert len(CASES) >= 40
    assert {step for case in CASES for step in case.steps} == {each for each in Step if each is not Step.FOUNDATION}


def test_an_earlier_weak_step_is_named_as_what_may_be_behind_a_later_one() -> None:
    found = found_in(funnel(gift_OptInRate=2.4, sell_ConversionRate=0.7), {}, VISITS)
    (suspect,) = found.findings[0].suspects
    assert suspect.step is GIFT
    assert (
        "Gift is weak too, and may be behind it. Leads that came for an unrelated gift" in told.suspicions(found.findings[0])[0]
    )
    assert told.because(found) == "Sell comes first: it is nearer the money, so a gain there pays soonest."


def test_a_weak_step_that_is_not_among_the_two_is_told_as_well() -> None:
    found = found_in(funnel(hook_AvgCTR=1.0, gift_OptInRate=2.0, sell_ConversionRate=0.7), {}, VISITS)
    assert found.weak == (HOOK,)


def test_what_lies_behind_a_rate_is_counted_or_said_to_be_unknown() -> None:
    (sure,) = found_in(funnel(sell_ConversionRate=0.7), {}, VISITS).findings
    assert sure.unseen == ""
    found = found_in(funnel(sell_ConversionRate=0.7, convert_TotalSales=None), {}, VISITS)
    assert told.suspicions(found.findings[0]) == ["This holds if at least about 500 visits to your shop lie behind it."]
    assert [each.field for each in found.log_next][:1] == ["convert_TotalSales"]


def test_too_little_traffic_says_how_little_and_asks_for_a_longer_period() -> None:
    found = found_in({"sell_ConversionRate": 0.5, "convert_TotalSales": 2}, {}, VISITS)
    lines = told.next_steps(found, Span.WEEK)
    assert lines[0] == "Sell: 400 visits to your shop are too few to judge by. About 500 say something."
    assert "last 30 days" in lines[1]
    assert "last 30 days" not in " ".join(told.next_steps(found, Span.MONTH))
    beside = found_in(
        {"hook_AvgCTR": 2.0, "gift_OptInRate": 20.0, "sell_ConversionRate": 0.5, "convert_TotalSales": 2}, {}, VISITS
    )
    assert told.headline(beside).endswith("Hook and Gift. Sell rests on too few to be judged.")


def test_too_few_figures_say_what_to_log_next_and_what_only_the_trend_can_tell() -> None:
    found = found_in({"attract_LeadsTotal": 500}, {}, VISITS)
    assert "I cannot tell yet" in told.headline(found)
    assert told.next_steps(found, Span.WEEK) == [
        "Log Conversion rate, Email conversion and Upsell take rate as well.",
        "Of New leads, your own trend decides: log the next period of the same length too.",
    ]


def test_figures_that_do_not_fit_together_are_named() -> None:
    found = found_in({"gift_CPL": 300, "sell_ConversionRate": 1.0, "convert_CPA": 2_000}, {}, LEADS)
    assert "do not fit together" in told.headline(found)
    assert "Cost per lead ($3.00)" in found.doubts[0]


def test_a_customer_who_costs_more_than_they_bring_is_told_beside_the_links() -> None:
    found = found_in(funnel(convert_CPA=4_500, sell_AOV_Initial=3_000, grow_CLTV_Estimate=4_000), {}, VISITS)
    assert [each.says.partition(".")[0] for each in found.remarks] == [
        "A new customer costs more than they bring over the years",
        "A new customer costs more than the first order brings",
    ]
    assert not found_in(funnel(convert_CPA=900, sell_AOV_Initial=3_000, grow_CLTV_Estimate=9_000), {}, VISITS).remarks


def test_where_all_is_well_the_fair_figure_nearest_the_money_has_most_room() -> None:
    found = found_in(funnel(hook_AvgCTR=1.3, nurture_EmailConvRate=2.0), {}, VISITS)
    assert found.room is not None
    assert found.room.metric.field == "nurture_EmailConvRate"


@given(
    st.dictionaries(st.sampled_from(sorted(METRICS.by_field)), st.floats(0, 100)),
    st.dictionaries(st.sampled_from(sorted(METRICS.by_field)), st.floats(0, 100)),
    st.sampled_from([VISITS, LEADS, {}, {**VISITS, "scoreType": "nps", "repeatWindow": "oneYear"}]),
)
def test_whatever_is_logged_can_be_told_and_is_told_the_same_again(
    now: dict[str, float], before: dict[str, float], meanings: dict[str, str]
) -> None:
    found = found_in(now, before, meanings)
    assert found == found_in(now, before, meanings)
    assert len(found.findings) <= 2
    assert all(0 <= each.severity <= 1 for each in found.findings)
    assert told.headline(found)
    assert bool(found.findings) or found.verdict is not Verdict.WEAK


def test_the_rules_name_only_what_there_is() -> None:
    rules, cells, prompts = METRICS.rules, Cells(SHIPPED), Playbook(SHIPPED)
    assert rules.fields <= METRICS.by_field.keys()
    for each in rules.symptoms:
        assert set(each.cells) <= cells.by_field.keys()
        assert set(each.prompts) <= prompts.by_code.keys()
