"""What openness asks of the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from core.openness.model import Look
from core.people.model import Person


class LookStore(Protocol):
    """Who looked at what."""

    async def add(self, look: Look) -> None:
        """Keep it."""
        ...

    async def of(self, person: Person, limit: int) -> Sequence[Look]:
        """The looks at this person, and at the list of everybody in their organization, the latest first."""
        ...
