"""Connections to the embedded record: two on threads of their own (aiosqlite), and one for a glance at a single document."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TypeAlias

import aiosqlite

from core.errors import StoreDown
from persistence.embedded_errors import translated
from persistence.embedded_functions import change, fits

Row: TypeAlias = Sequence[str | int | float | None]
Values: TypeAlias = Sequence[str | int | float | None]


class Wire:
    """A connection on a thread of its own. Every statement commits itself, and our errors come instead of SQLite's."""

    def __init__(self, connection: aiosqlite.Connection, record: Path) -> None:
        self._connection = connection
        self.record = record
        self.open = True

    async def ask(self, sql: str, values: Values = ()) -> list[Row]:
        """One statement carried out to its end, in one go on SQLite's thread, and its rows."""
        if not self.open:
            raise StoreDown("The record is closed.")
        try:
            return [tuple(row) for row in await self._connection.execute_fetchall(sql, values)]
        except sqlite3.Error as error:
            raise translated(error, self.record) from error


class Glance:
    """A connection on the caller's own thread, for a look at one document by its `_id`.

    That takes some ten microseconds, a tenth of what it takes to wake another thread, and in WAL mode it waits for no
    writer.
    """

    def __init__(self, connection: sqlite3.Connection, record: Path) -> None:
        self._connection = connection
        self._record = record
        self.open = True

    def at(self, sql: str, values: Values) -> Row | None:
        """The first row, or None."""
        if not self.open:
            raise StoreDown("The record is closed.")
        try:
            row: Row | None = self._connection.execute(sql, values).fetchone()
        except sqlite3.Error as error:
            raise translated(error, self._record) from error
        return row


@asynccontextmanager
async def connected(record: Path) -> AsyncIterator[Wire]:
    """A connection that lasts as long as the block."""
    connection = await _opened(record)
    try:
        await connection.create_function("fits", 2, fits, deterministic=True)
        await connection.create_function("change", 2, change, deterministic=True)
        yield Wire(connection, record)
    finally:
        await connection.close()


async def _opened(record: Path) -> aiosqlite.Connection:
    """A connection that nobody is left to close is closed here: its thread opens it, whoever has gone away meanwhile."""
    opening = asyncio.ensure_future(_connect(record))
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        await (await opening).close()
        raise
    except sqlite3.Error as error:
        raise translated(error, record) from error


async def _connect(record: Path) -> aiosqlite.Connection:
    return await aiosqlite.connect(record, timeout=60, isolation_level=None, cached_statements=512)


@contextmanager
def glancing(record: Path) -> Iterator[Glance]:
    """A connection for glances that lasts as long as the block."""
    connection = sqlite3.connect(record, timeout=1, isolation_level=None, cached_statements=512, check_same_thread=False)
    try:
        connection.create_function("fits", 2, fits, deterministic=True)
        connection.execute("PRAGMA query_only = ON")
        yield Glance(connection, record)
    except sqlite3.Error as error:
        raise translated(error, record) from error
    finally:
        connection.close()
