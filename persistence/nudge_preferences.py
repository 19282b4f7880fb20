"""How people want to be reminded, in the record: one contract an account goes on, however many of its persons were asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.errors import AlreadyThere, NotFound
from core.nudges.model import NudgePreferences
from core.nudges.ports import NO_CHANGES
from core.people.model import Person
from persistence.documents import Change, Database, Filter, Value


class NudgePreferencesRecord:
    """Implements `core.nudges.ports.PreferencesStore`."""

    def __init__(self, database: Database) -> None:
        self._preferences = database.collection("nudgePreferences")

    async def of(self, person: Person) -> NudgePreferences | None:
        """The contract of the person's account, or None where they were never asked."""
        mine: Filter = {"$or": [{"personId": person.id}, {"userId": person.user_id}]}
        found = [NudgePreferences.of(each) for each in await self._preferences.find(mine)]
        return min(found, key=lambda each: (each.replaced_by is not None, each.id), default=None)

    async def meet(self, person: Person, first: NudgePreferences) -> NudgePreferences:
        """Keep the first, empty contract of somebody new; returns the one that is kept, which may be there already."""
        known = await self.of(person)
        if known is not None:
            return known
        mine = {"person_id": person.id, "user_id": person.user_id, "organization_id": person.organization_id}
        fresh = first.model_copy(update=mine)
        try:
            await self._preferences.insert(fresh.document())
        except AlreadyThere:
            known = await self.of(person)
            if known is None:
                raise NotFound() from None
            return known
        return fresh

    async def change(
        self, person: Person, change: Mapping[str, object], at: datetime, seen: NudgePreferences | None = None
    ) -> NudgePreferences:
        """Set fields of the contract by their names in the model; returns it afterwards. `seen`: it was read just now.

        Raises:
            NotFound: they were never asked.
        """
        known = seen or await self.of(person)
        if known is None or (known.person_id != person.id and known.user_id != person.user_id):
            raise NotFound()
        made = _changing(known, {**change, "changed_at": at})
        kept = await self._preferences.update({"_id": known.id, "personId": known.person_id}, made)
        if kept is None:
            raise NotFound()
        return NudgePreferences.of(kept)

    async def set_aside(self, person: Person) -> Sequence[NudgePreferences]:
        """Those in the person's organization who ignored three in a row, the longest so first; for those who coach it."""
        theirs: Filter = {"organizationId": person.organization_id, "setAsideAt": {"$exists": True}, "replacedBy": None}
        found = await self._preferences.find(theirs, sort=[("setAsideAt", 1)])
        return [NudgePreferences.of(each) for each in found]

    async def due(self, at: datetime, limit: int) -> Sequence[NudgePreferences]:
        """Those whose `next_check_at` has come, the longest waiting first."""
        found = await self._preferences.find({"nextCheckAt": {"$lte": at}}, sort=[("nextCheckAt", 1)], limit=limit)
        return [NudgePreferences.of(each) for each in found]

    async def claim(self, seen: NudgePreferences, until: datetime) -> NudgePreferences | None:
        """Take somebody who is due until then; whoever dies with it is followed at that time.

        Returns the contract as it is now, or None where somebody else has them.
        """
        if seen.next_check_at is None:
            return None
        where: Filter = {"_id": seen.id, "personId": seen.person_id, "nextCheckAt": seen.next_check_at}
        taken = await self._preferences.update(where, {"$set": {"nextCheckAt": until}})
        return NudgePreferences.of(taken) if taken else None

    async def unchanged(self, claimed: NudgePreferences) -> bool:
        """Whether the contract is still as it was claimed, to the last field."""
        found = await self._preferences.find_one({"_id": claimed.id, "personId": claimed.person_id})
        return found is not None and NudgePreferences.of(found) == claimed

    async def settle(
        self,
        claimed: NudgePreferences,
        claimed_until: datetime,
        next_check_at: datetime | None,
        changes: Mapping[str, object] = NO_CHANGES,
    ) -> bool:
        """Look at them again then, and set these fields in the same write.

        False where the contract was changed meanwhile: its own time stays, and nothing is set.
        """
        where: Filter = {"_id": claimed.id, "personId": claimed.person_id, "nextCheckAt": claimed_until}
        made = _changing(claimed, {**changes, "next_check_at": next_check_at})
        return await self._preferences.update(where, made) is not None


def _changing(known: NudgePreferences, change: Mapping[str, object]) -> Change:
    """What sets these fields, by their names in the model; those that are None are taken out."""
    document = known.model_copy(update=dict(change)).document()
    names = [NudgePreferences.model_fields[name].alias or name for name in change]
    made: dict[str, Mapping[str, Value]] = {}
    if kept := {each: document[each] for each in names if each in document}:
        made["$set"] = kept
    if emptied := {each: "" for each in names if each not in document}:
        made["$unset"] = emptied
    return made
