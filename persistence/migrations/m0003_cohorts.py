"""Dates that stood with an organization become those of its first cohort; they stay there for processes of the version before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from core.cohort.model import Cohort, new_code
from core.errors import AlreadyThere
from persistence.documents import Database, Value

PAGE = 500
FIRST = "First cohort"


async def apply(database: Database) -> None:
    """Make the collection and its indexes, and a cohort for each organization that has dates and no cohort."""
    await database.prepare()
    organizations, cohorts = database.collection("organizations"), database.collection("cohorts")
    after: Sequence[Value] | None = None
    while page := await organizations.find({}, sort=[("_id", 1)], after=after, limit=PAGE):
        for each in page:
            starts_on, free = each.get("startsOn"), each.get("catchUpAfter")
            if not isinstance(starts_on, str):
                continue
            cohort = Cohort.of(
                {
                    "_id": f"coh_of_{each['_id']}",
                    "organizationId": each["_id"],
                    "name": FIRST,
                    "nameKey": FIRST.casefold(),
                    "code": new_code(),
                    "startsOn": starts_on,
                    "createdAt": datetime.fromisoformat(starts_on).replace(tzinfo=UTC),
                    **({"catchUpAfter": free} if isinstance(free, list) else {}),
                }
            )
            try:
                await cohorts.insert(cohort.document())
            except AlreadyThere:
                continue
        after = [page[-1]["_id"]]
