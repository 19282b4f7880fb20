"""The reminders that went out, or were held back, in the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from core.errors import AlreadyThere
from core.nudges.model import CameOf, Kind, Nudge, Outcome
from core.people.model import Person
from persistence.documents import Database, Document, Filter, Value

ABOUT = ("kind", "about", "template", "reason", "heldBack")
"""What may change of a reminder until it stands in the outbox: a process died with it, and it is decided anew."""

COUNTED = ("kind", "template", "heldBack", "openedAt", "outcome")


class NudgeRecord:
    """Implements `core.nudges.ports.NudgeStore`. A day has one because its id is made of the person and the local date."""

    def __init__(self, database: Database) -> None:
        self._nudges = database.collection("nudges")

    async def add(self, person: Person, nudge: Nudge) -> Nudge | None:
        """Keep it before it is sent; None where the day has one already."""
        mine: Document = {**nudge.document(), "personId": person.id, "organizationId": person.organization_id}
        try:
            await self._nudges.insert(mine)
        except AlreadyThere:
            return None
        return Nudge.of(mine)

    async def find(self, person: Person, nudge_id: str) -> Nudge | None:
        """The person's reminder with this id, or None."""
        found = await self._nudges.find_one({"_id": nudge_id, "personId": person.id})
        return Nudge.of(found) if found else None

    async def revise(self, person: Person, nudge: Nudge) -> Nudge | None:
        """Keep what it is about now, where it does not stand in the outbox yet; None where it does."""
        mine: Filter = {"_id": nudge.id, "personId": person.id, "letteredAt": None}
        document = nudge.document()
        change: dict[str, Mapping[str, Value]] = {"$set": {each: document[each] for each in ABOUT if each in document}}
        if emptied := {each: "" for each in ABOUT if each not in document}:
            change["$unset"] = emptied
        found = await self._nudges.update(mine, change)
        return Nudge.of(found) if found else None

    async def since(self, person: Person, at: datetime, limit: int = 100) -> Sequence[Nudge]:
        """The person's reminders since then, latest first."""
        mine: Filter = {"personId": person.id, "createdAt": {"$gte": at}}
        found = await self._nudges.find(mine, sort=[("createdAt", -1)], limit=limit)
        return [Nudge.of(each) for each in found]

    async def lettered(self, person: Person, nudge_id: str, at: datetime) -> None:
        """Note that it stands in the outbox."""
        mine: Filter = {"_id": nudge_id, "personId": person.id, "letteredAt": None}
        await self._nudges.update(mine, {"$set": {"letteredAt": at}})

    async def opened(self, person: Person, nudge_id: str, at: datetime) -> None:
        """Note that its step was opened; the first time counts."""
        mine: Filter = {"_id": nudge_id, "personId": person.id, "openedAt": None}
        await self._nudges.update(mine, {"$set": {"openedAt": at}})

    async def end(self, person: Person, nudge_id: str, outcome: Outcome, at: datetime) -> None:
        """Note what came of it, where nothing is noted yet or only that it was opened."""
        mine: Filter = {"_id": nudge_id, "personId": person.id, "$or": [{"outcome": None}, {"outcome": Outcome.OPENED.value}]}
        await self._nudges.update(mine, {"$set": {"outcome": outcome.value, "outcomeAt": at}})

    async def of_organization(self, organization_id: str, since: datetime, limit: int) -> Mapping[CameOf, int]:
        """How many reminders of the organization since then were such, of the latest so many; for those who coach it."""
        theirs: Filter = {"organizationId": organization_id, "createdAt": {"$gte": since}}
        found = await self._nudges.find(theirs, sort=[("createdAt", -1)], limit=limit, fields=COUNTED)
        raw = Counter(
            (str(each["kind"]), str(each["template"]), bool(each.get("heldBack")), "openedAt" in each, each.get("outcome"))
            for each in found
        )
        return {
            CameOf(Kind(kind), template, held_back, opened, Outcome(str(outcome)) if outcome else None): count
            for (kind, template, held_back, opened, outcome), count in raw.items()
        }
