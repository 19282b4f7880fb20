"""/kpi history, correct and delete, as a student uses them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.assets.service import Assets
from core.contents import SHIPPED
from core.course.modules import Course
from core.foundation.cells import Cells
from core.foundation.service import Foundations
from core.kpis import commands, history_commands, logging_commands
from core.kpis.corrections import Corrections, NoSuchPeriod, NotDeleted, PeriodTaken
from core.kpis.figures import Stored
from core.kpis.history import Source
from core.kpis.history_args import suggest_period
from core.kpis.impacts import Following
from core.kpis.metrics import Metrics
from core.kpis.periods import Period, Span
from core.kpis.service import Snapshots
from core.people.service import People
from core.plain import message
from core.ui import Form, Message
from persistence.assets import AssetRecord
from persistence.drafts import FormDraftRecord
from persistence.foundation import FoundationRecord
from persistence.people import PeopleRecord
from persistence.snapshots import SnapshotRecord
from tests.blank import record_in
from tests.core.course.world import ACTOR, NOON, Student, pressables, student
from tests.core.kpis.sharing import comparing

METRICS = Metrics()
WEEK = Period(Span.WEEK, date(2026, 4, 7))
LATER = NOON + timedelta(hours=1)


@pytest.fixture
async def nora(tmp_path: Path) -> AsyncIterator[Student]:
    database = await record_in(tmp_path)
    people = People(PeopleRecord(database))
    person = await people.meet(ACTOR, NOON)
    store = SnapshotRecord(database)
    snapshots = Snapshots(store, METRICS, people, FormDraftRecord(database))
    listed = (*commands.COMMANDS, *logging_commands.COMMANDS, *history_commands.COMMANDS)
    foundations = Foundations(FoundationRecord(database), Cells(SHIPPED))
    following = Following(snapshots, Assets(AssetRecord(database)))
    beside = comparing(database, snapshots, people)
    yield student(people, person, listed, Course(SHIPPED), snapshots, Corrections(store), foundations, following, beside)
    await database.close()


def _snapshots(snapshots: Snapshots) -> Snapshots:
    return snapshots


async def _logged(
    nora: Student, figures: dict[str, Stored], period: Period = WEEK, source: Source = Source.LOGGED, notes: str = ""
) -> None:
    snapshots = nora.services.call(_snapshots)
    await snapshots.log(nora.person, period, figures, currency="GBP", at=NOON, notes=notes, source=source)


async def _form(nora: Student, named: str = "7 april") -> Form:
    return await nora.form("kpi correct", named)


async def test_the_form_holds_what_is_kept_in_the_order_of_the_funnel(nora: Student) -> None:
    await _logged(nora, {"attract_LeadsTotal": 1240, "hook_AvgCTR": 2.1, "gift_CPL": 320}, notes="Sale")
    form = await _form(nora)
    assert [each.name for each in form.fields] == ["hook_AvgCTR", "gift_CPL", "attract_LeadsTotal", "notes"]
    assert form.values["hook_AvgCTR"] == "2.1%"
    assert form.values["gift_CPL"] == "£3.20"
    assert form.values["notes"] == "Sale"
    assert not any(each.required for each in form.fields)


@pytest.mark.parametrize("field", METRICS.by_field)
async def test_a_form_that_is_sent_as_it_came_changes_nothing(nora: Student, field: str) -> None:
    await _logged(nora, {field: {"money": 123_456, "count": 1_234}.get(METRICS.by_field[field].unit, 1.234)})
    same = await nora.send(await _form(nora), {})
    assert isinstance(same, Message)
    assert "Nothing was changed" in message(same)


async def test_a_cleared_field_takes_its_figure_out_and_the_others_stay(nora: Student) -> None:
    await _logged(nora, {"hook_AvgCTR": 2.1, "gift_CPL": 320, "attract_LeadsTotal": 240})
    shown = await nora.send(await _form(nora), {"hook_AvgCTR": "2,4%", "gift_CPL": ""}, at=LATER)
    assert isinstance(shown, Message)
    assert "Click-through rate: 2.1% → 2.4%" in message(shown)
    assert "Cost per lead: £3.20 → taken out" in message(shown)
    report = await nora.text("kpi report")
    assert "2.4%" in report
    assert "£3.20" not in report
    told = await nora.text("kpi period", "", {"period": "7 april"})
    assert "8 April 2026, 14:00, corrected by you" in told
    assert "8 April 2026, 13:00, logged by you" in told
    assert "New leads: 240" in told


async def test_what_cannot_be_read_comes_back_with_everything_typed(nora: Student) -> None:
    await _logged(nora, {"hook_AvgCTR": 2.1, "gift_OptInRate": 18.0})
    again = await nora.send(await _form(nora), {"hook_AvgCTR": "250%", "gift_OptInRate": "0.2", "notes": "New"})
    assert isinstance(again, Form)
    assert "from 0% to 100%" in again.problems["hook_AvgCTR"]
    assert "Did you mean 0.2% or 20%?" in again.problems["gift_OptInRate"]
    assert again.values["notes"] == "New"
    assert "2.1%" in await nora.text("kpi report")


async def test_an_odd_figure_is_asked_about_once(nora: Student) -> None:
    await _logged(nora, {"hook_AvgCTR": 2.1})
    asked = await nora.send(await _form(nora), {"hook_AvgCTR": "35%"})
    assert isinstance(asked, Form)
    assert "Send it again if it is right" in asked.problems["hook_AvgCTR"]
    assert "35%" in message(await _sent(nora, asked))


async def _sent(nora: Student, form: Form) -> Message:
    answer = await nora.send(form, {})
    assert isinstance(answer, Message)
    return answer


async def test_a_form_that_was_opened_before_another_change_says_so_and_keeps_what_was_typed(nora: Student) -> None:
    await _logged(nora, {"hook_AvgCTR": 2.1})
    form = await _form(nora)
    await _logged(nora, {"hook_AvgCTR": 2.2}, source=Source.SENT)
    again = await nora.send(form, {"hook_AvgCTR": "2.3%"})
    assert isinstance(again, Form)
    assert "2.2% is kept now" in again.problems["hook_AvgCTR"]
    assert again.values["hook_AvgCTR"] == "2.3%"
    assert "2.2% → 2.3%" in message(await _sent(nora, again))
    assert "sent by your connected program" in await nora.text("kpi period", "", {"period": "april"})


async def test_clearing_everything_asks_whether_the_period_shall_go(nora: Student) -> None:
    await _logged(nora, {"hook_AvgCTR": 2.1})
    asked = await nora.send(await _form(nora), {"hook_AvgCTR": "-"})
    assert isinstance(asked, Message)
    assert "shall the whole period go?" in message(asked)
    assert "2.1%" in await nora.text("kpi report")
    gone = await nora.press(asked, "Delete it")
    assert isinstance(gone, Message)
    assert "Nothing is logged yet" in await nora.text("kpi report")


async def test_a_deleted_period_is_asked_about_once_and_can_be_put_back(nora: Student) -> None:
    await _logged(nora, {"hook_AvgCTR": 2.1}, notes="Sale")
    asked = await nora.message("kpi delete", "7 april")
    assert "1 figure would go with your notes" in message(asked)
    gone = await nora.press(asked, "Delete it", at=LATER)
    assert isinstance(gone, Message)
    listed = await nora.message("kpi history")
    assert "Nothing is logged yet" in message(listed)
    back = await nora.press(listed, "The last 7 days to 7 April 2026, deleted 8 April")
    assert isinstance(back, Message)
    assert "Sale" in await nora.text("kpi report")
    with pytest.raises(NotDeleted):
        await nora.press(gone, "Put it back")
    assert "Put one back" not in await nora.text("kpi history")


async def test_what_was_asked_about_is_what_goes(nora: Student) -> None:
    await _logged(nora, {"hook_AvgCTR": 2.1})
    asked = await nora.message("kpi delete", "7 april")
    await _logged(nora, {"attract_LeadsTotal": 240}, source=Source.SENT)
    again = await nora.press(asked, "Delete it")
    assert isinstance(again, Message)
    assert "2 figures would go" in message(again)
    assert "240" in await nora.text("kpi report")


async def test_what_was_logged_anew_stands_in_the_way_of_what_was_deleted(nora: Student) -> None:
    await _logged(nora, {"hook_AvgCTR": 2.1})
    gone = await nora.press(await nora.message("kpi delete", "7 april"), "Delete it")
    assert isinstance(gone, Message)
    await _logged(nora, {"attract_LeadsTotal": 240})
    assert "2.1" not in await nora.text("kpi report")
    with pytest.raises(PeriodTaken):
        await nora.press(gone, "Put it back")


async def test_figures_of_a_wrong_period_are_moved_and_the_history_goes_with_them(nora: Student) -> None:
    await _logged(nora, {"hook_AvgCTR": 2.1})
    await _logged(nora, {"hook_AvgCTR": 1.9}, Period(Span.WEEK, date(2026, 3, 31)))
    opened = await nora.message("kpi period", "", {"period": "7 april"})
    form = await nora.press(opened, "Wrong period")
    assert isinstance(form, Form)
    assert (form.values["span"], form.values["end"]) == ("Last 7 Days", "2026-04-07")
    taken = await nora.send(form, {"end": "2026-03-31"})
    assert isinstance(taken, Form)
    assert "Other figures are kept for that period" in taken.problems["end"]
    early = await nora.send(form, {"end": "2027-01-01"})
    assert isinstance(early, Form)
    assert "has not come yet" in early.problems["end"]
    moved = await nora.send(form, {"span": "A month", "end": "2026-03-09"})
    assert isinstance(moved, Message)
    assert "These figures stand for March 2026" in message(moved)
    text = message(await nora.message("kpi period", "", {"period": moved_id(moved)}))
    assert "moved by you" in text
    assert "Period: the last 7 days to 7 April 2026 → March 2026" in text
    with pytest.raises(NoSuchPeriod):
        await nora.ask("kpi period", "", {"period": "7 april"})


def moved_id(shown: Message) -> str:
    """The id of the period that the answer leads to."""
    return next(str(each.call.values["period"]) for each in pressables(shown) if each.call.command == "kpi period")


async def test_periods_are_found_by_words_and_turned_page_by_page(nora: Student) -> None:
    for week in range(24):
        await _logged(nora, {"hook_AvgCTR": 2.0}, Period(Span.WEEK, WEEK.end - timedelta(weeks=week)))
    await _logged(nora, {"hook_AvgCTR": 2.0}, Period(Span.MONTH, date(2026, 3, 31)))
    first = await nora.message("kpi history")
    assert "25 periods. Page 1 of 3." in message(first)
    second = await nora.press(first, "Next")
    assert isinstance(second, Message)
    assert "Page 2 of 3" in message(second)
    assert {"Back", "Next", "Oldest period"} <= {each.label for each in pressables(second)}
    found = await nora.message("kpi history", "march 2026")
    assert "6 periods with “march 2026”" in message(found)
    opened = await nora.press(found, "March 2026")
    assert isinstance(opened, Message)
    assert message(opened).startswith("March 2026\nClick-through rate: 2%")
    assert "No period has “1999” in its name." in await nora.text("kpi history", "1999")
    assert len(await nora.services.call(suggest_period, "march 2026", nora.person)) == 6
    with pytest.raises(NoSuchPeriod):
        await nora.ask("kpi correct", "1999")


@pytest.mark.parametrize("words", ["last month", "march", "for mar", "March 2026", "month of march", "2026-03-31"])
async def test_a_period_is_named_as_when_it_is_logged(nora: Student, words: str) -> None:
    await _logged(nora, {"hook_AvgCTR": 2.0})
    await _logged(nora, {"hook_AvgCTR": 2.0}, Period(Span.WEEK, date(2026, 3, 30)))
    await _logged(nora, {"hook_AvgCTR": 2.0}, Period(Span.MONTH, date(2026, 3, 31)))
    assert "What is kept for March 2026" in (await _form(nora, words)).intro
    assert "7 April 2026" in (await _form(nora, "last week")).intro


async def test_last_week_is_the_one_to_sunday_where_that_is_kept_and_else_the_latest_seven_days(nora: Student) -> None:
    await _logged(nora, {"hook_AvgCTR": 2.0}, Period(Span.WEEK, date(2026, 4, 5)))
    await _logged(nora, {"hook_AvgCTR": 2.0})
    assert "5 April 2026" in (await _form(nora, "last week")).intro
    assert "7 April 2026" in (await _form(nora, "past week")).intro


async def test_where_none_is_kept_under_it_the_question_comes_again_with_those_that_are(nora: Student) -> None:
    await _logged(nora, {"hook_AvgCTR": 2.0}, Period(Span.MONTH, date(2026, 2, 28)))
    asked = await nora.ask("kpi correct", "", {"period": "last month"}, submitted=True)
    assert isinstance(asked, Form)
    assert asked.problems["period"] == "No figures are kept under “last month”. They are kept for February 2026."
    found = await nora.send(asked, {"period": "feb"})
    assert isinstance(found, Form)
    assert (found.problems, "February 2026" in found.intro) == ({}, True)
    with pytest.raises(NoSuchPeriod, match="They are kept for February 2026"):
        await nora.ask("kpi period", "last week")
