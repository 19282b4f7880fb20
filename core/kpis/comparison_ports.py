"""What comparing figures asks of the record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.kpis.figures import Stored
from core.kpis.periods import Period
from core.people.model import Person


@dataclass(frozen=True, slots=True)
class Shared:
    """Some figures of a period that somebody shares. Whose they are is not said. Figures are as they are kept."""

    period: Period | None
    currency: str | None
    meanings: Mapping[str, str]
    figures: Mapping[str, Stored]


class Group(Protocol):
    """A cohort, by its id."""

    @property
    def id(self) -> str:
        """What persons have who joined it."""
        ...


class Grouping(Protocol):
    """Who is in which cohort."""

    async def of(self, person: Person) -> Group | None:
        """The person's cohort; of those who joined none, the only one that there is, or None."""
        ...


class ComparedStore(Protocol):
    """The figures that the members of an organization share with one another."""

    async def shared(
        self, person: Person, cohorts: Collection[str | None], fields: Collection[str], since: datetime
    ) -> Sequence[Sequence[Shared]]:
        """Of each who shares in the person's organization and joined one of these cohorts (None: no cohort), the periods that
        ended since then and have one of these figures, latest first; nothing but these figures, and in no order that says whose
        they are.
        """
        ...
