"""The agents that people make, the same on both databases."""

from __future__ import annotations

import asyncio

import pytest

from core.agents.model import Sharing, UserAgent
from core.errors import AlreadyThere
from core.people.model import Person
from persistence.merged_agents import AgentsMerge
from persistence.own_agents import OwnAgentsRecord
from tests.contracts.strict import Strict
from tests.students import DISCORD, OMAR, SLACK, met

ASKED: tuple[Sharing, ...] = ("asked",)


def agent(person: Person, name: str, number: int = 1) -> UserAgent:
    """An agent as somebody makes it."""
    return UserAgent(
        id=f"agt_{name.lower()}{number}",
        name=name,
        description="For labels",
        personality="dry",
        avatar_url="",
        tools=("read_foundation",),
        configuration={"emoji": "bee", "model": "small"},
        created_by=person.user_id,
        base_instructions="Write labels.",
        organization_id=person.organization_id,
        name_key=f"{person.user_id}:{name.lower()}",
    )


async def test_an_agent_is_its_makers_until_it_is_shared_and_then_the_organizations(strict: Strict) -> None:
    store, nora, omar, slack = (
        OwnAgentsRecord(strict),
        await met(strict, DISCORD),
        await met(strict, OMAR),
        await met(strict, SLACK),
    )
    milo = agent(nora, "Milo")
    await store.add(nora, milo)
    assert (
        await store.find(nora, milo.id) == await store.own(nora, milo.id) == await store.named(nora, milo.name_key or "") == milo
    )
    assert await store.find(omar, milo.id) is None
    asked = milo.model_copy(update={"sharing": "asked", "shared_key": "org:milo", "version": 2, "shared_by": nora.id})
    assert await store.change(nora, asked, 1) == asked
    assert await store.change(nora, asked, 1) == asked, "said again after no answer came, it is done already"
    assert await store.change(nora, asked.model_copy(update={"name": "Mila"}), 1) is None
    assert await store.change(omar, asked.model_copy(update={"version": 3}), 2) is None
    assert await store.find(omar, milo.id) is None
    assert await store.for_review(nora.organization_id) == [asked]
    assert await store.for_review(slack.organization_id) == []
    assert await store.judge(slack.organization_id, milo.id, version=2, out_of=ASKED, to="shared") is None
    assert await store.judge(nora.organization_id, milo.id, version=1, out_of=ASKED, to="shared") is None
    shared = await store.judge(nora.organization_id, milo.id, version=2, out_of=ASKED, to="shared")
    assert shared is not None
    assert await store.find(omar, milo.id) == shared
    assert await store.own(omar, milo.id) is None
    assert await store.find(slack, milo.id) is None
    [head] = await store.callable_by(omar)
    assert (head.name, head.configuration, head.personality, head.base_instructions) == ("Milo", milo.configuration, "", "")
    assert not await store.delete(omar, milo.id)
    assert await store.delete(nora, milo.id)
    assert await store.callable_by(omar) == await store.callable_by(nora) == []


async def test_a_name_is_taken_once_by_a_maker_and_once_by_what_is_shared(strict: Strict) -> None:
    store, nora, omar = OwnAgentsRecord(strict), await met(strict, DISCORD), await met(strict, OMAR)
    tries = [store.add(nora, agent(nora, "Milo", number)) for number in range(4)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert [type(each) for each in outcomes if each] == [AlreadyThere] * 3
    theirs, mine = agent(omar, "Milo", 9), (await store.callable_by(nora))[0]
    await store.add(omar, theirs)
    key = {"shared_key": "org:milo", "sharing": "asked"}
    whole = await store.own(nora, mine.id)
    assert whole is not None
    assert await store.change(nora, whole.model_copy(update=key), 1)
    with pytest.raises(AlreadyThere):
        await store.change(omar, theirs.model_copy(update=key), 1)
    assert await store.judge(nora.organization_id, mine.id, version=1, out_of=ASKED, to="private")
    assert await store.change(omar, theirs.model_copy(update=key), 1), "declined, the name is free again"


async def test_accounts_that_become_one_keep_all_their_agents_each_by_a_name_of_its_own(strict: Strict) -> None:
    store, nora, other = OwnAgentsRecord(strict), await met(strict, SLACK), await met(strict, DISCORD)
    for person, names in ((nora, ("Milo", "Ada")), (other, ("Milo", "Zoe"))):
        for number, name in enumerate(names):
            await store.add(person, agent(person, name, number + len(person.user_id + person.name)))
    for _ in range(2):
        await AgentsMerge(strict).merge(other.user_id, nora.user_id)
    assert sorted(each.name for each in await store.callable_by(nora)) == ["Ada", "Milo", "Milo 2", "Zoe"]
    with pytest.raises(AlreadyThere):
        await store.add(nora, agent(nora, "Zoe", 99))
