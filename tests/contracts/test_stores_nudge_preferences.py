"""The contracts and the commitments, the same on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.commitments.model import Commitment, CommitmentState
from core.errors import NotFound
from core.nudges.model import Kind, NudgePreferences, Tone
from core.people.link import Linking
from core.people.link_model import SETTLING
from core.people.model import Person
from core.request import Platform
from persistence.commitments import CommitmentRecord
from persistence.links import LinkRecord
from persistence.nudge_preferences import NudgePreferencesRecord
from tests.contracts.strict import Strict
from tests.students import DISCORD, HOUR, NOON, OMAR, SECRET, SLACK, TERMINAL, met

SECOND = timedelta(seconds=1)


def first(person: Person, due: timedelta = HOUR) -> NudgePreferences:
    return NudgePreferences(
        id=f"npf_{person.id}",
        person_id=person.id,
        user_id=person.user_id,
        organization_id=person.organization_id,
        next_check_at=NOON + due,
        changed_at=NOON,
    )


def promised(person: Person, name: str, due: timedelta) -> Commitment:
    return Commitment(
        id=name,
        person_id=person.id,
        user_id=person.user_id,
        organization_id=person.organization_id,
        what=name,
        local_date="2026-04-10",
        due_at=NOON + due,
        created_at=NOON,
    )


async def test_somebody_is_met_once_and_what_they_choose_is_kept(strict: Strict) -> None:
    store, nora, omar = NudgePreferencesRecord(strict), await met(strict, SLACK), await met(strict, OMAR)
    assert await store.of(nora) is None
    with pytest.raises(NotFound):
        await store.change(nora, {"hour": 12}, NOON)
    kept = await store.meet(nora, first(nora))
    assert await store.meet(nora, first(nora, 5 * HOUR)) == kept
    chosen = await store.change(
        nora, {"days": (1, 3), "tone": Tone.BRIEF, "channel": Platform.SLACK, "stopped_kinds": (Kind.WIN,)}, NOON + HOUR
    )
    assert (chosen.days, chosen.tone, chosen.channel, chosen.changed_at) == ((1, 3), Tone.BRIEF, Platform.SLACK, NOON + HOUR)
    assert await store.of(nora) == chosen
    assert (await store.change(nora, {"next_check_at": None, "channel": None}, NOON)).next_check_at is None
    assert await store.of(omar) is None


async def test_who_is_due_is_claimed_by_one_and_settled_unless_they_changed_it(strict: Strict) -> None:
    store, nora, omar = NudgePreferencesRecord(strict), await met(strict, SLACK), await met(strict, OMAR)
    await store.meet(nora, first(nora))
    await store.meet(omar, first(omar, 2 * HOUR))
    assert not await store.due(NOON, 10)
    (due,) = await store.due(NOON + HOUR, 10)
    assert [each.person_id for each in await store.due(NOON + 3 * HOUR, 10)] == [nora.id, omar.id]
    until = NOON + HOUR + 300 * SECOND
    taken = await store.claim(due, until)
    assert taken is not None
    assert await store.claim(due, until) is None
    assert await store.unchanged(taken)
    assert not await store.due(NOON + HOUR, 10)
    assert await store.settle(due, until, NOON + 9 * HOUR)
    assert not await store.settle(due, until, None), "it was settled before"
    again = await store.of(nora)
    assert again is not None
    assert await store.claim(again, until + HOUR)
    await store.change(nora, {"next_check_at": NOON + 7 * HOUR}, NOON)
    assert not await store.settle(again, until + HOUR, None), "she changed it meanwhile, and that stays"
    known = await store.of(nora)
    assert known is not None
    assert known.next_check_at == NOON + 7 * HOUR


async def test_commitments_are_kept_settled_once_and_nobody_elses(strict: Strict) -> None:
    store, nora, omar = CommitmentRecord(strict), await met(strict, SLACK), await met(strict, OMAR)
    late, soon = await store.add(nora, promised(nora, "late", 5 * HOUR)), await store.add(nora, promised(nora, "soon", HOUR))
    assert await store.add(nora, promised(nora, "late", 9 * HOUR)) == late, "the same request again keeps nothing more"
    with pytest.raises(NotFound):
        await store.add(omar, promised(omar, "late", HOUR))
    assert await store.recent(nora, NOON) == [soon, late]
    assert not await store.recent(omar, NOON)
    assert await store.find(omar, "late") is None
    done = {"state": CommitmentState.DONE, "changed_at": NOON + HOUR}
    assert await store.change(omar, soon, done) is None
    settled = await store.change(nora, soon, done)
    assert settled is not None
    assert settled.state is CommitmentState.DONE
    assert await store.change(nora, soon, done) is None, "it stands no more as it was read"
    assert await store.recent(nora, NOON + HOUR) == [settled, late]
    assert await store.recent(nora, NOON + 2 * HOUR) == [late]


async def test_two_contracts_of_one_account_become_one_and_commitments_follow(strict: Strict) -> None:
    store, commitments = NudgePreferencesRecord(strict), CommitmentRecord(strict)
    slack, discord = await met(strict, SLACK), await met(strict, DISCORD, NOON + HOUR)
    await store.meet(slack, first(slack))
    await store.change(slack, {"chosen_at": NOON, "days": (2,)}, NOON)
    await store.meet(discord, first(discord))
    await store.change(discord, {"silent_until": NOON}, NOON + HOUR)  # later, and yet no choice of theirs
    await commitments.add(discord, promised(discord, "hook", HOUR))
    linking = Linking(LinkRecord(strict), SECRET)
    await linking.confirm(discord, await linking.give_code(slack, NOON), NOON)
    while await linking.resume(NOON + 2 * SETTLING):
        pass
    here, there = await met(strict, SLACK), await met(strict, DISCORD)
    one = await store.of(here)
    assert one is not None
    assert (one.days, one.user_id, one.replaced_by) == ((2,), here.user_id, None)
    assert await store.of(there) == one
    assert [each.person_id for each in await store.due(NOON + 9 * HOUR, 10)] == [slack.id]
    assert (await store.change(there, {"hour": 15}, NOON)).person_id == slack.id
    assert [each.id for each in await commitments.recent(here, NOON)] == ["hook"]


async def test_an_account_that_is_linked_later_is_not_asked_again(strict: Strict) -> None:
    store, slack, terminal = NudgePreferencesRecord(strict), await met(strict, SLACK), await met(strict, TERMINAL, NOON + HOUR)
    kept = await store.meet(slack, first(slack))
    linking = Linking(LinkRecord(strict), SECRET)
    await linking.confirm(terminal, await linking.give_code(slack, NOON), NOON)
    terminal = await met(strict, TERMINAL)
    assert await store.meet(terminal, first(terminal)) == kept
