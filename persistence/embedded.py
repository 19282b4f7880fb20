"""The port on SQLite: one file in the data folder, for a machine that has no MongoDB.

Each operation is one statement that SQLite carries out whole or not at all, and every write is on the disk (WAL,
`synchronous=FULL`) before it is acknowledged; writes of the same moment go there together. One connection writes, the others
only read. A caller who is cancelled leaves no transaction behind; as with MongoDB, what was sent may still be done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path

from core.errors import AlreadyThere, OutsideTheLanguage, StoreTrouble
from persistence.embedded_collection import EmbeddedCollection, whole_number
from persistence.embedded_folder import claim
from persistence.embedded_json import comparable
from persistence.embedded_tables import expiring, fill, tables, wanted
from persistence.embedded_wire import Glance, Wire, connected, glancing
from persistence.indexes import INDEXES, Index

CACHE_KIB = 1_000
"""Of pages that a connection may keep in memory: the inner pages of 250,000 documents. The system keeps the rest."""
LOG_PAGES = 4000
"""Of the write-ahead log, 4 KiB each, before they are moved into the file: seldom enough that claims stay flat in it."""
FORMAT = 1
"""Of the tables; kept in the file as `user_version`, so that an older program does not write into a newer record."""


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
        self._collections: dict[str, EmbeddedCollection] = {}

    def collection(self, name: str) -> EmbeddedCollection:
        """See `documents.Database`. Raises `OutsideTheLanguage` for a name that is not in the table of indexes."""
        if name not in self._indexes:
            raise OutsideTheLanguage(f"There is no collection {name}.")
        found = self._collections.get(name)
        if found is None:
            found = EmbeddedCollection(name, self._indexes[name], self._writer, self._reader, self._glance)
            self._collections[name] = found  # all who ask for it share what it has learnt of their filters
        return found

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
        async with connected(self._writer.record, writes=False) as wire:  # the transaction is our own
            await wire.ask("BEGIN IMMEDIATE")  # closing the connection takes back what was not committed
            for kind, name in sorted(stale, key=lambda each: each[0] == "table"):
                await wire.ask(f'DROP {kind} IF EXISTS "{name}"')
            lost = {f"{name}.owner" for kind, name in stale if kind == "table"}  # an index goes with its table
            made = [name for name in asked if name in fresh or name in lost]
            await asyncio.gather(*(self._make(wire, name, asked[name], fills.get(name)) for name in made))  # in this order
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
        await writer.ask("PRAGMA secure_delete = ON")  # what a person has erased is overwritten, not only let go of
        await writer.ask(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        await writer.ask(f"PRAGMA cache_size = -{CACHE_KIB}")
        rows = await writer.ask("PRAGMA user_version")
        if whole_number(rows[0][0]) > FORMAT:
            raise StoreTrouble(f"The record {folder.record} was written by a newer Elevate. Install that one.")
        await writer.ask("PRAGMA synchronous = NORMAL")  # empty tables can be made again
        await asyncio.gather(*map(writer.ask, tables(indexes)))
        await writer.ask(f"PRAGMA user_version = {FORMAT}")
        await writer.ask("PRAGMA synchronous = FULL")
        reader = await stack.enter_async_context(connected(folder.record, writes=False))
        await reader.ask("PRAGMA query_only = ON")
        await reader.ask(f"PRAGMA cache_size = -{CACHE_KIB}")
        glance = stack.enter_context(glancing(folder.record))
        return EmbeddedDatabase(indexes, writer, reader, glance, stack.pop_all())
