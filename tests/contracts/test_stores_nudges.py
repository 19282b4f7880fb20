"""The reminders that went out, the same on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from core.nudges.model import Kind, Nudge, NudgePreferences, Outcome, nudge_id
from core.people.model import Person
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from tests.contracts.strict import Strict
from tests.students import DISCORD, HOUR, NOON, SLACK, met

DAY = 24 * HOUR


def reminder(person: Person, day: int = 8, kind: Kind = Kind.STALLED, **change: object) -> Nudge:
    """The reminder of a day in April 2026."""
    date = f"2026-04-{day:02}"
    nudge = Nudge(
        id=nudge_id(person.id, date),
        person_id=person.id,
        user_id=person.user_id,
        organization_id=person.organization_id,
        kind=kind,
        about="mod_1",
        local_date=date,
        template="stalled-1",
        reason="Module 1 has had no tick for 5 days",
        created_at=NOON + (day - 8) * DAY,
    )
    return nudge.model_copy(update=change)


async def test_a_day_has_one_reminder_whoever_asks_at_the_same_moment(strict: Strict) -> None:
    store, nora, omar = NudgeRecord(strict), await met(strict, SLACK), await met(strict, DISCORD)
    kinds = (Kind.STALLED, Kind.WIN, Kind.KPI_DUE, Kind.STALLED)
    added = await asyncio.gather(*(store.add(nora, reminder(nora, kind=each)) for each in kinds))
    (kept,) = [each for each in added if each is not None]
    assert await store.find(nora, kept.id) == kept
    assert await store.find(omar, kept.id) is None
    assert await store.add(omar, reminder(omar)) == reminder(omar), "another's day is their own"


async def test_what_was_asked_for_comes_besides(strict: Strict) -> None:
    store, nora = NudgeRecord(strict), await met(strict, SLACK)
    assert await store.add(nora, reminder(nora))
    asked = reminder(nora, id=nudge_id(nora.id, "2026-04-08", "ndg_first"), occasion="asked")
    assert await store.add(nora, asked) == asked
    assert await store.add(nora, asked) is None, "once for each time that they asked"


async def test_they_are_found_latest_first_and_no_others(strict: Strict) -> None:
    store, nora, omar = NudgeRecord(strict), await met(strict, SLACK), await met(strict, DISCORD)
    for day in (8, 10, 9):
        await store.add(nora, reminder(nora, day))
    await store.add(omar, reminder(omar, 11))
    assert [each.local_date for each in await store.since(nora, NOON + DAY)] == ["2026-04-10", "2026-04-09"]
    assert [each.local_date for each in await store.since(nora, NOON, 2)] == ["2026-04-10", "2026-04-09"]
    await store.end(nora, reminder(nora, 8).id, Outcome.ACTED, NOON)
    latest = await store.of_organization(nora.organization_id, NOON, 2)
    assert [(each.outcome, count) for each, count in latest.items()] == [(None, 2)]
    every = await store.of_organization(nora.organization_id, NOON, 9)
    assert {each.outcome: count for each, count in every.items()} == {None: 2, Outcome.ACTED: 1}
    assert sum((await store.of_organization(omar.organization_id, NOON, 9)).values()) == 1


async def test_the_first_time_counts_of_standing_in_the_outbox_and_of_being_opened(strict: Strict) -> None:
    store, nora, omar = NudgeRecord(strict), await met(strict, SLACK), await met(strict, DISCORD)
    nudge = reminder(nora)
    await store.add(nora, nudge)
    await store.lettered(omar, nudge.id, NOON)
    await store.opened(omar, nudge.id, NOON)
    assert await store.find(nora, nudge.id) == nudge, "it is not theirs"
    for hours in (1, 2):
        await store.lettered(nora, nudge.id, NOON + hours * HOUR)
        await store.opened(nora, nudge.id, NOON + (hours + 2) * HOUR)
    expected = {"lettered_at": NOON + HOUR, "opened_at": NOON + 3 * HOUR}
    assert await store.find(nora, nudge.id) == nudge.model_copy(update=expected)


async def test_what_came_of_it_is_noted_once_but_for_who_opened_it_and_then_acted(strict: Strict) -> None:
    store, nora, omar = NudgeRecord(strict), await met(strict, SLACK), await met(strict, DISCORD)
    nudge = reminder(nora)
    await store.add(nora, nudge)
    await store.end(omar, nudge.id, Outcome.IGNORED, NOON)
    for hours, outcome in enumerate((Outcome.OPENED, Outcome.ACTED, Outcome.IGNORED), start=1):
        await store.end(nora, nudge.id, outcome, NOON + hours * HOUR)
    kept = await store.find(nora, nudge.id)
    assert kept is not None
    assert (kept.outcome, kept.outcome_at) == (Outcome.ACTED, NOON + 2 * HOUR)


async def test_what_it_is_about_may_change_until_it_stands_in_the_outbox(strict: Strict) -> None:
    store, nora, omar = NudgeRecord(strict), await met(strict, SLACK), await met(strict, DISCORD)
    nudge = reminder(nora)
    await store.add(nora, nudge)
    other = reminder(nora, kind=Kind.WIN, about=None, template="win-2", reason="Leads are up", created_at=NOON + HOUR)
    assert await store.revise(omar, other) is None
    assert await store.revise(nora, other) == other.model_copy(update={"created_at": NOON})
    await store.lettered(nora, nudge.id, NOON)
    assert await store.revise(nora, nudge) is None
    assert await store.find(nora, nudge.id) == other.model_copy(update={"created_at": NOON, "lettered_at": NOON})


async def test_what_was_decided_of_a_contract_is_set_with_the_next_time_or_not_at_all(strict: Strict) -> None:
    store, nora = NudgePreferencesRecord(strict), await met(strict, SLACK)
    until, at = NOON + HOUR, NOON + timedelta(microseconds=4_321)
    first = NudgePreferences(
        id="npf_1", person_id=nora.id, organization_id=nora.organization_id, changed_at=NOON, next_check_at=at, snoozed_id="ndg_1"
    )
    await store.meet(nora, first)
    (due,) = await store.due(at, 5)
    assert await store.claim(due, until + timedelta(microseconds=1_234))
    changes = {"snoozed_id": None, "set_aside_at": NOON}
    assert await store.settle(due, until + timedelta(microseconds=1_234), NOON + DAY, changes)
    kept = await store.of(nora)
    assert kept is not None
    assert (kept.snoozed_id, kept.set_aside_at, kept.next_check_at) == (None, NOON, NOON + DAY)
    assert not await store.settle(due, until, None, {"set_aside_at": None}), "somebody has changed it meanwhile"
    assert await store.of(nora) == kept
