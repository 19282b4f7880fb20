"""One collection of the embedded record: each operation of the port is one statement on one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.errors import AlreadyThere
from persistence.documents import Change, Document, Filter, Sort, Value
from persistence.embedded_changes import begun
from persistence.embedded_filters import Asked, Filters, Plain
from persistence.embedded_json import decode_document, encode, escape, from_comparable
from persistence.embedded_projection import projecting
from persistence.embedded_setting import changing
from persistence.embedded_sql import Writer, member
from persistence.embedded_wire import ONE_ROW, Glance, Row, Wire
from persistence.indexes import Index, shape_of
from persistence.language import Query, read_after, read_document, read_fields, read_filter, read_group, read_limit, read_sort
from persistence.language_changes import Step, read_change, read_change_of_many, read_change_with_upsert
from persistence.language_values import path, refuse


class EmbeddedCollection:
    """One collection of documents, in one table."""

    def __init__(self, name: str, indexes: tuple[Index, ...], writer: Wire, reader: Wire, glance: Glance) -> None:
        self.name = name
        self._shape = shape_of(indexes)
        self._sql = Writer(name, indexes)
        self._table = self._sql.table
        self._select = f"SELECT document FROM {self._table} WHERE"
        self._filters = Filters(self._sql, indexes)
        self._orders: dict[Sort, tuple[tuple[tuple[str, int], ...], str]] = {}
        self._writer = writer
        self._reader = reader
        self._glance = glance

    async def find_one(self, where: Filter) -> Document | None:
        """See `documents.Collection`."""
        asked = self._filters.read(where)
        if asked.names_one:
            row = self._glance.at(f"{self._select} {asked.sql}", asked.values)
            return None if row is None else _document(row)
        rows = await self._reader.ask(f"{self._select} {asked.sql} ORDER BY _id LIMIT 1", asked.values)
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
        sql, values = self._finding(where, sort, limit, after)
        kept = read_fields(fields)
        read = decode_document if kept is None else projecting(kept)
        return [read(_text(row)) for row in await self._reader.ask(sql, values)]

    async def count(self, where: Filter) -> int:
        """See `documents.Collection`."""
        asked = self._filters.read(where)
        rows = await self._reader.ask(f"SELECT count(*) FROM {self._table} WHERE {asked.sql}", asked.values)
        return whole_number(rows[0][0])

    async def group_count(self, where: Filter, by: str) -> dict[Value, int]:
        """See `documents.Collection`."""
        at = member(path(by))
        asked = self._filters.read(where)
        rows = await self._reader.ask(
            f"SELECT json_extract(document,{at}), json_type(document,{at}), count(*) "
            f"FROM {self._table} WHERE {asked.sql} GROUP BY 1, 2",
            asked.values,
        )
        counts: dict[Value, int] = {}
        for value, kind, count in rows:
            group = read_group(from_comparable(value, None if kind is None else str(kind)))
            counts[group] = counts.get(group, 0) + whole_number(count)
        return counts

    async def insert(self, document: Mapping[str, Value]) -> None:
        """See `documents.Collection`."""
        await self._add(read_document(document, self._shape))

    async def update(self, where: Filter, change: Change, *, upsert: bool = False) -> Document | None:
        """See `documents.Collection`."""
        asked = self._filters.read(where)
        if not upsert:
            return await self._update(asked, read_change(change, self._shape))
        query = read_filter(where)
        steps = read_change_with_upsert(change, query, self._shape)
        document = await self._update(asked, steps)
        if document is not None:
            return document
        fresh = read_document(begun(query.equalities(), steps), self._shape)
        try:
            await self._add(fresh)
        except AlreadyThere:  # someone else's came between, and may fit now
            document = await self._update(asked, steps)
            if document is None:
                raise
            return document
        return fresh

    async def update_many(self, where: Filter, change: Change) -> int:
        """See `documents.Collection`."""
        asked = self._filters.read(where)
        after = changing(read_change_of_many(change, self._shape))
        rows = await self._writer.ask(
            f"UPDATE {self._table} SET document = {after.sql} WHERE {asked.sql} RETURNING 1",
            [*after.values, *asked.values],
        )
        return len(rows)

    async def delete(self, where: Filter) -> int:
        """See `documents.Collection`."""
        asked = self._filters.read(where)
        rows = await self._writer.ask(f"DELETE FROM {self._table} WHERE {asked.sql} RETURNING 1", asked.values)
        return len(rows)

    async def explain(self, where: Filter, sort: Sort = ()) -> list[str]:
        """SQLite's plan for `find`, a line a step, for `elevate db` and for the test that fails on a scan.

        A line that begins with SEARCH uses an index; one that begins with SCAN reads the whole collection.
        """
        sql, values = self._finding(where, sort, None, None)
        rows = await self._reader.ask(f"EXPLAIN QUERY PLAN {sql}", values)
        return [str(row[3]) for row in rows if not str(row[3]).startswith("SCAN json_each")]  # which is what was asked

    def _finding(
        self, where: Filter, sort: Sort, limit: int | None, after: Sequence[Value] | None
    ) -> tuple[str, Sequence[Plain]]:
        order, ordered = self._order(tuple(sort))
        if after is None:
            asked = self._filters.read(where)
        else:
            query = read_filter(where)
            asked = self._filters.written(Query(query.every, (*query.groups, read_after(after, order))))
        most = read_limit(limit)
        sql = f"{self._select} {asked.sql} ORDER BY {ordered}"
        return sql if most is None else f"{sql} LIMIT {most}", asked.values

    def _order(self, sort: tuple[tuple[str, int], ...]) -> tuple[tuple[tuple[str, int], ...], str]:
        """The whole sort, and what follows ORDER BY."""
        known = self._orders.get(sort)
        if known is None:
            order = read_sort(sort, self._shape)
            known = self._orders[sort] = (order, self._sql.order(order))  # few: there are only so many fields to sort by
        return known

    async def _add(self, document: Document) -> None:
        await self._writer.ask(
            f"INSERT INTO {self._table} (_id, document) {ONE_ROW}",
            [escape(str(document["_id"])), encode(document)],
        )

    async def _update(self, asked: Asked, steps: Sequence[Step]) -> Document | None:
        after, table = changing(steps), self._table
        rows = await self._writer.ask(
            f"UPDATE {table} SET document = {after.sql} WHERE _id = "
            f"(SELECT _id FROM {table} WHERE {asked.sql} ORDER BY _id LIMIT 1) RETURNING document",
            [*after.values, *asked.values],
        )
        return _document(rows[0]) if rows else None


def _document(row: Row) -> Document:
    return decode_document(_text(row))


def _text(row: Row) -> str:
    text = row[0]
    return text if isinstance(text, str) else refuse("A row without a document.")


def whole_number(value: object) -> int:
    """A number that SQLite counted."""
    return value if isinstance(value, int) else refuse("A count that is no number.")
