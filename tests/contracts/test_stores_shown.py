"""What people were shown, the same on both databases."""

from __future__ import annotations

import pytest

from core.errors import AlreadyThere
from core.sharing.model import Shown
from persistence.shown import ShownRecord
from tests.contracts.strict import Strict
from tests.students import DISCORD, HOUR, NOON, SLACK


async def test_what_was_shown_is_found_by_who_saw_it_and_by_nobody_else(strict: Strict) -> None:
    store = ShownRecord(strict)
    shown = Shown(id="shn_1", identity=SLACK.identity, parcel="{}", shown_at=NOON)
    await store.keep(shown)
    assert await store.find(SLACK.identity, "shn_1") == shown
    assert await store.find(DISCORD.identity, "shn_1") is None
    later = shown.model_copy(update={"parcel": "{1}", "shown_at": NOON + HOUR})
    await store.keep(later)
    assert await store.find(SLACK.identity, "shn_1") == later


async def test_an_id_of_another_account_is_not_taken_over(strict: Strict) -> None:
    store = ShownRecord(strict)
    shown = Shown(id="shn_1", identity=SLACK.identity, parcel="{}", shown_at=NOON)
    await store.keep(shown)
    forged = shown.model_copy(update={"identity": DISCORD.identity, "parcel": "forged"})
    for keep in (store.keep, store.add):
        with pytest.raises(AlreadyThere):
            await keep(forged)
    assert await store.find(SLACK.identity, "shn_1") == shown


async def test_what_has_a_new_id_is_added(strict: Strict) -> None:
    store = ShownRecord(strict)
    shown = Shown(id="shn_1", identity=SLACK.identity, parcel="{}", shown_at=NOON)
    await store.add(shown)
    assert await store.find(SLACK.identity, "shn_1") == shown
