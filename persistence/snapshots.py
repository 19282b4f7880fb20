"""The funnel's figures in the record, one document a period, and the history of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.errors import AlreadyThere, Changed, Unsure
from core.kpis.edits import difference, logged
from core.kpis.history import SnapshotChange, Source
from core.kpis.model import Snapshot
from core.people.model import Person
from persistence.documents import Database, Filter, Value

TRIES = 50
"""How often a change is made again that somebody else's came before: as many at once change one period of one person."""
STANDING: Filter = {"deletedAt": None}
FIXED = frozenset({"_id", "userId", "organizationId", "createdAt", "version", "deletedAt"})
"""What a change leaves alone, or sets by itself."""


class SnapshotRecord:
    """Implements `core.kpis.ports.SnapshotStore`. The unique key of person, end and period makes a period one document.

    A change is one update, which holds only for the version that it was made on, and carries its history with it; the history
    is filed in its own collection right after. A snapshot that is deleted is emptied first, and goes when its history is filed.
    Where a crash comes between, the next change or look files what is left.
    """

    def __init__(self, database: Database) -> None:
        self._snapshots = database.collection("userFunnelSnapshots")
        self._history = database.collection("snapshotHistory")

    async def put(self, person: Person, snapshot: Snapshot, source: Source = Source.LOGGED) -> Snapshot:
        """Keep the figures of a period: those given take the place of the same ones, the others of the period stay."""
        at = snapshot.changed_at or snapshot.created_at
        for _ in range(TRIES):
            there = await self._there(person, snapshot)
            after = logged(there, snapshot)
            change = difference(there, after, source, at, person)
            kept = await self._write(person, there, after, change)
            if kept is not None:
                return kept
        raise Changed()

    async def save(
        self, person: Person, seen: Snapshot | None, after: Snapshot | None, change: SnapshotChange
    ) -> Snapshot | None:
        """Put `after` in the place of the snapshot that was `seen`, or nothing."""
        if after is None:
            return await self._empty(person, seen, change) if seen else None
        if seen is not None:
            return await self._write(person, seen, after, change)
        if await self._there(person, after) is not None:
            return None
        return await self._write(person, None, after, change)

    async def of_period(self, person: Person, time_period: str, snapshot_date: datetime) -> Snapshot | None:
        """The snapshot of this period, or None."""
        return await self._one({**_key(person, time_period, snapshot_date), **STANDING})

    async def snapshot(self, person: Person, snapshot_id: str) -> Snapshot | None:
        """The snapshot with this id, or None."""
        return await self._one({"_id": snapshot_id, "userId": person.user_id, **STANDING})

    async def latest(self, person: Person, limit: int) -> Sequence[Snapshot]:
        """The person's snapshots, latest period first."""
        where: Filter = {"userId": person.user_id, **STANDING}
        found = await self._snapshots.find(where, sort=(("snapshotDate", -1),), limit=limit)
        return [Snapshot.of(each) for each in found]

    async def changes(self, person: Person, snapshot_id: str, limit: int) -> Sequence[SnapshotChange]:
        """The newest changes of a snapshot, newest first; of one that was deleted, too."""
        left = await self._one({"_id": snapshot_id, "userId": person.user_id})
        if left is not None:
            await self._file(person, left)
        where: Filter = {"userId": person.user_id, "snapshotId": snapshot_id}
        found = await self._history.find(where, sort=(("at", -1),), limit=limit)
        return sorted(map(SnapshotChange.of, found), key=lambda each: (each.at, each.id), reverse=True)

    async def deletions(self, person: Person, limit: int) -> Sequence[SnapshotChange]:
        """The newest deletions, newest first."""
        for each in await self._snapshots.find({"userId": person.user_id, "deletedAt": {"$exists": True}}):
            await self._file(person, Snapshot.of(each))
        where: Filter = {"userId": person.user_id, "source": Source.DELETED.value}
        found = await self._history.find(where, sort=(("at", -1),), limit=limit)
        return [SnapshotChange.of(each) for each in found]

    async def change(self, person: Person, change_id: str) -> SnapshotChange | None:
        """The change with this id, or None."""
        found = await self._history.find_one({"_id": change_id, "userId": person.user_id})
        return SnapshotChange.of(found) if found else None

    async def _write(
        self, person: Person, there: Snapshot | None, after: Snapshot, change: SnapshotChange | None
    ) -> Snapshot | None:
        """Make or change the period's document; None where it is not any more what was there."""
        carried: dict[str, Value] = {f"unfiled.{change.id}": _owned(person, change)} if change else {}
        try:
            if there is None:
                await self._snapshots.insert(_born(person, after, change))
                return await self._kept(person, after.id)
            wanted = after.document()
            fields: dict[str, Value] = {name: value for name, value in wanted.items() if name not in FIXED}
            gone = there.document().keys() - wanted.keys() - FIXED
            kept = await self._snapshots.update(
                _seen(person, there),
                {"$set": {**fields, **carried}, **({"$unset": dict.fromkeys(gone, "")} if gone else {}), "$inc": {"version": 1}},
            )
        except AlreadyThere:  # somebody else's came first
            return None
        except Unsure:
            return await self._made(person, after.id, change)
        return await self._file(person, Snapshot.of(kept)) if kept else None

    async def _empty(self, person: Person, seen: Snapshot, change: SnapshotChange) -> Snapshot | None:
        """Take everything out of the snapshot but its history, so that it goes once that is filed."""
        gone: dict[str, Value] = dict.fromkeys((*seen.figures, "notes", "currency", "meanings", "superseded"), "")
        carried: dict[str, Value] = {f"unfiled.{change.id}": _owned(person, change)}
        emptied: dict[str, Value] = {"deletedAt": change.at, "changedAt": change.at, **carried}
        try:
            kept = await self._snapshots.update(_seen(person, seen), {"$set": emptied, "$unset": gone, "$inc": {"version": 1}})
        except Unsure:
            return seen if await self._made(person, seen.id, change) or await self.change(person, change.id) else None
        if kept is None:
            return None
        await self._file(person, Snapshot.of(kept))
        return seen

    async def _made(self, person: Person, snapshot_id: str, change: SnapshotChange | None) -> Snapshot | None:
        """The snapshot, if a change that had no answer was made; None where it was not, so that it is made again.

        Should it be made yet, it holds for its version only, which whoever tries again looks at first.
        """
        found = await self._one({"_id": snapshot_id, "userId": person.user_id})
        if found is None or change is None:
            return found
        if change.id not in found.unfiled and await self.change(person, change.id) is None:
            return None
        return await self._file(person, found)

    async def _file(self, person: Person, snapshot: Snapshot) -> Snapshot:
        """Take the changes that the snapshot still carries over into the history, and then itself away if it was deleted."""
        for each in snapshot.unfiled.values():
            try:
                await self._history.insert(_owned(person, each))
            except AlreadyThere:  # filed before, and only the mark of it was lost
                continue
        if snapshot.deleted_at is not None:
            await self._snapshots.delete(_seen(person, snapshot))
        elif snapshot.unfiled:
            filed: dict[str, Value] = {f"unfiled.{key}": "" for key in snapshot.unfiled}
            await self._snapshots.update({"_id": snapshot.id, "userId": person.user_id}, {"$unset": filed})
        return snapshot.model_copy(update={"unfiled": {}})

    async def _kept(self, person: Person, snapshot_id: str) -> Snapshot | None:
        kept = await self._one({"_id": snapshot_id, "userId": person.user_id})
        return await self._file(person, kept) if kept else None

    async def _there(self, person: Person, snapshot: Snapshot) -> Snapshot | None:
        """What stands for the period; one that was deleted, and whose history is not filed yet, makes room first."""
        found = await self._one(_key(person, snapshot.time_period, snapshot.snapshot_date))
        if found is not None and found.deleted_at is not None:
            await self._file(person, found)
            return None
        return found

    async def _one(self, where: Filter) -> Snapshot | None:
        found = await self._snapshots.find_one(where)
        return Snapshot.of(found) if found else None


def _key(person: Person, time_period: str, snapshot_date: datetime) -> dict[str, Value]:
    return {"userId": person.user_id, "timePeriod": time_period, "snapshotDate": snapshot_date}


def _seen(person: Person, snapshot: Snapshot) -> dict[str, Value]:
    """The document as it was seen: one of before there were versions has none."""
    return {"_id": snapshot.id, "userId": person.user_id, "version": snapshot.version or None}


def _owned(person: Person, change: SnapshotChange) -> Mapping[str, Value]:
    mine = {"user_id": person.user_id, "organization_id": person.organization_id}
    return change.model_copy(update=mine).document()


def _born(person: Person, snapshot: Snapshot, change: SnapshotChange | None) -> Mapping[str, Value]:
    mine: dict[str, Value] = {"userId": person.user_id, "organizationId": person.organization_id, "version": 1}
    unfiled: dict[str, Value] = {"unfiled": {change.id: _owned(person, change)}} if change else {}
    return {**snapshot.document(), **mine, **unfiled}
