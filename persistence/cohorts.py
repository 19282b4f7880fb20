"""The dates of cohorts, kept with their organizations."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import NotFound
from core.people.model import Organization, Person
from persistence.documents import Change, Database


class CohortRecord:
    """Implements `core.cohort.ports.CohortStore`."""

    def __init__(self, database: Database) -> None:
        self._organizations = database.collection("organizations")

    async def organization(self, person: Person) -> Organization | None:
        """The person's organization."""
        found = await self._organizations.find_one({"_id": person.organization_id})
        return Organization.of(found) if found else None

    async def schedule(self, coach: Person, starts_on: str, catch_up_after: Sequence[int]) -> Organization:
        """Keep when the course of the coach's organization begins (ISO), and after which modules a week is left free.

        Raises:
            NotFound: the organization is gone.
        """
        dates: Change = {"$set": {"startsOn": starts_on, "catchUpAfter": list(catch_up_after)}}
        kept = await self._organizations.update({"_id": coach.organization_id}, dates)
        if kept is None:
            raise NotFound()
        return Organization.of(kept)
