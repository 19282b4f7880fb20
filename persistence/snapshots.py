"""The funnel's figures in the record, one document a period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.errors import AlreadyThere, Changed
from core.kpis.model import Snapshot
from core.people.model import Person
from persistence.documents import Database, Document, Filter, Value


class SnapshotRecord:
    """Implements `core.kpis.ports.SnapshotStore`. The unique key of person, end and period makes a period one document."""

    def __init__(self, database: Database) -> None:
        self._snapshots = database.collection("userFunnelSnapshots")

    async def put(self, person: Person, snapshot: Snapshot) -> Snapshot:
        """Keep the figures of a period: those given take the place of the same ones, the others of the period stay."""
        where = _key(person, snapshot.time_period, snapshot.snapshot_date)
        changed: dict[str, Value] = dict(snapshot.figures)
        changed["changedAt"] = snapshot.changed_at
        changed |= {f"meanings.{key}": value for key, value in snapshot.meanings.items()}
        if snapshot.notes:
            changed["notes"] = snapshot.notes
        if snapshot.currency:
            changed["currency"] = snapshot.currency
        fresh: dict[str, Value] = {
            "_id": snapshot.id,
            "organizationId": person.organization_id,
            "createdAt": snapshot.created_at,
        }
        kept = await self._written(where, snapshot.currency, changed, fresh)
        return Snapshot.of(kept)

    async def of_period(self, person: Person, time_period: str, snapshot_date: datetime) -> Snapshot | None:
        """The snapshot of this period, or None."""
        found = await self._snapshots.find_one(_key(person, time_period, snapshot_date))
        return Snapshot.of(found) if found else None

    async def latest(self, person: Person, limit: int) -> Sequence[Snapshot]:
        """The person's snapshots, latest period first."""
        found = await self._snapshots.find({"userId": person.user_id}, sort=(("snapshotDate", -1),), limit=limit)
        return [Snapshot.of(each) for each in found]

    async def _written(self, where: Filter, currency: str | None, changed: dict[str, Value], fresh: dict[str, Value]) -> Document:
        """Change the period's document if its money is in the same currency, or make it."""
        guard: Filter = {"currency": {"$in": [currency, None]}} if currency else {}
        kept = await self._snapshots.update({**where, **guard}, {"$set": changed})
        if kept is not None:
            return kept
        try:
            kept = await self._snapshots.update(where, {"$setOnInsert": {**changed, **fresh}}, upsert=True)
        except AlreadyThere:  # another process made it at the same moment
            kept = None
        if kept is None or kept["_id"] != fresh["_id"]:
            kept = await self._snapshots.update({**where, **guard}, {"$set": changed})
        if kept is None:
            raise Changed()
        return kept


def _key(person: Person, time_period: str, snapshot_date: datetime) -> dict[str, Value]:
    return {"userId": person.user_id, "timePeriod": time_period, "snapshotDate": snapshot_date}
