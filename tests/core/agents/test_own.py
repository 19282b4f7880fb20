"""Agents that people make: made, changed, shared, judged and switched off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core import plain
from core.agents.model import UserAgent
from core.agents.own import OWN_AT_MOST, NameTaken, NotYourAgent, TooMany
from core.agents.reviewing import NoCoach, NothingToReview, SharedNameTaken
from core.errors import Changed, NotAllowed, NotFound
from core.people.model import Person
from core.ui import Button, Buttons
from persistence.documents import Database
from tests.core.agents.making import MILO, Making, making, named
from tests.core.conftest import AT


async def names(here: Making, person: Person) -> list[str]:
    return [agent.name for agent in (await here.own.cast(person)).agents[12:]]


async def shared(here: Making) -> UserAgent:
    """Nora's Milo, approved."""
    milo = await here.own.create(here.nora, MILO)
    asked = await here.reviews.ask(here.nora, "Milo", AT)
    return await here.reviews.approve(here.cora, milo.id, asked.version, AT)


async def test_an_agent_answers_its_maker_with_what_it_may_and_nobody_else(database: Database) -> None:
    here = await making(database)
    wanted = replace(MILO, tools=("save_asset", "read_foundation", "web_search", "propose_foundation"), model="small")
    milo = await here.own.create(here.nora, wanted)
    assert milo.tools == ("read_foundation",), "what writes or reaches outside is never given"
    cast = await here.own.cast(here.nora)
    head = cast.named("@milo")
    assert (head.instructions, head.own, head.small, head.speaker.emoji) == ("", True, True, "bee")
    whole = await here.own.whole(here.nora, head)
    assert whole is not None
    assert whole.instructions == MILO.instructions
    assert await names(here, here.omar) == []
    with pytest.raises(NotFound):
        (await here.own.cast(here.omar)).named("Milo")
    with pytest.raises(NotYourAgent):
        await here.own.show(here.omar, milo.id)


async def test_a_tool_that_is_kept_though_it_may_not_be_is_not_given(database: Database) -> None:
    here = await making(database)
    milo = await here.own.create(here.nora, MILO)
    await database.collection("agents").update(
        {"_id": milo.id}, {"$set": {"tools": ["save_asset", "fetch_url", "read_progress"]}}
    )
    agent = (await here.own.cast(here.nora)).named("Milo")
    whole = await here.own.whole(here.nora, agent)
    assert agent.tools == ("read_progress",)
    assert whole is not None
    assert whole.tools == ("read_progress",)


async def test_one_name_once_and_the_same_form_twice_is_one_agent(database: Database) -> None:
    here = await making(database)
    milo = await here.own.create(here.nora, MILO)
    assert (await here.own.create(here.nora, MILO)).id == milo.id
    with pytest.raises(NameTaken):
        await here.own.create(here.nora, replace(named("m-i l-o"), instructions="Others."))
    await here.own.create(here.omar, MILO)
    ada = await here.own.create(here.nora, named("Ada"))
    with pytest.raises(NameTaken):
        await here.own.edit(here.nora, ada.id, named("MILO"), ada.version)


async def test_nobody_has_more_than_so_many(database: Database) -> None:
    here = await making(database)
    for number in range(OWN_AT_MOST):
        await here.own.create(here.nora, named(f"Milo {10 + number}"))
    with pytest.raises(TooMany):
        await here.own.create(here.nora, named("One more"))


async def test_a_change_made_meanwhile_is_not_written_over(database: Database) -> None:
    here = await making(database)
    milo = await here.own.create(here.nora, MILO)
    await here.own.edit(here.nora, milo.id, named("Mila"), milo.version)
    with pytest.raises(Changed):
        await here.own.edit(here.nora, milo.id, named("Milou"), milo.version)
    with pytest.raises(NotYourAgent):
        await here.own.edit(here.omar, milo.id, named("Mine"), milo.version + 1)
    assert await names(here, here.nora) == ["Mila"]


async def test_the_cohort_can_call_it_once_a_coach_has_approved_and_each_is_told(database: Database) -> None:
    here = await making(database)
    milo = await here.own.create(here.nora, MILO)
    asked = await here.reviews.ask(here.nora, "Milo", AT)
    assert (await here.reviews.ask(here.nora, "Milo", AT)).version == asked.version, "pressed twice, it is asked once"
    assert await names(here, here.omar) == []
    [letter] = await here.letters(here.cora)
    text = plain.message(letter.read())
    assert all(each in text for each in ("Nora", "Milo", MILO.instructions, MILO.personality, "Foundation"))
    [approve, decline, _] = [
        each
        for card in letter.read().cards
        for element in card.body
        if isinstance(element, Buttons)
        for each in element.items
        if isinstance(each, Button)
    ]
    assert approve.call.command == "agents approve"
    assert approve.call.values == decline.call.values == {"agent": milo.id, "version": str(asked.version)}
    await here.reviews.approve(here.cora, milo.id, asked.version, AT)
    assert await names(here, here.omar) == ["Milo"]
    assert "approved" in plain.message((await here.letters(here.nora))[-1].read())
    with pytest.raises(NothingToReview):
        await here.reviews.decline(here.cora, milo.id, asked.version, AT)


async def test_what_was_approved_is_what_was_read(database: Database) -> None:
    here = await making(database)
    milo = await here.own.create(here.nora, MILO)
    asked = await here.reviews.ask(here.nora, "Milo", AT)
    await here.own.edit(here.nora, milo.id, replace(MILO, instructions="Something else."), asked.version)
    with pytest.raises(NothingToReview):
        await here.reviews.approve(here.cora, milo.id, asked.version, AT)
    again = await here.reviews.ask(here.nora, "Milo", AT)
    await here.reviews.approve(here.cora, milo.id, again.version, AT)
    await here.own.edit(here.nora, milo.id, MILO, again.version)
    assert await names(here, here.omar) == [], "changed, it is its maker's alone again"
    assert await names(here, here.nora) == ["Milo"]


async def test_switched_off_it_answers_nobody_and_stays_so_when_it_is_changed(database: Database) -> None:
    here = await making(database)
    milo = await shared(here)
    called = (await here.own.cast(here.omar)).named("Milo")
    off = await here.reviews.switch_off(here.cora, milo.id, AT)
    assert await here.own.whole(here.omar, called) is None, "though it was called before"
    assert await here.own.whole(here.nora, called) is None
    assert await names(here, here.omar) == await names(here, here.nora) == []
    assert "switched @Milo off" in plain.message((await here.letters(here.nora))[-1].read())
    await here.own.edit(here.nora, milo.id, MILO, off.version)
    assert (await here.reviews.take_back(here.nora, milo.id)).sharing == "off"
    assert await names(here, here.nora) == []
    asked = await here.reviews.ask(here.nora, milo.id, AT)
    await here.reviews.approve(here.cora, milo.id, asked.version, AT)
    assert await names(here, here.omar) == ["Milo"]


async def test_only_coaches_judge(database: Database) -> None:
    here = await making(database)
    milo = await here.own.create(here.nora, MILO)
    asked = await here.reviews.ask(here.nora, "Milo", AT)
    for judging in (
        here.reviews.approve(here.nora, milo.id, asked.version, AT),
        here.reviews.decline(here.omar, milo.id, asked.version, AT),
        here.reviews.switch_off(here.omar, milo.id, AT),
        here.reviews.all(here.omar),
    ):
        with pytest.raises(NotAllowed):
            await judging
    assert (await here.reviews.decline(here.cora, milo.id, asked.version, AT)).sharing == "private"
    assert await names(here, here.nora) == ["Milo"]


async def test_where_nobody_coaches_nothing_is_shared(database: Database) -> None:
    here = await making(database, coached=False)
    await here.own.create(here.nora, MILO)
    with pytest.raises(NoCoach):
        await here.reviews.ask(here.nora, "Milo", AT)


async def test_the_cohort_shares_one_of_a_name_and_a_coachs_own_at_once(database: Database) -> None:
    here = await making(database)
    await here.own.create(here.cora, MILO)
    assert (await here.reviews.ask(here.cora, "Milo", AT)).sharing == "shared"
    await here.own.create(here.nora, MILO)
    with pytest.raises(SharedNameTaken):
        await here.reviews.ask(here.nora, (await here.own.cast(here.nora)).agents[12].id, AT)
    own = (await here.own.cast(here.nora)).named("Milo")
    assert (await here.own.own(here.nora, own.id)).created_by == here.nora.user_id, "one's own comes before the cohort's"


async def test_deleted_it_is_gone_for_its_maker_and_the_cohort(database: Database) -> None:
    here = await making(database)
    milo = await shared(here)
    with pytest.raises(NotYourAgent):
        await here.own.delete(here.omar, milo.id)
    await here.own.delete(here.nora, milo.id)
    assert await names(here, here.omar) == await names(here, here.nora) == []
