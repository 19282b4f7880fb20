"""Indexes and validators."""

from __future__ import annotations

from persistence.documents import Database


async def apply(database: Database) -> None:
    """Make them."""
    await database.prepare()
