"""One lane for each channel: its order is kept, and a pause that the platform asks for holds up that channel alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Lane:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class Lanes:
    """The lanes in use; an idle one is forgotten."""

    def __init__(self) -> None:
        self._lanes: dict[tuple[str, str], _Lane] = {}

    def __len__(self) -> int:
        return len(self._lanes)

    @asynccontextmanager
    async def lane(self, workspace: str, channel: str) -> AsyncIterator[None]:
        """Wait for those who came before, and have the channel to oneself until the block is left."""
        lane = self._lanes.setdefault((workspace, channel), _Lane())
        lane.users += 1
        try:
            async with lane.lock:
                yield
        finally:
            lane.users -= 1
            if not lane.users:
                del self._lanes[workspace, channel]
