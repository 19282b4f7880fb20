"""What the Foundation asks of the record, and its interview of everything else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.foundation.history import Edit, FoundationChange
from core.foundation.model import Foundation, OpenInterview
from core.people.model import Person
from core.request import Said


class FoundationStore(Protocol):
    """One Foundation for each account."""

    async def of(self, person: Person) -> Foundation | None:
        """The person's Foundation, or None where nothing was written yet."""
        ...

    async def save(self, person: Person, edit: Edit, at: datetime) -> Foundation | None:
        """Make the changes and keep their history, if the Foundation still has the edit's version; None where it has not."""
        ...

    async def changes(self, person: Person, limit: int) -> Sequence[FoundationChange]:
        """The newest changes of the person's Foundation, newest first."""
        ...

    async def changes_since(self, person: Person, version: int) -> Sequence[FoundationChange]:
        """The changes that made later versions, oldest first."""
        ...

    async def change(self, person: Person, change_id: str) -> FoundationChange | None:
        """The change of the person's Foundation with this id, or None."""
        ...

    async def skipped(self, person: Person, cell_key: str, at: datetime) -> None:
        """The person skipped the question of a cell of their Foundation."""
        ...

    async def interview(self, person: Person, interview: OpenInterview | None, at: datetime) -> None:
        """Open, move or end the person's interview."""
        ...


@dataclass(frozen=True, slots=True)
class Around:
    """What the interview asks about everything else that goes on.

    `names_an_agent`: whether words call an agent whom the person has. `goes_on_from`: when the talk with agents was begun that
    the words stand in, or None. `came_since`: when something came to them from us by itself after that time, such as a reminder,
    or None.
    """

    names_an_agent: Callable[[Person, str], Awaitable[bool]]
    goes_on_from: Callable[[Said, Person], Awaitable[datetime | None]]
    came_since: Callable[[Person, datetime], Awaitable[datetime | None]]
