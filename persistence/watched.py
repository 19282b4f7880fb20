"""A database whose writes are seen before they are made, and which is the one behind it in everything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias

from persistence.documents import Change, Collection, Database, Document, Filter, Value

Sees: TypeAlias = Callable[[Mapping[str, object]], object]
"""Sees the document that is inserted, or the filter that says what is changed or removed."""


class Watched:
    """Implements `documents.Database`. What `sees` raises keeps the write from being made."""

    def __init__(self, behind: Database, sees: Sees) -> None:
        self._behind = behind
        self._sees = sees
        self.prepare = behind.prepare
        self.ping = behind.ping
        self.close = behind.close

    def collection(self, name: str) -> Collection:
        """See `documents.Database`."""
        return _Watched(self._behind.collection(name), self._sees)

    async def sweep(self, now: datetime) -> int:
        """See `documents.Database`."""
        return await self._behind.sweep(now)


class _Watched:
    def __init__(self, behind: Collection, sees: Sees) -> None:
        self.name = behind.name
        self._behind = behind
        self._sees = sees
        self.find, self.find_one = behind.find, behind.find_one
        self.count = behind.count
        self.group_count = behind.group_count

    async def insert(self, document: Mapping[str, Value]) -> None:
        self._sees(document)
        await self._behind.insert(document)

    async def update(self, where: Filter, change: Change, *, upsert: bool = False) -> Document | None:
        self._sees(where)
        return await self._behind.update(where, change, upsert=upsert)

    async def update_many(self, where: Filter, change: Change) -> int:
        self._sees(where)
        return await self._behind.update_many(where, change)

    async def delete(self, where: Filter) -> int:
        self._sees(where)
        return await self._behind.delete(where)
