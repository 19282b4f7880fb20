"""A database that refuses what does not fit its collection's model, as a real MongoDB with our validators does.

MongoDB's `validationLevel` is "moderate": a document that did not fit before may be changed to another that does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from persistence.documents import Change, Collection, Database, Document, Filter, Sort, Value
from persistence.models import MODELS
from persistence.validators import validator
from tests.contracts.rules import Rule, faults, fits, mended

RULES: Mapping[str, Rule] = {name: validator(model) for name, model in MODELS.items()}


class Unfit(AssertionError):
    """A store has written what a real MongoDB refuses."""


def fitting(collection: str, **fields: Any) -> Document:
    """A document with these fields that the collection takes: what else it must have is as little as may be."""
    made = mended(RULES[collection], fields)
    check(collection, made)
    return made


def check(name: str, document: Mapping[str, Any]) -> None:
    """Raise `Unfit` where the document does not fit the collection's model."""
    found = list(faults(RULES[name], document, name))
    if found:
        raise Unfit(f"{found}: {dict(document)}")


class Strict:
    """The database behind it, which is never given what it should refuse."""

    def __init__(self, behind: Database) -> None:
        self.behind = behind
        self.touched: set[str] = set()
        """Collections that were written to."""
        self.took = 0
        """How many documents were looked at."""

    def collection(self, name: str) -> Collection:
        """See `documents.Database`."""
        return _Checked(self, self.behind.collection(name))

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

    async def empty(self) -> None:
        """Remove every document that was written through here."""
        while self.touched:
            await self.behind.collection(self.touched.pop()).delete({})


class _Checked:
    def __init__(self, strict: Strict, behind: Collection) -> None:
        self.name = behind.name
        self._strict = strict
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
        self._look(document)
        await self._behind.insert(document)

    async def update(self, where: Filter, change: Change, *, upsert: bool = False) -> Document | None:
        self._strict.touched.add(self.name)
        before = await self._behind.find_one(where)
        after = await self._behind.update(where, change, upsert=upsert)
        if after is not None and (before is None or fits(RULES[self.name], before)):
            self._look(after)
        return after

    async def update_many(self, where: Filter, change: Change) -> int:
        ids: list[Value] = [each["_id"] for each in await self._behind.find(where)]
        changed = await self._behind.update_many(where, change)
        for each in await self._behind.find({"_id": {"$in": ids}}):
            self._look(each)
        return changed

    async def delete(self, where: Filter) -> int:
        self._strict.touched.add(self.name)
        return await self._behind.delete(where)

    def _look(self, document: Mapping[str, Value]) -> None:
        self._strict.touched.add(self.name)
        self._strict.took += 1
        check(self.name, document)
