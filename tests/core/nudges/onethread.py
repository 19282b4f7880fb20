"""The embedded record on the test's own thread: the same statements on the same tables, without waking another for each.

A busy machine takes milliseconds for such a wake. What is written is not forced onto the disk: nothing pulls the plug here.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path

from persistence.embedded import EmbeddedDatabase, open_embedded
from persistence.embedded_errors import translated
from persistence.embedded_functions import change, fits
from persistence.embedded_wire import Row, Values, Wire, glancing
from persistence.indexes import INDEXES

MIXED = 3
"""At every third statement somebody else goes first: a prime, so that it is not always at the same step of what is done."""


class Here(Wire):
    """A connection on the caller's thread."""

    def __init__(self, connection: sqlite3.Connection, record: Path) -> None:
        self._here = connection
        self.record = record
        self.open = True
        self._asked = 0

    async def ask(self, sql: str, values: Values = ()) -> list[Row]:
        self._asked += 1
        if self._asked % MIXED == 0:
            await asyncio.sleep(0)  # whoever else asks in this moment goes on in between
        try:
            return self._here.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise translated(error, self.record) from error

    async def close(self) -> None:
        self.open = False


@asynccontextmanager
async def on_one_thread(folder: Path) -> AsyncIterator[EmbeddedDatabase]:
    """A record in this folder, until the end of the block."""
    made = await open_embedded(folder)
    await made.prepare()
    await made.close()
    async with AsyncExitStack() as stack:
        file = folder / "elevate.db"
        connection = stack.enter_context(closing(sqlite3.connect(file, isolation_level=None, cached_statements=512)))
        connection.create_function("fits", 2, fits, deterministic=True)
        connection.create_function("change", 2, change, deterministic=True)
        connection.execute("PRAGMA synchronous = OFF")
        glance, wire = stack.enter_context(glancing(file)), Here(connection, file)
        yield EmbeddedDatabase(INDEXES, wire, wire, glance, stack)
