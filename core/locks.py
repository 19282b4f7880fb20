"""Locks with a lease, for what only one process may do at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from core.record import Kept


class Lock(Kept):
    """A lock by its name.

    `token` grows with every taking: whoever writes under the lock may compare it. `until` is None once it is released.
    """

    owner: str
    token: int
    until: datetime | None = None


class Locks(Protocol):
    """Locks by their names; any process may ask for any."""

    async def acquire(self, name: str, *, owner: str, at: datetime, lease: timedelta) -> Lock | None:
        """The lock, held until `at` + `lease`, or None where someone holds it."""
        ...

    async def renew(self, lock: Lock, until: datetime) -> Lock:
        """Hold it until then.

        Raises:
            LeaseLost: someone else holds it, or did since.
        """
        ...

    async def release(self, lock: Lock) -> None:
        """Let go of it; nothing happens where it is someone else's by now."""
        ...


class Unshared:
    """Locks of a process that is alone with its record: it gets every one. Implements `Locks`."""

    async def acquire(self, name: str, *, owner: str, at: datetime, lease: timedelta) -> Lock | None:
        """The lock."""
        return Lock(id=name, owner=owner, token=1, until=at + lease)

    async def renew(self, lock: Lock, until: datetime) -> Lock:
        """Hold it until then."""
        return lock.model_copy(update={"until": until})

    async def release(self, lock: Lock) -> None:
        """Nobody waits for it."""
