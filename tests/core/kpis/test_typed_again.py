"""Figures that are typed again before they are saved: put right in words, and none of them lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.kpis.again import FRESH
from core.kpis.hearing import FiguresAgain
from core.kpis.history import Source
from core.kpis.periods import Period, Span
from core.kpis.reading import ReadingGone
from core.kpis.service import Snapshots
from core.kpis.waiting import WAITING_AT_MOST
from core.plain import message
from core.request import Said
from core.ui import Form, Message
from tests.core.course.world import ACTOR, ADDRESS, NOON, Student
from tests.core.kpis.world import METRICS, logging_student
from tests.core.others import Others, Words

LEADS = METRICS.named("leads").field
FIRST = "ctr 1.8% leads 12"
BELOW = Said(id="evt", actor=ACTOR, address=ADDRESS, at=NOON + timedelta(minutes=1), text="")


@pytest.fixture
async def nora(tmp_path: Path) -> AsyncIterator[Student]:
    async with logging_student(tmp_path) as student:
        yield student


def others(*typed: Words, letters: Sequence[datetime] = ()) -> Others:
    """Who talks with them since, and writes to them."""
    found = Others()
    found.talk, found.letters, found.talks_here = [*typed], [*letters], "cnv"
    return found


SINCE = BELOW.at
NOBODY = others()


async def _hears(nora: Student, said: Said | str, also: Others = NOBODY) -> str:
    """What is answered, or "" where the words are for somebody else."""
    snapshots = await nora.services.call(_snapshots)
    words = replace(BELOW, text=said) if isinstance(said, str) else said
    answer = await FiguresAgain(snapshots, also.meanwhile).hear(words, nora.person)
    assert answer is None or isinstance(answer, Message)
    return message(answer) if answer else ""


async def _snapshots(snapshots: Snapshots) -> Snapshots:
    return snapshots


async def _pressed(nora: Student, shown: Message, label: str = "Save") -> str:
    answer = await nora.press(shown, label)
    assert isinstance(answer, Message)
    return message(answer)


@pytest.mark.parametrize("words", ["leads were 14 not 12", "leads 14", "14 instead of 12", "12 should be 14", "sorry leads 14"])
async def test_one_save_keeps_what_was_put_right_and_all_else(nora: Student, words: str) -> None:
    first = await nora.message("kpi log", FIRST)
    second = await nora.message("kpi log", words)
    for told in ("1.8%", "New leads: 14 (was 12).", "As before: Click-through rate 1.8%."):
        assert told in message(second)
    assert "could not place" not in message(second)
    assert "1.8%" in await _pressed(nora, second)
    report = await nora.text("kpi report")
    assert ("14" in report, "1.8%" in report) == (True, True)
    with pytest.raises(ReadingGone):
        await nora.press(first, "Save")


async def test_what_is_added_stands_beside_what_was_typed_before(nora: Student) -> None:
    await nora.message("kpi log", "cpl €3.20")
    both = message(await nora.message("kpi log", "orders 3"))
    assert "€3.20" in both
    assert "As before: Cost per lead €3.20." in both
    assert "(was" not in both


async def test_the_first_cards_save_shows_how_the_figures_stand_now(nora: Student) -> None:
    first = await nora.message("kpi log", FIRST)
    await nora.message("kpi log", "leads were 14 not 12")
    now = await nora.press(first, "Save")
    assert isinstance(now, Message)
    assert "You typed some of these again since." in message(now)
    assert "14" in message(now)
    assert "Nothing is logged yet" in await nora.text("kpi")
    assert "1.8%" in await _pressed(nora, now)


async def test_figures_of_another_week_are_read_back_by_themselves_and_both_can_be_saved(nora: Student) -> None:
    first = await nora.message("kpi log", FIRST)
    other = await nora.message("kpi log", "ctr 2.2% leads 20 to 2026-03-31")
    assert "Your figures for the last 7 days to 7 April 2026 are not saved yet" in message(other)
    assert "(was" not in message(other)
    assert "31 March 2026" in await _pressed(nora, other)
    assert "New leads: 12" in await _pressed(nora, first)


async def test_words_that_put_right_are_for_the_period_above_them(nora: Student) -> None:
    await nora.message("kpi log", f"{FIRST} last month")
    assert "For March 2026" in message(await nora.message("kpi log", "sorry leads 14"))
    assert "For March 2026" in await _hears(nora, "leads 15")
    assert "last 7 days" in message(await nora.message("kpi log", "leads 16"))


async def test_hours_later_figures_are_typed_anew_and_the_first_can_still_be_saved(nora: Student) -> None:
    first = await nora.message("kpi log", FIRST)
    later = await nora.ask("kpi log", "leads 14", at=NOON + FRESH + timedelta(minutes=1))
    assert isinstance(later, Message)
    assert "1.8%" not in message(later)
    assert "1.8%" in await _pressed(nora, first)


async def test_what_was_changed_in_the_form_waits_no_more(nora: Student) -> None:
    first = await nora.message("kpi log", FIRST)
    form = await nora.press(first, "Change")
    assert isinstance(form, Form)
    saved = await nora.send(form, {LEADS: "14"})
    assert isinstance(saved, Message)
    assert "Saved for" in message(saved)
    assert "1.8%" not in message(await nora.message("kpi log", "orders 3"))
    with pytest.raises(ReadingGone):
        await nora.press(first, "Save")


async def test_only_so_many_wait(nora: Student) -> None:
    shown = [await nora.message("kpi log", f"leads 5 to 2026-03-{day}") for day in range(11, 12 + WAITING_AT_MOST)]
    assert "Saved for" in await _pressed(nora, shown[-1])
    assert "Saved for" in await _pressed(nora, shown[1])
    with pytest.raises(ReadingGone):
        await nora.press(shown[0], "Save")


@pytest.mark.parametrize("words", ["leads were 14 not 12", "14, not 12", "sorry leads 14", "leads 14", "and orders 3"])
async def test_figures_typed_plainly_below_a_read_back_are_heard(nora: Student, words: str) -> None:
    await nora.message("kpi log", FIRST)
    assert "1.8%" in await _hears(nora, words)


@pytest.mark.parametrize(
    "words",
    [
        "is a ctr of 1.8% ok?",
        "are 12 leads ok",
        "I want 14 leads next week",
        "why only 12 leads",
        "leads",
        "I posted 14 hooks",
        "14",
        "thanks",
        "@teacher leads 14",
        "leads were 14 not 12 " * 20,
    ],
)
async def test_other_words_are_for_somebody_else(nora: Student, words: str) -> None:
    await nora.message("kpi log", FIRST)
    assert await _hears(nora, words) == ""


@pytest.mark.parametrize("words", ["it was 204 leads", "oh no it was 204 leads", "sorry, leads 204", "204 not 240", "leads 204"])
async def test_figures_typed_below_what_was_saved_are_for_its_period_and_not_saved_at_once(nora: Student, words: str) -> None:
    await _pressed(nora, await nora.message("kpi log", "leads 240 ctr 2% last month"))
    shown = await _hears(nora, words)
    assert "For March 2026" in shown
    assert "New leads: 204 (was 240)." in shown
    assert "240" in await nora.text("kpi report")
    assert await _hears(nora, "why only 204 leads") == ""
    assert await _hears(nora, words, others(letters=[SINCE])) == ""
    assert await _hears(nora, replace(BELOW, text=words, at=NOON + FRESH + timedelta(minutes=2))) == ""


async def test_what_another_program_sent_is_no_period_for_what_is_typed_below(nora: Student) -> None:
    snapshots = await nora.services.call(_snapshots)
    period = Period(Span.MONTH, NOON.date().replace(day=31, month=3))
    await snapshots.log(nora.person, period, {LEADS: 240}, currency="GBP", at=NOON, source=Source.SENT)
    assert await _hears(nora, "it was 204 leads") == ""


async def test_they_are_heard_right_below_it_and_nowhere_else(nora: Student) -> None:
    words = replace(BELOW, text="leads were 14 not 12")
    assert await _hears(nora, words) == ""
    shown = await nora.message("kpi log", FIRST)
    assert await _hears(nora, replace(words, direct=False)) == ""
    assert await _hears(nora, replace(words, at=NOON + FRESH + timedelta(minutes=1))) == ""
    assert await _hears(nora, replace(words, replies_to="a word of an agent")) == ""
    assert await _hears(nora, words, others(letters=[SINCE])) == ""
    assert await _hears(nora, words, others(Words(SINCE))) == ""
    assert await _hears(nora, words, others(Words(SINCE, little=True), Words(SINCE, event=words.id))) != ""
    assert "You typed some of these again" in await _pressed(nora, shown)


async def test_the_week_before_is_that_before_what_it_stands_below(nora: Student) -> None:
    await nora.message("kpi log", "leads 12 to 3 april")
    shown = await _hears(nora, "the week before I had 9 orders")
    assert "For the last 7 days to 27 March 2026" in shown
    assert "are not saved yet: save them in their card above" in shown
    assert "For the last 7 days to 29 March 2026" in await _hears(nora, "the week before last 9 orders")


async def test_a_read_back_is_given_another_last_day_in_its_form(nora: Student) -> None:
    form = await nora.press(await nora.message("kpi log", FIRST), "Change")
    assert isinstance(form, Form)
    assert form.fields[-2].name == "end"
    late = await nora.send(form, {"end": "2026-04-09"})
    assert isinstance(late, Form)
    assert "has not come yet" in late.problems["end"]
    assert [each.name for each in late.fields].count("end") == 1
    saved = await nora.send(form, {"end": "29 march"})
    assert isinstance(saved, Message)
    assert "Saved for the last 7 days to 29 March 2026" in message(saved)
