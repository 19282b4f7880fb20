"""One conversation answers one message at a time, in the order in which they came; what comes meanwhile waits for its turn."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from core.parcels import Keepable
from core.request import Address, Said

Turn: TypeAlias = Callable[[], Awaitable[object]]
"""Waits until everything that came before has been answered."""


class InTurn:
    """The messages of this process's conversations that are being answered, or wait for it.

    Only free words wait: a command or a button answers for itself, and whoever pressed one is waiting at a platform's clock.
    """

    def __init__(self) -> None:
        self._lines: dict[Address, list[asyncio.Event]] = {}

    @contextmanager
    def in_line(self, request: Keepable) -> Iterator[Turn]:
        """Stand in line at the request's address until the block is left. The place is that of the moment of the call."""
        line = self._lines.setdefault(request.address, []) if isinstance(request, Said) else []
        mine = asyncio.Event()
        line.append(mine)
        line[0].set()
        try:
            yield mine.wait
        finally:
            line.remove(mine)
            if line:
                line[0].set()
            elif isinstance(request, Said):
                del self._lines[request.address]
