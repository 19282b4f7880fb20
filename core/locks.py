"""Locks with a lease, for what only one process may do at a time."""

from __future__ import annotations

from datetime import datetime

from core.record import Kept


class Lock(Kept):
    """A lock by its name.

    `token` grows with every taking: whoever writes under the lock may compare it. `until` is None once it is released.
    """

    owner: str
    token: int
    until: datetime | None = None
