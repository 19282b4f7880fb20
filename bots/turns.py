"""One conversation answers one message at a time, in the order in which they were said; what comes meanwhile waits."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeAlias
from weakref import WeakValueDictionary

from core.parcels import Keepable
from core.request import Address, Said

Elsewhere: TypeAlias = Callable[[], Awaitable[None]]
"""Waits until what other processes have to answer first is answered."""


async def nobody_else() -> None:
    """There is no other process to wait for."""


class InTurn:
    """The messages of this process's conversations that are being answered, or wait for it.

    Only free words wait: a command or a button answers for itself, and whoever pressed one is waiting at a platform's clock.
    """

    def __init__(self) -> None:
        self._lines: WeakValueDictionary[Address, _Line] = WeakValueDictionary()

    @contextmanager
    def in_line(self, request: Keepable) -> Iterator[Place]:
        """Stand in line at the request's address until the block is left."""
        place = self.stand(request)
        try:
            yield place
        finally:
            place.leave()

    def stand(self, request: Keepable) -> Place:
        """Stand in line at the request's address until the place is left.

        Platforms deliver out of order: who spoke earlier goes before whoever is not being answered yet, so that the line has the
        same order as the inbox that all processes share, and no two wait for each other.
        """
        if not isinstance(request, Said):
            return Place(_Line(), request.at)
        return Place(self._lines.setdefault(request.address, _Line()), request.at)


class _Line:
    """Those who stand at one address; it is there for as long as somebody holds a place in it."""

    def __init__(self) -> None:
        self.places: list[Place] = []

    def call_the_first(self) -> None:
        for place in self.places[1:]:
            place.first.clear()
        for place in self.places[:1]:
            place.first.set()


class Place:
    """A place in a line. Who stands alone, as whatever is no free words, is always first."""

    def __init__(self, line: _Line, said_at: datetime) -> None:
        self._line = line
        self.said_at = said_at
        self.begun = False
        self.first = asyncio.Event()
        at = len(line.places)
        while at and not line.places[at - 1].begun and line.places[at - 1].said_at > said_at:
            at -= 1
        line.places.insert(at, self)
        line.call_the_first()

    async def turn(self, elsewhere: Elsewhere = nobody_else) -> None:
        """Wait until everything that was said before has been answered, here and elsewhere."""
        while not self.begun:
            await self.first.wait()
            await elsewhere()
            self.begun = self.first.is_set()  # meanwhile someone may have come who spoke earlier

    def leave(self) -> None:
        """Let the next one have its turn; may be called twice."""
        if self in self._line.places:
            self._line.places.remove(self)
            self._line.call_the_first()
