"""The first card of a home page, where a test asks nothing of it."""

from __future__ import annotations

from datetime import datetime

from core.people.model import Person
from core.ui import Card


class NextCard:
    """Implements `core.cohort.panel.Following`."""

    async def card(self, person: Person, at: datetime) -> Card:
        """The same for everybody."""
        return Card("What comes next")
