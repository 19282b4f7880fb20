"""The files beside modules and prompts: every figure and cell of the schema, what was settled, and twelve agents of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

import pytest

from core.agents.agent import CourseAgent
from core.agents.roster import read_roster
from core.contents import SHIPPED
from core.kpis.metrics import Bounds, Metric, Metrics, Unit
from tests.core.content.reading import sentences
from tests.core.content.shop import CELLS

METRICS = Metrics()
AGENTS = read_roster(SHIPPED / "agents").agents
IN_THE_SCHEMA = """
    hook_AvgCTR gift_OptInRate gift_CPL attract_LeadsTotal engage_AssistedConversionRate sell_ConversionRate sell_AOV_Initial
    nurture_EmailConvRate nurture_RetargetingROAS convert_TotalSales convert_CPA upsell_TakeRate upsell_AOV_Final
    educate_RepeatPurchaseRate educate_CSAT_NPS share_ReviewRate grow_CLTV_Estimate overallROI
"""
CELLS_OF_THE_SCHEMA = """
    companyContext.coreOffers companyContext.uniqueMechanism companyContext.valueProposition companyContext.brandPillars
    companyContext.brandVoiceAdjectives companyContext.positioningPrice companyContext.missionVision
    companyContext.brandStoryPersonality marketAwareness.competitors marketAwareness.differentiation marketAwareness.marketTrends
    marketAwareness.channelAnalysis customerAvatar.profileSummary customerAvatar.pains customerAvatar.fears customerAvatar.goals
    customerAvatar.dreams customerAvatar.needs customerAvatar.wateringHoles
"""
LISTS = {"brandVoiceAdjectives", "pains", "fears", "goals", "dreams", "needs"}


def test_every_figure_of_the_schema_is_explained_and_ours_are_marked() -> None:
    assert {each.field for each in METRICS.file.metrics if not each.extra} == set(IN_THE_SCHEMA.split())


def _readings(metric: Metric) -> Sequence[Metric]:
    """The figure as it is for everybody, whatever they answered to its choice."""
    return [metric.meant({metric.choice: value}) for value in metric.by_choice] if metric.choice else [metric]


READINGS = [each for metric in METRICS.file.metrics for each in _readings(metric)]


@pytest.mark.parametrize("metric", READINGS, ids=lambda each: each.field)
def test_what_is_asked_about_lies_within_what_is_refused(metric: Metric) -> None:
    assert metric.hard != (None, None)
    if metric.ask:
        assert metric.ask != (None, None)
        assert all(_within(metric.hard, bound) for bound in metric.ask if bound is not None)
    if metric.unit is Unit.PERCENT and metric.field != "overallROI":
        assert metric.hard == (Decimal(0), Decimal(100))


@pytest.mark.parametrize("metric", [each for each in READINGS if each.benchmark], ids=lambda each: each.field)
def test_a_benchmark_says_who_published_it_and_when_and_is_no_surprise(metric: Metric) -> None:
    mark = metric.benchmark
    assert mark is not None
    assert mark.source
    assert 2015 <= mark.year <= 2026
    assert list(mark.typical) == sorted(mark.typical)
    assert all(_within(metric.hard, each) and _within(metric.ask or metric.hard, each) for each in mark.typical)
    assert (mark.currency is not None) == (metric.unit is Unit.MONEY)
    if mark.good is not None:
        assert _within(metric.hard, mark.good)
        assert mark.good >= mark.typical[0] if metric.better == "higher" else mark.good <= mark.typical[-1]


def test_what_the_figures_mean_is_settled() -> None:
    """Orders are counted, with the money beside them; conversion and satisfaction are each of one kind, kept once chosen."""
    by_field = METRICS.by_field
    assert by_field["convert_TotalSales"].unit is Unit.COUNT
    assert by_field["revenue"].unit is Unit.MONEY
    assert set(by_field["sell_ConversionRate"].by_choice) == {"leads", "sessions"}
    scales = {
        each: by_field["educate_CSAT_NPS"].meant({"scoreType": each}).hard for each in ("nps", "csatPercent", "csatAverage")
    }
    assert scales == {
        "nps": (Decimal(-100), Decimal(100)),
        "csatPercent": (Decimal(0), Decimal(100)),
        "csatAverage": (Decimal(1), Decimal(5)),
    }
    assert by_field["educate_RepeatPurchaseRate"].choice == "repeatWindow"
    assert {"identify_FormCompletionRate", "identify_WelcomeOpenRate"} <= by_field.keys()


def test_every_cell_of_the_schema_is_there_in_the_schemas_kind() -> None:
    for field in CELLS_OF_THE_SCHEMA.split():
        name = field.partition(".")[2]
        kind = "list" if name in LISTS else "pairs" if name == "competitors" else "text"
        assert CELLS.by_field[field].kind == kind, field


def test_a_digging_question_is_another_one() -> None:
    asked = [each for cell in CELLS.by_key.values() for each in (cell.question, cell.dig)]
    asked += [each for cell in CELLS.file.alignment.cells for each in (cell.question, cell.dig)]
    assert len(set(asked)) == len(asked)
    assert [each for each in asked if "?" not in each and not each.startswith(("Picture", "Finish", "Name"))] == []


@pytest.mark.parametrize("agent", AGENTS, ids=lambda each: each.role)
def test_an_agent_has_tools_somebody_to_hand_over_to_and_things_it_never_does(agent: CourseAgent) -> None:
    assert agent.tools
    assert agent.role not in agent.hands_over
    assert len(agent.hands_over) >= 3
    assert re.search(r"\b[Nn]ever\b|\bdo not\b|\bwould not do\b|\bRefused\b", agent.instructions)
    assert agent.personality


def test_no_two_agents_speak_alike() -> None:
    said = {each.role: frozenset(sentences(each.instructions)) for each in AGENTS}
    assert [(one, other) for one, other in combinations(said, 2) if said[one] & said[other]] == []
    assert len({each.personality for each in AGENTS}) == len(AGENTS)


def _within(bounds: Bounds, value: Decimal) -> bool:
    low, high = bounds
    return (low is None or low <= value) and (high is None or value <= high)
