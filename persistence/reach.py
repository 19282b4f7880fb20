"""How accounts of Discord are reached, in the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.reach import Reach
from persistence.documents import Database, Value


class ReachRecord:
    """Implements `core.reach.ReachStore`. A row says whose it is by the account alone: the surface vouches for it."""

    def __init__(self, database: Database) -> None:
        self._reaches = database.collection("reaches")

    async def find(self, reach_id: str) -> Reach | None:
        """The account's row, or None where it was never met."""
        found = await self._reaches.find_one({"_id": reach_id})
        return Reach.of(found) if found else None

    async def met(self, reach: Reach) -> None:
        """Keep in which guild somebody was met last, and where in it; all else stays as it is kept."""
        where: dict[str, Value] = {"identity": reach.identity, "workspace": reach.workspace, "channels": {**reach.channels}}
        where["homes"] = list(reach.homes)
        await self._reaches.update({"_id": reach.id}, {"$set": where}, upsert=True)

    async def talks(self, reach_id: str, homes: Sequence[str]) -> None:
        """Keep with which guild they talk directly, the last of these."""
        await self._reaches.update({"_id": reach_id}, {"$set": {"homes": list(homes)}})

    async def opened(self, reach_id: str, direct: str, at: datetime | None) -> None:
        """Keep the id of the direct messages; `at` is None where the person opened them."""
        when = {"openedAt": at} if at else {}
        await self._reaches.update({"_id": reach_id}, {"$set": {"direct": direct, **when}})

    async def heard(self, reach_id: str, at: datetime) -> None:
        """Keep when they turned to us directly."""
        await self._reaches.update({"_id": reach_id}, {"$set": {"heardAt": at}})

    async def lately(self, since: datetime, limit: int) -> Sequence[Reach]:
        """Those who turned to us directly since then, the last first."""
        found = await self._reaches.find({"heardAt": {"$gte": since}}, sort=[("heardAt", -1)], limit=limit)
        return [Reach.of(each) for each in found]

    async def set_aside(self, reach_id: str, asides: Mapping[str, str]) -> None:
        """Keep the private threads in which they are written to, by guild."""
        await self._reaches.update({"_id": reach_id}, {"$set": {"asides": {**asides}}})

    async def refused(self, reach_id: str) -> int:
        """Count one more refusal; returns how many there were in a row."""
        kept = await self._reaches.update({"_id": reach_id}, {"$inc": {"refused": 1}})
        return Reach.of(kept).refused if kept else 0

    async def reached(self, reach_id: str) -> None:
        """Forget the refusals: a direct message was taken, or came from them."""
        await self._reaches.update({"_id": reach_id}, {"$set": {"refused": 0}})
