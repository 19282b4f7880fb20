"""Figures behind /kpi log, below a reminder that asked for a period by its name: they are for that, and the answer says so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.kpis.ports import AskedFor
from core.kpis.service import Snapshots
from core.people.model import Person
from core.plain import message
from core.ui import Message
from tests.core.course.world import NOON, Student, pressables
from tests.core.kpis.world import logged, logging_student

DAY = timedelta(days=1)
USUAL = "For the last 7 days to 7 April 2026"
ASKED = "For the last 7 days to 29 March 2026"


class Reminded:
    """Implements `core.kpis.ports.AskedLately`, as the test says."""

    asked: AskedFor | None = None

    async def __call__(self, person: Person, since: datetime) -> AskedFor | None:
        return self.asked if self.asked and self.asked.at > since else None


REMINDED = Reminded()


@pytest.fixture
async def nora(tmp_path: Path) -> AsyncIterator[Student]:
    REMINDED.asked = None
    async with logging_student(tmp_path, asked_for=REMINDED) as student:
        yield student


async def _asked(nora: Student, days: float = 3) -> None:
    """They logged the seven days to 22 March; on Sunday a reminder asked for those to 29 March."""
    await logged(nora, "leads 14 ctr 2% to 22 march")
    latest = await (await nora.services.call(_snapshots)).latest(nora.person)
    assert latest is not None
    REMINDED.asked = AskedFor(NOON - days * DAY, latest.id)


async def _snapshots(snapshots: Snapshots) -> Snapshots:
    return snapshots


@pytest.mark.parametrize("words", ["visitors=310 leads=14", "leads 14, visitors 310", "leads 14"])
async def test_below_a_reminder_that_names_a_period_figures_of_the_command_are_for_it(nora: Student, words: str) -> None:
    await _asked(nora)
    shown = await nora.message("kpi log", words)
    assert ASKED in message(shown)
    assert "My reminder asked for the last 7 days to 29 March 2026, so I took these for that." in message(shown)
    assert USUAL in [each.label for each in pressables(shown)], "the usual period stays in reach"
    saved = await nora.press(shown, "Save")
    assert isinstance(saved, Message)
    assert "Saved for the last 7 days to 29 March 2026" in message(saved)


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("leads 14 to 5 april", "For the last 7 days to 5 April 2026"),
        ("last week leads 14", "For the last 7 days to 5 April 2026"),
        ("last month leads 14", "For March 2026"),
    ],
)
async def test_a_period_in_the_command_counts_more(nora: Student, words: str, period: str) -> None:
    await _asked(nora)
    shown = message(await nora.message("kpi log", words))
    assert period in shown
    assert "My reminder" not in shown


async def test_what_is_put_right_stays_in_the_period_that_it_was_for(nora: Student) -> None:
    await logged(nora, "leads 14 ctr 2% to 22 march")
    await nora.message("kpi log", "leads 15")
    await _asked(nora)
    assert USUAL in message(await nora.message("kpi log", "sorry leads 16"))


async def test_without_such_a_reminder_or_long_after_it_the_usual_period_is_told(nora: Student) -> None:
    assert USUAL in message(await nora.message("kpi log", "visitors=310 leads=14"))
    await _asked(nora, days=8)
    assert USUAL in message(await nora.message("kpi log", "visitors=310 leads=14"))


async def test_once_its_figures_are_logged_it_asks_no_more(nora: Student) -> None:
    await _asked(nora)
    await logged(nora, "leads 15 to 29 march")
    assert USUAL in message(await nora.message("kpi log", "leads 16"))
