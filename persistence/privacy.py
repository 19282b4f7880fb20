"""All that is kept of one account: counted, handed out and erased by the table of belonging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.people.model import Person
from core.privacy.model import Documents, Erasing, Tombstone
from persistence.belonging import BELONGING, Belonging
from persistence.documents import Collection, Database, Document, Value
from persistence.erasures import Erasures, tied

PAGE = 500


class PrivacyRecord:
    """Implements `core.privacy.ports.PrivacyStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._persons = database.collection("persons")
        self._links = database.collection("links")
        self._tombstones = database.collection("tombstones")
        self._erasures = Erasures(database)

    async def named(self, reference: str) -> Person | None:
        """For an operator: the person with this id, account id, platform account or e-mail address, or None."""
        for field in ("_id", "identities", "userId", "email"):
            found = await self._persons.find_one({field: reference})
            if found is not None:
                return Person.of(found)
        return None

    async def accounts(self, person: Person) -> Erasing:
        """The ids of everything that is the person's: accounts, persons on all platforms, organizations, identities."""
        users = [person.user_id]
        for user in users:  # grows as it goes: accounts that became part of it, and of those
            linked = await self._links.find({"intoUserId": user}, fields=("fromUserId",))
            users += [str(each["fromUserId"]) for each in linked if each["fromUserId"] not in users]
        persons = [Person.of(each) for each in await self._persons.find({"userId": {"$in": users}})]
        return Erasing(
            users=tuple(users),
            persons=tuple(each.id for each in persons),
            organizations=tuple(dict.fromkeys(each.organization_id for each in persons)),
            identities=tuple(identity for each in persons for identity in each.identities),
        )

    async def counts(self, person: Person) -> Mapping[str, int]:
        """How many documents each collection has of the person, on all platforms."""
        whose = await self.accounts(person)
        return {name: len(await self._of(name, each, whose, fields=())) for name, each in BELONGING.items() if each.ties}

    async def documents(self, person: Person) -> Mapping[str, Sequence[Documents]]:
        """The documents of the person in each collection that is handed out, on all platforms."""
        whose = await self.accounts(person)
        found = {name: await self._of(name, each, whose) for name, each in BELONGING.items() if each.handed_out}
        return {**found, "conversations": [_without_others(each, whose) for each in found["conversations"]]}

    async def bury(self, tombstone: Tombstone) -> None:
        """Keep the tombstone, in place of one that is there."""
        document = tombstone.document()
        gone = {name: "" for name in ("dueAt", "work") if name not in document}
        fields = {name: value for name, value in document.items() if name != "_id"}
        change = {"$set": fields, **({"$unset": gone} if gone else {})}
        await self._tombstones.update({"_id": tombstone.id}, change, upsert=True)

    async def buried(self, tombstone_id: str) -> Tombstone | None:
        """The tombstone, or None."""
        found = await self._tombstones.find_one({"_id": tombstone_id})
        return Tombstone.of(found) if found else None

    async def erase(self, work: Erasing) -> None:
        """Remove everything that these ids name. Repeatable: after a crash it goes on where it broke off."""
        await self._erasures.carry_out(work)

    async def due(self, at: datetime, limit: int) -> Sequence[Tombstone]:
        """The tombstones with work left whose time has come, the longest due first."""
        found = await self._tombstones.find({"dueAt": {"$lte": at}}, sort=[("dueAt", 1)], limit=limit)
        return [Tombstone.of(each) for each in found]

    async def _of(self, name: str, belonging: Belonging, whose: Erasing, fields: Sequence[str] | None = None) -> list[Document]:
        """The documents of a collection that are tied to these ids, each once."""
        found: dict[str, Document] = {}
        for field, ids in tied(belonging, whose).items():
            for each in await _all(self._database.collection(name), field, ids, fields):
                found[str(each["_id"])] = each
        return list(found.values())


def _without_others(conversation: Document, whose: Erasing) -> Document:
    """The conversation without its summary, where others took part whose words that may hold."""
    members = conversation.get("memberUserIds")
    alone = isinstance(members, list) and all(each in whose.users for each in members)
    return conversation if alone else {name: value for name, value in conversation.items() if name != "memory"}


async def _all(collection: Collection, field: str, ids: Sequence[str], fields: Sequence[str] | None) -> list[Document]:
    """The documents whose field holds one of the ids, page by page."""
    found: list[Document] = []
    for value in ids:
        after: list[Value] | None = None
        while page := await collection.find({field: value}, after=after, limit=PAGE, fields=fields):
            found += page
            after = [page[-1]["_id"]]
    return found
