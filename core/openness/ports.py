"""What openness asks of the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.openness.model import Look
from core.people.model import Person


class LookStore(Protocol):
    """Who looked at what."""

    async def add(self, look: Look) -> None:
        """Keep it."""
        ...

    async def all_seen(self, person: Person, since: datetime) -> bool:
        """Whether this coach's look at the list of everybody is kept, from that time or later."""
        ...

    async def of(self, person: Person, limit: int) -> Sequence[Look]:
        """The looks at this person, and at the list of everybody in their organization, the latest first."""
        ...
