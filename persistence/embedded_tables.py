"""The tables, indexes and triggers of the embedded record, made from the table of indexes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from persistence.embedded_sql import elements, json_type, key, member, partial, quoted
from persistence.indexes import Index


def tables(indexes: Mapping[str, tuple[Index, ...]]) -> Iterator[str]:
    """A table for each collection: the `_id`, and the whole document as JSON text."""
    for collection in indexes:
        yield (f"CREATE TABLE IF NOT EXISTS {quoted(collection)} (_id TEXT PRIMARY KEY NOT NULL, document TEXT NOT NULL)")


def wanted(indexes: Mapping[str, tuple[Index, ...]]) -> dict[str, str]:
    """Everything beside the tables of documents: its name, and the SQL that makes it."""
    made: dict[str, str] = {}
    for collection, some in indexes.items():
        for index in some:
            if index.each:
                made.update(_element_table(collection, index))
            else:
                name = f"{collection}.{index.name}"
                made[name] = _index(collection, name, index)
    return made


def fill(indexes: Mapping[str, tuple[Index, ...]]) -> dict[str, str]:
    """For each table of elements, the SQL that fills it from the documents that are there already."""
    return {
        f"{collection}.{index.name}": (
            f"INSERT INTO {elements(collection, index)} (element, type, owner) "
            f"SELECT DISTINCT each.value, each.type, _id FROM {quoted(collection)}, "
            f"json_each(document, {member(index.fields[0])}) AS each WHERE {_counted(index)}"
        )
        for collection, some in indexes.items()
        for index in some
        if index.each
    }


def _index(collection: str, name: str, index: Index) -> str:
    columns = [f"{key(field)}{' DESC' if direction == -1 else ''}" for field, direction in index.keys]
    if not index.unique and "_id" not in index.fields:
        columns.append("_id")  # every sort ends with it
    return f"CREATE {'UNIQUE ' if index.unique else ''}INDEX {quoted(name)} ON {quoted(collection)} ({', '.join(columns)})" + (
        f" WHERE {partial(index)}" if index.where else ""
    )


def _element_table(collection: str, index: Index) -> dict[str, str]:
    """A row for each element of a list, kept in step by triggers, in the same statement that writes the document."""
    name, table, field = f"{collection}.{index.name}", elements(collection, index), index.fields[0]
    taken = "" if index.unique else ", owner"
    add = (
        f"INSERT INTO {table} (element, type, owner) SELECT DISTINCT each.value, each.type, new._id "
        f"FROM json_each(new.document, {member(field)}) AS each WHERE {_counted(index)};"
    )
    drop = f"DELETE FROM {table} WHERE owner = old._id;"
    new, old = (f"json_extract({side}.document, {member(field)})" for side in ("new", "old"))
    on = quoted(collection)
    return {
        name: (
            f"CREATE TABLE {table} (element, type TEXT NOT NULL, owner TEXT NOT NULL, "
            f"PRIMARY KEY (element, type{taken})) WITHOUT ROWID"
        ),
        f"{name}.owner": f"CREATE INDEX {quoted(name + '.owner')} ON {table} (owner)",
        f"{name}.insert": f"CREATE TRIGGER {quoted(name + '.insert')} AFTER INSERT ON {on} BEGIN {add} END",
        f"{name}.delete": f"CREATE TRIGGER {quoted(name + '.delete')} AFTER DELETE ON {on} BEGIN {drop} END",
        f"{name}.update": (
            f"CREATE TRIGGER {quoted(name + '.update')} AFTER UPDATE ON {on} WHEN {new} IS NOT {old} BEGIN {drop} {add} END"
        ),
    }


def _counted(index: Index) -> str:
    """Which elements are kept: never None, and with `OnlyText` only texts."""
    return "each.type = 'text'" if index.where else "each.type <> 'null'"


def expiring(indexes: Mapping[str, tuple[Index, ...]]) -> Iterator[tuple[str, int]]:
    """For each index that makes documents leave: the DELETE that takes the latest time to go, and the seconds they stay."""
    for collection, some in indexes.items():
        for index in some:
            if index.ttl_seconds is not None:
                name = index.fields[0]
                yield (
                    f"DELETE FROM {quoted(collection)} "
                    f"WHERE {key(name)} <= ? AND {key(name)} >= '' AND {json_type(name)} = 'object'",
                    index.ttl_seconds,
                )
