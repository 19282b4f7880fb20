"""What money is in: the later choice of a person wins, in forms that are open and in figures that wait."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.kpis.service import Snapshots
from core.kpis.typed import NothingHeard
from core.plain import message
from core.ui import Form, Message
from tests.core.course.world import ACTOR, NOON, Student
from tests.core.kpis.world import METRICS, logging_student

NOW = "Your money is in KES now, so I read these amounts in KES."
CPL, LEADS = METRICS.named("cpl").field, METRICS.named("leads").field


@pytest.fixture
async def nora(tmp_path: Path) -> AsyncIterator[Student]:
    async with logging_student(tmp_path) as student:
        yield student


async def _kept(nora: Student) -> str:
    return (await nora.people.meet(ACTOR, NOON)).settings.get("currency", "")


async def _settle(nora: Student, currency: str) -> None:
    await nora.ask("kpi settings", "", {"currency": currency}, submitted=True)


async def _second_page(nora: Student, currency: str = "GBP") -> Form:
    page = await nora.send(await nora.form("kpi log"), {"level": "Attract", "currency": currency})
    assert isinstance(page, Form)
    return page


async def _snapshots(snapshots: Snapshots) -> Snapshots:
    return snapshots


async def _pressed(nora: Student, shown: Message, label: str = "Save") -> str:
    answer = await nora.press(shown, label)
    assert isinstance(answer, Message)
    return message(answer)


async def test_the_choice_on_the_first_page_is_kept_when_that_page_is_sent(nora: Student) -> None:
    page = await _second_page(nora, "kes")
    assert await _kept(nora) == "KES"
    assert f"{METRICS.named('cpl').title} (KES)" in [each.label for each in page.fields]
    assert "currency" not in [each.name for each in (await nora.form("kpi log")).fields]


async def test_a_form_that_is_open_follows_what_is_settled_since(nora: Student) -> None:
    wrong = await nora.send(await _second_page(nora), {CPL: "KES 4400"})
    assert isinstance(wrong, Form)
    assert "kept in GBP, but you typed KES 4400" in wrong.problems[CPL]
    await _settle(nora, "KES")
    again = await nora.form("kpi figures", "", wrong.values)  # Fix it
    assert f"{METRICS.named('cpl').title} (KES)" in [each.label for each in again.fields]
    assert CPL not in again.problems
    saved = await nora.send(wrong, {CPL: "4400"})
    assert isinstance(saved, Message)
    assert "KES 4,400.00" in message(saved)
    assert await _kept(nora) == "KES"


async def test_what_waits_is_shown_in_the_new_currency_and_not_saved_in_the_old(nora: Student) -> None:
    await _settle(nora, "GBP")
    first = await nora.message("kpi log", "revenue 4400 orders 3")
    await _settle(nora, "KES")
    now = await nora.press(first, "Save")
    assert isinstance(now, Message)
    assert NOW in message(now)
    assert "KES 4,400.00" in message(now)
    assert "£" not in message(now)
    assert "KES 4,400.00" in await _pressed(nora, now)
    assert await _kept(nora) == "KES"


async def test_figures_typed_after_the_change_take_what_waits_with_them(nora: Student) -> None:
    await _settle(nora, "GBP")
    await nora.message("kpi log", "revenue 4400")
    await _settle(nora, "KES")
    both = await nora.message("kpi log", "orders 22, revenue 96,800")
    assert "money in KES" in message(both)
    assert message(both).count(NOW) == 1
    assert "KES 96,800.00" in await _pressed(nora, both)


async def test_an_amount_with_a_sign_of_its_own_stays_what_it_is(nora: Student) -> None:
    shown = await nora.message("kpi log", "revenue £4400")
    await _settle(nora, "KES")
    saved = await _pressed(nora, shown)
    assert ("£4,400.00" in saved, NOW in saved) == (True, False)
    assert await _kept(nora) == "KES"


async def test_figures_without_money_are_saved_at_once_after_the_change(nora: Student) -> None:
    shown = await nora.message("kpi log", "leads 22")
    await _settle(nora, "KES")
    assert "Saved for" in await _pressed(nora, shown)


@pytest.mark.parametrize("words", ["revenue 4400", "leads 22", "orders 22, revenue 96,800"])
async def test_to_save_what_was_only_guessed_settles_nothing(nora: Student, words: str) -> None:
    await _pressed(nora, await nora.message("kpi log", words))
    assert await _kept(nora) == ""


@pytest.mark.parametrize(
    ("words", "currency"),
    [
        ("revenue KES 4400", "KES"),
        ("revenue 4400 kes", "KES"),
        ("revenue 4400 ksh", "KES"),
        ("31 orders 12090 zl", "PLN"),
        ("revenue 12090 zł", "PLN"),
        ("revenue £40", "GBP"),
    ],
)
async def test_an_amount_typed_with_a_currency_is_the_choice_of_who_made_none(nora: Student, words: str, currency: str) -> None:
    shown = await nora.message("kpi log", words)
    assert f"money in {currency}" in message(shown)
    assert await _kept(nora) == ""
    await _pressed(nora, shown)
    assert await _kept(nora) == currency


async def test_a_currency_typed_below_a_guess_is_that_of_both(nora: Student) -> None:
    await nora.message("kpi log", "revenue 4400")
    both = await nora.message("kpi log", "cpl 30 kes")
    assert "KES 4,400.00" in message(both)
    assert "£" not in message(both)
    assert NOW in message(both)


async def test_to_change_what_was_guessed_asks_for_the_currency_where_there_is_money(nora: Student) -> None:
    form = await nora.press(await nora.message("kpi log", "cpl 30 leads 22"), "Change")
    assert isinstance(form, Form)
    assert "currency" in [each.name for each in form.fields]
    saved = await nora.send(form, {"currency": "KES"})
    assert isinstance(saved, Message)
    assert "KES 30.00" in message(saved)
    assert await _kept(nora) == "KES"


async def test_to_change_figures_without_money_asks_for_no_currency_and_keeps_none(nora: Student) -> None:
    form = await nora.press(await nora.message("kpi log", "leads 22"), "Change")
    assert isinstance(form, Form)
    assert "currency" not in [each.name for each in form.fields]
    await nora.send(form, {LEADS: "23"})
    assert await _kept(nora) == ""


async def test_a_week_that_shares_days_with_a_logged_one_is_said_to(nora: Student) -> None:
    await _pressed(nora, await nora.message("kpi log", "leads 22 last 7 days to 2026-03-31"))
    assert "shares days" not in message(await nora.message("kpi log", "leads 22 last 7 days to 2026-03-31"))
    assert "shares days" not in message(await nora.message("kpi log", "leads 22 last 7 days to 2026-04-07"))
    shown = message(await nora.message("kpi log", "leads 22 last 7 days to 2026-04-05"))
    assert "This shares days with the week to 31 March 2026." in shown


async def test_the_report_compares_with_the_week_that_adjoins_and_not_with_a_later_one_near_it(nora: Student) -> None:
    for leads, end in ((100, "2026-03-31"), (300, "2026-04-02"), (200, "2026-04-07")):
        await _pressed(nora, await nora.message("kpi log", f"leads {leads} last 7 days to {end}"))
    assert "Changes are against the last 7 days to 31 March 2026" in await nora.text("kpi")


async def test_a_correction_with_sales_in_money_below_a_read_back_is_taken(nora: Student) -> None:
    await nora.message("kpi log", "1200 visits 31 orders 12090 zl")
    both = message(await nora.message("kpi log", "orders 32, sales 12100"))
    assert "Orders: 32 (was 31)." in both
    assert "Revenue: PLN 12,100.00 (was PLN 12,090.00)." in both


async def test_a_name_between_two_numbers_is_asked_about_and_nothing_saved(nora: Student) -> None:
    with pytest.raises(NothingHeard, match="Is it “orders 31” or “orders 240”"):
        await nora.message("kpi log", "31 orders 240")
    assert "Is it “orders 31” or “orders 240”" in message(await nora.message("kpi log", "ctr 2.1%, 31 orders 240"))


async def test_the_currency_that_a_table_names_is_kept_by_who_made_no_choice(nora: Student) -> None:
    shown = await nora.message("kpi log", "revenue 4400")
    assert await _kept(nora) == ""
    snapshots = await nora.services.call(_snapshots)
    reading = replace((await snapshots.waiting(nora.person))[0], currency="EUR")
    await snapshots.hold(nora.person, reading, NOON)
    await _pressed(nora, shown)
    assert await _kept(nora) == "EUR"
