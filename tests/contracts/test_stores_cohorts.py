"""Cohorts, and who takes part where, the same on both databases."""

from __future__ import annotations

import pytest

from core.cohort.model import Cohort
from core.errors import AlreadyThere, NotFound
from core.request import Address, Platform
from core.roles import Role
from persistence.cohorts import CohortRecord
from persistence.people import PeopleRecord
from tests.contracts.strict import Strict
from tests.students import DISCORD, HOUR, NOON, OMAR, SLACK, met, said


def cohort(name: str, organization: str, **more: object) -> Cohort:
    plain = {"id": f"coh_{name}", "organization_id": organization, "name": name, "name_key": name.casefold()}
    return Cohort.model_validate({**plain, "code": "k7wq-3fhm", "created_at": NOON, **more})


async def test_a_cohort_belongs_to_the_organization(strict: Strict) -> None:
    store, slack, discord, omar = CohortRecord(strict), *[await met(strict, each) for each in (SLACK, DISCORD, OMAR)]
    await store.add(discord, cohort("Spring", "org_forged"))
    await store.add(omar, cohort("Autumn", discord.organization_id, created_at=NOON + HOUR))
    assert [each.name for each in await store.of_organization(omar)] == ["Autumn", "Spring"], "the newest first"
    assert list(await store.of_organization(slack)) == []
    assert await store.in_organization(omar.organization_id) == await store.of_organization(omar)
    with pytest.raises(AlreadyThere):
        await store.add(omar, cohort("spring", discord.organization_id, id="coh_other"))
    with pytest.raises(NotFound):
        await store.change(slack, "coh_Spring", {"starts_on": "2026-04-13"})


async def test_what_is_changed_stays_changed_and_none_takes_away(strict: Strict) -> None:
    store, omar = CohortRecord(strict), await met(strict, OMAR)
    await store.add(omar, cohort("Spring", omar.organization_id, starts_on="2026-04-13"))
    dated = await store.change(omar, "coh_Spring", {"starts_on": "2026-04-20", "catch_up_after": ()})
    assert (dated.starts_on, dated.catch_up_after) == ("2026-04-20", ()), "no free week is a choice"
    over = await store.change(omar, "coh_Spring", {"archived_at": NOON, "name_key": None})
    assert (over.archived_at, over.name_key) == (NOON, None)
    await store.add(omar, cohort("SPRING", omar.organization_id, id="coh_2"))
    with pytest.raises(AlreadyThere):
        await store.change(omar, "coh_Spring", {"archived_at": None, "name_key": "spring"})
    assert [each.archived_at for each in await store.of_organization(omar) if each.id == "coh_Spring"] == [NOON]


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
