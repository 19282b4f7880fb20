"""Rows of work in the record: claimed, extended and settled by compare-and-set, each write fenced.

These stores are the system's and not a person's: any process takes any row. See `core.leases`.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from types import MappingProxyType
from typing import Generic

from core.errors import AlreadyThere, StoreTrouble
from core.leases import Bell, LeaseLost, Leases, Row, State
from core.words import clean
from persistence.documents import Change, Collection, Document, Filter, Value

ERROR_AT_MOST = 500
SPARE = 8
"""How many times as many due rows are looked at as are wanted, so that there are some left where others claim too."""


class LeasedRecord(Leases[Row], Generic[Row]):
    """Implements `core.leases.Leases` for one collection. Once a row is done, `spent` is dropped and `settled` set.

    `surfaces`: only rows for these are claimed, by their field `surface`; None claims whatever is due.
    """

    def __init__(
        self,
        rows: Collection,
        read: type[Row],
        *,
        spent: Sequence[str] = (),
        settled: Mapping[str, Value] = MappingProxyType({}),
        bell: Bell | None = None,
        surfaces: Sequence[str] | None = None,
    ) -> None:
        self._rows = rows
        self._read = read
        self._spent: Mapping[str, Value] = dict.fromkeys(("dueAt", "leaseOwner", *spent), "")
        self._settled = settled
        self._bell = bell or Bell()
        self._surfaces = surfaces

    async def claim(self, owner: str, at: datetime, lease: timedelta, limit: int) -> Sequence[Row]:
        """Take up to `limit` rows that are due. What was taken before the record went away is returned."""
        due = await self._due(at, limit * SPARE)
        taken: list[Row] = []
        while due and len(taken) < limit:
            row_id = due.pop(0)["_id"]
            try:
                found = await self._rows.update({"_id": row_id, "dueAt": {"$lte": at}}, taking(owner, at + lease))
            except StoreTrouble:
                if not taken:
                    raise
                break
            if found is None:
                random.shuffle(due)  # someone claims at the same moment: out of each other's way
            else:
                taken.append(self._read.of(found))
        return taken

    async def extend(self, row: Row, until: datetime) -> None:
        """Hold the row until then."""
        await self._settle(row, State.RUNNING, {"$set": {"dueAt": until}})

    async def done(self, row: Row, at: datetime, outcome: str | None = None) -> None:
        """Settle the row."""
        await self._settle(row, State.DONE, self._done(at, {"outcome": outcome} if outcome else {}))

    async def failed(self, row: Row, error: str, at: datetime, again_at: datetime | None) -> None:
        """Let it be tried again, or set it aside."""
        said = clean(error)[:ERROR_AT_MOST]
        if again_at is None:
            kept: Change = {
                "$set": {"state": State.ASIDE.value, "lastError": said},
                "$unset": {"dueAt": "", "leaseOwner": ""},
            }
            await self._settle(row, State.ASIDE, kept)
            return
        waiting: dict[str, Value] = {"state": State.WAITING.value, "lastError": said, "dueAt": again_at}
        await self._settle(row, State.WAITING, {"$set": waiting, "$unset": {"leaseOwner": ""}})

    async def give_back(self, row: Row, at: datetime) -> None:
        """Let someone else have it at once."""
        waiting: dict[str, Value] = {"state": State.WAITING.value, "dueAt": at, "attempts": row.attempts - 1}
        await self._settle(row, State.WAITING, {"$set": waiting, "$unset": {"leaseOwner": ""}})

    async def free(self, at: datetime) -> int:
        """End every lease."""
        return await self._rows.update_many({"state": State.RUNNING.value, "dueAt": {"$gt": at}}, {"$set": {"dueAt": at}})

    async def aside(self, limit: int) -> Sequence[Row]:
        """The rows that were set aside, oldest first."""
        found = await self._rows.find({"state": State.ASIDE.value}, sort=[("createdAt", 1)], limit=limit)
        return [self._read.of(each) for each in found]

    async def retry(self, row_id: str, at: datetime) -> Row | None:
        """Let a row that was set aside be tried anew."""
        waiting: Change = {"$set": {"state": State.WAITING.value, "dueAt": at, "attempts": 0}}
        found = await self._rows.update({"_id": row_id, "state": State.ASIDE.value}, waiting)
        if found is None:
            return None
        self._bell.ring()
        return self._read.of(found)

    async def counts(self) -> Mapping[State, int]:
        """How many rows stand in which state."""
        return {state: await self._rows.count({"state": state.value}) for state in State}

    async def _due(self, at: datetime, limit: int) -> list[Document]:
        """Ids of rows that are due, those first that have been due for longest."""
        due: Filter = {"dueAt": {"$lte": at}}
        if self._surfaces is None:
            return await self._rows.find(due, sort=[("dueAt", 1)], limit=limit, fields=())
        found = [  # one indexed walk each: in order over several at once, a database would have to sort all that are due
            await self._rows.find({"surface": each, **due}, sort=[("dueAt", 1)], limit=limit, fields=("dueAt",))
            for each in self._surfaces
        ]
        return heapq.nsmallest(limit, chain(*found), key=_due_at)

    def _done(self, at: datetime, more: Mapping[str, Value]) -> Change:
        """What settling changes."""
        change: dict[str, Value] = {"state": State.DONE.value, "doneAt": at, **self._settled, **more}
        return {"$set": change, "$unset": self._spent}

    async def _keep(self, row: Row) -> bool:
        """Add a row; False where its id or key is taken."""
        try:
            await self._rows.insert(row.document())
        except AlreadyThere:
            return False
        if row.state is State.WAITING:
            self._bell.ring()
        return True

    async def _settle(self, row: Row, became: State, change: Change) -> None:
        """Write under the row's fence. Where nothing fits, an earlier try of this same write may have been carried out."""
        mine: Filter = {"_id": row.id, "fence": row.fence}
        if await self._rows.update({**mine, "state": State.RUNNING.value}, change) is not None:
            return
        if became is State.RUNNING or await self._rows.find_one({**mine, "state": became.value}) is None:
            raise LeaseLost()


def _due_at(row: Document) -> datetime:
    at = row["dueAt"]
    assert isinstance(at, datetime)
    return at


def taking(owner: str, until: datetime) -> Change:
    """What a taking changes."""
    return {
        "$set": {"state": State.RUNNING.value, "dueAt": until, "leaseOwner": owner},
        "$inc": {"fence": 1, "attempts": 1},
    }
