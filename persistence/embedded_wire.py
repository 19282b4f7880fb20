"""Connections to the embedded record: two on threads of their own, and one for a glance at a single document."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from core.errors import StoreDown
from persistence.embedded_errors import translated
from persistence.embedded_functions import change, fits

Row: TypeAlias = Sequence[str | int | float | None]
Values: TypeAlias = Sequence[str | int | float | None]
Outcome: TypeAlias = "list[Row] | sqlite3.Error"
_Asked: TypeAlias = "tuple[str, Values]"

ONE_ROW = "VALUES (?, ?)"
"""How a statement ends that adds one row and gives nothing back."""
ROWS_AT_ONCE = (8, 3, 1)
"""Few sizes: a connection remembers each statement that it was given."""
TOGETHER_AT_MOST = 200
"""Statements that share one write to the disk: the first of them is told of it no later than the last."""

GLANCE_KIB = 500
"""Of pages that the connection for glances may keep in memory."""


@dataclass(frozen=True, slots=True)
class _Statement:
    asked: _Asked
    told: asyncio.Future[Outcome]


class Wire:
    """A connection on a thread of its own. Every statement is carried out whole or not at all, and our errors come instead of
    SQLite's.

    What is asked while the thread is busy is carried out next, together: with one wake of the thread, and one write to the disk
    before all of it is acknowledged. A caller who goes away has the statement carried out all the same.
    """

    def __init__(self, connection: sqlite3.Connection, thread: ThreadPoolExecutor, record: Path, *, writes: bool) -> None:
        self._connection = connection
        self._thread = thread
        self.record = record
        self._carry_out = _written if writes else _one_by_one
        self.open = True
        self._waiting: list[_Statement] = []
        self._idle = asyncio.Event()
        self._idle.set()

    async def ask(self, sql: str, values: Values = ()) -> list[Row]:
        """One statement carried out to its end, and its rows."""
        if not self.open:
            raise StoreDown("The record is closed.")
        loop = asyncio.get_running_loop()
        statement = _Statement((sql, values), loop.create_future())
        self._waiting.append(statement)
        if self._idle.is_set():
            self._idle.clear()
            loop.call_soon(self._send)  # with whatever else is asked in this moment
        outcome = await statement.told
        if isinstance(outcome, sqlite3.Error):
            raise translated(outcome, self.record) from outcome
        return outcome

    async def close(self) -> None:
        """Take nothing more, and wait until all that was asked is carried out."""
        self.open = False
        await self._idle.wait()

    def _send(self) -> None:
        statements, self._waiting = self._waiting[:TOGETHER_AT_MOST], self._waiting[TOGETHER_AT_MOST:]
        if not statements:
            self._idle.set()
            return

        def back(carried: Future[list[Outcome]]) -> None:
            trouble = carried.exception()
            for number, each in enumerate(statements):
                if each.told.done():  # whoever asked has gone away
                    continue
                if trouble is None:
                    each.told.set_result(carried.result()[number])
                else:
                    each.told.set_exception(trouble)
            self._send()

        asked = [each.asked for each in statements]
        loop = asyncio.get_running_loop()
        carrying = self._thread.submit(self._carry_out, self._connection, asked)
        carrying.add_done_callback(lambda carried: loop.call_soon_threadsafe(back, carried))


def _written(connection: sqlite3.Connection, asked: Sequence[_Asked]) -> list[Outcome]:
    """What came of each statement; all of it is on the disk."""
    together = _in_one_transaction(connection, asked) if len(asked) > 1 else None
    return _one_by_one(connection, asked) if together is None else together


def _one_by_one(connection: sqlite3.Connection, asked: Sequence[_Asked]) -> list[Outcome]:
    return [_outcome(connection, *each) for each in asked]


def _in_one_transaction(connection: sqlite3.Connection, asked: Sequence[_Asked]) -> list[Outcome] | None:
    """What came of each; None where that cannot be, and nothing was done. A statement that breaks a rule of the tables is taken
    back alone."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        outcomes: list[Outcome] = [[] for _ in asked]
        for sql, numbers in _alike(asked):
            if len(numbers) > 1 and _added(connection, sql, [asked[each][1] for each in numbers]):
                continue
            for each in numbers:
                try:
                    outcomes[each] = connection.execute(sql, asked[each][1]).fetchall()
                except sqlite3.IntegrityError as error:
                    outcomes[each] = error
        connection.execute("COMMIT")
    except sqlite3.Error:
        return None
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return outcomes


def _alike(asked: Sequence[_Asked]) -> list[tuple[str, list[int]]]:
    """The places of the statements that add a row to one table, together; every other alone. All are of one moment, and whoever
    wants one after another waits for the first."""
    found: list[tuple[str, list[int]]] = []
    adding: dict[str, list[int]] = {}
    for number, (sql, _) in enumerate(asked):
        if sql in adding:
            adding[sql].append(number)
            continue
        found.append((sql, [number]))
        if sql.endswith(ONE_ROW):
            adding[sql] = found[-1][1]
    return found


def _added(connection: sqlite3.Connection, sql: str, rows: Sequence[Values]) -> bool:
    """Add rows, several in one statement: each statement needs the interpreter's lock several times, for which the loop is
    waited for. False, and nothing was added, where one of them breaks a rule of the tables."""
    connection.execute("SAVEPOINT added")
    try:
        at = 0
        for count in ROWS_AT_ONCE:
            more = sql + f", {ONE_ROW.removeprefix('VALUES ')}" * (count - 1)
            while len(rows) - at >= count:
                connection.execute(more, [each for row in rows[at : at + count] for each in row])
                at += count
    except sqlite3.IntegrityError:
        connection.execute("ROLLBACK TO added")
        return False
    finally:
        connection.execute("RELEASE added")
    return True


def _outcome(connection: sqlite3.Connection, sql: str, values: Values) -> Outcome:
    try:
        return connection.execute(sql, values).fetchall()
    except sqlite3.Error as error:
        return error


class Glance:
    """A connection on the caller's own thread, for a look at one document by its `_id` or by a unique key.

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
async def connected(record: Path, *, writes: bool = True) -> AsyncIterator[Wire]:
    """A connection that lasts as long as the block, and carries out before its end what was asked. One that only reads needs no
    transactions for what it does together."""
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="record")
    opening = thread.submit(_connect, record)
    try:
        try:
            connection = await asyncio.wrap_future(opening)
        except sqlite3.Error as error:
            raise translated(error, record) from error
        wire = Wire(connection, thread, record, writes=writes)
        try:
            yield wire
        finally:
            await wire.close()
    finally:
        closing = thread.submit(_close, opening)
        thread.shutdown(wait=False)
        await asyncio.shield(asyncio.wrap_future(closing))


def _connect(record: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(record, timeout=60, isolation_level=None, cached_statements=512)
    _teach(connection)
    return connection


def _close(opening: Future[sqlite3.Connection]) -> None:
    """Whoever wanted it may have gone away before it was there."""
    if not opening.cancelled() and opening.exception() is None:
        opening.result().close()


def _teach(connection: sqlite3.Connection) -> None:
    connection.create_function("fits", 2, fits, deterministic=True)
    connection.create_function("change", 2, change, deterministic=True)


@contextmanager
def glancing(record: Path) -> Iterator[Glance]:
    """A connection for glances that lasts as long as the block."""
    connection = sqlite3.connect(record, timeout=1, isolation_level=None, cached_statements=512, check_same_thread=False)
    try:
        _teach(connection)
        connection.execute("PRAGMA query_only = ON")
        connection.execute(f"PRAGMA cache_size = -{GLANCE_KIB}")
        yield Glance(connection, record)
    except sqlite3.Error as error:
        raise translated(error, record) from error
    finally:
        connection.close()
