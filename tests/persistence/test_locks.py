"""One holder at a time, and a token that tells holders apart."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from core.leases import LeaseLost
from persistence.documents import Database
from persistence.locks import LockRecord
from tests.records import NOON

MINUTE = timedelta(minutes=1)


async def test_of_twenty_who_want_a_lock_one_has_it(both: Database) -> None:
    locks = LockRecord(both)
    got = await asyncio.gather(*(locks.acquire("gate", owner=str(n), at=NOON, lease=MINUTE) for n in range(20)))
    assert sum(each is not None for each in got) == 1


async def test_a_released_lock_is_free_and_its_token_goes_on_growing(both: Database) -> None:
    locks = LockRecord(both)
    first = await locks.acquire("gate", owner="one", at=NOON, lease=MINUTE)
    assert first is not None
    assert await locks.acquire("gate", owner="two", at=NOON, lease=MINUTE) is None
    assert await locks.acquire("door", owner="two", at=NOON, lease=MINUTE) is not None
    await locks.release(first)
    with pytest.raises(LeaseLost):
        await locks.renew(first, NOON + MINUTE)
    second = await locks.acquire("gate", owner="two", at=NOON, lease=MINUTE)
    assert second is not None
    assert second.token > first.token


async def test_a_lock_whose_lease_ran_out_is_taken_and_its_old_holder_can_do_nothing(both: Database) -> None:
    locks = LockRecord(both)
    old = await locks.acquire("gate", owner="one", at=NOON, lease=MINUTE)
    assert old is not None
    kept = await locks.renew(old, NOON + 2 * MINUTE)
    assert await locks.acquire("gate", owner="two", at=NOON + MINUTE, lease=MINUTE) is None
    new = await locks.acquire("gate", owner="two", at=NOON + 2 * MINUTE, lease=MINUTE)
    assert new is not None
    with pytest.raises(LeaseLost):
        await locks.renew(kept, NOON + 5 * MINUTE)
    await locks.release(kept)
    assert await locks.acquire("gate", owner="three", at=NOON + 2 * MINUTE, lease=MINUTE) is None
