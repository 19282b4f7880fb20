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


async def test_how_far_its_holders_have_come_stays_with_a_lock(both: Database) -> None:
    locks = LockRecord(both)
    first = await locks.acquire("gate", owner="one", at=NOON, lease=MINUTE)
    assert first is not None
    assert first.done_until is None
    await locks.renew(first, NOON + MINUTE, NOON)
    second = await locks.acquire("gate", owner="two", at=NOON + MINUTE, lease=MINUTE)
    assert second is not None
    assert second.done_until == NOON
    await locks.release(first, NOON + MINUTE)
    assert await locks.acquire("gate", owner="three", at=NOON + MINUTE, lease=MINUTE) is None, "it is another's by now"
    await locks.renew(second, NOON + 2 * MINUTE)
    await locks.release(second, NOON + MINUTE)
    third = await locks.acquire("gate", owner="three", at=NOON, lease=MINUTE)
    assert third is not None
    assert third.done_until == NOON + MINUTE


async def test_who_is_alone_with_the_record_waits_for_nobody_who_died(both: Database) -> None:
    dead = await LockRecord(both, alone=True).acquire("gate", owner="one", at=NOON, lease=MINUTE)
    assert dead is not None
    mine = await LockRecord(both, alone=True).acquire("gate", owner="two", at=NOON, lease=MINUTE)
    assert mine is not None
    assert mine.token > dead.token
