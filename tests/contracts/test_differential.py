"""Eight thousand random operations on both implementations in lockstep, which must never tell them apart.

With `ELEVATE_LONG_TESTS=1` it is twenty thousand.
"""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from persistence.documents import Database
from persistence.embedded import open_embedded
from persistence.mongo import open_mongo
from tests.contracts.conftest import empty
from tests.contracts.moves import Player, typed
from tests.contracts.tables import TABLES

BATCHES = 10 if os.environ.get("ELEVATE_LONG_TESTS") else 4
LANES = 4
"""Games that are played at once, so that the server and this process work at the same time."""
MOVES = 500


@pytest.fixture(scope="module")
async def lanes(mongo_address: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[list[tuple[Database, Database]]]:
    """Pairs of databases, one of each implementation."""
    async with AsyncExitStack() as stack:
        pairs: list[tuple[Database, Database]] = []
        for _ in range(LANES):
            embedded = await open_embedded(tmp_path_factory.mktemp("record"), indexes=TABLES)
            stack.push_async_callback(embedded.close)
            name = f"elevate_{secrets.token_hex(6)}"
            mongo = await open_mongo(mongo_address, indexes=TABLES, database=name, selection_seconds=60)
            stack.push_async_callback(mongo.close)
            stack.push_async_callback(mongo.drop)
            await asyncio.gather(embedded.prepare(), mongo.prepare())
            pairs.append((embedded, mongo))
        yield pairs


@pytest.mark.parametrize("batch", range(BATCHES))
async def test_both_implementations_answer_alike(lanes: list[tuple[Database, Database]], batch: int) -> None:
    await asyncio.gather(*(play(batch * LANES + lane, *pair) for lane, pair in enumerate(lanes)))


async def play(seed: int, one: Database, other: Database) -> None:
    """One game: the same moves on both, and then a look at everything that is there."""
    await asyncio.gather(empty(one), empty(other))
    player = Player(seed)
    for number in range(MOVES):
        move = player.move()
        ours, theirs = await asyncio.gather(move.make(one), move.make(other))
        assert ours == theirs, f"game {seed}, move {number}: {move}"
    for name in TABLES:
        ours, theirs = await asyncio.gather(*(each.collection(name).find({}) for each in (one, other)))
        assert typed(ours) == typed(theirs)
