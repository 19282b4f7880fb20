"""What students were asked to tell the others of, the same on both databases."""

from __future__ import annotations

import pytest

from core.community.model import Win
from core.errors import NotFound
from core.people.model import Person
from persistence.wins import WinRecord
from tests.contracts.strict import Strict
from tests.students import DISCORD, HOUR, NOON, SLACK, met


def win(person: Person) -> Win:
    whose = {"person_id": person.id, "organization_id": person.organization_id}
    return Win(id="win_1", about="mod_1", words="I closed module 1, Hook.", asked_at=NOON, **whose)


async def test_a_win_is_asked_about_once_and_is_the_persons_alone(strict: Strict) -> None:
    store, slack, discord = WinRecord(strict), await met(strict, SLACK), await met(strict, DISCORD)
    kept = await store.ask(discord, win(discord))
    assert await store.ask(discord, win(discord).model_copy(update={"asked_at": NOON + HOUR})) == kept
    with pytest.raises(NotFound):
        await store.ask(slack, win(slack))
    assert await store.find(slack, "win_1") is None
    await store.told(slack, "win_1", NOON)
    assert await store.find(discord, "win_1") == kept
    await store.told(discord, "win_1", NOON + HOUR)
    told = await store.find(discord, "win_1")
    assert told is not None
    assert told.told_at == NOON + HOUR
