"""The port on MongoDB, through Motor: the only file that knows it.

Of Motor, only calls that `pymongo.AsyncMongoClient` has too are used (`docs/decisions/0002-motor-in-one-file.md`); on the
day of the change, `aggregate` and `close` are awaited, and the rest stays as it is.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorCollection, AsyncIOMotorDatabase
from pymongo import IndexModel, ReturnDocument
from pymongo.errors import ConfigurationError, DuplicateKeyError, OperationFailure

from core.errors import AlreadyThere, OutsideTheLanguage, StoreTrouble, Unsure
from persistence.documents import Change, Document, Filter, Sort, Value
from persistence.indexes import INDEXES, Index, shape_of
from persistence.language import Query, read_after, read_document, read_fields, read_filter, read_group, read_limit, read_sort
from persistence.language_changes import read_change, read_change_of_many, read_change_with_upsert
from persistence.language_values import path, refuse
from persistence.mongo_errors import translated
from persistence.mongo_language import change_of, differs, filter_of, options, plan_lines
from persistence.validators import validator

log = logging.getLogger(__name__)

NO_VALIDATORS: Mapping[str, object] = MappingProxyType({})

# https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml
_EXISTS = 48  # NamespaceExists
_UNKNOWN = {59, 72, 115, 238}  # CommandNotFound, InvalidOptions, CommandNotSupported, NotImplemented


class MongoCollection:
    """One collection of documents."""

    def __init__(
        self,
        name: str,
        indexes: tuple[Index, ...],
        collection: AsyncIOMotorCollection[Document],
        database: AsyncIOMotorDatabase[Document],
    ) -> None:
        self.name = name
        self._shape = shape_of(indexes)
        self._collection = collection
        self._database = database

    async def find_one(self, where: Filter) -> Document | None:
        """See `documents.Collection`."""
        query = read_filter(where)
        with translated():
            return await self._collection.find_one(filter_of(query), sort=_lowest(query))

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
        query, order = read_filter(where), read_sort(sort, self._shape)
        if after is not None:
            query = Query(query.every, (*query.groups, read_after(after, order)))
        kept, most = read_fields(fields), read_limit(limit)
        cursor = self._collection.find(
            filter_of(query),
            None if kept is None else dict.fromkeys(kept, 1),
            sort=list(order),
            limit=most or 0,
        )
        with translated():
            return await cursor.to_list(None)

    async def count(self, where: Filter) -> int:
        """See `documents.Collection`."""
        query = read_filter(where)
        with translated():
            return await self._collection.count_documents(filter_of(query))

    async def group_count(self, where: Filter, by: str) -> dict[Value, int]:
        """See `documents.Collection`."""
        pipeline = [
            {"$match": filter_of(read_filter(where))},
            {"$group": {"_id": f"${path(by)}", "count": {"$sum": 1}}},
        ]
        with translated():
            rows = await self._collection.aggregate(pipeline).to_list(None)
        counts: dict[Value, int] = {}
        for row in rows:
            group = read_group(row["_id"])
            counts[group] = counts.get(group, 0) + _number(row["count"])
        return counts

    async def insert(self, document: Mapping[str, Value]) -> None:
        """See `documents.Collection`.

        Where the connection broke off in the middle it is sent once more; that it is there already is then a success, if
        the document is this one.
        """
        clean = read_document(document, self._shape)
        try:
            await self._insert(clean)
        except Unsure:
            try:
                await self._insert(clean)
            except AlreadyThere:
                if await self.find_one({"_id": clean["_id"]}) != clean:
                    raise

    async def update(self, where: Filter, change: Change, *, upsert: bool = False) -> Document | None:
        """See `documents.Collection`. Raises `Unsure` where the connection broke off: the change may have been made."""
        query = read_filter(where)
        if not upsert:
            return await self._update(query, change_of(read_change(change, self._shape)), upsert=False)
        update = change_of(read_change_with_upsert(change, query, self._shape))
        try:
            return await self._update(query, update, upsert=True)
        except AlreadyThere:  # someone else's came between, and may fit now
            return await self._update(query, update, upsert=True)

    async def update_many(self, where: Filter, change: Change) -> int:
        """See `documents.Collection`."""
        query = read_filter(where)
        update = change_of(read_change_of_many(change, self._shape))
        with translated(changing=True):
            return (await self._collection.update_many(filter_of(query), update)).matched_count

    async def delete(self, where: Filter) -> int:
        """See `documents.Collection`."""
        query = read_filter(where)
        with translated(changing=True):
            return (await self._collection.delete_many(filter_of(query))).deleted_count

    async def explain(self, where: Filter, sort: Sort = ()) -> list[str]:
        """MongoDB's plan for `find`, a line a stage, for `elevate db` and for the test that fails on a scan.

        A line that begins with COLLSCAN reads the whole collection.
        """
        order = read_sort(sort, self._shape)
        asked = {"find": self.name, "filter": filter_of(read_filter(where)), "sort": dict(order)}
        with translated():
            answer = await self._database.command("explain", asked, verbosity="queryPlanner")
        return list(plan_lines(answer["queryPlanner"]["winningPlan"]))

    async def _insert(self, document: Document) -> None:
        with translated(changing=True):
            await self._collection.insert_one(document)

    async def _update(self, query: Query, update: dict[str, Any], *, upsert: bool) -> Document | None:
        with translated(changing=True):
            found: Document | None = await self._collection.find_one_and_update(
                filter_of(query),
                update,
                sort=_lowest(query),
                upsert=upsert,
                return_document=ReturnDocument.AFTER,
            )
        return found


class MongoDatabase:
    """The collections of one MongoDB database."""

    def __init__(
        self,
        client: AsyncIOMotorClient[Document],
        database: AsyncIOMotorDatabase[Document],
        indexes: Mapping[str, tuple[Index, ...]],
        validators: Mapping[str, object],
    ) -> None:
        self._client = client
        self._database = database
        self._indexes = indexes
        self._validators = validators

    def collection(self, name: str) -> MongoCollection:
        """See `documents.Database`. Raises `OutsideTheLanguage` for a name that is not in the table of indexes."""
        if name not in self._indexes:
            raise OutsideTheLanguage(f"There is no collection {name}.")
        return MongoCollection(name, self._indexes[name], self._database[name], self._database)

    async def prepare(self) -> None:
        """See `documents.Database`. Validators are left out, with a line in the log, where the server has none."""
        for name, indexes in self._indexes.items():
            with translated(changing=True):
                await self._index(name, indexes)
        with translated(changing=True):
            await self._validate()

    async def ping(self) -> str:
        """See `documents.Database`."""
        with translated():
            answer = await self._database.command("buildInfo")
        return f"MongoDB {answer['version']}, database {self._database.name}"

    async def sweep(self, now: datetime) -> int:
        """See `documents.Database`. MongoDB sweeps by itself, so this is always 0."""
        return 0

    async def close(self) -> None:
        """See `documents.Database`."""
        await asyncio.to_thread(self._client.close)  # which says goodbye to the server, and waits for it

    async def drop(self) -> None:
        """Remove the whole database: for tests, which make one each."""
        with translated(changing=True):
            await self._client.drop_database(self._database.name)

    async def _index(self, name: str, indexes: tuple[Index, ...]) -> None:
        if not indexes:
            return
        collection = self._database[name]
        there = await collection.index_information()
        for each in indexes:
            if each.name in there and differs(each, there[each.name]):
                await collection.drop_index(each.name)
        try:
            await collection.create_indexes([IndexModel(list(each.keys), **options(each)) for each in indexes])
        except DuplicateKeyError as error:
            raise StoreTrouble(f"An index of {name} cannot be made: two documents would share its unique key.") from error

    async def _validate(self) -> None:
        for name, model in self._validators.items():
            rule = {"$jsonSchema": validator(model)}
            try:
                await self._make(name)
                await self._database.command(
                    "collMod", name, validator=rule, validationLevel="moderate", validationAction="error"
                )
            except OperationFailure as error:
                if error.code not in _UNKNOWN:
                    raise
                log.warning("validator left out", extra={"collection": name, "code": error.code})

    async def _make(self, name: str) -> None:
        try:
            await self._database.create_collection(name, check_exists=False)
        except OperationFailure as error:
            if error.code != _EXISTS:
                raise


async def open_mongo(
    uri: str,
    *,
    indexes: Mapping[str, tuple[Index, ...]] = INDEXES,
    validators: Mapping[str, object] = NO_VALIDATORS,
    database: str = "elevate",
    selection_seconds: float = 5,
) -> MongoDatabase:
    """The database that the address names, or else `database`. Nothing is sent yet: `ping` tells whether it answers.

    `validators` holds, for collections, the type (a pydantic model or a union of some) that its documents have.

    Raises:
        StoreTrouble: the address is not one.
    """
    milliseconds = int(selection_seconds * 1000)
    try:
        client: AsyncIOMotorClient[Document] = AsyncIOMotorClient(
            uri,
            appname="elevate",
            connectTimeoutMS=milliseconds,
            document_class=dict,
            serverSelectionTimeoutMS=milliseconds,
            socketTimeoutMS=30_000,
            tz_aware=True,
            tzinfo=UTC,
            uuidRepresentation="standard",
            w="majority",
        )
        chosen = client.get_default_database(database)
    except (ConfigurationError, ValueError) as error:  # whose words may hold the password
        raise StoreTrouble(
            "ELEVATE_MONGODB_URI is no address of a MongoDB. It looks like mongodb://user:password@host:27017/elevate"
        ) from error
    return MongoDatabase(client, chosen, indexes, validators)


def _number(value: Value) -> int:
    return value if isinstance(value, int) else refuse("A count that is no number.")


def _lowest(query: Query) -> list[tuple[str, int]] | None:
    """The sort that makes the lowest `_id` the one; none is needed where there is only one."""
    return None if "_id" in query.equalities() else [("_id", 1)]
