"""What people say of answers and runs, kept with these."""

from __future__ import annotations

from core.feedback.model import Rating
from core.people.model import Person
from persistence.documents import Change, Database


class FeedbackRecord:
    """Implements `core.feedback.ports.FeedbackStore`."""

    def __init__(self, database: Database) -> None:
        self._messages = database.collection("conversationMessages")
        self._runs = database.collection("userPromptExecutions")

    async def rate(self, person: Person, subject_id: str, rating: Rating) -> bool:
        """Keep what the person says of an answer or a run of theirs, in place of what they said before; False for no such."""
        said: Change = {"$set": {"feedback": rating.model_dump()}}
        mine = {"_id": subject_id, "userId": person.user_id}
        if await self._messages.update({**mine, "authorKind": "agent"}, said) is not None:
            return True
        return await self._runs.update(mine, said) is not None
