"""The record as an operator sees it: what answers, how much is in it, and what is to be migrated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from persistence.documents import Database
from persistence.indexes import INDEXES, Index
from persistence.migrations.runner import Migrations


class Overview:
    """Implements `bots.operate.Record`. Counts only: no document leaves it."""

    def __init__(self, database: Database, migrations: Migrations, indexes: Mapping[str, tuple[Index, ...]] = INDEXES) -> None:
        self._database = database
        self._migrations = migrations
        self._indexes = indexes

    async def ping(self) -> str:
        """What answers, in words."""
        return await self._database.ping()

    async def collections(self) -> Sequence[tuple[str, int, Sequence[str]]]:
        """Each collection's name, how many documents it has, and the names of its indexes."""
        return [
            (name, await self._database.collection(name).count({}), [each.name for each in some])
            for name, some in self._indexes.items()
        ]

    async def pending(self) -> Sequence[str]:
        """The names of the migrations that are not applied yet."""
        return await self._migrations.pending()

    async def migrate(self) -> Sequence[str]:
        """Apply them; returns the names of what was applied here."""
        return await self._migrations.apply()
