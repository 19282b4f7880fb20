"""What people were shown and may want again, in the record: by itself, or with the event that it answered.

It is forgotten with the document in which it stands (`persistence.indexes`): after thirty days, or two where an event has it.
"""

from __future__ import annotations

from core.inbox import Arrival
from core.sharing.model import Shown
from persistence.documents import Database, Filter


class ShownRecord:
    """Implements `core.sharing.ports.ShownStore`."""

    def __init__(self, database: Database) -> None:
        self._shown = database.collection("shown")
        self._inbox = database.collection("inbox")

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
        theirs: Filter = {"_id": shown_id, "identity": identity}
        found = await self._shown.find_one(theirs)
        if found is not None:
            return Shown.of(found)
        event = await self._inbox.find_one(theirs)
        arrival = Arrival.of(event) if event else None
        if arrival is None or arrival.shown is None:
            return None
        at = arrival.done_at or arrival.created_at
        return Shown(id=arrival.id, identity=arrival.identity, parcel=arrival.shown, shown_at=at)
