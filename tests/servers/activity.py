"""What is under way, so that a test can wait until there is nothing more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from contextlib import contextmanager
from itertools import count, islice
from time import monotonic

LOOKS_AGAIN = 0.05
"""Seconds after which what a test waits for is looked at again: it may come true elsewhere, where nothing here stirs."""


class Activity:
    """Things under way by name, and when something last happened."""

    def __init__(self) -> None:
        self._under_way: dict[int, str] = {}
        self._numbers = count()
        self._last = monotonic()
        self._stirred = asyncio.Event()

    def stir(self) -> None:
        """Something happened."""
        self._last = monotonic()
        self._stirred.set()

    def begin(self, what: str) -> Callable[[], None]:
        """It is under way until what is returned is called."""
        number = next(self._numbers)
        self._under_way[number] = what
        self.stir()

        def end() -> None:
            del self._under_way[number]
            self.stir()

        return end

    @contextmanager
    def doing(self, what: str) -> Generator[None]:
        """It is under way until the end of the block."""
        end = self.begin(what)
        try:
            yield
        finally:
            end()

    async def quiet(self, seconds: float, also: Callable[[], list[str]], until: Callable[[], bool], within: float) -> None:
        """Wait until nothing is under way, nor `also`, `until` holds, and nothing has happened for `seconds`.

        Raises AssertionError, with what it was waiting for, where that takes longer than `within` seconds.
        """
        deadline = monotonic() + within
        while True:
            self._stirred.clear()
            waiting = [*islice(self._under_way.values(), 9)] or also()
            if not waiting and not until():
                waiting = ["what the test waits for"]
            rest = self._last + seconds - monotonic()
            if not waiting and rest <= 0:
                return
            left = deadline - monotonic()
            if left <= 0:
                raise AssertionError(f"not settled within {within} s; under way: {', '.join(waiting) or 'much'}")
            try:
                await asyncio.wait_for(self._stirred.wait(), min(left, LOOKS_AGAIN if waiting else rest))
            except TimeoutError:
                continue
