"""Link codes and links in the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.errors import AlreadyThere
from core.people.link_model import BLOCKED, Link, LinkCode, LinkState, LinkTries
from core.people.model import Person
from persistence.documents import Database, Filter
from persistence.merges import Merges


class LinkRecord:
    """Implements `core.people.link_ports.LinkStore`.

    The unique key of `fromUserId` lets an account be taken in by one other only, whoever asks at the same moment.
    """

    def __init__(self, database: Database) -> None:
        self._codes = database.collection("linkCodes")
        self._tries = database.collection("linkTries")
        self._links = database.collection("links")
        self._persons = database.collection("persons")
        self._merges = Merges(database)

    async def give_code(self, person: Person, code: LinkCode) -> None:
        """Keep a code for the person, in place of any that they were given before."""
        await self._codes.delete({"personId": person.id, "usedBy": None})
        mine = {"user_id": person.user_id, "person_id": person.id, "organization_id": person.organization_id}
        await self._codes.insert(code.model_copy(update=mine).document())

    async def tries(self, person: Person) -> LinkTries | None:
        """The person's wrong tries, or None."""
        found = await self._tries.find_one({"_id": person.id})
        return LinkTries.of(found) if found else None

    async def count_try(self, person: Person, seen: LinkTries | None, at: datetime) -> bool:
        """Count one more, or a first one where the last is an hour ago; False where they are not as they were seen any more."""
        if seen is None:
            try:
                await self._tries.insert({"_id": person.id, "tries": 1, "lastAt": at})
            except AlreadyThere:
                return False
            return True
        count = 1 if at >= seen.last_at + BLOCKED else seen.tries + 1
        where: Filter = {"_id": person.id, "tries": seen.tries, "lastAt": seen.last_at}
        return await self._tries.update(where, {"$set": {"tries": count, "lastAt": at}}) is not None

    async def uncount_try(self, person: Person) -> None:
        """Take one back: the code was a real one."""
        await self._tries.update({"_id": person.id, "tries": {"$gt": 0}}, {"$inc": {"tries": -1}})

    async def code(self, person: Person, code_id: str) -> LinkCode | None:
        """The code with this id, whoever was given it, or None. Only somebody who knows the code can ask for it."""
        found = await self._codes.find_one({"_id": code_id})
        return LinkCode.of(found) if found else None

    async def giver(self, person: Person, code: LinkCode) -> Person | None:
        """The person who was given the code, or None where they are gone."""
        kept = await self.code(person, code.id)
        found = await self._persons.find_one({"_id": kept.person_id}) if kept else None
        return Person.of(found) if found else None

    async def use_code(self, person: Person, code: LinkCode) -> bool:
        """Let the code be used, once; False where somebody else used it."""
        free: Filter = {"_id": code.id, "$or": [{"usedBy": None}, {"usedBy": person.id}]}
        return await self._codes.update(free, {"$set": {"usedBy": person.id}}) is not None

    async def one_account(self, person: Person, code: LinkCode) -> bool:
        """Whether the person and the giver of the code are one account by now."""
        there = await self.giver(person, code)
        here = await self._persons.find_one({"_id": person.id})
        return there is not None and here is not None and here["userId"] == there.user_id

    async def shared(self, person: Person, other: Person) -> bool:
        """Whether the two accounts have a person each in one organization."""
        return bool(await self._organizations(person) & await self._organizations(other))

    async def _organizations(self, person: Person) -> set[str]:
        found = await self._persons.find({"userId": person.user_id}, fields=("organizationId",))
        return {str(each["organizationId"]) for each in found}

    async def begin(self, person: Person, link: Link) -> Link:
        """Keep the link; returns the one that is kept for the account that it takes in, which may be another."""
        mine = link.model_copy(update={"asked_by": person.id})
        try:
            await self._links.insert(mine.document())
        except AlreadyThere:
            kept = await self._links.find_one({"fromUserId": link.from_user_id})
            if kept is None:
                raise
            return Link.of(kept)
        return mine

    async def merge(self, link: Link, at: datetime) -> None:
        """Bring everything of the one account to the other. Repeatable: after a crash it goes on where it broke off."""
        await self._merges.merge(link, at)

    async def unfinished(self, person: Person) -> Sequence[Link]:
        """The links to the person's account that broke off."""
        found = await self._links.find({"intoUserId": person.user_id, "state": LinkState.MOVING.value})
        return [Link.of(each) for each in found]

    async def due(self, at: datetime, limit: int) -> Sequence[Link]:
        """The links that are not done and whose time has come, the longest due first."""
        found = await self._links.find({"dueAt": {"$lte": at}}, sort=[("dueAt", 1)], limit=limit)
        return [Link.of(each) for each in found]
