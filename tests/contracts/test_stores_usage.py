"""What was used, the same on both databases: budgets that parallel answers cannot overrun, and that no dead process holds."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from core.ids import new_id
from core.llm.model import Payer, Usage, Use
from core.llm.ports import Reserved, Spent
from core.people.model import Person
from core.usage.model import DayOfUsage, MonthOfUsage, Spend
from persistence.usage import SETTLED_KEPT, UsageRecord
from tests.contracts.strict import Strict
from tests.students import DISCORD, HOUR, NOON, OMAR, met

DAY, MONTH = "2026-04-08", "2026-04"
LATER = NOON + HOUR


def hold(micros: int = 100, day: str = DAY) -> Reserved:
    return Reserved(new_id("hld"), micros, day, MONTH)


def chat(person: Person) -> Payer:
    return Payer(person, Use.CHAT, "agt_teacher", "Teacher")


async def the_day(store: UsageRecord, person: Person) -> DayOfUsage:
    found = await store.day(person, DAY)
    assert found is not None
    return found


async def the_month(store: UsageRecord, person: Person) -> MonthOfUsage:
    found = await store.month(person, MONTH)
    assert found is not None
    return found


async def test_a_hundred_answers_at_once_do_not_overrun_a_day_or_a_month(strict: Strict) -> None:
    store, nora, omar = UsageRecord(strict), await met(strict, DISCORD), await met(strict, OMAR)

    async def answered(person: Person) -> int:
        held = hold()
        if not await store.hold_day(person, held, 1_050, LATER):
            return 0
        if not await store.hold_month(person, held, 1_550, LATER):
            await store.settle_day(person, chat(person), held, None)
            return 0
        assert (await the_day(store, person)).committed <= 1_050
        assert (await the_month(store, person)).committed <= 1_550
        spent = Spent(Usage(read=1), 100)
        await store.settle_day(person, chat(person), held, spent)
        await store.settle_month(person, held, spent)
        return 100

    paid = await asyncio.gather(*(answered(nora) for _ in range(50)), *(answered(omar) for _ in range(50)))
    days = [await the_day(store, each) for each in (nora, omar)]
    month = await the_month(store, nora)
    assert sum(paid) == sum(each.spent for each in days) == month.spent == month.committed
    assert month.spent == 1_500, "there is room for fifteen, of which no one has more than ten"
    assert all(each.spent == each.committed <= 1_050 and not each.holds for each in days)


async def test_what_is_held_is_settled_once_with_what_it_cost(strict: Strict) -> None:
    store, nora = UsageRecord(strict), await met(strict, DISCORD)
    held, other = hold(), hold()
    assert await store.hold_day(nora, held, 200, LATER)
    assert await store.hold_day(nora, other, 200, LATER)
    assert not await store.hold_day(nora, hold(1), 200, LATER)
    spent = Spent(Usage(read=5, written=6, cached=7, cache_written=8, searches=1), 40)
    assert await store.settle_day(nora, chat(nora), held, spent) is not None
    assert await store.settle_day(nora, chat(nora), held, spent) is None
    assert await store.settle_day(nora, Payer(nora, Use.SORTING), other, None) is not None
    day = await the_day(store, nora)
    assert (day.spent, day.committed, day.holds, day.name) == (40, 40, {}, nora.name)
    [part] = day.parts.values()
    assert (part.use, part.agent, part.answers, part.micros) == (Use.CHAT, "Teacher", 1, 40)
    assert (part.read, part.written, part.cached, part.cache_written, part.searches) == (5, 6, 7, 8, 1)
    assert await store.hold_day(nora, hold(160), 200, LATER)


async def test_what_a_dead_process_held_lapses_and_what_was_spent_after_all_still_counts(strict: Strict) -> None:
    store, nora = UsageRecord(strict), await met(strict, DISCORD)
    dead, alive = hold(), hold(10)
    for held, until in ((dead, LATER), (alive, LATER + HOUR)):
        assert await store.hold_day(nora, held, None, until)
        assert await store.hold_month(nora, held, None, until)
    assert await store.lapse_day(nora, DAY, LATER - timedelta(seconds=1)) == 0
    assert await asyncio.gather(*(store.lapse_day(nora, DAY, LATER) for _ in range(5))) != [0] * 5
    assert await store.lapse_month(nora, MONTH, LATER) == 1
    assert (await the_day(store, nora)).committed == (await the_month(store, nora)).committed == 10
    assert (await the_day(store, nora)).under_way(LATER) == 10
    spent = Spent(Usage(read=1), 30)
    for _ in range(2):
        await store.settle_day(nora, chat(nora), dead, spent)
        await store.settle_month(nora, dead, spent)
    assert ((await the_day(store, nora)).spent, (await the_day(store, nora)).committed) == (30, 40)
    assert ((await the_month(store, nora)).spent, (await the_month(store, nora)).committed) == (30, 40)


async def test_a_day_remembers_its_last_settlements_and_no_more(strict: Strict) -> None:
    store, nora = UsageRecord(strict), await met(strict, DISCORD)
    for _ in range(SETTLED_KEPT + 2):
        held = hold(1)
        await store.hold_day(nora, held, None, LATER)
        await store.settle_day(nora, chat(nora), held, None)
    assert len((await the_day(store, nora)).settled) == SETTLED_KEPT


async def test_somebody_is_told_once_a_day(strict: Strict) -> None:
    store, nora = UsageRecord(strict), await met(strict, DISCORD)
    assert not await store.tell(nora, DAY, NOON), "there is nothing to tell of"
    await store.hold_day(nora, hold(), None, LATER)
    assert sorted(await asyncio.gather(*(store.tell(nora, DAY, NOON) for _ in range(5)))) == [False] * 4 + [True]


async def test_days_are_the_persons_own_and_for_coaches_everybodys_of_their_organization(strict: Strict) -> None:
    store, nora, omar = UsageRecord(strict), await met(strict, DISCORD), await met(strict, OMAR)
    for person, day in ((nora, "2026-03-31"), (nora, "2026-04-02"), (omar, "2026-04-01"), (nora, "2026-04-30")):
        await store.hold_day(person, hold(day=day), None, LATER)
    assert [each.day for each in await store.days(nora, "2026-04-01", "2026-04-29")] == ["2026-04-02"]
    for person, day in ((nora, "2026-04-02"), (omar, "2026-04-01"), (nora, "2026-03-31")):
        await store.settle_day(person, chat(person), hold(day=day), Spent(Usage(read=1), 40))
    both = await store.spent_by_all(omar, "2026-04-01", "2026-04-30")
    assert both == [
        Spend(omar.id, omar.name, "2026-04-01", Use.CHAT, "Teacher", 1, 40),
        Spend(nora.id, nora.name, "2026-04-02", Use.CHAT, "Teacher", 1, 40),
    ]


async def test_what_an_erased_person_used_is_not_made_anew(strict: Strict) -> None:
    store, nora = UsageRecord(strict), await met(strict, DISCORD)
    held = hold()
    await store.hold_day(nora, held, None, LATER)
    await strict.collection("usage").delete({"personId": nora.id})
    assert await store.settle_day(nora, chat(nora), held, Spent(Usage(read=1), 5)) is None
    assert await store.day(nora, DAY) is None
