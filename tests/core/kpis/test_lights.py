"""The traffic light of a figure, by what others reach and by the equal period before."""

from __future__ import annotations

import pytest

from core.kpis.figures import Stored
from core.kpis.lights import Colour, level_statuses, light
from core.kpis.lines import Line
from core.kpis.metrics import Level, Metrics

METRICS = Metrics()
GREEN, YELLOW, RED = Colour.GREEN, Colour.YELLOW, Colour.RED


@pytest.mark.parametrize(
    ("field", "now", "before", "colour", "why"),
    [
        ("hook_AvgCTR", 1.9, None, GREEN, "good by what others reach"),
        ("hook_AvgCTR", 1.89, None, YELLOW, "typical of what others reach"),
        ("hook_AvgCTR", 1.1, None, YELLOW, "typical of what others reach"),
        ("hook_AvgCTR", 1.09, None, RED, "short of what others reach"),
        ("hook_AvgCTR", 0.99, 0.9, GREEN, "10% better than before, though still short of what others reach"),
        ("hook_AvgCTR", 0.989, 0.9, RED, "short of what others reach"),
        ("hook_AvgCTR", 1.2, 1.5, RED, "20% worse than before"),
        ("hook_AvgCTR", 1.21, 1.5, YELLOW, "typical of what others reach"),
        ("hook_AvgCTR", 2.0, 4.0, GREEN, "good by what others reach, though 50% worse than before"),
        ("hook_AvgCTR", 0.5, 1.0, RED, "short of what others reach, and 50% worse than before"),
        ("nurture_EmailConvRate", 1.37, None, YELLOW, "typical of what others reach"),  # an average, and a fifth around it
        ("nurture_EmailConvRate", 1.36, None, RED, "short of what others reach"),
        ("convert_CPA", 1_800, None, GREEN, "good by what others reach"),  # in cents; less is better
        ("convert_CPA", 3_900, None, YELLOW, "typical of what others reach"),
        ("convert_CPA", 4_100, None, RED, "short of what others reach"),
        ("convert_CPA", 4_100, 5_000, GREEN, "18% better than before, though still short of what others reach"),
        ("sell_AOV_Initial", 5_900, None, None, ""),  # shops differ too much: only the own trend counts
        ("sell_AOV_Initial", 5_900, 5_000, GREEN, "18% better than before"),
        ("attract_LeadsTotal", 240, 235, YELLOW, "much as before"),
        ("attract_LeadsTotal", 240, None, None, ""),
        ("attract_LeadsTotal", 6, 3, None, ""),  # so few that one more is a third
        ("attract_LeadsTotal", 150, 240, RED, "38% worse than before"),
        ("spend", 90_000, 50_000, None, ""),
        ("overallROI", -20.0, -40.0, None, ""),  # a share of less than nothing means nothing
        ("gift_OptInRate", None, 12.0, None, ""),
        ("gift_OptInRate", 0.0, 12.0, RED, "short of what others reach, and 100% worse than before"),
    ],
)
def test_a_light_says_its_colour_and_why(
    field: str, now: Stored | None, before: Stored | None, colour: Colour | None, why: str
) -> None:
    found = light(METRICS.by_field[field], now, before, "USD")
    assert (found and found.colour, found.why if found else "") == (colour, why)


def test_money_is_not_set_beside_a_benchmark_in_another_currency() -> None:
    cost = METRICS.by_field["convert_CPA"]
    assert light(cost, 4_100, None, "GBP") is None
    assert Line(cost, 4_100, 5_000, "GBP").light == light(cost, 4_100, 5_000, "GBP")
    assert light(cost, 4_100, 5_000, "GBP") is not None


def test_what_a_figure_means_decides_what_it_is_set_beside() -> None:
    rate = METRICS.by_field["sell_ConversionRate"]
    for basis, colour in (("leads", YELLOW), ("sessions", GREEN)):
        found = light(rate.meant({"conversionBasis": basis}), 3.5, None, "USD")
        assert found is not None
        assert found.colour is colour
    assert light(rate, 3.5, None, "USD") is None


def test_a_part_of_the_funnel_goes_by_its_first_main_figure_that_says_something() -> None:
    def statuses(**now: float) -> dict[Level, tuple[str, Colour]]:
        judged = [(each, light(each, now.get(name), None, "USD")) for name, each in METRICS.by_field.items()]
        found = level_statuses(METRICS.file.levels, judged)
        assert [each.level for each in found] == [Level.ATTRACT, Level.CONVERT, Level.GROW]
        return {each.level: (each.main.field, each.light.colour) for each in found if each.main and each.light}

    assert statuses() == {}
    assert statuses(hook_AvgCTR=1.0) == {Level.ATTRACT: ("hook_AvgCTR", RED)}
    shown = statuses(hook_AvgCTR=1.0, gift_OptInRate=18, upsell_TakeRate=5)
    assert shown == {Level.ATTRACT: ("gift_OptInRate", GREEN), Level.GROW: ("upsell_TakeRate", YELLOW)}


def test_lights_can_be_told_apart_without_their_colour() -> None:
    assert len({each.word for each in Colour}) == len({each.sign for each in Colour}) == len(Colour)
