"""Whether an interview waits for an answer, for whoever else hears what is typed meanwhile."""

from __future__ import annotations

from datetime import datetime

from core.foundation.ports import FoundationStore
from core.foundation.steering import HELP, LEAVE, SKIP
from core.people.model import Person


class OpenQuestion:
    """Tells of the question that is open. Implements `core.exchanges.ports.Question`."""

    def __init__(self, store: FoundationStore) -> None:
        self._store = store

    async def asked_at(self, person: Person) -> datetime | None:
        """When it was put, or None where none is open, such as one that waits until they are back."""
        kept = await self._store.of(person)
        return kept.interview.asked_at if kept and kept.interview and kept.interview.open else None

    def is_told(self, words: str) -> bool:
        """Whether the words steer the interview, such as skip, wherever one is open."""
        return words.casefold().strip(" .!?") in SKIP | LEAVE | HELP
