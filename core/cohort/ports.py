"""What the cohorts ask of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from core.cohort.model import Cohort
from core.people.model import Person


class CohortStore(Protocol):
    """The cohorts of a person's organization."""

    async def of_organization(self, person: Person) -> Sequence[Cohort]:
        """All the cohorts of the person's organization, archived ones too, the newest first."""
        ...

    async def add(self, person: Person, cohort: Cohort) -> Cohort:
        """Keep a new cohort of the person's organization.

        Raises:
            AlreadyThere: the organization has one with this name that is not archived.
        """
        ...

    async def change(self, person: Person, cohort_id: str, change: Mapping[str, object]) -> Cohort:
        """Set fields of a cohort of the person's organization, by their names in the model; None takes a field away.

        Raises:
            NotFound: the organization has no such cohort.
            AlreadyThere: it has another one with this name.
        """
        ...


class Belonging(Protocol):
    """Who belongs to which cohort."""

    async def change(self, person: Person, change: Mapping[str, object]) -> Person:
        """Set fields of the person, by their names in the model; returns the person afterwards."""
        ...
