"""The card of the home page that says what somebody said they would do."""

from __future__ import annotations

from datetime import datetime

from core.commitments import views
from core.commitments.service import Commitments
from core.people.model import Person
from core.ui import Card


class OpenCommitments:
    """What is open, and by when."""

    def __init__(self, commitments: Commitments) -> None:
        self._commitments = commitments

    async def card(self, person: Person, at: datetime) -> Card | None:
        """The next ones; nothing where none is open."""
        open_ones = [each for each in await self._commitments.all(person, at) if each.open]
        return views.panel(person, open_ones, at.astimezone(person.zone).date()) if open_ones else None
