"""A record with nothing in it, copied: to make its tables and indexes takes four times as long."""

from __future__ import annotations

import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from persistence.embedded import EmbeddedDatabase, open_embedded
from persistence.embedded_folder import RECORD
from persistence.migrations.runner import Migrations

MADE = datetime(2026, 1, 1, tzinfo=UTC)


def blank(folder: Path) -> Path:
    """Lay a record as the program makes it into the folder, unless there is one; the folder.

    That the program makes it itself is seen wherever it runs in a process of its own, and in `tests/persistence`.
    """
    return _laid(folder, migrated=True)


async def record_in(folder: Path) -> EmbeddedDatabase:
    """The record in the folder, with all its tables; where there was none, it holds nothing."""
    return await open_embedded(_laid(folder, migrated=False))


def _laid(folder: Path, *, migrated: bool) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / RECORD).exists():
        (folder / RECORD).write_bytes(_blank(migrated=migrated))
    return folder


@cache
def _blank(*, migrated: bool) -> bytes:
    with ThreadPoolExecutor(1) as beside:  # the caller's own event loop is running
        return beside.submit(asyncio.run, _made(migrated=migrated)).result()


async def _made(*, migrated: bool) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        database = await open_embedded(Path(folder))
        if migrated:
            await Migrations(database, owner="the tests", now=lambda: MADE).apply()
        else:
            await database.prepare()
        await database.close()
        return (Path(folder) / RECORD).read_bytes()
