"""Wins in the record: what somebody was asked about, and whether they told the others."""

from __future__ import annotations

from datetime import datetime

from core.community.model import Win
from core.errors import AlreadyThere, NotFound
from core.people.model import Person
from persistence.documents import Database


class WinRecord:
    """Implements `core.community.ports.WinStore`."""

    def __init__(self, database: Database) -> None:
        self._wins = database.collection("wins")

    async def ask(self, person: Person, win: Win) -> Win:
        """Keep what the person is asked about; returns the one that is kept under its id, which may be there already.

        Raises:
            NotFound: the id is somebody else's.
        """
        fresh = win.model_copy(update={"person_id": person.id, "organization_id": person.organization_id})
        try:
            await self._wins.insert(fresh.document())
        except AlreadyThere:
            kept = await self.find(person, win.id)
            if kept is None:
                raise NotFound() from None
            return kept
        return fresh

    async def find(self, person: Person, win_id: str) -> Win | None:
        """What the person was asked about, or None."""
        found = await self._wins.find_one({"_id": win_id, "personId": person.id})
        return Win.of(found) if found else None

    async def told(self, person: Person, win_id: str, at: datetime) -> None:
        """The person told the others."""
        await self._wins.update({"_id": win_id, "personId": person.id}, {"$set": {"toldAt": at}})
