"""The record's speed, beside that of the bare driver in the same run: `python benchmarks/record.py`.

Embedded: the port against plain sqlite3 with the same durability, documents and indexes. MongoDB: the port against bare
Motor on the same server (`ELEVATE_TEST_MONGODB_URI`, else SecantusDB where it is installed). Times are medians of rounds
that take turns, so that a busy machine slows both.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorCollection
from pymongo import IndexModel, ReturnDocument

from persistence.documents import Collection, Document
from persistence.embedded import EmbeddedDatabase, open_embedded
from persistence.embedded_json import comparable, encode
from persistence.indexes import Index, OnlyText
from persistence.mongo import open_mongo
from tests.contracts import mongodb

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TABLE = {
    "jobs": (
        Index("by_due", (("dueAt", 1), ("_id", 1))),
        Index("by_key", (("key", 1),), unique=True, where={"key": OnlyText()}),
    )
}
ROUNDS = 15
EACH = 100
"""Operations in a round."""
FEW, MANY = 10_000, 1_000_000
DUE = {"dueAt": {"$lte": NOW}}
CLAIMED: dict[str, dict[str, Any]] = {"$set": {"dueAt": LATER, "owner": "me"}, "$inc": {"version": 1}}

Work = Callable[[int], Awaitable[None]]


def job(identifier: str, due: datetime) -> Document:
    """A document of about 600 bytes."""
    return {
        "_id": identifier,
        "key": f"digest:{identifier}",
        "kind": "digest",
        "state": "due",
        "dueAt": due,
        "version": 1,
        "payload": {"personId": "per_01jd3v9x2k7qf0h6t5s8m4n3wz", "text": "Your week in figures. " * 16, "steps": [1, 2]},
    }


@dataclass(frozen=True)
class Side:
    """One of two that do the same work, an operation at a time."""

    insert: Work
    read: Work
    claim: Work


def ours(jobs: Collection) -> Side:
    """The work on the port."""

    async def insert(number: int) -> None:
        await jobs.insert(job(f"job_{number:08}", NOW))

    async def read(number: int) -> None:
        assert await jobs.find_one({"_id": f"job_{number:08}"})

    async def claim(number: int) -> None:
        assert await jobs.update({"_id": f"job_{number:08}", "version": 1, "dueAt": {"$lte": NOW}}, CLAIMED)

    return Side(insert, read, claim)


def plain_sqlite(connection: sqlite3.Connection) -> Side:
    """The same work written directly on sqlite3."""
    now, later = comparable(NOW), encode(LATER)

    async def insert(number: int) -> None:
        document = job(f"job_{number:08}", NOW)
        connection.execute("INSERT INTO jobs VALUES (?, ?)", (document["_id"], encode(document)))

    async def read(number: int) -> None:
        (text,) = connection.execute("SELECT document FROM jobs WHERE _id = ?", (f"job_{number:08}",)).fetchone()
        assert json.loads(text)

    async def claim(number: int) -> None:
        rows = connection.execute(
            "UPDATE jobs SET document = json_set(document, '$.dueAt', json(?), '$.owner', 'me', '$.version', 2) "
            "WHERE _id = ? AND json_extract(document, '$.version') = 1 AND json_extract(document, '$.dueAt') <= ? "
            "RETURNING document",
            (later, f"job_{number:08}", now),
        ).fetchall()
        assert json.loads(rows[0][0])

    return Side(insert, read, claim)


def bare_motor(jobs: AsyncIOMotorCollection[dict[str, Any]]) -> Side:
    """The same work written directly on Motor."""

    async def insert(number: int) -> None:
        await jobs.insert_one(dict(job(f"job_{number:08}", NOW)))

    async def read(number: int) -> None:
        assert await jobs.find_one({"_id": f"job_{number:08}"})

    async def claim(number: int) -> None:
        where = {"_id": f"job_{number:08}", "version": 1, "dueAt": {"$lte": NOW}}
        assert await jobs.find_one_and_update(where, CLAIMED, return_document=ReturnDocument.AFTER)

    return Side(insert, read, claim)


async def beside(title: str, one: Side, other: Side, most: float) -> dict[str, float]:
    """Print a table of both, in turns; the result is our microseconds for each kind of work."""
    print(f"\n{title}\n{'':10}{'ours':>12}{'rival':>12}{'ratio':>9}{'at most':>9}")
    figures = {}
    for name in ("insert", "read", "claim"):
        times: tuple[list[float], list[float]] = ([], [])
        for turn in range(ROUNDS):
            for side, spent in zip((one, other), times, strict=True):
                work: Work = getattr(side, name)
                began = time.perf_counter()
                for number in range(turn * EACH, (turn + 1) * EACH):
                    await work(number)
                spent.append((time.perf_counter() - began) / EACH * 1e6)
        mine, theirs = (statistics.median(each) for each in times)
        print(f"{name:10}{mine:9.0f} µs{theirs:9.0f} µs{mine / theirs:9.2f}{most:9.1f}{_verdict(mine / theirs <= most)}")
        figures[name] = mine
    return figures


def _verdict(met: bool) -> str:
    return "" if met else "   MISSED"


async def embedded(folder: Path) -> None:
    """The port on SQLite, beside plain sqlite3."""
    database = await open_embedded(folder / "ours", indexes=TABLE)
    await database.prepare()
    with closing(sqlite3.connect(folder / "plain.db", isolation_level=None)) as connection:
        for sql in (
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "CREATE TABLE jobs (_id TEXT PRIMARY KEY NOT NULL, document TEXT NOT NULL)",
            "CREATE INDEX by_due ON jobs (json_extract(document, '$.dueAt'), _id)",
            "CREATE UNIQUE INDEX by_key ON jobs (json_extract(document, '$.key'))",
        ):
            connection.execute(sql)
        figures = await beside("Embedded, beside plain sqlite3", ours(database.collection("jobs")), plain_sqlite(connection), 3)
    for name, least in (("insert", 1000), ("read", 5000)):
        rate = 1e6 / figures[name]
        print(f"{name}s a second, one after the other: {rate:,.0f} (at least {least:,}){_verdict(rate >= least)}")
    await database.close()


async def flatness(folder: Path) -> None:
    """Claiming a hundred due rows among few and among many."""
    print(f"\nEmbedded, {EACH} due rows found and claimed\n{'among':>10}{'time':>12}")
    databases = {size: await _filled(folder / str(size), size) for size in (FEW, MANY)}
    times: dict[int, list[float]] = {size: [] for size in databases}
    for _ in range(ROUNDS):
        for size, database in databases.items():
            jobs = database.collection("jobs")
            began = time.perf_counter()
            for each in await jobs.find(DUE, sort=[("dueAt", 1)], limit=EACH):
                assert await jobs.update({"_id": each["_id"], "version": each["version"], **DUE}, CLAIMED)
            times[size].append(time.perf_counter() - began)
    medians = {size: statistics.median(each) for size, each in times.items()}
    for size, seconds in medians.items():
        print(f"{size:10,}{seconds * 1000:9.1f} ms")
    ratio = medians[MANY] / medians[FEW]
    print(f"ratio {ratio:.2f} (at most 1.3){_verdict(ratio <= 1.3)}")
    for database in databases.values():
        await database.close()


async def _filled(folder: Path, size: int) -> EmbeddedDatabase:
    """A record with so many rows, of which enough for every round are due, written in bulk."""
    due = ROUNDS * EACH
    database = await open_embedded(folder, indexes=TABLE)
    with closing(sqlite3.connect(folder / "elevate.db")) as connection, connection:
        rows = (job(f"job_{number:08}", NOW if number % (size // due) == 0 else LATER) for number in range(size))
        connection.executemany("INSERT INTO jobs VALUES (?, ?)", ((each["_id"], encode(each)) for each in rows))
    await database.prepare()
    return database


async def mongo() -> None:
    """The port on Motor, beside bare Motor on the same server."""
    if not mongodb.available():
        print(f"\n{mongodb.MISSING}")
        return
    with mongodb.server() as uri:
        database = await open_mongo(uri, indexes=TABLE, database="elevate_bench_ours", selection_seconds=60)
        client: AsyncIOMotorClient[dict[str, Any]] = AsyncIOMotorClient(
            uri, tz_aware=True, w="majority", serverSelectionTimeoutMS=60_000
        )
        await database.prepare()
        jobs = client["elevate_bench_bare"]["jobs"]
        await jobs.create_indexes(
            [
                IndexModel([("dueAt", 1), ("_id", 1)]),
                IndexModel([("key", 1)], unique=True, partialFilterExpression={"key": {"$gte": ""}}),
            ]
        )
        await beside("MongoDB, beside bare Motor", ours(database.collection("jobs")), bare_motor(jobs), 1.3)
        await database.drop()
        await client.drop_database("elevate_bench_bare")
        await database.close()
        await asyncio.to_thread(client.close)


async def main() -> None:
    """Everything, in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="elevate-bench-") as name:
        await embedded(Path(name))
        await flatness(Path(name))
    await mongo()


if __name__ == "__main__":
    asyncio.run(main())
