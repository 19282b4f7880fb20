"""What people were shown and may want again, in the record; it is forgotten after thirty days (`persistence.indexes`)."""

from __future__ import annotations

from core.sharing.model import Shown
from persistence.documents import Database, Filter


class ShownRecord:
    """Implements `core.sharing.ports.ShownStore`."""

    def __init__(self, database: Database) -> None:
        self._shown = database.collection("shown")

    async def add(self, shown: Shown) -> None:
        """Keep what has a new id.

        Raises:
            AlreadyThere: something goes by it.
        """
        await self._shown.insert(shown.document())

    async def keep(self, shown: Shown) -> None:
        """Keep it; where its id is there already for the same account, in place of that.

        Raises:
            AlreadyThere: the id is another account's.
        """
        whose: Filter = {"_id": shown.id, "identity": shown.identity}
        await self._shown.update(whose, {"$set": {"parcel": shown.parcel, "shownAt": shown.shown_at}}, upsert=True)

    async def find(self, identity: str, shown_id: str) -> Shown | None:
        """What this very account was shown, or None."""
        found = await self._shown.find_one({"_id": shown_id, "identity": identity})
        return Shown.of(found) if found else None
