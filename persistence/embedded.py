"""The port on SQLite: one file in the data folder, for a machine that has no MongoDB.

Each operation is one statement that SQLite carries out whole or not at all, and every write is on the disk (WAL,
`synchronous=FULL`) before it is acknowledged. One connection writes, the others only read. A caller who is cancelled
leaves no transaction behind; as with MongoDB, what was sent may still be done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path

from core.errors import AlreadyThere, OutsideTheLanguage, StoreTrouble
from persistence.documents import Change, Document, Filter, Sort, Value
from persistence.embedded_changes import begun
from persistence.embedded_folder import claim
from persistence.embedded_functions import written
from persistence.embedded_json import comparable, decode_document, encode, escape, from_comparable
from persistence.embedded_projection import projected
from persistence.embedded_sql import Clause, Writer, member
from persistence.embedded_tables import expiring, fill, tables, wanted
from persistence.embedded_wire import Glance, Row, Wire, connected, glancing
from persistence.indexes import INDEXES, Index, shape_of
from persistence.language import (
    Query,
    read_after,
    read_document,
    read_fields,
    read_filter,
    read_group,
    read_limit,
    read_sort,
)
from persistence.language_changes import Step, read_change, read_change_of_many, read_change_with_upsert
from persistence.language_values import path, refuse

CACHE_KIB = 16_000
"""Of pages that a connection may keep in memory: room for the inner pages of a million documents."""
LOG_PAGES = 4000
"""Of the write-ahead log, 4 KiB each, before they are moved into the file: seldom enough that claims stay flat in it."""
FORMAT = 1
"""Of the tables; kept in the file as `user_version`, so that an older program does not write into a newer record."""


class EmbeddedCollection:
    """One collection of documents, in one table."""

    def __init__(self, name: str, indexes: tuple[Index, ...], writer: Wire, reader: Wire, glance: Glance) -> None:
        self.name = name
        self._shape = shape_of(indexes)
        self._sql = Writer(name, indexes)
        self._writer = writer
        self._reader = reader
        self._glance = glance

    async def find_one(self, where: Filter) -> Document | None:
        """See `documents.Collection`."""
        query = read_filter(where)
        clause = self._sql.where(query)
        if "_id" in query.equalities():
            row = self._glance.at(self._select(clause), clause.values)
            return None if row is None else _document(row)
        rows = await self._reader.ask(f"{self._select(clause)} ORDER BY _id LIMIT 1", clause.values)
        return _document(rows[0]) if rows else None

    async def find(
        self,
        where: Filter,
        *,
        sort: Sort = (),
        limit: int | None = None,
        after: Sequence[Value] | None = None,
        fields: Sequence[str] | None = None,
    ) -> list[Document]:
        """See `documents.Collection`."""
        clause = self._finding(where, sort, limit, after)
        kept = read_fields(fields)
        documents = [_document(row) for row in await self._reader.ask(clause.sql, clause.values)]
        return documents if kept is None else [projected(each, kept) for each in documents]

    async def count(self, where: Filter) -> int:
        """See `documents.Collection`."""
        clause = self._sql.where(read_filter(where))
        rows = await self._reader.ask(f"SELECT count(*) FROM {self._sql.table} WHERE {clause.sql}", clause.values)
        return _number(rows[0][0])

    async def group_count(self, where: Filter, by: str) -> dict[Value, int]:
        """See `documents.Collection`."""
        at = member(path(by))
        clause = self._sql.where(read_filter(where))
        rows = await self._reader.ask(
            f"SELECT json_extract(document,{at}), json_type(document,{at}), count(*) "
            f"FROM {self._sql.table} WHERE {clause.sql} GROUP BY 1, 2",
            clause.values,
        )
        counts: dict[Value, int] = {}
        for value, kind, count in rows:
            group = read_group(from_comparable(value, None if kind is None else str(kind)))
            counts[group] = counts.get(group, 0) + _number(count)
        return counts

    async def insert(self, document: Mapping[str, Value]) -> None:
        """See `documents.Collection`."""
        await self._add(read_document(document, self._shape))

    async def update(self, where: Filter, change: Change, *, upsert: bool = False) -> Document | None:
        """See `documents.Collection`."""
        query = read_filter(where)
        if not upsert:
            return await self._update(query, read_change(change, self._shape))
        steps = read_change_with_upsert(change, query, self._shape)
        document = await self._update(query, steps)
        if document is not None:
            return document
        fresh = read_document(begun(query.equalities(), steps), self._shape)
        try:
            await self._add(fresh)
        except AlreadyThere:  # someone else's came between, and may fit now
            document = await self._update(query, steps)
            if document is None:
                raise
            return document
        return fresh

    async def update_many(self, where: Filter, change: Change) -> int:
        """See `documents.Collection`."""
        clause = self._sql.where(read_filter(where))
        steps = read_change_of_many(change, self._shape)
        rows = await self._writer.ask(
            f"UPDATE {self._sql.table} SET document = change(document, ?) WHERE {clause.sql} RETURNING 1",
            [written(steps), *clause.values],
        )
        return len(rows)

    async def delete(self, where: Filter) -> int:
        """See `documents.Collection`."""
        clause = self._sql.where(read_filter(where))
        rows = await self._writer.ask(f"DELETE FROM {self._sql.table} WHERE {clause.sql} RETURNING 1", clause.values)
        return len(rows)

    async def explain(self, where: Filter, sort: Sort = ()) -> list[str]:
        """SQLite's plan for `find`, a line a step, for `elevate db` and for the test that fails on a scan.

        A line that begins with SEARCH uses an index; one that begins with SCAN reads the whole collection.
        """
        clause = self._finding(where, sort, None, None)
        rows = await self._reader.ask(f"EXPLAIN QUERY PLAN {clause.sql}", clause.values)
        return [str(row[3]) for row in rows if not str(row[3]).startswith("SCAN json_each")]  # which is what was asked

    def _finding(self, where: Filter, sort: Sort, limit: int | None, after: Sequence[Value] | None) -> Clause:
        query, order = read_filter(where), read_sort(sort, self._shape)
        if after is not None:
            query = Query(query.every, (*query.groups, read_after(after, order)))
        clause = self._sql.where(query)
        sql = f"{self._select(clause)} ORDER BY {self._sql.order(order)}"
        most = read_limit(limit)
        return Clause(sql if most is None else f"{sql} LIMIT {most}", clause.values)

    def _select(self, clause: Clause) -> str:
        return f"SELECT document FROM {self._sql.table} WHERE {clause.sql}"

    async def _add(self, document: Document) -> None:
        await self._writer.ask(
            f"INSERT INTO {self._sql.table} (_id, document) VALUES (?, ?)",
            [escape(str(document["_id"])), encode(document)],
        )

    async def _update(self, query: Query, steps: Sequence[Step]) -> Document | None:
        clause = self._sql.where(query)
        table = self._sql.table
        rows = await self._writer.ask(
            f"UPDATE {table} SET document = change(document, ?) WHERE _id = "
            f"(SELECT _id FROM {table} WHERE {clause.sql} ORDER BY _id LIMIT 1) RETURNING document",
            [written(steps), *clause.values],
        )
        return _document(rows[0]) if rows else None


class EmbeddedDatabase:
    """The collections of one data folder."""

    def __init__(
        self,
        indexes: Mapping[str, tuple[Index, ...]],
        writer: Wire,
        reader: Wire,
        glance: Glance,
        open_things: AsyncExitStack,
    ) -> None:
        self._indexes = indexes
        self._writer = writer
        self._reader = reader
        self._glance = glance
        self._open_things = open_things

    def collection(self, name: str) -> EmbeddedCollection:
        """See `documents.Database`. Raises `OutsideTheLanguage` for a name that is not in the table of indexes."""
        if name not in self._indexes:
            raise OutsideTheLanguage(f"There is no collection {name}.")
        return EmbeddedCollection(name, self._indexes[name], self._writer, self._reader, self._glance)

    async def prepare(self) -> None:
        """See `documents.Database`. All of it happens, or nothing; what is there already is left alone."""
        asked = wanted(self._indexes)
        rows = await self._reader.ask("SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL")
        there = {str(name): (str(kind), str(sql)) for name, kind, sql in rows if name not in self._indexes}
        stale = [(kind, name) for name, (kind, sql) in there.items() if asked.get(name) != sql]
        fresh = [name for name, sql in asked.items() if name not in there or there[name][1] != sql]
        if not stale and not fresh:
            return
        fills = fill(self._indexes)
        async with connected(self._writer.record) as wire:
            await wire.ask("BEGIN IMMEDIATE")  # closing the connection takes back what was not committed
            for kind, name in sorted(stale, key=lambda each: each[0] == "table"):
                await wire.ask(f'DROP {kind} IF EXISTS "{name}"')
            lost = {f"{name}.owner" for kind, name in stale if kind == "table"}  # an index goes with its table
            for name in asked:
                if name in fresh or name in lost:
                    await self._make(wire, name, asked[name], fills.get(name))
            await wire.ask("COMMIT")
        await self._reader.ask("SELECT count(*) FROM sqlite_master")  # or else `explain` would know nothing of it yet

    async def _make(self, wire: Wire, name: str, sql: str, filling: str | None) -> None:
        try:
            await wire.ask(sql)
            if filling is not None:
                await wire.ask(filling)
        except AlreadyThere as error:
            raise StoreTrouble(f"The index {name} cannot be made: two documents would share its key.") from error

    async def ping(self) -> str:
        """See `documents.Database`."""
        rows = await self._reader.ask("SELECT sqlite_version()")
        return f"SQLite {rows[0][0]} in {self._reader.record}"

    async def sweep(self, now: datetime) -> int:
        """See `documents.Database`."""
        gone = 0
        for sql, seconds in expiring(self._indexes):
            latest = comparable(now - timedelta(seconds=seconds))
            gone += len(await self._writer.ask(f"{sql} RETURNING 1", [latest]))
        return gone

    async def close(self) -> None:
        """See `documents.Database`. What was sent before is carried out first."""
        self._writer.open = self._reader.open = self._glance.open = False
        await self._open_things.aclose()


async def open_embedded(data_dir: Path, *, indexes: Mapping[str, tuple[Index, ...]] = INDEXES) -> EmbeddedDatabase:
    """The record in this folder, which is made where it is not there, and held until `close`.

    Raises:
        StoreInUse: another process holds the folder.
        StoreFull: the disk is full.
        StoreTrouble: the folder cannot be written, or the record is damaged or of a newer Elevate.
    """
    async with AsyncExitStack() as stack:
        folder = claim(data_dir)
        stack.callback(folder.release)
        writer = await stack.enter_async_context(connected(folder.record))
        await writer.ask("PRAGMA journal_mode = WAL")
        await writer.ask(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        await writer.ask(f"PRAGMA cache_size = -{CACHE_KIB}")
        rows = await writer.ask("PRAGMA user_version")
        if _number(rows[0][0]) > FORMAT:
            raise StoreTrouble(f"The record {folder.record} was written by a newer Elevate. Install that one.")
        await writer.ask("PRAGMA synchronous = NORMAL")  # empty tables can be made again
        for sql in tables(indexes):
            await writer.ask(sql)
        await writer.ask(f"PRAGMA user_version = {FORMAT}")
        await writer.ask("PRAGMA synchronous = FULL")
        reader = await stack.enter_async_context(connected(folder.record))
        await reader.ask("PRAGMA query_only = ON")
        await reader.ask(f"PRAGMA cache_size = -{CACHE_KIB}")
        glance = stack.enter_context(glancing(folder.record))
        return EmbeddedDatabase(indexes, writer, reader, glance, stack.pop_all())


def _document(row: Row) -> Document:
    text = row[0]
    return decode_document(text) if isinstance(text, str) else refuse("A row without a document.")


def _number(value: object) -> int:
    return value if isinstance(value, int) else refuse("A count that is no number.")
