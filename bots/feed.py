"""The updates of an answer that grows, read as they come, however long showing them takes."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any

from core.holding import Wait
from core.ui import Grew, Update


class Feed:
    """What has come and was not shown yet."""

    def __init__(self, updates: AsyncGenerator[Update, None], wait: Wait) -> None:
        self._wait = wait
        self._came: deque[Update] = deque()
        self._stir = asyncio.Event()
        self._reading = asyncio.create_task(self._read(updates))

    @property
    def over(self) -> bool:
        """Whether that was all, and nothing broke it off."""
        done = self._reading.done() and not self._came
        return done and (self._reading.cancelled() or self._reading.exception() is None)

    async def next(self, within: float | None) -> Update | None:
        """The next update, words that came together as one; None where nothing came within the seconds, or that was all.

        Raises whatever broke the updates off, after all that came before it.
        """
        if not self._came and not self._reading.done():
            await self._stirred(within)
        if not self._came:
            if self._reading.done():
                self._reading.result()
            return None
        first = self._came.popleft()
        if not isinstance(first, Grew):
            return first
        words = [first.text]
        while self._came and isinstance(grew := self._came[0], Grew):
            words.append(grew.text)
            self._came.popleft()
        return Grew("".join(words))

    async def close(self) -> None:
        """Stop the work behind the updates, if it goes on."""
        self._reading.cancel()
        await asyncio.wait({self._reading})
        if not self._reading.cancelled():
            self._reading.exception()  # whoever reads on is told

    async def _read(self, updates: AsyncGenerator[Update, None]) -> None:
        async with aclosing(updates):
            async for update in updates:
                self._came.append(update)
                self._stir.set()

    async def _stirred(self, within: float | None) -> None:
        self._stir.clear()
        stirring = asyncio.ensure_future(self._stir.wait())
        ticking = None if within is None else asyncio.ensure_future(self._wait(within))
        waiting: set[asyncio.Future[Any]] = {stirring, self._reading, *([ticking] if ticking else [])}
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stirring.cancel()
            if ticking:
                ticking.cancel()


@asynccontextmanager
async def reading(updates: AsyncGenerator[Update, None], wait: Wait) -> AsyncIterator[Feed]:
    """Read the updates in a task of their own; leaving the block early stops the work behind them."""
    feed = Feed(updates, wait)
    try:
        yield feed
    finally:
        await feed.close()
