"""A database that passes everything on to the one behind it, and is told of each operation before it happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from persistence.documents import Change, Collection, Database, Document, Filter, Sort, Value


@dataclass(frozen=True, slots=True)
class Operation:
    """What is about to happen to a collection. An insert asks for nothing: it has no `where`."""

    collection: str
    writes: bool
    where: Filter | None = None
    sort: Sort = ()


class Passing:
    """Implements `documents.Database`. What comes between is said by `before` and `before_all`, which may raise."""

    def __init__(self, behind: Database) -> None:
        self.behind = behind

    def before(self, operation: Operation) -> None:
        """Called before each operation on a collection."""

    def before_all(self) -> None:
        """Called before each operation on the whole database."""

    def collection(self, name: str) -> Collection:
        return _Passing(self, self.behind.collection(name))

    async def prepare(self) -> None:
        self.before_all()
        await self.behind.prepare()

    async def ping(self) -> str:
        self.before_all()
        return await self.behind.ping()

    async def sweep(self, now: datetime) -> int:
        self.before_all()
        return await self.behind.sweep(now)

    async def close(self) -> None:
        await self.behind.close()


class _Passing:
    def __init__(self, database: Passing, behind: Collection) -> None:
        self.name = behind.name
        self._database = database
        self._behind = behind

    def _before(self, where: Filter | None, sort: Sort = (), *, writes: bool = False) -> None:
        self._database.before(Operation(self.name, writes, where, sort))

    async def find_one(self, where: Filter) -> Document | None:
        self._before(where)
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
        self._before(where, sort)
        return await self._behind.find(where, sort=sort, limit=limit, after=after, fields=fields)

    async def count(self, where: Filter) -> int:
        self._before(where)
        return await self._behind.count(where)

    async def group_count(self, where: Filter, by: str) -> dict[Value, int]:
        self._before(where)
        return await self._behind.group_count(where, by)

    async def insert(self, document: Mapping[str, Value]) -> None:
        self._before(None, writes=True)
        await self._behind.insert(document)

    async def update(self, where: Filter, change: Change, *, upsert: bool = False) -> Document | None:
        self._before(where, writes=True)
        return await self._behind.update(where, change, upsert=upsert)

    async def update_many(self, where: Filter, change: Change) -> int:
        self._before(where, writes=True)
        return await self._behind.update_many(where, change)

    async def delete(self, where: Filter) -> int:
        self._before(where, writes=True)
        return await self._behind.delete(where)
