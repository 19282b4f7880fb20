"""Boards in the record: who agreed to be on one, what their weeks add up to, and whose is to be posted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.board.actions import Weeks
from core.board.model import Tally, tally_id
from core.board.ports import Sharer
from core.cohort.model import Cohort
from core.errors import NotFound
from core.people.model import Person
from core.roles import Role
from persistence.documents import Change, Database, Filter


class BoardRecord:
    """Implements `core.board.ports.BoardStore`."""

    def __init__(self, database: Database) -> None:
        self._persons = database.collection("persons")
        self._tallies = database.collection("tallies")
        self._cohorts = database.collection("cohorts")

    async def sharers(self, organization_id: str, cohort: Cohort) -> Sequence[Sharer]:
        """The students who agreed to be on this board and are of this cohort, or were when it ended.

        Their own documents say so, so that whoever leaves is gone from the next look on.
        """
        where: Filter = {"boards": cohort.id, "organizationId": organization_id}
        found = await self._persons.find(where, fields=("name", "role", "cohortId"))
        return [
            Sharer(str(each["_id"]), str(each["name"]))
            for each in found
            if each.get("role", Role.STUDENT.value) == Role.STUDENT.value
            and (cohort.archived_at is not None or each.get("cohortId") in (None, cohort.id))
        ]

    async def tallies(self, organization_id: str, cohort_id: str) -> Mapping[str, Weeks]:
        """What was done in each week by those who have a tally in this cohort, by the persons' ids."""
        where: Filter = {"organizationId": organization_id, "cohortId": cohort_id}
        return {each.person_id: each.weeks for each in map(Tally.of, await self._tallies.find(where))}

    async def keep(self, person: Person, cohort_id: str, weeks: Weeks) -> None:
        """Keep the person's tally in this cohort, in place of the one before."""
        kept = Tally(
            id=tally_id(person.id, cohort_id),
            person_id=person.id,
            organization_id=person.organization_id,
            cohort_id=cohort_id,
            weeks=weeks,
        ).document()
        fields = {name: value for name, value in kept.items() if name != "_id"}
        await self._tallies.update({"_id": kept["_id"]}, {"$set": fields}, upsert=True)

    async def agree(self, person: Person, cohort_id: str) -> Person:
        """The person agreed to be on this cohort's board; returns the person as they are then."""
        return await self._person(person, {"$addToSet": {"boards": cohort_id}})

    async def moved(self, person: Person, cohort_id: str) -> None:
        """They are of that cohort no more: what they agreed to there is over, and their tally goes."""
        await self._person(person, {"$pull": {"boards": cohort_id}})
        await self._tallies.delete({"_id": tally_id(person.id, cohort_id), "personId": person.id})

    async def leave(self, person: Person) -> Person:
        """They agree to no board any more, and have no tally; returns the person as they are then."""
        kept = await self._person(person, {"$set": {"boards": []}})
        await self.forget(person)
        return kept

    async def forget(self, person: Person) -> None:
        """They are on no board: no tally stays, should one have been kept at the moment in which they left."""
        await self._tallies.delete({"personId": person.id})

    async def _person(self, person: Person, change: Change) -> Person:
        """One step for the database: what somebody else changes of the person meanwhile stays as they left it."""
        kept = await self._persons.update({"_id": person.id, "organizationId": person.organization_id}, change)
        if kept is None:
            raise NotFound()
        return Person.of(kept)

    async def due(self, at: datetime, limit: int) -> Sequence[Cohort]:
        """The cohorts whose board is to be posted by now, or looked at for it, the longest waiting first."""
        found = await self._cohorts.find({"nextBoardAt": {"$lte": at}}, sort=[("nextBoardAt", 1)], limit=limit)
        return [Cohort.of(each) for each in found]

    async def looked(self, seen: Cohort, next_at: datetime) -> bool:
        """Look again then; False where the cohort was looked at, or switched, meanwhile."""
        where: Filter = {"_id": seen.id, "nextBoardAt": seen.next_board_at}
        return await self._cohorts.update(where, {"$set": {"nextBoardAt": next_at}}) is not None
