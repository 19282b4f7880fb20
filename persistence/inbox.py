"""The inbox in the record.

A store of the system: a process answers the events of the surfaces that it serves.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.errors import Changed
from core.inbox import Arrival, new_arrival
from core.leases import LEASE, Bell, LeaseLost, State
from core.parcels import Keepable
from persistence.documents import Change, Database, Filter, Value
from persistence.leased import LeasedRecord, taking

UNSETTLED = (State.WAITING.value, State.RUNNING.value, State.ASIDE.value)
ROUNDS = 10
"""More changes of one event than this in one moment there are not: it is passed over once, and addressed once."""


class InboxRecord(LeasedRecord[Arrival]):
    """Implements `core.inbox.Inbox`."""

    def __init__(self, database: Database, bell: Bell | None = None, surfaces: Sequence[str] | None = None) -> None:
        rows, settled = database.collection("inbox"), {"addressed": True}
        super().__init__(rows, Arrival, spent=("request",), settled=settled, bell=bell, surfaces=surfaces)

    async def take(self, request: Keepable, *, owner: str, at: datetime, lease: timedelta = LEASE) -> Arrival | None:
        """Keep an event and hold it; None where it is here already."""
        arrival = new_arrival(request, at)
        taken = arrival.taken(owner, at + lease)
        if await self._keep(taken):
            return taken
        return await self._address(arrival, owner, at + lease) if arrival.addressed else None

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

    async def _address(self, arrival: Arrival, owner: str, until: datetime) -> Arrival | None:
        """The event turned out to be for the bot: take it if it was passed over, else tell whoever has it."""
        unaddressed: Filter = {"_id": arrival.id, "addressed": False}
        told: dict[str, Value] = {"addressed": True, "request": arrival.request}
        taken = taking(owner, until)
        again: Change = {**taken, "$set": {**taken["$set"], **told}, "$unset": {"doneAt": ""}}
        for _ in range(ROUNDS):
            if await self._rows.find_one(unaddressed) is None:
                return None
            found = await self._rows.update({**unaddressed, "state": State.DONE.value}, again)
            if found is not None:
                return Arrival.of(found)
            if await self._rows.update({**unaddressed, "state": {"$in": UNSETTLED}}, {"$set": told}) is not None:
                return None
        raise Changed()
