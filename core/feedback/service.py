"""Taking what people say of answers."""

from __future__ import annotations

from core.errors import NotFound
from core.feedback.model import Rating
from core.feedback.ports import FeedbackStore
from core.people.model import Person


class NotYours(NotFound):
    """Only whoever asked can say whether that answer helped. Ask me yourself, and tell me then."""


class Feedbacks:
    """What people say of answers and runs."""

    def __init__(self, store: FeedbackStore) -> None:
        self._store = store

    async def rate(self, person: Person, subject_id: str, rating: Rating) -> None:
        """Keep it, in place of what the person said of the same before.

        Raises:
            NotYours: the answer or run is somebody else's, or gone.
        """
        if not await self._store.rate(person, subject_id, rating):
            raise NotYours()
