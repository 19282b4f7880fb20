"""The port that every store is written on: collections of documents under a strict filter and change language.

The language is what MongoDB, as documented, and SQLite both do in the same way. Whatever is outside it is refused with
`OutsideTheLanguage`, by both implementations, before anything is sent.

Documents: an `_id` of 1 to 1,000 characters, and at most 1,000,000 bytes. A field of an index (`persistence.indexes`) holds one
value, or a list of single values where the index says `each`; no other shape is taken.
Filters: equality, `$in $gt $gte $lt $lte $ne $exists` with single values, dotted paths, an array contains a single value, all
ANDed, and at most one `$or` of such filters. Equality with None also matches a missing field. What is compared by size is a
text, a number or a time.
Changes: `$set $unset $inc $min $max $setOnInsert $push` (with `$each` and `$slice`) `$addToSet $pull`; the last two take single
values. No two paths of a change are in each other's way, and an `_id` stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeAlias

Value: TypeAlias = "str | int | float | bool | datetime | Sequence[Value] | Mapping[str, Value] | None"
"""What a field may hold. Times are aware, in UTC, and cut to milliseconds on the way in."""

Document: TypeAlias = dict[str, Value]
Filter: TypeAlias = Mapping[str, Value]
Change: TypeAlias = Mapping[str, Mapping[str, Value]]
Sort: TypeAlias = Sequence[tuple[str, int]]
"""Indexed fields of one value, with 1 (ascending) or -1 (descending); no other field can be sorted by. `_id` is added last,
ascending, where it is not named."""


class Collection(Protocol):
    """One collection of documents. Every method may raise `StoreDown` where the database cannot be reached."""

    name: str

    async def find_one(self, where: Filter) -> Document | None:
        """The document that fits, the one with the lowest `_id` where several do, or None."""
        ...

    async def find(
        self,
        where: Filter,
        *,
        sort: Sort = (),
        limit: int | None = None,
        after: Sequence[Value] | None = None,
        fields: Sequence[str] | None = None,
    ) -> list[Document]:
        """The documents that fit, in order.

        `after` takes the sort values and then the `_id` of the last document of the page before, and needs every sort field
        to run in one direction. `fields` names the only fields to return; `_id` is always among them.
        """
        ...

    async def count(self, where: Filter) -> int:
        """How many documents fit."""
        ...

    async def group_count(self, where: Filter, by: str) -> dict[Value, int]:
        """How many documents that fit have each value of the field `by`; missing counts as None.

        The values are texts, whole numbers, times, True and False: a list, a document or a fraction is refused.
        """
        ...

    async def insert(self, document: Mapping[str, Value]) -> None:
        """Add one document, which brings its own string `_id`.

        Raises:
            AlreadyThere: its `_id`, or a unique index's key, is taken.
        """
        ...

    async def update(self, where: Filter, change: Change, *, upsert: bool = False) -> Document | None:
        """Change one document that fits, and return it as it is afterwards; None where none fits.

        This is the compare-and-set on which every claim rests: the filter is tested and the change made in one step.
        With `upsert`, a document made of the filter's equalities and the change is added where none fits; its `_id` must
        stand in the filter or under `$setOnInsert`. The filter of an upsert has no `$in`, and no `$or` of a single filter.

        Raises:
            AlreadyThere: the change would take a unique index's key.
            Unsure: no answer came, so the change may have been made. The next try may find that it no longer fits.
        """
        ...

    async def update_many(self, where: Filter, change: Change) -> int:
        """Change every document that fits; returns how many fitted.

        The change may be broken off half-way, and is then made again: it has only `$set`, `$unset`, `$min` and `$max`, of fields
        of the top level that are in no unique index.
        """
        ...

    async def delete(self, where: Filter) -> int:
        """Remove every document that fits; returns how many."""
        ...


class Database(Protocol):
    """A set of collections in one place."""

    def collection(self, name: str) -> Collection:
        """The collection of that name; it need not exist yet."""
        ...

    async def prepare(self) -> None:
        """Make what `persistence.indexes` asks for. Repeatable, and safe while another process runs."""
        ...

    async def ping(self) -> str:
        """What answers, in words, for `elevate check`. Raises `StoreDown` where nothing does."""
        ...

    async def sweep(self, now: datetime) -> int:
        """Remove what has outlived a TTL index, where the database does not do so itself; returns how many."""
        ...

    async def close(self) -> None:
        """Let go of files and connections."""
        ...
