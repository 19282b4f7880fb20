"""A process that takes something, says so, and never ends by itself: `python -m tests.persistence.dying WHERE WHAT [FILE]`."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from bots.outbox import Pump
from core.leases import LEASE
from core.request import Address
from core.ui import Message
from persistence.documents import Database
from persistence.embedded import open_embedded
from persistence.inbox import InboxRecord
from persistence.jobs import JobRecord
from persistence.migrations.runner import Migration, Migrations
from persistence.mongo import open_mongo
from persistence.outbox import OutboxRecord
from tests.forking import Forked
from tests.records import NOON
from tests.scheduler.people import said

ROOT = Path(__file__).parent.parent.parent


async def open_record(where: str) -> Database:
    """The record in a folder, or at an address that ends with the database's name."""
    if where.startswith("mongodb"):
        address, _, name = where.rpartition("/")
        return await open_mongo(f"{address}/", database=name, selection_seconds=60)
    return await open_embedded(Path(where))


def somewhere(kind: str, folder: Path, mongo_address: str) -> str:
    """A fresh place for a record."""
    return str(folder / "data") if kind == "embedded" else f"{mongo_address.rstrip('/')}/elevate_{secrets.token_hex(6)}"


class Wall:
    """A messenger whose messages are lines of a file, which outlives the process."""

    def __init__(self, file: Path) -> None:
        self.file = file

    async def post(self, to: Address, message: Message, key: str = "") -> str:
        """See `core.ports.Messenger`."""
        posted = str(len(self.lines()))
        with self.file.open("a") as wall:
            wall.write(json.dumps([posted, to.channel, key, message.text]) + "\n")
        return posted

    async def find(self, to: Address, key: str) -> str | None:
        """See `core.ports.Messenger`."""
        return next((posted for posted, channel, its, _ in self.lines() if (channel, its) == (to.channel, key)), None)

    async def edit(self, to: Address, posted: str, message: Message) -> None:
        """See `core.ports.Messenger`."""
        raise AssertionError("nothing is edited here")

    def lines(self) -> list[list[str]]:
        """What was posted."""
        return [json.loads(line) for line in self.file.read_text().splitlines()] if self.file.exists() else []


@asynccontextmanager
async def process(where: str, what: str, file: Path | None = None) -> AsyncIterator[Forked]:
    """A process that has done its part; it is killed (SIGKILL) at the end of the block."""
    words = (where, what, *([str(file)] if file else []))
    child = await Forked("tests.persistence.dying", *words, folder=ROOT, environment=os.environ).begun()
    try:
        async with asyncio.timeout(60):
            while (line := await child.stdout.readline()) != f"{what}\n".encode():
                assert line, "the process ended before it had done its part"
        yield child
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


async def _slow(database: Database) -> None:
    await database.prepare()
    counter = database.collection("locks")
    await counter.update({"_id": "runs"}, {"$inc": {"token": 1}}, upsert=True)


MIGRATIONS = tuple(Migration(f"000{number}", f"part {number}", _slow) for number in range(1, 6))


def _now() -> datetime:
    return NOON


async def _part(where: str, what: str, file: Path) -> None:
    database = await open_record(where)
    if what == "inbox":
        assert await InboxRecord(database).take(said(), owner="dies", at=NOON)
    elif what == "job":
        assert await JobRecord(database).claim("dies", NOON, LEASE, 1)
    elif what in ("before", "after"):
        [letter] = await OutboxRecord(database).claim("dies", NOON, LEASE, 1)
        if what == "after":
            await Pump(Wall(file), lambda: NOON).send(letter)
    elif what == "migrate":
        await Migrations(database, owner=f"process {secrets.token_hex(2)}", now=_now, migrations=MIGRATIONS).apply()
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_part(sys.argv[1], sys.argv[2], Path(sys.argv[3] if len(sys.argv) > 3 else "/dev/null")))
