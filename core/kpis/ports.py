"""What the figures ask of the record."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias

from core.kpis.history import SnapshotChange, Source
from core.kpis.model import Snapshot
from core.people.model import Person
from core.request import Said


@dataclass(frozen=True, slots=True)
class Wrote:
    """What somebody wrote in a letter, and when. `own`: the person themselves, to people."""

    words: str
    at: datetime
    own: bool


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A reminder that asked for the figures of a period: when, and the id of the snapshot whose period came before that one.
    `replied`: the words reply to that very message, and nothing was talked about there since.
    """

    at: datetime
    after: str
    replied: bool = False


AskedLately: TypeAlias = Callable[[Person, datetime], Awaitable[AskedFor | None]]
"""The latest reminder to the person after that time that asked for the figures of a period; None where none did."""


async def nobody_asked(_: Person, since: datetime) -> AskedFor | None:
    """Where there are no reminders."""
    return None


class SnapshotStore(Protocol):
    """The snapshots of persons, and the history of each. Nobody else's are ever found or changed."""

    async def put(self, person: Person, snapshot: Snapshot, source: Source = Source.LOGGED) -> Snapshot:
        """Keep the figures of a period: those given take the place of the same ones, the others of the period stay.

        A period is kept in one currency. Raises `Changed` where the kept one has another.
        """
        ...

    async def save(
        self, person: Person, seen: Snapshot | None, after: Snapshot | None, change: SnapshotChange
    ) -> Snapshot | None:
        """Put `after` in the place of the snapshot that was `seen`, or nothing; with the history of it, in one step.

        Returns what stands there now, `seen` where it was taken away, and None where nothing was done since something else
        stands there by now.
        """
        ...

    async def of_period(self, person: Person, time_period: str, snapshot_date: datetime) -> Snapshot | None:
        """The snapshot of this period, or None."""
        ...

    async def snapshot(self, person: Person, snapshot_id: str) -> Snapshot | None:
        """The snapshot with this id, or None."""
        ...

    async def latest(self, person: Person, limit: int) -> Sequence[Snapshot]:
        """The person's snapshots, latest period first."""
        ...

    async def changes(self, person: Person, snapshot_id: str, limit: int) -> Sequence[SnapshotChange]:
        """The newest changes of a snapshot, newest first; of one that was deleted, too."""
        ...

    async def deletions(self, person: Person, limit: int) -> Sequence[SnapshotChange]:
        """The newest deletions, newest first."""
        ...

    async def change(self, person: Person, change_id: str) -> SnapshotChange | None:
        """The change with this id, or None."""
        ...


class CameLately(Protocol):
    """What went to people by itself, to which figures that they type may be an answer, or may not."""

    async def reminded(self, person: Person, since: datetime) -> tuple[datetime, bool] | None:
        """When the latest reminder after that time went to them, and whether it asked for their figures; None where none did."""
        ...

    async def asked_for(self, said: Said, person: Person, since: datetime) -> AskedFor | None:
        """The reminder that these words reply to, else the latest after that time, that asked for the figures of a period; None
        where none did.
        """
        ...

    async def letters(self, person: Person, since: datetime) -> Sequence[Wrote]:
        """What went between them and people after that time, oldest first in each exchange."""
        ...

    async def wrote_to_all(self, person: Person, since: datetime) -> bool:
        """Whether the latest that went to them after that time was a letter to everybody, which a coach wrote."""
        ...
