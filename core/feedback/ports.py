"""What feedback asks of the record."""

from __future__ import annotations

from typing import Protocol

from core.feedback.model import Rating
from core.people.model import Person


class FeedbackStore(Protocol):
    """Ratings, each kept with the answer or the run that it is of."""

    async def rate(self, person: Person, subject_id: str, rating: Rating) -> bool:
        """Keep what the person says of an answer or a run of theirs, in place of what they said before; False for no such."""
        ...
