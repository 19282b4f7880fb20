"""/kpi on the embedded store, as a student uses it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.kpis.commands import suggest_metric
from core.kpis.metrics import NoSuchMetric
from core.kpis.reading import ReadingGone
from core.kpis.service import AnotherCurrency, Snapshots
from core.kpis.typed import NothingHeard
from core.plain import message
from core.ui import Band, Chart, Form, Message, Table
from tests.core.course.world import ACTOR, NOON, Student, pressables
from tests.core.kpis.world import ATTRACT, COURSE, METRICS, logging_student

A_WEEK = timedelta(days=7)


@pytest.fixture
async def nora(tmp_path: Path) -> AsyncIterator[Student]:
    async with logging_student(tmp_path) as student:
        yield student


async def _said(nora: Student, words: str) -> Message:
    return await nora.message("kpi log", words)


async def _logged(nora: Student, words: str) -> Message:
    saved = await nora.press(await _said(nora, words), "Save")
    assert isinstance(saved, Message)
    assert "Saved for" in message(saved)
    return saved


async def _pressed(nora: Student, shown: Message, label: str) -> Message:
    answer = await nora.press(shown, label)
    assert isinstance(answer, Message)
    return answer


async def _sheet(nora: Student, **values: str) -> Form:
    answer = await nora.ask("kpi figures", "", {**ATTRACT, **values})
    assert isinstance(answer, Form)
    return answer


async def test_before_the_first_snapshot_the_report_says_what_to_do(nora: Student) -> None:
    shown = await nora.message("kpi")
    assert "Nothing is logged yet" in message(shown)
    assert pressables(shown)[0].call.command == "kpi log"


async def test_a_bare_log_asks_the_level_then_its_figures(nora: Student) -> None:
    first = await nora.form("kpi log")
    assert [each.name for each in first.fields] == ["level", "span", "end", "currency"]
    assert first.values == {"span": "Last 7 Days", "end": "2026-04-07", "currency": "GBP"}
    second = await nora.send(first, {"level": "Attract"})
    assert isinstance(second, Form)
    names = [each.name for each in second.fields]
    assert names[:2] == ["hook_AvgCTR", "gift_OptInRate"]
    assert names[-1] == "notes"
    assert not any(each.required for each in second.fields)
    saved = await nora.send(second, {"hook_AvgCTR": "2,1%", "attract_LeadsTotal": "240", "gift_CPL": "£3.20"})
    assert isinstance(saved, Message)
    assert "Click-through rate: 2.1%" in message(saved)
    assert "Cost per lead: £3.20" in message(saved)
    assert [each.label for each in pressables(saved)] == ["Go on with Convert", "See the report"]


async def test_the_next_form_shows_last_times_figures_and_no_longer_asks_the_currency(nora: Student) -> None:
    await nora.send(await _sheet(nora), {"hook_AvgCTR": "2.1", "gift_CPL": "3.20"})
    first = await nora.form("kpi log")
    assert [each.name for each in first.fields] == ["level", "span", "end"]
    second = await nora.send(first, {"level": "attract", "end": "2026-04-08"})
    assert isinstance(second, Form)
    hints = {each.name: each.hint for each in second.fields}
    assert hints["hook_AvgCTR"] == "Last time 2.1%; type = for the same"
    assert hints["gift_CPL"] == "Last time £3.20; type = for the same"


async def test_the_figures_of_last_time_are_asked_for_together_whichever_part_they_belong_to(nora: Student) -> None:
    await _logged(nora, "leads 31 orders 6 revenue £380")
    first = await nora.form("kpi log")
    assert (first.fields[0].options[0].label, first.values["level"]) == ("As last time: Leads, Orders, Revenue", "Again")
    second = await nora.send(first, {"end": "2026-04-08"})
    assert isinstance(second, Form)
    names = [each.name for each in second.fields if each.figure]
    assert names == ["attract_LeadsTotal", "convert_TotalSales", "revenue"]
    saved = await nora.send(second, {"attract_LeadsTotal": "44", "convert_TotalSales": "9", "revenue": "520"})
    assert isinstance(saved, Message)
    assert "Orders: 9" in message(saved)


async def test_every_label_and_hint_fits_where_forms_are_smallest(nora: Student) -> None:
    for level in ("Attract", "Convert", "Grow"):
        for each in (await _sheet(nora, level=level)).fields:
            assert len(each.label) <= 45
            assert len(each.hint) <= 100


async def test_what_is_wrong_comes_back_in_the_same_form_with_everything_typed(nora: Student) -> None:
    typed = {"hook_AvgCTR": "250%", "gift_OptInRate": "0.18", "gift_CPL": "€3", "attract_LeadsTotal": "240", "notes": "Sale"}
    again = await nora.send(await _sheet(nora), typed)
    assert isinstance(again, Form)
    assert "from 0% to 100%" in again.problems["hook_AvgCTR"]
    assert "Did you mean 0.18% or 18%? Type 0.18% or 18%." in again.problems["gift_OptInRate"]
    assert "kept in GBP" in again.problems["gift_CPL"]
    assert typed.items() <= again.values.items()
    assert (await nora.text("kpi")).startswith("Your funnel\nNothing is logged yet")
    saved = await nora.send(again, {"hook_AvgCTR": "2.5%", "gift_OptInRate": "18%", "gift_CPL": "3"})
    assert isinstance(saved, Message)
    assert "New leads: 240" in message(saved)


async def test_an_odd_figure_is_saved_only_after_a_question(nora: Student) -> None:
    asked = await nora.send(await _sheet(nora), {"hook_AvgCTR": "35%", "notes": "Viral"})
    assert isinstance(asked, Message)
    assert "35% is unusual" in message(asked)
    assert "Nothing is logged yet" in await nora.text("kpi")
    form = await nora.press(asked, "Change")
    assert isinstance(form, Form)
    assert form.values["hook_AvgCTR"] == "35%"
    saved = await nora.press(asked, "Save all the same")
    assert isinstance(saved, Message)
    assert "35%" in await nora.text("kpi")
    assert "Viral" in await nora.text("kpi")


async def test_an_empty_form_saves_nothing(nora: Student) -> None:
    again = await nora.send(await _sheet(nora), {"hook_AvgCTR": " - ", "gift_CPL": "n/a"})
    assert isinstance(again, Form)
    assert "at least one" in again.problems["hook_AvgCTR"]


@pytest.mark.parametrize(
    ("values", "field", "problem"),
    [
        ({"level": "Sideways"}, "level", "one of these"),
        ({"level": ""}, "level", "one of these"),
        ({"span": "A year"}, "span", "Choose one of these"),
        ({"end": "soon"}, "end", "Write it like 1 April 2026"),
        ({"end": "2027-01-01"}, "end", "has not come yet"),
        ({"span": "A month", "end": "2026-04-02"}, "end", "April 2026 is not over yet"),
        ({"currency": "shells"}, "currency", "not a currency"),
    ],
)
async def test_a_wrong_period_or_currency_comes_back(nora: Student, values: dict[str, str], field: str, problem: str) -> None:
    again = await nora.send(await nora.form("kpi log"), {"level": "Attract", **values})
    assert isinstance(again, Form)
    assert problem in again.problems[field]
    assert {each.name for each in again.fields} >= {field}


async def test_what_a_slip_was_taken_for_is_said_before_anything_is_saved(nora: Student) -> None:
    shown = await _said(nora, "ordres 14 revnue £420")
    assert "I took “ordres” as Orders." in message(shown)
    assert "I took “revnue” as Revenue." in message(shown)
    await nora.press(shown, "Save")
    assert "£420" in await nora.text("kpi report")


async def test_free_words_are_read_back_and_saved_on_a_tap(nora: Student) -> None:
    shown = await _said(nora, "ctr 2,1% opt-in 18 leads 240 cpl £3.20")
    for words in ("2.1%", "18%", "240", "£3.20", "last 7 days to 7 April 2026"):
        assert words in message(shown)
    assert "Nothing is logged yet" in await nora.text("kpi")
    saved = await nora.press(shown, "Save")
    assert isinstance(saved, Message)
    assert "2.1%" in await nora.text("kpi report")


async def test_saving_twice_is_saved_once(nora: Student) -> None:
    shown = await _said(nora, "ctr 2.1%")
    await nora.press(shown, "Save")
    with pytest.raises(ReadingGone):
        await nora.press(shown, "Save")


async def test_an_older_reading_cannot_save_a_newer_one(nora: Student) -> None:
    older = await _said(nora, "ctr 2.1%")
    await _said(nora, "ctr 2.2%")
    newer = await nora.press(older, "Save")
    assert isinstance(newer, Message)
    assert "You typed some of these again since." in message(newer)
    assert "2.2%" in message(newer)
    assert "Nothing is logged yet" in await nora.text("kpi")
    assert "Saved for" in message(await _pressed(nora, newer, "Save"))


async def test_an_unclear_rate_is_asked_with_two_buttons(nora: Student) -> None:
    shown = await _said(nora, "ctr 0.025 leads 240")
    assert "Did you mean 0.025% or 2.5%?" in message(shown)
    assert [each.label for each in pressables(shown)] == ["0.025%", "2.5%", "Change"]
    clear = await nora.press(shown, "2.5%")
    assert isinstance(clear, Message)
    saved = await nora.press(clear, "Save")
    assert isinstance(saved, Message)
    assert "Click-through rate: 2.5%" in message(saved)
    assert "New leads: 240" in message(saved)


async def test_a_choice_that_a_figure_hangs_on_is_asked_once(nora: Student) -> None:
    shown = await _said(nora, "cr 2.1%")
    assert "What do you count your sales against" in message(shown)
    clear = await nora.press(shown, "Leads")
    assert isinstance(clear, Message)
    await nora.press(clear, "Save")
    assert nora.person.settings["conversionBasis"] == "leads"
    assert pressables(await _said(nora, "cr 2.2%"))[0].label == "Save"
    assert "2% to 5%" in await nora.text("kpi show", "cr")


async def test_a_choice_is_asked_in_the_form_too(nora: Student) -> None:
    form = await _sheet(nora, level="Convert")
    assert form.fields[0].name == "conversionBasis"
    again = await nora.send(form, {"sell_ConversionRate": "2.1%"})
    assert isinstance(again, Form)
    assert "Choose one" in again.problems["conversionBasis"]
    saved = await nora.send(again, {"conversionBasis": "sessions"})
    assert isinstance(saved, Message)
    assert "Conversion rate: 2.1%" in message(saved)


async def test_refused_words_are_said_and_can_be_changed_in_a_form(nora: Student) -> None:
    shown = await _said(nora, "ctr 250% leads 240 banana")
    assert "from 0% to 100%" in message(shown)
    assert "banana" in message(shown)
    form = await nora.press(shown, "Change")
    assert isinstance(form, Form)
    assert [each.name for each in form.fields] == ["hook_AvgCTR", "attract_LeadsTotal", "end", "notes"]
    assert "from 0% to 100%" in form.problems["hook_AvgCTR"]
    saved = await nora.send(form, {"hook_AvgCTR": "2.5%"})
    assert isinstance(saved, Message)


async def test_words_without_a_figure_are_refused_with_an_example(nora: Student) -> None:
    with pytest.raises(NothingHeard, match=r"ctr 2\.1% leads 240"):
        await nora.ask("kpi log", "it went rather well")


async def test_what_has_no_place_is_told_with_what_is_known_and_what_was_typed(nora: Student) -> None:
    with pytest.raises(NothingHeard) as refused:
        await nora.ask("kpi log", "visits 320")
    for told in ("“visits 320”", "Visits are not kept by themselves", "I know: CTR, CPC,", "/kpi log leads 240 orders 12"):
        assert told in refused.value.message
    shown = await nora.text("kpi log", "visits 320 sales 12")
    for told in ("I took “sales” as Orders.", "I left “visits 320” out.", "Visits are not kept by themselves"):
        assert told in shown
    assert "Orders 12" in " ".join((await nora.text("kpi log", "leads 240 orders 12 cpl 3.20")).replace("|", " ").split())


async def test_a_figure_that_is_kept_already_is_named_beside_the_new_one(nora: Student) -> None:
    await _logged(nora, "leads 240 cpl £3 last month")
    again = await nora.text("kpi log", "leads 204 cpl £3 last month")
    assert "New leads: 204 (was 240)." in again
    assert again.count("(was") == 1
    assert "(was" not in await nora.text("kpi log", "leads 204")


async def test_words_for_a_month_that_is_not_over_open_the_form_with_what_was_typed(nora: Student) -> None:
    form = await nora.form("kpi log", "orders 31 in April")
    assert "April 2026 is not over yet" in form.problems["end"]
    assert form.values["convert_TotalSales"] == "31"
    saved = await nora.send(form, {"end": "2026-03-15"})
    assert isinstance(saved, Message)
    assert "Saved for March 2026" in message(saved)


async def test_the_first_sign_typed_settles_the_currency(nora: Student) -> None:
    await _logged(nora, "aov €59")
    assert (await nora.people.meet(ACTOR, NOON)).settings["currency"] == "EUR"
    refused = await _said(nora, "aov £59")
    assert "kept in EUR" in message(refused)
    assert pressables(refused)[0].label == "Change"


async def test_two_logs_of_one_period_make_one_snapshot(nora: Student) -> None:
    await _logged(nora, "ctr 2.1%")
    await _logged(nora, "leads 240")
    await _logged(nora, "ctr 2.2%")
    text = await nora.text("kpi")
    assert "2.2%" in text
    assert "240" in text
    assert "2.1%" not in text


async def test_a_period_stays_in_one_currency(nora: Student) -> None:
    await _logged(nora, "aov £59")
    await nora.ask("kpi settings", "", {"currency": "EUR"}, submitted=True)
    with pytest.raises(AnotherCurrency, match="kept in GBP"):
        await _logged(nora, "cpl 3")


async def test_the_report_compares_with_the_equal_period_before(nora: Student) -> None:
    await _logged(nora, "ctr 2% leads 200 cpl £4 last 7 days to 2026-03-31")
    await _logged(nora, "ctr 9% last 30 days to 2026-04-01")
    await _logged(nora, "ctr 2.5% leads 240 cpl £3 last 7 days to 2026-04-07")
    shown = await nora.message("kpi")
    text = message(shown)
    assert "Changes are against the last 7 days to 31 March 2026" in text
    assert "+0.5 points, better" in text
    assert "+20%, better" in text
    assert "-25%, better" in text
    assert "Not logged: Opt-in" in text
    assert "1.1% to 1.5%; good from 1.9%" in text
    assert "2026" in text.partition("What others reach")[2]
    charts = [each for card in shown.cards for each in card.body if isinstance(each, Chart)]
    assert [each.title for each in charts] == ["Click-through rate"]
    assert charts[0].series[0].points == (("31 Mar", 2.0), ("7 Apr", 2.5))
    assert charts[0].band == Band(1.1, 1.5, "typical of others")
    assert "Attract: ✓ Good. Click-through rate: good by what others reach." in text
    assert "I cannot tell yet: Hook and Identify" not in text
    assert "Convert: Nothing logged." in text
    assert text.index("Your weakest link") < text.index("What others reach")


async def test_after_a_period_left_out_the_report_says_which_and_does_not_ask_for_the_next(nora: Student) -> None:
    await _logged(nora, "ctr 2% leads 200 last 7 days to 2026-03-24")
    assert "Log the next period of the same length" in await nora.text("kpi")
    await _logged(nora, "ctr 2.5% leads 240 last 7 days to 2026-04-07")
    text = await nora.text("kpi")
    assert "The 7 days before are not logged, so only the trend says what moved." in text
    assert "Log the next period" not in text


async def test_the_first_report_has_no_column_for_changes(nora: Student) -> None:
    def heads(shown: Message) -> set[str]:
        return {head for card in shown.cards for each in card.body if isinstance(each, Table) for head in each.columns}

    await _logged(nora, "ctr 2% leads 200 last 7 days to 2026-03-31")
    assert heads(await nora.message("kpi")) == {"Figure", "Value", "Status"}
    await _logged(nora, "ctr 2.5% leads 240 last 7 days to 2026-04-07")
    assert heads(await nora.message("kpi")) == {"Figure", "Value", "Status", "Change"}


async def test_figures_that_mean_something_else_are_not_compared(nora: Student) -> None:
    await nora.ask("kpi settings", "", {"currency": "GBP", "conversionBasis": "leads"}, submitted=True)
    await _logged(nora, "cr 4% ctr 2% last 7 days to 2026-03-31")
    await nora.ask("kpi settings", "", {"currency": "GBP", "conversionBasis": "sessions"}, submitted=True)
    await _logged(nora, "cr 1.4% ctr 2.1%")
    rows = [line for line in (await nora.text("kpi")).splitlines() if line.startswith(("Conversion", "CTR"))]
    assert "points" in rows[0]
    assert "points" not in rows[1]


async def test_a_figure_by_itself_shows_its_meaning_and_own_trend(nora: Student) -> None:
    assert "clicks ÷ impressions" in await nora.text("kpi show", "ctr")
    await _logged(nora, "ctr 2% last 7 days to 2026-03-31")
    await _logged(nora, "ctr 2.5%")
    text = await nora.text("kpi show", "click rate")
    assert "Yours: 2.5% (+0.5 points, better) in the last 7 days to 7 April 2026" in text
    assert "Status: ✓ Good: good by what others reach" in text
    assert "2% to 2.5%" in text
    with pytest.raises(NoSuchMetric):
        await nora.ask("kpi show", "zzzz")
    assert [each.value for each in await nora.services.call(suggest_metric, "click rate")] == ["hook_AvgCTR"]


@pytest.mark.parametrize("field", METRICS.by_field)
async def test_every_figure_can_be_shown_and_logged(nora: Student, field: str) -> None:
    assert METRICS.by_field[field].title in await nora.text("kpi show", field)


@pytest.mark.parametrize("number", COURSE.numbers)
async def test_the_figures_that_measure_a_module_are_shown_and_lead_on(nora: Student, number: int) -> None:
    module = COURSE.module(number)
    shown = await nora.message("kpi module", str(number))
    assert f"What measures {module.step.value}" in message(shown)
    closer = [each.call.values["metric"] for each in pressables(shown) if each.call.command == "kpi show"]
    assert closer == list(module.kpis)


async def test_settings_take_the_currency_by_any_name_and_refuse_others(nora: Student) -> None:
    form = await nora.form("kpi settings")
    assert [each.name for each in form.fields] == ["currency", "conversionBasis", "scoreType", "repeatWindow"]
    kept = await nora.send(form, {"currency": "euro", "scoreType": "nps"})
    assert isinstance(kept, Message)
    settings = (await nora.people.meet(ACTOR, NOON)).settings
    assert (settings["currency"], settings["scoreType"]) == ("EUR", "nps")
    again = await nora.send(form, {"currency": "shells", "scoreType": "csatPercent"})
    assert isinstance(again, Form)
    assert again.values["scoreType"] == "csatPercent"


async def test_the_latest_text_is_what_a_prompt_needs(nora: Student) -> None:
    snapshots = nora.services.call(_snapshots)
    assert await snapshots.latest_text(nora.person) == ""
    await _logged(nora, "ctr 2% last 7 days to 2026-03-31")
    await _logged(nora, "ctr 2.5% leads 240")
    text = await snapshots.latest_text(nora.person)
    assert "Click-through rate: 2.5%; change: +0.5 points, better; benchmark: 1.1% to 1.5%" in text
    assert "Cost per lead" not in text


def _snapshots(snapshots: Snapshots) -> Snapshots:
    return snapshots


async def test_the_weakest_link_is_told_with_where_to_look_and_what_to_run(nora: Student) -> None:
    await nora.ask("kpi settings", "", {"currency": "GBP", "conversionBasis": "sessions"}, submitted=True)
    await _logged(nora, "ctr 2.2% opt-in 1.2% leads 240 cr 2% orders 40 last 7 days to 2026-04-07")
    shown = await nora.message("kpi report")
    assert "Your weakest link is Gift." in message(shown)
    told = await nora.press(shown, "What to do about it")
    assert isinstance(told, Message)
    text = message(told)
    assert "You see it in: Opt-in 1.2%, short of what others reach" in text
    assert "Likely cause: The gift does not keep what the hook promised" in text
    assert "Look at: Said pains (still empty), Said goals (still empty)" in text
    assert [(each.label, each.call.command) for each in pressables(told)][:5] == [
        ("Run G3", "run"),
        ("Run G1", "run"),
        ("Said pains", "foundation edit"),
        ("Said goals", "foundation edit"),
        ("Module Gift", "module show"),
    ]


async def test_where_the_weakest_link_cannot_be_told_it_says_what_to_log(nora: Student) -> None:
    assert "Nothing is logged yet" in await nora.text("kpi diagnosis")
    await _logged(nora, "ctr 2.2%")
    text = await nora.text("kpi diagnosis")
    assert "I cannot tell yet: Hook alone can be judged" in text
    assert "Log Conversion rate, Email conversion and Upsell take rate as well." in text
