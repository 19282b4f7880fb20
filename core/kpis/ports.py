"""What the figures ask of the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.kpis.model import Snapshot
from core.people.model import Person


class SnapshotStore(Protocol):
    """The snapshots of persons. Nobody else's are ever found or changed."""

    async def put(self, person: Person, snapshot: Snapshot) -> Snapshot:
        """Keep the figures of a period: those given take the place of the same ones, the others of the period stay.

        A period is kept in one currency. Raises `Changed` where the kept one has another.
        """
        ...

    async def of_period(self, person: Person, time_period: str, snapshot_date: datetime) -> Snapshot | None:
        """The snapshot of this period, or None."""
        ...

    async def latest(self, person: Person, limit: int) -> Sequence[Snapshot]:
        """The person's snapshots, latest period first."""
        ...
