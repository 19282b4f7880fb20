"""Locks with a lease, for what only one process may do at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from core.record import Kept


class Lock(Kept):
    """A lock by its name.

    `token` grows with every taking: whoever writes under the lock may compare it. `until` is None once it is released.
    `done_until` is how far in time its holders have come with what it is for, for whoever holds it next: it stays when the lock
    is released or lost. None where nobody said.
    """

    owner: str
    token: int
    until: datetime | None = None
    done_until: datetime | None = None


class Locks(Protocol):
    """Locks by their names; any process may ask for any."""

    async def acquire(self, name: str, *, owner: str, at: datetime, lease: timedelta) -> Lock | None:
        """The lock, held until `at` + `lease`, or None where someone holds it."""
        ...

    async def renew(self, lock: Lock, until: datetime, done_until: datetime | None = None) -> Lock:
        """Hold it until then, having come so far.

        Raises:
            LeaseLost: someone else holds it, or did since.
        """
        ...

    async def release(self, lock: Lock, done_until: datetime | None = None) -> None:
        """Let go of it, having come so far; nothing happens where it is someone else's by now."""
        ...
