"""The cohorts whose community question is due, in the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.cohort.model import Cohort, WeeklyQuestion
from persistence.documents import Database, Filter


class QuestionRecord:
    """Implements `core.community.ports.QuestionStore`."""

    def __init__(self, database: Database) -> None:
        self._cohorts = database.collection("cohorts")

    async def due(self, at: datetime, limit: int) -> Sequence[Cohort]:
        """Those that are to be looked at by now, the longest waiting first."""
        found = await self._cohorts.find({"nextQuestionAt": {"$lte": at}}, sort=[("nextQuestionAt", 1)], limit=limit)
        return [Cohort.of(each) for each in found]

    async def looked(self, seen: Cohort, question: WeeklyQuestion, next_at: datetime) -> bool:
        """Keep what was asked, and look again then; False where the cohort was looked at, or switched, meanwhile."""
        where: Filter = {"_id": seen.id, "nextQuestionAt": seen.next_question_at}
        kept = question.model_dump(by_alias=True, exclude_none=True)
        return await self._cohorts.update(where, {"$set": {"question": kept, "nextQuestionAt": next_at}}) is not None
