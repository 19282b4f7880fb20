"""Only the figures that a student uses are asked for, and what has not changed is said without typing it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.kpis.lasttime import says_same
from core.plain import message
from core.ui import Form, Message
from tests.core.course.world import Student, pressables
from tests.core.kpis.world import logged, logging_student, sheet

LAST_WEEK = "ctr 2.1% opt-in 18 leads 240 cpl 3.20 to 2026-04-01"


@pytest.fixture
async def nora(tmp_path: Path) -> AsyncIterator[Student]:
    async with logging_student(tmp_path) as student:
        yield student


async def test_before_a_choice_the_main_figures_are_asked_for_and_none_of_the_extras(nora: Student) -> None:
    names = [each.name for each in (await sheet(nora)).fields]
    assert names == ["hook_AvgCTR", "gift_OptInRate", "gift_CPL", "attract_LeadsTotal", "notes"]


async def test_what_is_ticked_is_asked_for_from_then_on_and_can_be_changed(nora: Student) -> None:
    form = await nora.form("kpi metrics")
    assert [each.name for each in form.fields] == ["useAttract", "useConvert", "useGrow"]
    assert "hook_CPC" not in form.values["useAttract"]
    saved = await nora.send(form, {"useAttract": ("hook_CPC", "Click-through rate"), "useConvert": "", "useGrow": ()})
    assert isinstance(saved, Message)
    assert "asked for 2 figures: CTR, CPC" in message(saved)
    assert [each.name for each in (await sheet(nora)).fields] == ["hook_AvgCTR", "hook_CPC", "notes"]
    again = await nora.form("kpi metrics")
    assert again.values["useAttract"] == ("hook_AvgCTR", "hook_CPC")
    assert again.values["useGrow"] == ()


async def test_one_must_be_ticked(nora: Student) -> None:
    again = await nora.send(await nora.form("kpi metrics"), {"useAttract": (), "useConvert": (), "useGrow": ("luck",)})
    assert isinstance(again, Form)
    assert "at least one" in again.problems["useAttract"]


async def test_a_part_of_which_nothing_is_used_is_not_gone_on_with(nora: Student) -> None:
    await nora.send(await nora.form("kpi metrics"), {"useAttract": ("hook_AvgCTR",), "useConvert": (), "useGrow": ("churnRate",)})
    saved = await nora.send(await sheet(nora), {"hook_AvgCTR": "2"})
    assert isinstance(saved, Message)
    assert [each.label for each in pressables(saved)] == ["Go on with Grow", "See the report"]


async def test_a_figure_that_is_not_asked_for_can_still_be_typed(nora: Student) -> None:
    await nora.send(await nora.form("kpi metrics"), {"useAttract": ("hook_AvgCTR",), "useConvert": (), "useGrow": ()})
    assert "£0.45" in message(await logged(nora, "cpc 0.45"))


async def test_what_is_not_ticked_is_not_asked_for_as_last_time_either(nora: Student) -> None:
    await logged(nora, "leads 31 orders 6 revenue £380")
    await nora.send(await nora.form("kpi metrics"), {"useAttract": ("attract_LeadsTotal",), "useConvert": (), "useGrow": ()})
    first = await nora.form("kpi log")
    assert first.fields[0].options[0].label == "As last time: Leads"
    assert [each.name for each in (await sheet(nora, level="Again")).fields] == ["attract_LeadsTotal", "notes"]
    await nora.send(await nora.form("kpi metrics"), {"useAttract": ("hook_CPC",), "useConvert": (), "useGrow": ()})
    assert "level" not in (await sheet(nora, level="Again")).values


async def test_what_is_ticked_as_the_same_is_logged_again_and_nothing_else_is(nora: Student) -> None:
    await logged(nora, LAST_WEEK)
    form = await sheet(nora)
    same = next(each for each in form.fields if each.name == "same")
    assert [each.label for each in same.options] == [
        "Click-through rate: 2.1%",
        "Gift opt-in rate: 18%",
        "Cost per lead: £3.20",
        "New leads: 240",
    ]
    assert same.hint == "Tick what has not changed since 1 April 2026"
    assert "same" not in form.values
    saved = await nora.send(form, {"same": ("gift_OptInRate", "gift_CPL"), "attract_LeadsTotal": "251"})
    assert isinstance(saved, Message)
    text = message(saved)
    assert "Gift opt-in rate: 18% (same)" in text
    assert "Cost per lead: £3.20 (same)" in text
    assert "New leads: 251" in text
    assert "Click-through" not in text


@pytest.mark.parametrize("typed", ["=", "same", " Same as last week ", "unchanged"])
async def test_one_figure_is_said_to_be_the_same(nora: Student, typed: str) -> None:
    await logged(nora, LAST_WEEK)
    saved = await nora.send(await sheet(nora), {"gift_CPL": typed})
    assert isinstance(saved, Message)
    assert "Cost per lead: £3.20 (same)" in message(saved)


async def test_what_is_typed_counts_before_what_is_ticked(nora: Student) -> None:
    await logged(nora, LAST_WEEK)
    saved = await nora.send(await sheet(nora), {"same": "gift_CPL, hook_AvgCTR", "gift_CPL": "4"})
    assert isinstance(saved, Message)
    assert "£4.00" in message(saved)
    assert "2.1% (same)" in message(saved)


async def test_without_a_last_time_nothing_can_be_the_same(nora: Student) -> None:
    form = await sheet(nora)
    assert "same" not in {each.name for each in form.fields}
    again = await nora.send(form, {"gift_CPL": "="})
    assert isinstance(again, Form)
    assert "none of last time" in again.problems["gift_CPL"]


async def test_last_time_is_of_an_equal_length_before_this_period(nora: Student) -> None:
    await logged(nora, f"{LAST_WEEK}")
    month = await sheet(nora, span="Last 30 Days")
    earlier = await sheet(nora, end="2026-03-25")
    for form in (month, earlier):
        assert "same" not in {each.name for each in form.fields}


async def test_what_was_ticked_stays_ticked_where_something_else_is_wrong(nora: Student) -> None:
    await logged(nora, LAST_WEEK)
    again = await nora.send(await sheet(nora), {"same": ("gift_CPL",), "hook_AvgCTR": "250%"})
    assert isinstance(again, Form)
    assert again.values["same"] == ("gift_CPL",)


async def test_free_words_say_same_too(nora: Student) -> None:
    await logged(nora, LAST_WEEK)
    read = message(await nora.message("kpi log", "ctr 2.3% opt-in same as last week, leads same, roas same"))
    assert "2.3%" in read
    assert "18%" in read
    assert "240" in read
    assert "I could not place: Retargeting ROAS as before" in read


def test_same_is_said_in_few_ways_only() -> None:
    assert says_same("the same")
    assert not says_same("same same")
    assert not says_same("==")
