"""What coaches announce, the same on both databases."""

from __future__ import annotations

import pytest

from core.community.model import Announcement, State, Tally, To
from core.errors import NotFound
from core.people.model import Person
from core.request import Address, Platform
from core.roles import Role
from persistence.announcements import AnnouncementRecord
from tests.contracts.strict import Strict
from tests.students import DISCORD, HOUR, NOON, OMAR, SLACK, met


def announcement(coach: Person, number: int = 1, **more: object) -> Announcement:
    plain: dict[str, object] = {"id": f"ann_{number}", "person_id": coach.id, "organization_id": coach.organization_id}
    plain |= {"cohort_id": "coh_1", "by_name": coach.name, "words": "Come at ten.", "to": To.DIRECT}
    times = dict.fromkeys(("created_at", "changed_at"), NOON + number * HOUR)
    return Announcement.model_validate({**plain, **times, **more})


async def test_an_announcement_is_the_coaches_of_the_organization(strict: Strict) -> None:
    store, slack, discord, omar = AnnouncementRecord(strict), *[await met(strict, each) for each in (SLACK, DISCORD, OMAR)]
    place = Address(Platform.DISCORD, "G1", "7")
    kept = await store.add(discord, announcement(discord, on="2026-04-09", hour=9, to=To.CHANNEL, place=place))
    assert await store.add(discord, announcement(discord)) == kept, "a second press finds the first"
    with pytest.raises(NotFound):
        await store.add(slack, announcement(slack))
    coach, stranger = (each.model_copy(update={"role": Role.COACH}) for each in (omar, slack))
    for who, found in ((discord, True), (coach, True), (omar, False), (slack, False), (stranger, False)):
        assert (await store.find(who, "ann_1") is not None) is found
    await store.add(discord, announcement(discord, 2))
    await store.add(discord, announcement(discord, 3, cohort_id="coh_2"))
    assert [each.id for each in await store.of_cohort(coach, "coh_1", 5)] == ["ann_2", "ann_1"]
    assert list(await store.of_cohort(stranger, "coh_1", 5)) == []


async def test_a_change_holds_only_where_it_stands_as_it_was_seen(strict: Strict) -> None:
    store, discord = AnnouncementRecord(strict), await met(strict, DISCORD)
    seen = await store.add(discord, announcement(discord, next_at=NOON, reached="per_1", counting=Tally(leaving=2)))
    over = {"state": State.SENT, "next_at": None, "tally": Tally(delivered=2)}
    kept = await store.replace(discord, seen, seen.model_copy(update=over))
    assert kept is not None
    assert (kept.state, kept.next_at, kept.tally, kept.version) == (State.SENT, None, Tally(delivered=2), 2)
    assert await store.replace(discord, seen, seen) is None
    assert list(await store.due(NOON + HOUR, 5)) == [], "what was taken away is not due"


async def test_what_is_due_comes_the_longest_waiting_first(strict: Strict) -> None:
    store, discord = AnnouncementRecord(strict), await met(strict, DISCORD)
    for number in (1, 2, 3):
        await store.add(discord, announcement(discord, number, next_at=NOON + (4 - number) * HOUR))
    assert [each.id for each in await store.due(NOON + 2 * HOUR, 5)] == ["ann_3", "ann_2"]


async def test_what_is_under_way_in_a_cohort_is_what_is_looked_at_soon_and_what_has_just_ended(strict: Strict) -> None:
    store, discord = AnnouncementRecord(strict), await met(strict, DISCORD)
    coach = (await met(strict, OMAR)).model_copy(update={"role": Role.COACH, "organization_id": discord.organization_id})
    stranger = (await met(strict, SLACK)).model_copy(update={"role": Role.COACH})
    planned = {"state": State.PLANNED}
    there: tuple[dict[str, object], ...] = (
        {**planned, "next_at": NOON + HOUR},
        {**planned, "next_at": NOON + 9 * HOUR},
        {**planned, "next_at": NOON, "cohort_id": "coh_2"},
        {"state": State.DRAFT},
        {"state": State.CANCELLED},
        {"state": State.SENT},
        {"state": State.SENT, "changed_at": NOON - HOUR},
    )
    for number, more in enumerate(there):
        await store.add(discord, announcement(discord, number).model_copy(update=more))
    found = await store.under_way(coach, "coh_1", NOON + HOUR, NOON)
    assert [each.id for each in found] == ["ann_5", "ann_4", "ann_0"]
    assert list(await store.under_way(stranger, "coh_1", NOON + HOUR, NOON)) == []
