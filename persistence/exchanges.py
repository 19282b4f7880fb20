"""Exchanges in the record: each change holds only where the exchange stands as it was seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.errors import AlreadyThere, NotFound
from core.exchanges.model import Exchange, State
from core.people.model import Person
from core.roles import COACHING
from persistence.documents import Change, Database, Filter

LIMIT = 200


class ExchangeRecord:
    """Implements `core.exchanges.ports.ExchangeStore`."""

    def __init__(self, database: Database) -> None:
        self._exchanges = database.collection("exchanges")

    async def add(self, person: Person, exchange: Exchange) -> Exchange:
        """Keep a new one of the person's, who is its student; returns the one that is kept under its id.

        Raises:
            NotFound: the id is somebody else's.
        """
        mine = {"person_id": person.id, "organization_id": person.organization_id}
        fresh = exchange.model_copy(update=mine)
        try:
            await self._exchanges.insert(fresh.document())
        except AlreadyThere:
            found = await self._exchanges.find_one({"_id": exchange.id, "personId": person.id})
            if found is None:
                raise NotFound() from None
            return Exchange.of(found)
        return fresh

    async def find(self, person: Person, exchange_id: str) -> Exchange | None:
        """The exchange, where the person is its student, or coaches in its organization; or None."""
        found = await self._exchanges.find_one({**_theirs(person), "_id": exchange_id})
        return Exchange.of(found) if found else None

    async def replace(self, person: Person, seen: Exchange, exchange: Exchange) -> Exchange | None:
        """Keep it as it is now, where it stands as it was seen; None where it was changed meanwhile."""
        document = exchange.model_copy(update={"version": seen.version + 1}).document()
        names = {each.alias or name for name, each in Exchange.model_fields.items()} - {"_id", "personId", "organizationId"}
        fields = {name: document[name] for name in names if name in document}
        gone = dict.fromkeys(sorted(names - document.keys()), "")
        change: Change = {"$set": fields, **({"$unset": gone} if gone else {})}
        stands: Filter = {**_theirs(person), "_id": seen.id, "version": seen.version}
        kept = await self._exchanges.update(stands, change)
        return Exchange.of(kept) if kept else None

    async def of_student(self, person: Person) -> Sequence[Exchange]:
        """The person's exchanges, as a student, the latest first."""
        found = await self._exchanges.find({"personId": person.id}, sort=[("createdAt", -1)], limit=LIMIT)
        return [Exchange.of(each) for each in found]

    async def of_organization(self, person: Person, limit: int) -> Sequence[Exchange]:
        """Those of the organization of the person, who coaches it, that are not closed, the longest waiting first."""
        going_on: Filter = {
            "organizationId": person.organization_id,
            "state": {"$in": [State.OPEN.value, State.TAKEN.value]},
        }
        found = await self._exchanges.find(going_on, sort=[("createdAt", 1)], limit=limit)
        return [Exchange.of(each) for each in found]

    async def due(self, at: datetime, limit: int) -> Sequence[Exchange]:
        """Those that are to be shown again by now."""
        found = await self._exchanges.find({"nextShowAt": {"$lte": at}}, sort=[("nextShowAt", 1)], limit=limit)
        return [Exchange.of(each) for each in found]


def _theirs(person: Person) -> Filter:
    """What the person may see: their own, and for those who coach whatever is their organization's."""
    if person.role in COACHING:
        return {"organizationId": person.organization_id}
    return {"personId": person.id}
