"""Who looked at what, the same on both databases."""

from __future__ import annotations

from core.openness.model import Look, Part
from persistence.looks import LookRecord
from tests.contracts.strict import Strict
from tests.students import DISCORD, HOUR, NOON, OMAR, SLACK, met


async def test_looks_at_somebody_and_at_everybody_are_found_the_latest_first(strict: Strict) -> None:
    store, slack, discord, omar = LookRecord(strict), *[await met(strict, each) for each in (SLACK, DISCORD, OMAR)]
    for number, (person, everybody) in enumerate(
        [(discord.id, None), (None, discord.organization_id), (discord.id, None), (omar.id, None)]
    ):
        look = Look(
            id=f"lok_{number}",
            organization_id=discord.organization_id,
            person_id=person,
            everybody_in=everybody,
            by_person_id=omar.id,
            part=Part.PLACE,
            at=NOON + number * HOUR,
        )
        await store.add(look)
    assert [each.id for each in await store.of(discord, 9)] == ["lok_2", "lok_1", "lok_0"]
    assert [each.id for each in await store.of(discord, 2)] == ["lok_2", "lok_1"]
    assert list(await store.of(slack, 9)) == []
