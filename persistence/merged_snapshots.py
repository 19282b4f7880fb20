"""Two accounts' snapshots made into one set in the record."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import AlreadyThere
from core.ids import made_id
from core.kpis.edits import difference
from core.kpis.history import SnapshotChange, Source
from core.kpis.merge import Merged, merging
from core.kpis.model import Snapshot
from persistence.documents import Database, Document, Value

OLDER = "superseded"
"""The field of a snapshot that keeps whole what it was merged of: it is read, exported and erased with the snapshot, and needs
neither a collection nor an index of its own."""


class SnapshotMerge:
    """Period by period. A snapshot that was merged names it in `superseded`, so that it is merged once."""

    def __init__(self, database: Database) -> None:
        self._snapshots = database.collection("userFunnelSnapshots")
        self._history = database.collection("snapshotHistory")

    async def merge(self, other: str, into: str) -> None:
        """Bring the other account's snapshots to this one."""
        while left := await self._snapshots.find({"userId": other}):
            for each in left:
                await self._one(each, into)
        for each in await self._snapshots.find({"userId": into}):
            await self._file(each)

    async def _one(self, each: Document, into: str) -> None:
        await self._file(each)
        theirs = Snapshot.of(each)
        if theirs.deleted_at is not None:
            await self._snapshots.delete({"_id": theirs.id, "userId": theirs.user_id})
            return
        there: Mapping[str, Value] = {
            "userId": into,
            "snapshotDate": theirs.snapshot_date,
            "timePeriod": theirs.time_period,
        }
        kept = await self._snapshots.find_one(there)
        if kept is None:
            try:
                await self._snapshots.update({"_id": theirs.id, "userId": theirs.user_id}, {"$set": {"userId": into}})
            except AlreadyThere:  # the account has logged the period at this moment
                return
            return
        if theirs.id not in merged_ids(kept):
            ours = Snapshot.of(kept)
            older: list[Value] = [whole(kept), whole(each)]
            change = merging(ours, theirs)
            fields: dict[str, Value] = {**change.figures, "changedAt": change.newer.changed_at or change.newer.created_at}
            fields |= {f"meanings.{key}": value for key, value in change.meanings.items()}
            fields |= {name: value for name, value in (("notes", change.notes), ("currency", change.currency)) if value}
            gone = dict.fromkeys(ours.figures.keys() - change.figures.keys(), "")
            noted = _noted(ours, theirs, change)
            fields |= {f"unfiled.{noted.id}": noted.document()} if noted else {}
            made: dict[str, Mapping[str, Value]] = {
                "$set": fields,
                "$push": {OLDER: {"$each": older}},
                "$inc": {"version": 1},
            }
            guard = {**there, "changedAt": kept.get("changedAt")}
            if await self._snapshots.update(guard, {**made, **({"$unset": gone} if gone else {})}) is None:
                return
        of_theirs: Mapping[str, Value] = {"userId": theirs.user_id, "snapshotId": theirs.id}
        await self._history.update_many(of_theirs, {"$set": {"snapshotId": kept["_id"]}})
        await self._snapshots.delete({"_id": theirs.id, "userId": theirs.user_id, "changedAt": each.get("changedAt")})

    async def _file(self, each: Document) -> None:
        """Take the changes that the snapshot still carries over into the history."""
        unfiled = Snapshot.of(each).unfiled
        for change in unfiled.values():
            try:
                await self._history.insert({**change.document(), "userId": each["userId"]})
            except AlreadyThere:
                continue
        if unfiled:
            filed: dict[str, Value] = {f"unfiled.{key}": "" for key in unfiled}
            await self._snapshots.update({"_id": each["_id"], "userId": each["userId"]}, {"$unset": filed})


def _noted(ours: Snapshot, theirs: Snapshot, merged: Merged) -> SnapshotChange | None:
    """What the merge changed of the snapshot that stays, by an id that is the same whenever it is tried again."""
    after = ours.model_copy(update={"figures": merged.figures, "notes": merged.notes, "currency": merged.currency})
    at = merged.newer.changed_at or merged.newer.created_at
    change = difference(ours, after, Source.LINKED, at)
    return change and change.model_copy(update={"id": made_id("sch", f"{ours.id} {theirs.id}")})


def merged_ids(document: Document) -> set[Value]:
    """The ids of the snapshots that it was merged of."""
    older = document.get(OLDER)
    return {each["_id"] for each in older if isinstance(each, Mapping)} if isinstance(older, list) else set()


def whole(document: Document) -> dict[str, Value]:
    """The snapshot as it was, without what it was merged of itself."""
    return {name: value for name, value in document.items() if name not in (OLDER, "userId", "unfiled", "version")}
