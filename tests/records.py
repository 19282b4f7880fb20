"""A record on each of the two databases, and time that only passes when a test lets it."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import os
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from core.errors import StoreDown
from persistence.documents import Database
from persistence.embedded import open_embedded
from persistence.mongo import open_mongo
from tests.contracts import mongodb
from tests.passing import Operation, Passing

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ROUNDS, PAUSE_SECONDS = 1000, 0.002
"""So often is looked whether something has come before it may be another process or the passing of time that brings it."""
MACHINERY = ("inbox", "jobs", "outbox", "locks", "migrations")


@pytest.fixture(scope="session")
def mongo_address() -> Iterator[str]:
    """The address of a MongoDB, one for all the tests. Without one the test is skipped, or fails where CI is set."""
    if not mongodb.available():
        if os.environ.get("CI"):
            pytest.fail(mongodb.MISSING)
        pytest.skip(mongodb.MISSING)
    with mongodb.server() as uri:
        yield uri


@pytest.fixture(scope="session")
async def embedded_record(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Database]:
    """The whole record on SQLite."""
    database = await open_embedded(tmp_path_factory.mktemp("whole"))
    await database.prepare()
    yield database
    await database.close()


@pytest.fixture(scope="session")
async def mongo_record(mongo_address: str) -> AsyncIterator[Database]:
    """The whole record on MongoDB."""
    database = await open_mongo(mongo_address, database=f"elevate_{secrets.token_hex(6)}", selection_seconds=60)
    await database.prepare()
    yield database
    await database.drop()
    await database.close()


@pytest.fixture(params=["embedded", "mongo"])
def whole_record(request: pytest.FixtureRequest) -> Database:
    """Each database in turn."""
    found: Database = request.getfixturevalue(f"{request.param}_record")
    return found


@pytest.fixture
async def both(whole_record: Database) -> Database:
    """Each database in turn, with nothing of the machinery in it."""
    for name in MACHINERY:
        await whole_record.collection(name).delete({})
    return whole_record


@pytest.fixture
def time() -> Time:
    """Noon, until the test lets time pass."""
    return Time()


class Time:
    """A clock and a way to wait. Nothing moves by itself."""

    def __init__(self) -> None:
        self._now = NOON
        self._order = itertools.count()
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """The time."""
        return self._now

    async def wait(self, seconds: float) -> None:
        """Wait until the test has let so many seconds pass."""
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + timedelta(seconds=seconds), next(self._order), woken))
        await woken

    def pass_by(self, seconds: float) -> bool:
        """Let time pass, and wake who waited for it; always False, so that `come` may call it again and again."""
        self._now += timedelta(seconds=seconds)
        while self._sleepers and self._sleepers[0][0] <= self._now:
            woken = heapq.heappop(self._sleepers)[2]
            if not woken.done():
                woken.set_result(None)
        return False

    @property
    def sleeping(self) -> int:
        """How many wait."""
        return sum(not each.done() for _, _, each in self._sleepers)


async def come(condition: Callable[[], bool], within: float = 30) -> None:
    """Let everything else go on until this is so; `within` so many seconds."""
    async with asyncio.timeout(within):
        for round_ in itertools.count():
            if condition():
                return
            await asyncio.sleep(PAUSE_SECONDS if round_ > ROUNDS else 0)  # its processor may be wanted by who is waited for


class Outage(Passing):
    """A database that cannot be reached while `down` is set; otherwise the one behind it."""

    def __init__(self, behind: Database) -> None:
        super().__init__(behind)
        self.down = False
        self.refused = 0

    def before(self, operation: Operation) -> None:
        """Raise `StoreDown` while it is down."""
        self.before_all()

    def before_all(self) -> None:
        """Raise `StoreDown` while it is down."""
        if self.down:
            self.refused += 1
            raise StoreDown()
