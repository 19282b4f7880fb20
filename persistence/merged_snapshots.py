"""Two accounts' snapshots made into one set in the record."""

from __future__ import annotations

from collections.abc import Mapping

from core.errors import AlreadyThere
from core.kpis.merge import merging
from core.kpis.model import Snapshot
from persistence.documents import Database, Document, Value

OLDER = "superseded"
"""The field of a snapshot that keeps whole what it was merged of: it is read, exported and erased with the snapshot, and needs
neither a collection nor an index of its own."""


class SnapshotMerge:
    """Period by period. A snapshot that was merged names it in `superseded`, so that it is merged once."""

    def __init__(self, database: Database) -> None:
        self._snapshots = database.collection("userFunnelSnapshots")

    async def merge(self, other: str, into: str) -> None:
        """Bring the other account's snapshots to this one."""
        while left := await self._snapshots.find({"userId": other}):
            for each in left:
                await self._one(each, into)

    async def _one(self, each: Document, into: str) -> None:
        theirs = Snapshot.of(each)
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
            made: dict[str, Mapping[str, Value]] = {"$set": fields, "$push": {OLDER: {"$each": older}}}
            guard = {**there, "changedAt": kept.get("changedAt")}
            if await self._snapshots.update(guard, {**made, **({"$unset": gone} if gone else {})}) is None:
                return
        await self._snapshots.delete({"_id": theirs.id, "userId": theirs.user_id, "changedAt": each.get("changedAt")})


def merged_ids(document: Document) -> set[Value]:
    """The ids of the snapshots that it was merged of."""
    older = document.get(OLDER)
    return {each["_id"] for each in older if isinstance(each, Mapping)} if isinstance(older, list) else set()


def whole(document: Document) -> dict[str, Value]:
    """The snapshot as it was, without what it was merged of itself."""
    return {name: value for name, value in document.items() if name not in (OLDER, "userId")}
