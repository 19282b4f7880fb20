"""The budgets: nobody overruns them, everybody is told in time, and a new day begins anew."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from core.errors import ModelTrouble
from core.llm.model import Payer, Usage, Use
from core.llm.ports import Reserved, Spent
from core.people.model import Person
from core.people.service import People
from core.usage.service import HELD, Budget, BudgetHeld, BudgetTooSmall, BudgetUsed, Limits
from persistence.documents import Database
from persistence.usage import UsageRecord
from tests.core.conftest import actor

EVENING = datetime(2026, 11, 30, 22, 30, tzinfo=UTC)
"""In Dublin still the 30th; in New York it is afternoon."""
DOLLAR = 1_000_000


def budget(database: Database, daily: int | None = DOLLAR, monthly: int | None = 10 * DOLLAR) -> Budget:
    return Budget(UsageRecord(database), Limits(daily, monthly))


def chat(person: Person) -> Payer:
    return Payer(person, Use.CHAT, "agt_teacher", "Teacher")


async def spend(of: Budget, person: Person, micros: int, at: datetime = EVENING, use: Use = Use.CHAT) -> str:
    """An answer that costs just what was reserved; returns what the person is told."""
    payer = Payer(person, use)
    return await of.settle(payer, await of.reserve(payer, micros, at), Spent(Usage(read=1), micros), at)


async def test_a_hundred_turns_at_once_of_one_person_never_overrun_their_day(database: Database, nora: Person) -> None:
    of = budget(database)
    outcomes: Counter[str] = Counter()

    async def turn() -> None:
        try:
            held = await of.reserve(chat(nora), 300_000, EVENING)
        except ModelTrouble as trouble:
            outcomes[type(trouble).__name__] += 1
            return
        await asyncio.sleep(0)
        await of.settle(chat(nora), held, Spent(Usage(read=1), 250_000), EVENING)
        outcomes["answered"] += 1

    await asyncio.gather(*(turn() for _ in range(100)))
    spent = await of.spent_this_month(nora, EVENING)
    assert outcomes["answered"] == 3, "three fit, and what they leave is less than a fourth may cost"
    assert spent == 750_000
    assert outcomes.keys() <= {"answered", "BudgetHeld", "BudgetUsed"}
    assert outcomes.total() == 100


async def test_a_day_that_is_used_up_says_until_when_and_the_next_one_goes_on(database: Database, nora: Person) -> None:
    of = budget(database)
    await spend(of, nora, 900_000)
    with pytest.raises(BudgetUsed) as refused:
        await of.reserve(chat(nora), 200_000, EVENING)
    assert "$0.90 of $1.00, and $0.10 is not enough for another answer" in refused.value.message
    assert "from midnight, when Tuesday 1 December begins for you" in refused.value.message
    assert "Everything else goes on" in refused.value.message
    with pytest.raises(BudgetUsed):
        await of.reserve(chat(nora), 200_000, EVENING + timedelta(minutes=89))
    await of.reserve(chat(nora), 200_000, EVENING + timedelta(minutes=90))


async def test_midnight_is_the_persons_own(database: Database, people: People) -> None:
    of = budget(database)
    tokyo = await people.meet(actor("kei", "Asia/Tokyo"), EVENING)
    await spend(of, tokyo, DOLLAR, EVENING - timedelta(hours=8))
    await spend(of, tokyo, DOLLAR, EVENING)
    with pytest.raises(BudgetUsed, match="Wednesday 2 December"):
        await of.reserve(chat(tokyo), 1, EVENING)


async def test_answers_under_way_hold_what_is_left_and_say_so(database: Database, nora: Person) -> None:
    of = budget(database)
    held = await of.reserve(chat(nora), 900_000, EVENING)
    with pytest.raises(BudgetHeld):
        await of.reserve(chat(nora), 200_000, EVENING)
    await of.settle(chat(nora), held, Spent(Usage(read=1), 10_000), EVENING)
    await of.reserve(chat(nora), 200_000, EVENING)


async def test_what_a_dead_process_held_is_free_again_in_time(database: Database, nora: Person) -> None:
    of = budget(database, monthly=DOLLAR)
    await of.reserve(chat(nora), 900_000, EVENING)
    with pytest.raises(BudgetHeld):
        await of.reserve(chat(nora), 900_000, EVENING + HELD - timedelta(seconds=1))
    await of.reserve(chat(nora), 900_000, EVENING + HELD)


async def test_a_month_that_is_used_up_stops_everybody_there_and_holds_nothing_of_their_day(
    database: Database, nora: Person, people: People
) -> None:
    of, omar = budget(database, monthly=DOLLAR), await people.meet(actor("omar", "America/New_York"), EVENING)
    await spend(of, nora, 900_000)
    with pytest.raises(BudgetUsed) as refused:
        await of.reserve(chat(omar), 200_000, EVENING)
    assert "which everybody here shares" in refused.value.message
    assert "from Monday 30 November, 19:00 your time" in refused.value.message
    today = (await of.own(omar, EVENING)).today
    assert today is not None
    assert today.committed == 0
    await of.reserve(chat(omar), 200_000, EVENING + timedelta(minutes=90))


async def test_an_answer_that_no_day_has_room_for_says_what_to_do(database: Database, nora: Person) -> None:
    with pytest.raises(BudgetTooSmall, match=r"up to \$1\.50, and the budget of a whole day is \$1\.00.*ELEVATE_DAILY_BUDGET"):
        await budget(database).reserve(chat(nora), 1_500_000, EVENING)
    with pytest.raises(BudgetTooSmall, match="ELEVATE_MONTHLY_BUDGET"):
        await budget(database, None, DOLLAR).reserve(chat(nora), 1_500_000, EVENING)


async def test_at_eighty_per_cent_they_are_told_once_a_day_below_an_answer(database: Database, nora: Person) -> None:
    of = budget(database)
    assert await spend(of, nora, 799_999) == ""
    assert await spend(of, nora, 1, use=Use.SORTING) == "", "nobody would read it there"
    told = await spend(of, nora, 1)
    assert told.startswith("You have used 80% of today's budget for Claude: $0.80 of $1.00.")
    assert await spend(of, nora, 1) == ""
    tomorrow = EVENING + timedelta(days=1)
    assert await spend(of, nora, 900_000, tomorrow) != ""


async def test_at_eighty_per_cent_of_the_month_each_of_them_is_told_once(
    database: Database, nora: Person, people: People
) -> None:
    of, omar = budget(database, None, DOLLAR), await people.meet(actor("omar"), EVENING)
    early = EVENING - timedelta(days=3)
    assert await spend(of, nora, 790_000, early) == ""
    told = await spend(of, nora, 10_000, early)
    assert told.startswith("This month's budget for Claude, which everybody here shares, is 80% used. It starts anew on Tuesday")
    assert await spend(of, nora, 1_000, early) == ""
    assert "everybody here shares" in await spend(of, omar, 1_000, EVENING)
    assert await spend(of, nora, 1_000, EVENING) == "", "once a month, not once a day"


async def test_without_limits_everything_is_counted_and_nobody_is_stopped(database: Database, nora: Person) -> None:
    of = budget(database, None, None)
    assert await spend(of, nora, 500 * DOLLAR) == ""
    assert await of.spent_this_month(nora, EVENING) == 500 * DOLLAR


async def test_an_answer_over_midnight_counts_for_the_day_on_which_it_was_asked_for(database: Database, nora: Person) -> None:
    of, after = budget(database), EVENING + timedelta(hours=2)
    held: Reserved = await of.reserve(chat(nora), 500_000, EVENING)
    await of.settle(chat(nora), held, Spent(Usage(read=1), 400_000), after)
    assert (await of.own(nora, after)).today is None
    assert await of.spent_this_month(nora, EVENING) == 400_000
