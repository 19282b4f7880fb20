"""/me usage and /usage: what Claude cost me, and for coaches what it cost everybody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.llm.model import Payer, Usage, Use
from core.llm.ports import Spent
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.request import Asked
from core.ui import Answer, Message
from core.usage.commands import COMMANDS, Asking, When, everybody, mine
from core.usage.listed import Order
from core.usage.service import Budget, Limits
from persistence.documents import Database
from persistence.usage import UsageRecord
from tests.core.conftest import ADDRESS, actor

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def asked(at: datetime = NOON) -> Asked:
    return Asked(id="ev", actor=actor(), address=ADDRESS, at=at, command="usage")


def shown(answer: Answer) -> str:
    assert isinstance(answer, Message)
    assert answer.private
    return message(answer)


@pytest.fixture
def budget(database: Database) -> Budget:
    return Budget(UsageRecord(database), Limits(2_000_000, 200_000_000))


async def spend(budget: Budget, payer: Payer, micros: int, at: datetime = NOON) -> None:
    await budget.settle(payer, await budget.reserve(payer, micros, at), Spent(Usage(read=1), micros), at)


async def test_a_student_sees_what_it_cost_and_what_for_in_money_and_in_plain_words(budget: Budget, nora: Person) -> None:
    await spend(budget, Payer(nora, Use.CHAT, "agt_teacher", "Teacher"), 300_000)
    await spend(budget, Payer(nora, Use.CHAT, "agt_teacher", "Teacher"), 200_000)
    await spend(budget, Payer(nora, Use.PROMPTS, "agt_writer", "Writer"), 1_000_000, NOON - timedelta(days=2))
    await spend(budget, Payer(nora, Use.SORTING), 1_000, NOON - timedelta(days=40))
    await budget.reserve(Payer(nora, Use.CHAT), 120_000, NOON)
    text = shown(await mine(asked(), nora, budget))
    for words in (
        "$0.50 of $2.00, anew at midnight",
        "$0.12",
        "$1.50 for 3 answers",
        "That is 25% of today's budget; what is left is good for about 6 more answers like these.",
    ):
        assert words in text
    assert text.index("Prompts") < text.index("Chat with Teacher"), "the dearest first"
    assert "Sorting" not in text, "that was last month"


async def test_somebody_who_has_used_nothing_is_told_so(database: Database, budget: Budget, nora: Person) -> None:
    assert "Nothing of today's budget is used yet." in shown(await mine(asked(), nora, budget))
    practice = Budget(UsageRecord(database), Limits(), free=True)
    text = shown(await mine(asked(), nora, practice))
    assert "The practice model answers here, and costs nothing." in text
    assert "No limit is set for a day." in text


async def test_a_coach_sees_every_student_and_every_agent(budget: Budget, nora: Person, people: People) -> None:
    omar = await people.meet(actor("omar"), NOON)
    await spend(budget, Payer(nora, Use.CHAT, "agt_teacher", "Teacher"), 300_000)
    await spend(budget, Payer(omar, Use.CHAT, "agt_teacher", "Teacher"), 400_000)
    await spend(budget, Payer(omar, Use.SORTING), 20_000, NOON - timedelta(days=1))
    await spend(budget, Payer(nora, Use.PROMPTS, "agt_writer", "Writer"), 50_000, NOON - timedelta(days=30))
    month = shown(await everybody(asked(), nora, Asking(), budget))
    for words in ("this month", "$0.72 for 3 answers", "$0.72 of $200.00", "Omar", "$0.42", "Teacher", "$0.70", "Sorting"):
        assert words in month
    assert "Writer" not in month
    assert "$0.70 for 2 answers" in shown(await everybody(asked(), nora, Asking(when=When.TODAY), budget))
    last = shown(await everybody(asked(), nora, Asking(when=When.LAST_MONTH), budget))
    assert "Writer" in last
    assert "$0.05 for 1 answer" in last


async def test_a_long_list_of_students_has_pages_a_search_and_orders(budget: Budget, nora: Person, people: People) -> None:
    for number in range(13):
        student = await people.meet(actor(f"student{number}"), NOON)
        await spend(budget, Payer(student, Use.CHAT), 100_000 - number * 1_000)
    first = shown(await everybody(asked(), nora, Asking(when=When.TODAY), budget))
    assert "13 students. Page 1 of 2." in first
    assert "Student0" in first
    assert "Student10" not in first
    assert "Student10" in shown(await everybody(asked(), nora, Asking(when=When.TODAY, page=2), budget))
    found = shown(await everybody(asked(), nora, Asking(search="STÚDENT12", when=When.TODAY), budget))
    assert "1 student with “STÚDENT12”." in found
    assert "$1.22 for 13 answers" in found, "what all of them cost stays"
    named = shown(await everybody(asked(), nora, Asking(when=When.TODAY, order=Order.NAME), budget))
    assert named.index("Student1") < named.index("Student10") < named.index("Student2")
    assert "Nobody with “cabbage”" in shown(await everybody(asked(), nora, Asking(search="cabbage"), budget))


def test_what_everybody_cost_is_for_coaches_and_admins() -> None:
    needs = {command.name: {role.value for role in command.needs} for command in COMMANDS}
    assert needs == {"me usage": set(), "usage": {"Coach", "Admin"}}
