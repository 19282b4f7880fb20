"""Erasing an account: first it is let go of, then its documents go, then the persons and the account itself."""

from __future__ import annotations

from collections.abc import Sequence

from core.leases import State
from core.pairs.model import Pair
from core.privacy.model import Erasing
from persistence.belonging import BELONGING, Belonging, Fate, Tie
from persistence.documents import Change, Database

LAST = ("persons", "users")
"""What goes at the end."""
UNTITLED = "Conversation"
NOBODY = "erased"
NOTHING_REMEMBERED: Change = {
    "$set": {"memory.text": "", "memory.facts": [], "memory.summed": 0},
    "$inc": {"memory.version": 1},
    "$unset": {"told": ""},
}
"""A summary may hold what they said, and one that is being made is refused by its version; others' words are summed up anew."""


class Erasures:
    """Carries out erasures; every step can be made again."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._persons = database.collection("persons")
        self._inbox = database.collection("inbox")
        self._organizations = database.collection("organizations")
        self._conversations = database.collection("conversations")
        self._participants = database.collection("conversationParticipants")
        self._messages = database.collection("conversationMessages")
        self._pairs = database.collection("pairs")

    async def carry_out(self, work: Erasing) -> None:
        """Remove everything that these ids name.

        The identities are let go of first: whoever writes from then on is met as somebody new, and keeps what they write.
        """
        for person in work.persons:
            await self._persons.update({"_id": person}, {"$set": {"identities": []}})
        await self._empty_what_is_being_answered(work)
        for name, belonging in BELONGING.items():
            if belonging.fate is Fate.GONE and name not in LAST:
                await self._remove(name, belonging, work)
        for user in work.users:
            await self._leave_conversations(user)
        for person in work.persons:
            await self._leave_pairs(person)
        for organization in await self._organizations_of(work):
            await self._leave_organization(organization, work)
        for name in LAST:
            await self._remove(name, BELONGING[name], work)

    async def _empty_what_is_being_answered(self, work: Erasing) -> None:
        """An event that some process is at, such as the very request to erase, is emptied and not removed: so it can be settled,
        and is not taken for a new one when the platform sends it again. It leaves by its TTL.
        """
        for identity in work.identities:
            emptied: Change = {"$set": {"identity": NOBODY, "workspace": NOBODY}, "$unset": {"request": "", "lastError": ""}}
            await self._inbox.update_many({"identity": identity, "state": State.RUNNING.value}, emptied)

    async def _remove(self, name: str, belonging: Belonging, work: Erasing) -> None:
        for field, values in tied(belonging, work).items():
            for value in values:
                await self._database.collection(name).delete({field: value})

    async def _leave_conversations(self, user: str) -> None:
        """Take the account's part out of every conversation; one in which nobody else is left goes as a whole."""
        await self._messages.delete({"userId": user})
        joined = [str(each["conversationId"]) for each in await self._participants.find({"userId": user})]
        begun = [str(each["_id"]) for each in await self._conversations.find({"createdBy": user}, fields=())]
        entered = [str(each["_id"]) for each in await self._conversations.find({"memberUserIds": user}, fields=())]
        for conversation in dict.fromkeys((*joined, *begun, *entered)):
            await self._conversations.update({"_id": conversation}, {"$pull": {"memberUserIds": user}})
            members = await self._participants.find({"conversationId": conversation, "kind": "user"})
            others = [str(each["userId"]) for each in members if each["userId"] != user]
            if others:
                await self._conversations.update({"_id": conversation}, NOTHING_REMEMBERED)
                handed_on = {"$set": {"title": UNTITLED, "createdBy": others[0]}}
                await self._conversations.update({"_id": conversation, "createdBy": user}, handed_on)
            else:
                await self._messages.delete({"conversationId": conversation})
                await self._conversations.delete({"_id": conversation})
                await self._participants.delete({"conversationId": conversation})
        await self._participants.delete({"userId": user})

    async def _leave_pairs(self, person: str) -> None:
        """Their partner is still to be told that the pair has ended: what is kept until then names the partner alone."""
        for each in await self._pairs.find({"members": person}):
            others = [other for other in Pair.of(each).members if other != person]
            alone: Change = {"$set": {"members": [], "parted": others, "tellAt": each["createdAt"]}}
            if others:
                await self._pairs.update({"_id": each["_id"], "members": person}, alone)
        await self._pairs.delete({"members": person})
        await self._pairs.delete({"parted": person})

    async def _organizations_of(self, work: Erasing) -> Sequence[str]:
        owned = [str(each["_id"]) for user in work.users for each in await self._organizations.find({"ownerId": user}, fields=())]
        return tuple(dict.fromkeys((*work.organizations, *owned)))

    async def _leave_organization(self, organization: str, work: Erasing) -> None:
        """One in which nobody else is goes as a whole; of any other, somebody else becomes the owner."""
        members = await self._persons.find({"organizationId": organization}, fields=("userId",))
        others = [str(each["userId"]) for each in members if each["_id"] not in work.persons]
        if not others:
            await self._organizations.delete({"_id": organization})
            return
        for user in work.users:
            await self._organizations.update({"_id": organization, "ownerId": user}, {"$set": {"ownerId": others[0]}})


def tied(belonging: Belonging, whose: Erasing) -> dict[str, tuple[str, ...]]:
    """For each field that ties documents to somebody: the values by which they are these people's."""
    ids = {Tie.USER: whose.users, Tie.PERSON: whose.persons, Tie.IDENTITY: whose.identities}
    return {field: ids[tie] for field, tie in belonging.ties.items() if ids[tie]}
