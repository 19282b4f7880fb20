"""One account's documents brought to another's: every step one document's compare-and-set, and all of it repeatable."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.chat.model import participant_id
from core.errors import AlreadyThere
from core.people.link_model import SETTLING, Link, LinkState
from core.people.model import Onboarding
from persistence.documents import Change, Collection, Database, Document, Value
from persistence.merged_agents import AgentsMerge
from persistence.merged_foundation import FoundationMerge
from persistence.merged_progress import ProgressMerge
from persistence.merged_settings import SettingsMerge
from persistence.merged_snapshots import SnapshotMerge

MOVED: Mapping[str, tuple[str, Mapping[str, Value]]] = {
    "commitments": ("userId", {}),
    "conversationMessages": ("userId", {}),
    "conversations": ("createdBy", {}),
    "foundationHistory": ("userId", {"version": 0}),
    "organizations": ("ownerId", {}),
    "snapshotHistory": ("userId", {}),
    "userGeneratedAssets": ("userId", {}),
    "userPromptExecutions": ("userId", {}),
}
"""What only changes hands: the collection, the field that names the account, and what else is set.

A change of the history has version 0 from then on, since versions count the changes of one account's Foundation.
"""
PENDING: Mapping[str, Value] = {"status": {"$ne": "Pending"}}
"""A run that is under way stays until the link has settled: its process writes the outcome under the old account."""
ONBOARDING = [each.value for each in Onboarding]


class Merges:
    """Carries out links."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._links = database.collection("links")
        self._persons = database.collection("persons")
        self._users = database.collection("users")
        self._agents = AgentsMerge(database)
        self._foundation = FoundationMerge(database)
        self._progress = ProgressMerge(database)
        self._snapshots = SnapshotMerge(database)
        self._settings = SettingsMerge(database)

    async def merge(self, link: Link, at: datetime) -> None:
        """Do all of the link's work, again where it was begun before, and note how far it has come."""
        kept = await self._links.find_one({"_id": link.id})
        if kept is None or kept["state"] == LinkState.DONE.value:
            return
        link = Link.of(kept)
        settled = link.state is LinkState.SETTLING and link.due_at is not None and at >= link.due_at
        await self._carry_over(link, await self._last(link.into_user_id), at, settled=settled)
        if settled:
            await self._users.delete({"_id": link.from_user_id})
            await self._become(link, {"$set": {"state": LinkState.DONE.value}, "$unset": {"dueAt": ""}})
        elif link.state is LinkState.MOVING:
            await self._become(link, {"$set": {"state": LinkState.SETTLING.value, "dueAt": at + SETTLING}})

    async def _become(self, link: Link, change: Change) -> None:
        await self._links.update({"_id": link.id, "state": link.state.value}, change)

    async def _last(self, user_id: str) -> str:
        """The account that it has become, if it was linked to an older one meanwhile."""
        while further := await self._links.find_one({"fromUserId": user_id}):
            user_id = str(further["intoUserId"])
        return user_id

    async def _carry_over(self, link: Link, into: str, at: datetime, *, settled: bool) -> None:
        """The persons come first: from then on, what they do is written under the account that stays."""
        other = link.from_user_id
        for person in await self._persons.find({"userId": other}, fields=()):
            await self._persons.update({"_id": person["_id"], "userId": other}, {"$set": {"userId": into}})
        await self._user(other, into)
        await self._settings.merge(link, into)
        await self._foundation.merge(link, into, at)
        await self._progress.merge(other, into)
        await self._snapshots.merge(other, into)
        await self._agents.merge(other, into)
        await self._conversations(other, into, settled=settled)
        await self._participants(other, into)
        for name, (field, also) in MOVED.items():
            under_way = PENDING if name == "userPromptExecutions" and not settled else {}
            await self._database.collection(name).update_many({field: other, **under_way}, {"$set": {field: into, **also}})

    async def _user(self, other: str, into: str) -> None:
        """What the account that stays does not say of itself, and how far the other has come in the course."""
        theirs, ours = await self._users.find_one({"_id": other}), await self._users.find_one({"_id": into})
        if theirs is None or ours is None:
            return
        for name in ("email", "image"):
            if theirs.get(name) is not None:
                await self._users.update({"_id": into, name: None}, {"$set": {name: theirs[name]}})
        status = str(theirs.get("onboardingStatus", ONBOARDING[0]))
        below: list[Value] = [None, *ONBOARDING[: ONBOARDING.index(status)]]
        if ours.get("onboardingStatus") in below:
            await self._users.update(
                {"_id": into, "onboardingStatus": ours.get("onboardingStatus")}, {"$set": {"onboardingStatus": status}}
            )

    async def _conversations(self, other: str, into: str, *, settled: bool) -> None:
        """The account that stays takes part in them too; the other does until what was under way has come to its end."""
        conversations = self._database.collection("conversations")
        for each in await conversations.find({"memberUserIds": other}, fields=()):
            await conversations.update({"_id": each["_id"]}, {"$addToSet": {"memberUserIds": into}})
            if settled:
                await conversations.update({"_id": each["_id"]}, {"$pull": {"memberUserIds": other}})

    async def _participants(self, other: str, into: str) -> None:
        """A participant's id is made of the account, so the messages that name it follow."""
        participants = self._database.collection("conversationParticipants")
        messages = self._database.collection("conversationMessages")
        for each in await participants.find({"userId": other}):
            new = participant_id(str(each["conversationId"]), "user", into)
            await _insert(participants, {**each, "_id": new, "userId": into})
            said: Mapping[str, Value] = {
                "userId": other,
                "conversationId": each["conversationId"],
                "authorParticipantId": each["_id"],
            }
            await messages.update_many(said, {"$set": {"authorParticipantId": new}})
            await participants.delete({"_id": each["_id"], "userId": other})


async def _insert(collection: Collection, document: Document | dict[str, Any]) -> None:
    """Add the document; it may be there already."""
    try:
        await collection.insert(document)
    except AlreadyThere:
        return
