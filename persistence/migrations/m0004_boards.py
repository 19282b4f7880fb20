"""Boards: their collections and indexes; and a cohort from before has the time zone of its question, or of who coaches there."""

from __future__ import annotations

from collections.abc import Sequence

from core.cohort.model import Cohort
from core.people.model import Person
from core.roles import COACHING
from persistence.documents import Database, Document, Value

PAGE = 500


async def apply(database: Database) -> None:
    """Make the indexes, and give a time zone to each cohort that has none."""
    await database.prepare()
    cohorts = database.collection("cohorts")
    after: Sequence[Value] | None = None
    while page := await cohorts.find({}, sort=[("_id", 1)], after=after, limit=PAGE):
        for each in page:
            if "timezone" not in each:
                zone = await _zone(database, each)
                await cohorts.update({"_id": each["_id"], "timezone": None}, {"$set": {"timezone": zone}})
        after = [page[-1]["_id"]]


async def _zone(database: Database, document: Document) -> str:
    """The question's, or that of the coach who looks after it, or of whoever coaches there longest."""
    cohort = Cohort.of(document)
    if cohort.question is not None:
        return cohort.question.zone
    roles = {"$in": [each.value for each in COACHING]}
    found = await database.collection("persons").find({"organizationId": cohort.organization_id, "role": roles})
    coaches = sorted(map(Person.of, found), key=lambda each: (each.cohort_id != cohort.id, each.created_at))
    return coaches[0].timezone if coaches else cohort.timezone
