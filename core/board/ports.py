"""What the board asks of the record and of its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.board.actions import Deed, Weeks
from core.cohort.model import Cohort
from core.people.model import Person


@dataclass(frozen=True, slots=True)
class Sharer:
    """A student who agreed to be on a cohort's board, and is one of its members still; by the name that they have now."""

    id: str
    name: str


class DeedStore(Protocol):
    """What people did, and when they did it first."""

    async def done(self, person: Person, *, known: bool) -> Sequence[Deed]:
        """All that the person has done as things stand, each thing with the last time that is kept of it.

        `known`: something was noted of the person before, so that whatever is new was done since.
        """
        ...

    async def firsts(self, person: Person) -> Mapping[str, datetime] | None:
        """When the person did each thing first, by the things' keys; None before anything was noted of them."""
        ...

    async def note(self, person: Person, deeds: Iterable[Deed]) -> None:
        """Keep the times of these as the first ones, where no earlier ones are kept."""
        ...


class BoardStore(Protocol):
    """Who is on which board, and with what. Only `due` looks over everybody, as the tick does."""

    async def sharers(self, organization_id: str, cohort: Cohort) -> Sequence[Sharer]:
        """The students who agreed to be on this board and are of this cohort, or were when it ended."""
        ...

    async def tallies(self, organization_id: str, cohort_id: str) -> Mapping[str, Weeks]:
        """What was done in each week by those who have a tally in this cohort, by the persons' ids."""
        ...

    async def keep(self, person: Person, cohort_id: str, weeks: Weeks) -> None:
        """Keep the person's tally in this cohort, in place of the one before."""
        ...

    async def agree(self, person: Person, cohort_id: str) -> Person:
        """The person agreed to be on this cohort's board; returns the person as they are then."""
        ...

    async def moved(self, person: Person, cohort_id: str) -> None:
        """They are of that cohort no more: what they agreed to there is over, and their tally goes."""
        ...

    async def leave(self, person: Person) -> Person:
        """They agree to no board any more, and have no tally; returns the person as they are then."""
        ...

    async def forget(self, person: Person) -> None:
        """They are on no board: no tally stays, should one have been kept at the moment in which they left."""
        ...

    async def due(self, at: datetime, limit: int) -> Sequence[Cohort]:
        """The cohorts whose board is to be posted by now, or looked at for it, the longest waiting first."""
        ...

    async def looked(self, seen: Cohort, next_at: datetime) -> bool:
        """Look again then; False where the cohort was looked at, or switched, meanwhile."""
        ...
