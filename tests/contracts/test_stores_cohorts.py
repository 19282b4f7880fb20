"""The dates of cohorts, and who takes part where, the same on both databases."""

from __future__ import annotations

import pytest

from core.errors import NotFound
from core.request import Address, Platform
from core.roles import Role
from persistence.cohorts import CohortRecord
from persistence.people import PeopleRecord
from tests.contracts.strict import Strict
from tests.students import DISCORD, NOON, OMAR, SLACK, met, said


async def test_dates_belong_to_the_organization(strict: Strict) -> None:
    store, slack, discord, omar = CohortRecord(strict), *[await met(strict, each) for each in (SLACK, DISCORD, OMAR)]
    await store.schedule(discord, "2026-04-13", (1, 5))
    kept = await store.organization(omar)
    assert kept is not None
    assert (kept.starts_on, kept.catch_up_after) == ("2026-04-13", (1, 5))
    assert (await store.schedule(omar, "2026-04-20", ())).catch_up_after == (), "no free week is a choice"
    other = await store.organization(slack)
    assert other is not None
    assert other.starts_on is None
    with pytest.raises(NotFound):
        await store.schedule(slack.model_copy(update={"organization_id": "org_x"}), "2026-04-13", ())


async def test_who_takes_part_is_told_within_the_organization(strict: Strict) -> None:
    store, slack, discord, omar = CohortRecord(strict), *[await met(strict, each) for each in (SLACK, DISCORD, OMAR)]
    there = Address(Platform.DISCORD, "G1", "general", "thread")
    assert not await store.members_at(omar, there)
    await said(strict, discord, there, "Which hook?", NOON)
    assert list(await store.members_at(omar, there)) == [discord.user_id]
    assert not await store.members_at(slack, there)


async def test_coaches_and_members_are_found(strict: Strict) -> None:
    people, slack, discord, omar = PeopleRecord(strict), *[await met(strict, each) for each in (SLACK, DISCORD, OMAR)]
    assert not await people.coaching()
    coach = await people.change(omar, {"role": Role.COACH})
    assert await people.coaching() == [coach]
    assert [each.id for each in await people.members(coach)] == [discord.id, omar.id]
    assert [each.id for each in await people.of_account(slack)] == [slack.id]
