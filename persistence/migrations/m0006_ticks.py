"""Who was rolled up when a closed module counted as ticked has their turn with the next ticks, which count what was ticked."""

from __future__ import annotations

from datetime import UTC, datetime

from persistence.documents import Database

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


async def apply(database: Database) -> None:
    """Put everybody first in the row of those who are rolled up anew."""
    await database.collection("members").update_many({"ticked": None}, {"$set": {"rolledAt": NEVER}})
