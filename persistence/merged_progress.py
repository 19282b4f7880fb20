"""Two accounts' progress made into one in the record."""

from __future__ import annotations

from core.course.merge import gives_way, merging
from core.course.model import ModuleProgress
from core.errors import AlreadyThere
from persistence.documents import Database, Document, Filter, Value
from persistence.merged_snapshots import OLDER, merged_ids, whole

MERGED = ("status", "completedAt", "notes", "worksheet", "startedAt", "changedAt")


class ProgressMerge:
    """Module by module; each is one update that only holds for what was read, and can be made again."""

    def __init__(self, database: Database) -> None:
        self._progress = database.collection("userModuleProgress")

    async def merge(self, other: str, into: str) -> None:
        """Bring the other account's progress to this one."""
        while left := await self._progress.find({"userId": other}):
            for each in left:
                await self._one(each, into)

    async def _one(self, each: Document, into: str) -> None:
        theirs = ModuleProgress.of(each)
        there: Filter = {"userId": into, "moduleId": theirs.module_id}
        kept = await self._progress.find_one(there)
        if kept is None:
            try:
                await self._progress.update({"_id": theirs.id, "userId": theirs.user_id}, {"$set": {"userId": into}})
            except AlreadyThere:  # the account has begun the module at this moment
                return
            return
        ours = ModuleProgress.of(kept)
        document = merging(ours, theirs).document()
        change: dict[str, dict[str, Value]] = {
            "$set": {name: document[name] for name in MERGED if name in document},
            "$addToSet": {"tickedItems": {"$each": list(theirs.ticked_items)}},
        }
        if gives_way(ours, theirs) and theirs.id not in merged_ids(kept):
            change["$push"] = {OLDER: {"$each": [whole(kept), whole(each)]}}
        as_read = {name: kept.get(name) for name in ("changedAt", "status", "notes")}
        if await self._progress.update({**there, **as_read}, change) is not None:
            await self._progress.delete({"_id": theirs.id, "userId": theirs.user_id, "changedAt": each.get("changedAt")})
