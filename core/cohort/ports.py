"""What the cohort asks of the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from core.people.model import Organization, Person


class CohortStore(Protocol):
    """The organization of a person, as the cohort that it is."""

    async def organization(self, person: Person) -> Organization | None:
        """The person's organization."""
        ...

    async def schedule(self, person: Person, starts_on: str, catch_up_after: Sequence[int]) -> Organization:
        """Keep when the course of the person's organization begins (ISO), and after which modules a week is left free.

        Raises:
            NotFound: the organization is gone.
        """
        ...
