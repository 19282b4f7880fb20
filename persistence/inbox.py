"""The inbox in the record.

A store of the system: a process answers the events of the surfaces that it serves.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from core.errors import Changed
from core.inbox import Arrival, conversation_at, new_arrival, row_of
from core.leases import LEASE, Bell, LeaseLost, State
from core.parcels import Keepable
from core.request import Address
from persistence.documents import Change, Database, Filter, Value
from persistence.leased import LeasedRecord, taking

UNSETTLED = (State.WAITING.value, State.RUNNING.value, State.ASIDE.value)
LINE_AT_MOST = 50
"""Of one conversation's unanswered messages that are looked at."""
ROUNDS = 10
"""More changes of one event than this in one moment there are not: it is passed over once, and addressed once."""


class InboxRecord(LeasedRecord[Arrival]):
    """Implements `core.inbox.Inbox`."""

    def __init__(self, database: Database, bell: Bell | None = None, surfaces: Sequence[str] | None = None) -> None:
        rows, settled = database.collection("inbox"), {"addressed": True}
        super().__init__(
            rows, Arrival, spent=("request", "conversation", "saidAt"), settled=settled, bell=bell, surfaces=surfaces
        )

    async def take(self, request: Keepable, *, owner: str, at: datetime, lease: timedelta = LEASE) -> Arrival | None:
        """Keep an event and hold it; None where it is here already."""
        arrival = new_arrival(request, at)
        taken = arrival.taken(owner, at + lease)
        if await self._keep(taken):
            return taken
        return await self._address(arrival, taking(owner, at + lease)) if arrival.addressed else None

    async def add(self, request: Keepable, at: datetime) -> bool:
        """Keep an event for whoever has time for it; False where it is here already."""
        arrival = new_arrival(request, at)
        if await self._keep(arrival):
            return True
        if arrival.addressed and await self._address(arrival, {"$set": {"state": State.WAITING.value, "dueAt": at}}) is not None:
            self._bell.ring()
        return False

    async def add_answered(self, arrivals: Sequence[Arrival]) -> None:
        """Keep events that were answered before they were kept; one that is here already is left as it is."""
        await asyncio.gather(*(self._keep(each) for each in arrivals))

    async def answered(self, arrival: Arrival, at: datetime, shown: str | None) -> None:
        """Settle the event, with what was shown to its asker; whoever was erased meanwhile has nothing to share."""
        if shown is None or await self._rows.update(_still_theirs(arrival), self._done(at, {"shown": shown})) is None:
            await self.done(arrival, at)

    async def to_be_shared(self, arrival: Arrival, shown: str) -> None:
        """Keep what its asker is about to be shown."""
        await self._rows.update(_still_theirs(arrival), {"$set": {"shown": shown}})

    async def ahead(self, arrival: Arrival) -> bool:
        """Whether something that was said before in the same conversation is still to be answered for the first time.

        What failed, and is to be tried again after a pause, holds up nobody.
        """
        if arrival.conversation is None or arrival.said_at is None:
            return False
        before: Filter = {"conversation": arrival.conversation, "saidAt": {"$lt": arrival.said_at}}
        found = await self._rows.find(before, limit=LINE_AT_MOST, fields=("state", "attempts"))
        return any(each["state"] == State.RUNNING.value or each["attempts"] == 0 for each in found)

    async def ask_to_stop(self, identity: str, *, event_id: str = "", place: Address | None = None) -> int:
        """Tell whichever process is answering that no more is wanted: of what was said at a place, the first in line is it."""
        which: Filter = {"_id": event_id, "identity": identity}
        if place is not None:
            there: Filter = {"conversation": conversation_at(place), "identity": identity, "state": State.RUNNING.value}
            first = await self._rows.find(there, sort=[("saidAt", 1)], limit=1, fields=())
            if not first:
                return 0
            which = {**there, "_id": first[0]["_id"]}
        return await self._rows.update_many(which, {"$set": {"stopAsked": True}})

    async def stop_asked(self, arrival: Arrival) -> bool:
        """Whether no more of the answer to this event is wanted."""
        return await self._rows.find_one({"_id": arrival.id, "fence": arrival.fence, "stopAsked": True}) is not None

    async def whose(self, platform: str, event_id: str) -> str | None:
        """The identity of the account that the platform's event came from, or None where it never came here."""
        found = await self._rows.find_one({"_id": row_of(platform, event_id)})
        return Arrival.of(found).identity if found else None

    async def pass_over(self, arrival: Arrival, at: datetime) -> Arrival | None:
        """Settle words that nobody had an answer to, unless they turned out to be for the bot."""
        mine: Filter = {"_id": arrival.id, "fence": arrival.fence, "addressed": arrival.addressed}
        passed: Change = {"$set": {"state": State.DONE.value, "doneAt": at}, "$unset": self._spent}
        if await self._rows.update({**mine, "state": State.RUNNING.value}, passed) is not None:
            return None
        found = await self._rows.find_one({"_id": arrival.id, "fence": arrival.fence})
        if found is None:
            raise LeaseLost()
        there = Arrival.of(found)
        return there if there.state is State.RUNNING else None

    async def _address(self, arrival: Arrival, taking_up: Change) -> Arrival | None:
        """The event turned out to be for the bot: take it up if it was passed over, else tell whoever has it."""
        unaddressed: Filter = {"_id": arrival.id, "addressed": False}
        told: dict[str, Value] = {"addressed": True, "request": arrival.request}
        place: dict[str, Value] = {"conversation": arrival.conversation, "saidAt": arrival.said_at}
        again: Change = {**taking_up, "$set": {**taking_up["$set"], **told, **place}, "$unset": {"doneAt": ""}}
        for _ in range(ROUNDS):
            if await self._rows.find_one(unaddressed) is None:
                return None
            found = await self._rows.update({**unaddressed, "state": State.DONE.value}, again)
            if found is not None:
                return Arrival.of(found)
            if await self._rows.update({**unaddressed, "state": {"$in": UNSETTLED}}, {"$set": told}) is not None:
                return None
        raise Changed()


def _still_theirs(arrival: Arrival) -> Filter:
    """The event, while it is held and nobody has erased its asker."""
    return {"_id": arrival.id, "fence": arrival.fence, "state": State.RUNNING.value, "identity": arrival.identity}
