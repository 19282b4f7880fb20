"""A record whose program dies before a chosen write: to show that what broke off is finished by doing it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from persistence.documents import Change, Collection, Database, Document, Filter, Sort, Value


class Died(Exception):
    """The program ended here."""


class Crashing:
    """The database behind it, until so many writes are made."""

    def __init__(self, behind: Database, writes: int) -> None:
        self.behind = behind
        self.left = writes

    def collection(self, name: str) -> Collection:
        """See `documents.Database`."""
        return _Crashing(self, self.behind.collection(name))

    def write(self) -> None:
        """Count a write, and die where there are no more."""
        if self.left == 0:
            raise Died()
        self.left -= 1

    async def prepare(self) -> None:
        """See `documents.Database`."""
        await self.behind.prepare()

    async def ping(self) -> str:
        """See `documents.Database`."""
        return await self.behind.ping()

    async def sweep(self, now: datetime) -> int:
        """See `documents.Database`."""
        return await self.behind.sweep(now)

    async def close(self) -> None:
        """See `documents.Database`."""
        await self.behind.close()


class _Crashing:
    def __init__(self, crash: Crashing, behind: Collection) -> None:
        self.name = behind.name
        self._crash = crash
        self._behind = behind

    async def find_one(self, where: Filter) -> Document | None:
        return await self._behind.find_one(where)

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

    async def count(self, where: Filter) -> int:
        return await self._behind.count(where)

    async def group_count(self, where: Filter, by: str) -> dict[Value, int]:
        return await self._behind.group_count(where, by)

    async def insert(self, document: Mapping[str, Value]) -> None:
        self._crash.write()
        await self._behind.insert(document)

    async def update(self, where: Filter, change: Change, *, upsert: bool = False) -> Document | None:
        self._crash.write()
        return await self._behind.update(where, change, upsert=upsert)

    async def update_many(self, where: Filter, change: Change) -> int:
        self._crash.write()
        return await self._behind.update_many(where, change)

    async def delete(self, where: Filter) -> int:
        self._crash.write()
        return await self._behind.delete(where)
