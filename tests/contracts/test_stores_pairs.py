"""Pairs and requests, the same on both databases: nobody is in two pairs, whoever matches them."""

from __future__ import annotations

from core.pairs.model import Pair, PairRequest
from persistence.pairs import PairRecord
from tests.contracts.strict import Strict
from tests.students import DISCORD, HOUR, NOON, OMAR, SLACK, met


async def test_nobody_is_in_two_pairs_and_whoever_has_parted_may_be_in_another(strict: Strict) -> None:
    store, slack, discord, omar = PairRecord(strict), *[await met(strict, each) for each in (SLACK, DISCORD, OMAR)]
    common = {"organization_id": omar.organization_id, "created_at": NOON}

    def pair(name: str, *members: str) -> Pair:
        return Pair.model_validate({**common, "id": f"pai_{name}", "members": members, "tell_at": NOON})

    first = await store.add(omar, pair("1", omar.id, discord.id))
    assert first is not None
    assert await store.add(omar, pair("2", omar.id, "per_x")) is None
    assert await store.add(discord, pair("3", "per_y", discord.id)) is None
    assert await store.of(slack) is None
    assert await store.part(slack, first, NOON) is None, "it is not theirs to end"
    ended = await store.part(discord, first, NOON + HOUR)
    assert ended is not None
    assert (ended.members, set(ended.parted), ended.left_by) == ((), {omar.id, discord.id}, discord.id)
    assert await store.part(discord, first, NOON + HOUR) is None, "twice is once"
    again = await store.add(omar, pair("4", omar.id, "per_x"))
    assert again is not None
    parted = await store.part(omar, again, NOON + HOUR)
    assert parted is not None, "several that have ended are in each other's way as little"
    assert {each.id for each in await store.parted(omar)} == {"pai_1", "pai_4"}
    assert list(await store.of_organization(omar)) == []
    assert {each.id for each in await store.to_tell(NOON + HOUR, 5)} == {"pai_1", "pai_4"}
    await store.told(first)
    assert {each.id for each in await store.to_tell(NOON + HOUR, 5)} == {"pai_1", "pai_4"}, "it has ended since it began"
    await store.told(ended)
    await store.told(parted.model_copy(update={"parted": (omar.id,)}))
    assert list(await store.to_tell(NOON + HOUR, 5)) == []
    assert [each.id for each in await store.parted(omar)] == ["pai_1"]


async def test_a_request_keeps_its_first_day(strict: Strict) -> None:
    store, discord, omar, slack = PairRecord(strict), *[await met(strict, each) for each in (DISCORD, OMAR, SLACK)]
    for person, hours in ((omar, 1), (discord, 0), (omar, 5)):
        at = NOON + hours * HOUR
        await store.ask(person, PairRequest(id=person.id, organization_id=person.organization_id, since=at, look_at=at))
    found = await store.requests(discord)
    assert [(each.id, each.since) for each in found] == [(discord.id, NOON), (omar.id, NOON + HOUR)]
    assert list(await store.requests(slack)) == []
    assert [each.id for each in await store.to_look(NOON, 5)] == [discord.id]
    await store.looked(found[0], NOON + 9 * HOUR)
    assert list(await store.to_look(NOON, 5)) == []
    await store.withdraw(omar)
    assert await store.request(omar) is None
