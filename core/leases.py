"""Work that is kept until it is done: a row each, held under a lease by one process at a time.

Inbox, jobs and outbox are all made of such rows. They belong to the system and not to a person: any process may take any job,
and any event or message of a surface that it serves, so nothing here is filtered by person. What shows rows to people filters
by organization.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, Self, TypeVar

from core.errors import Trouble
from core.record import Kept

LEASE = timedelta(seconds=60)
"""How long a process that died keeps others waiting; one that lives extends it (`core.holding`)."""
MOST_ATTEMPTS = 5
"""After so many the row is set aside, and an operator decides."""


class LeaseLost(Trouble):
    """Someone else has taken this over meanwhile, so nothing was changed."""


class State(StrEnum):
    """How a row stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    ASIDE = "aside"


class Leased(Kept):
    """A row of work.

    `due_at`: from then on any process may take it. While one holds it, that is the end of its lease, so that what a dead
    process held is due by itself; None once it is done or set aside.
    `fence` grows with every taking, and every outcome is written under it: who was overtaken writes nothing.
    `attempts` counts the takings since the row was added or retried, and not those that were given back.
    `outcome` is what came of it in a word, such as the platform's id of a message. `last_error` is for operators.
    """

    state: State = State.WAITING
    due_at: datetime | None = None
    lease_owner: str | None = None
    fence: int = 0
    attempts: int = 0
    last_error: str | None = None
    outcome: str | None = None
    created_at: datetime
    done_at: datetime | None = None

    @property
    def title(self) -> str:
        """What it is, for operators and the log: never what a person wrote."""
        return type(self).__name__.casefold()

    @property
    def taken_before(self) -> bool:
        """Whether some process had it before, and may have done it."""
        return self.fence > 1

    def taken(self, owner: str, until: datetime) -> Self:
        """The row as `owner` takes it."""
        update = {"state": State.RUNNING, "due_at": until, "lease_owner": owner}
        return self.model_copy(update={**update, "fence": self.fence + 1, "attempts": self.attempts + 1})


Row = TypeVar("Row", bound=Leased)


class Leases(Protocol[Row]):
    """Rows that are taken, worked on and settled. What settles a row raises `LeaseLost` where someone else has it by now."""

    async def claim(self, owner: str, at: datetime, lease: timedelta, limit: int) -> Sequence[Row]:
        """Take up to `limit` rows that are due, those first that have been due for longest."""
        ...

    async def extend(self, row: Row, until: datetime) -> None:
        """Hold the row until then."""
        ...

    async def done(self, row: Row, at: datetime, outcome: str | None = None) -> None:
        """Settle the row. What it was made of and nobody needs any more is dropped with it."""
        ...

    async def failed(self, row: Row, error: str, at: datetime, again_at: datetime | None) -> None:
        """Let it be tried again from `again_at`, or set it aside where that is None."""
        ...

    async def give_back(self, row: Row, at: datetime) -> None:
        """Let someone else have it at once; this was no attempt."""
        ...

    async def free(self, at: datetime) -> int:
        """End every lease; returns how many. Only for a process that is alone with the record, at its start."""
        ...

    async def aside(self, limit: int) -> Sequence[Row]:
        """The rows that were set aside, oldest first, for operators."""
        ...

    async def retry(self, row_id: str, at: datetime) -> Row | None:
        """Let a row that was set aside be tried anew; None where there is no such row."""
        ...

    async def counts(self) -> Mapping[State, int]:
        """How many rows stand in which state, for operators."""
        ...


class Bell:
    """Rung where work is added, so that a worker of this process takes it at once."""

    def __init__(self) -> None:
        self._hear: list[Callable[[], None]] = []

    def tell(self, hear: Callable[[], None]) -> None:
        """Call this at every ring."""
        self._hear.append(hear)

    def ring(self) -> None:
        """There is something to do."""
        for each in self._hear:
            each()
