"""What the tests of answers share: a time that passes when a test says so, and answers that grow."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime, timedelta

from core.ui import Live, Update


class Time:
    """A clock that stands until it is moved. With `flies`, whoever waits has waited at once."""

    def __init__(self, *, flies: bool = True) -> None:
        self.flies = flies
        self.waited: list[float] = []
        self._now = datetime.now(UTC)
        self._waiting: list[tuple[datetime, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return self._now

    async def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        if self.flies:
            self._now += timedelta(seconds=seconds)
            await asyncio.sleep(0)
            return
        until: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((self._now + timedelta(seconds=seconds), until))
        await until

    @property
    def sleepers(self) -> int:
        """How many wait."""
        return sum(not until.done() for _, until in self._waiting)

    def passes(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        for due, until in self._waiting:
            if due <= self._now and not until.done():
                until.set_result(None)


def live(*updates: Update, private: bool = False) -> Live:
    """An answer that grows by these, one after the other."""

    async def all_of_them() -> AsyncGenerator[Update, None]:
        for each in updates:
            yield each

    return Live(all_of_them(), private=private)


async def until(there: Callable[[], bool]) -> None:
    """Let the loop run until it is so."""
    for _ in range(200_000):
        if there():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never came")
