"""A database whose writes are noticed (`core.noticing`), and which is the one behind it in everything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.noticing import notice
from persistence.documents import Change, Collection, Database, Document, Filter, Sort, Value


class Noticed:
    """Implements `documents.Database`."""

    def __init__(self, behind: Database) -> None:
        self._behind = behind
        self.prepare = behind.prepare
        self.ping = behind.ping
        self.close = behind.close

    def collection(self, name: str) -> Collection:
        """See `documents.Database`."""
        return _Noticed(self._behind.collection(name))

    async def sweep(self, now: datetime) -> int:
        """See `documents.Database`."""
        return await self._behind.sweep(now)


class _Noticed:
    def __init__(self, behind: Collection) -> None:
        self.name = behind.name
        self._behind = behind
        self.find_one = behind.find_one
        self.count = behind.count
        self.group_count = behind.group_count

    async def find(
        self,
        where: Filter,
        *,
        sort: Sort = (),
        limit: int | None = None,
        after: Sequence[Value] | None = None,
        fields: Sequence[str] | None = None,
    ) -> list[Document]:
        return await self._behind.find(where, sort=sort, limit=limit, after=after, fields=fields)

    async def insert(self, document: Mapping[str, Value]) -> None:
        notice()
        await self._behind.insert(document)

    async def update(self, where: Filter, change: Change, *, upsert: bool = False) -> Document | None:
        notice()
        return await self._behind.update(where, change, upsert=upsert)

    async def update_many(self, where: Filter, change: Change) -> int:
        notice()
        return await self._behind.update_many(where, change)

    async def delete(self, where: Filter) -> int:
        notice()
        return await self._behind.delete(where)
