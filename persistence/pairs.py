"""Pairs in the record: a unique index over the members keeps everybody in one pair at most, whichever process matches them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.errors import AlreadyThere
from core.pairs.model import Pair, PairRequest
from core.people.model import Person
from persistence.documents import Database, Document, Filter


class PairRecord:
    """Implements `core.pairs.ports.PairStore`."""

    def __init__(self, database: Database) -> None:
        self._pairs = database.collection("pairs")
        self._requests = database.collection("pairRequests")

    async def of(self, person: Person) -> Pair | None:
        """The pair that the person is in, or None."""
        found = await self._pairs.find_one(_within(person))
        return Pair.of(found) if found else None

    async def parted(self, person: Person) -> Sequence[Pair]:
        """The pairs that the person was in lately."""
        return [Pair.of(each) for each in await self._pairs.find({"parted": person.id})]

    async def of_organization(self, person: Person) -> Sequence[Pair]:
        """The pairs of the organization of the person, who coaches it."""
        found = await self._pairs.find({"organizationId": person.organization_id})
        return [pair for pair in map(Pair.of, found) if pair.members]

    async def add(self, person: Person, pair: Pair) -> Pair | None:
        """Keep a new pair that the person is in; None where either of the two is in a pair already."""
        others = tuple(each for each in pair.members if each != person.id)
        mine = pair.model_copy(update={"members": (person.id, *others), "organization_id": person.organization_id})
        try:
            await self._pairs.insert(mine.document())
        except AlreadyThere:
            return None
        return mine

    async def part(self, person: Person, pair: Pair, at: datetime) -> Pair | None:
        """End the pair, for the person who is in it; None where it had ended."""
        ended: Document = {"members": [], "parted": list(pair.members), "leftBy": person.id, "endedAt": at, "tellAt": at}
        kept = await self._pairs.update({**_within(person), "_id": pair.id}, {"$set": ended})
        return Pair.of(kept) if kept else None

    async def to_tell(self, at: datetime, limit: int) -> Sequence[Pair]:
        """Those of which somebody is still to be told. For the tick."""
        found = await self._pairs.find({"tellAt": {"$lte": at}}, sort=[("tellAt", 1)], limit=limit)
        return [Pair.of(each) for each in found]

    async def told(self, pair: Pair) -> None:
        """Everybody was told that it began, or ended, as `pair` has it; where only one is left, nothing is kept."""
        if not pair.members and len(pair.parted) < 2:
            await self._pairs.delete({"_id": pair.id})
            return
        await self._pairs.update({"_id": pair.id, "tellAt": pair.tell_at}, {"$unset": {"tellAt": ""}})

    async def ask(self, person: Person, request: PairRequest) -> PairRequest:
        """Keep that the person waits; returns what is kept, which may be from before."""
        fresh = request.model_copy(update={"id": person.id, "organization_id": person.organization_id})
        try:
            await self._requests.insert(fresh.document())
        except AlreadyThere:
            return await self.request(person) or fresh
        return fresh

    async def request(self, person: Person) -> PairRequest | None:
        """What the person asked, or None where they do not wait."""
        found = await self._requests.find_one({"_id": person.id})
        return PairRequest.of(found) if found else None

    async def withdraw(self, person: Person) -> None:
        """The person waits no more."""
        await self._requests.delete({"_id": person.id})

    async def requests(self, person: Person) -> Sequence[PairRequest]:
        """All who wait in the person's organization, the longest first."""
        found = await self._requests.find({"organizationId": person.organization_id}, sort=[("since", 1)])
        return [PairRequest.of(each) for each in found]

    async def to_look(self, at: datetime, limit: int) -> Sequence[PairRequest]:
        """The requests whose time has come. For the tick."""
        found = await self._requests.find({"lookAt": {"$lte": at}}, sort=[("lookAt", 1)], limit=limit)
        return [PairRequest.of(each) for each in found]

    async def looked(self, request: PairRequest, look_at: datetime) -> None:
        """Look at it again at that time. For the tick."""
        await self._requests.update({"_id": request.id}, {"$set": {"lookAt": look_at}})


def _within(person: Person) -> Filter:
    return {"members": person.id, "organizationId": person.organization_id}
