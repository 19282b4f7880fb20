"""Conversations, their participants and their messages in the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from core.chat.model import (
    Conversation,
    Memory,
    Message,
    Participant,
    ParticipantMessage,
    SystemMessage,
    Told,
    kept_message,
    kept_participant,
    title_of,
)
from core.chat.ports import Talk
from core.errors import AlreadyThere, NotFound
from core.people.model import Person
from core.request import Address
from persistence.documents import Change, Database, Filter, Value
from persistence.lately import Lately

MEMBERS = "memberUserIds"
MEMORY = "memory"
PLACE = ("platform", "workspaceOrGuildId", "channelId", "threadId")
REMEMBERED = 10_000
"""Of what was seen in the record last, so that a turn need not look ten times whether who speaks takes part."""


class ConversationsRecord:
    """Implements `core.chat.ports.ChatStore`."""

    def __init__(self, database: Database) -> None:
        self._conversations = database.collection("conversations")
        self._participants = database.collection("conversationParticipants")
        self._messages = database.collection("conversationMessages")
        self._members: Lately[tuple[str, str, str], bool] = Lately(REMEMBERED)
        self._people: Lately[str, Participant] = Lately(REMEMBERED)

    async def conversation_at(self, person: Person, address: Address) -> Conversation | None:
        """The conversation at this address, or None where there is none, or the person takes no part yet."""
        found = await self._conversations.find_one({**_at(address), **_shared_with(person)})
        return Conversation.of(found) if found else None

    async def enter(self, person: Person, address: Address, at: datetime) -> Conversation | None:
        """The conversation at this address with the next message counted, or None."""
        here: Filter = {**_at(address), **_shared_with(person)}
        found = await self._conversations.update(here, {"$inc": {"messageCount": 1}, "$max": {"lastMessageTime": at}})
        return Conversation.of(found) if found else None

    async def open(self, person: Person, conversation: Conversation) -> Conversation:
        """Make the person take part in the conversation at this one's address, which is kept if there is none yet."""
        mine = conversation.model_copy(update={"organization_id": person.organization_id, "member_user_ids": (person.user_id,)})
        document = mine.document()
        there: Filter = {name: document[name] for name in (*PLACE, "organizationId")}
        try:
            await self._conversations.insert(document)
        except AlreadyThere:
            found = await self._conversations.update(there, {"$addToSet": {MEMBERS: person.user_id}})
            if found is None:
                raise
            return Conversation.of(found)
        return mine

    async def conversation(self, person: Person, conversation_id: str) -> Conversation | None:
        """The conversation with this id, or None."""
        found = await self._conversations.find_one({"_id": conversation_id, **_shared_with(person)})
        return Conversation.of(found) if found else None

    async def join(self, person: Person, participant: Participant) -> None:
        """Note the person, or an agent, among those who are heard; whoever is goes on, under this name and status."""
        await self._be_part_of(person, participant.conversation_id)
        before = self._people.get(participant.id)
        if participant.kind == "user" and before and before.name == participant.name:
            return
        document = participant.document()
        known = {"_id": participant.id, "conversationId": participant.conversation_id}
        if participant.kind == "user":
            known |= {"userId": person.user_id}
        document |= {**known, "organizationId": person.organization_id}
        now: dict[str, Value] = {"name": document["name"], "status": document["status"]}
        first = {name: value for name, value in document.items() if name not in {*known, *now}}
        await self._participants.update(known, {"$set": now, "$setOnInsert": first}, upsert=True)
        self._people.put(participant.id, participant)

    async def set_status(self, person: Person, conversation_id: str, participant_id: str, status: str) -> None:
        """Say that a participant is "thinking", or "inactive"."""
        await self._be_part_of(person, conversation_id)
        known = {"_id": participant_id, "conversationId": conversation_id}
        await self._participants.update(known, {"$set": {"status": status}})

    async def participants(self, person: Person, conversation_id: str) -> Mapping[str, Participant]:
        """Who is heard there, by the participant's id."""
        await self._be_part_of(person, conversation_id)
        found = await self._participants.find({"conversationId": conversation_id})
        return {each.id: each for each in map(kept_participant, found)}

    async def next_number(self, person: Person, conversation_id: str, at: datetime, agent_id: str | None = None) -> int:
        """The number that the conversation's next message takes; notes its time, and the agent where one speaks."""
        agent = {"$set": {"lastAgentId": agent_id}} if agent_id else {}
        found = await self._conversations.update(
            {"_id": conversation_id, **_shared_with(person)},
            {"$inc": {"messageCount": 1}, "$max": {"lastMessageTime": at}, **agent},
        )
        if found is None:
            raise NotFound()
        return Conversation.of(found).message_count

    async def say(self, person: Person, message: ParticipantMessage) -> ParticipantMessage:
        """Keep what was said; returns the message that is kept for its platform's event, which may have come before."""
        await self._be_part_of(person, message.conversation_id)
        mine = message.model_copy(update={"organization_id": person.organization_id, "user_id": person.user_id})
        try:
            await self._messages.insert(mine.document())
        except AlreadyThere:
            event = mine.external_message_id
            before = await self.by_event(person, mine.platform or "", event) if event else None
            if before is None:
                raise
            return before
        return mine

    async def note(self, person: Person, message: SystemMessage) -> None:
        """Keep what happened."""
        await self._be_part_of(person, message.conversation_id)
        mine = message.model_copy(update={"organization_id": person.organization_id, "user_id": person.user_id})
        await self._messages.insert(mine.document())

    async def by_event(self, person: Person, platform: str, event: str) -> ParticipantMessage | None:
        """The message that this event of the platform brought, or None."""
        found = await self._messages.find_one({"platform": platform, "externalMessageId": event, "userId": person.user_id})
        return ParticipantMessage.of(found) if found else None

    async def message(self, person: Person, message_id: str) -> ParticipantMessage | None:
        """What this very person said, by the message's id, or None."""
        found = await self._messages.find_one({"_id": message_id, "userId": person.user_id, "authorKind": "user"})
        return ParticipantMessage.of(found) if found else None

    async def typed_since(self, person: Person, since: datetime) -> list[ParticipantMessage]:
        """What this very person said from that time on, wherever it was, oldest first."""
        theirs: Filter = {"userId": person.user_id, "authorKind": "user", "createdAt": {"$gte": since}}
        found = [ParticipantMessage.of(each) for each in await self._messages.find(theirs)]
        return sorted(found, key=lambda each: each.created_at)

    async def correct(self, person: Person, message_id: str, content: str, at: datetime, *, withdrawn: bool) -> None:
        """What this very person said reads so now; a summary that was made of it is dropped, and so is one that is being made."""
        mine: Filter = {"_id": message_id, "userId": person.user_id, "authorKind": "user"}
        gone: dict[str, Value] = {"attachments": [], "withdrawnAt": at} if withdrawn else {"editedAt": at}
        changed = await self._messages.update(mine, {"$set": {"content": content, **gone}})
        if changed is None:
            return
        here: Filter = {"_id": changed["conversationId"], MEMBERS: person.user_id}
        await self._forget(here, changed["number"])
        if withdrawn and changed["number"] == 1:  # the title was made of its words
            await self._conversations.update(here, {"$set": {"title": title_of(content)}})

    async def _forget(self, here: Filter, number: Value) -> None:
        """Drop the summary that was made of the message with this number, and have none kept that is being made."""
        again: Change = {"$inc": {f"{MEMORY}.version": 1}}
        blank: Change = {"$set": {f"{MEMORY}.text": "", f"{MEMORY}.facts": [], f"{MEMORY}.summed": 0}, **again}
        if await self._conversations.update({**here, f"{MEMORY}.summed": {"$gte": number}}, blank) is None:
            await self._conversations.update(here, again)

    async def answered(self, person: Person, message_id: str, agent_id: str) -> None:
        """Note that the agent answered the message to the end."""
        await self._messages.update({"_id": message_id, "userId": person.user_id}, {"$addToSet": {"answeredBy": agent_id}})

    async def recent(self, person: Person, conversation_id: str, limit: int) -> tuple[Message, ...]:
        """The newest messages, oldest first."""
        await self._be_part_of(person, conversation_id)
        found = await self._messages.find({"conversationId": conversation_id}, sort=[("_id", -1)], limit=limit)
        return tuple(sorted(map(kept_message, found), key=lambda each: each.number))

    async def talk(self, person: Person, conversation_id: str, limit: int, *, whole: bool = False) -> Talk:
        """The newest messages that no memory covers; with `whole`, covered ones too."""
        conversation = await self.conversation(person, conversation_id)
        if conversation is None:
            raise NotFound()
        here: dict[str, Value] = {"conversationId": conversation_id}
        newer: dict[str, Value] = {} if whole else {"number": {"$gt": conversation.memory.covers}}
        found = await self._messages.find({**here, **newer}, sort=[("_id", -1)], limit=limit)
        said = tuple(sorted(map(kept_message, found), key=lambda each: each.number))
        people = self._heard_in(said, person)
        if people is None:
            people = {each.id: each for each in map(kept_participant, await self._participants.find(here))}
        return Talk(conversation, said, people)

    def _heard_in(self, said: Iterable[Message], person: Person) -> dict[str, Participant] | None:
        """Who said it, where that was the person and agents alone and all of them are known here; else None."""
        found = {}
        for each in said:
            if isinstance(each, ParticipantMessage):
                author = self._people.get(each.author_participant_id)
                if author is None or (author.kind == "user" and author.user_id != person.user_id):
                    return None
                found[author.id] = author
        return found

    async def tell(self, person: Person, conversation_id: str, told: Told) -> None:
        """Keep what agents are told of the person from now on."""
        mine = told.model_copy(update={"user_id": person.user_id}).model_dump(by_alias=True)
        here: Filter = {"_id": conversation_id, **_shared_with(person)}
        if await self._conversations.update(here, {"$set": {"told": mine}}) is None:
            raise NotFound()

    async def let_go(self, person: Person, conversation_id: str, covers: int) -> None:
        """The messages up to this number are not sent any more."""
        here: Filter = {"_id": conversation_id, **_shared_with(person)}
        if await self._conversations.update(here, {"$max": {f"{MEMORY}.covers": covers}}) is None:
            raise NotFound()

    async def remember(self, person: Person, conversation_id: str, memory: Memory) -> bool:
        """Keep the memory, made of the version before its own; False where something of it was changed meanwhile."""
        before = memory.version - 1
        here: Filter = {"_id": conversation_id, **_shared_with(person), f"{MEMORY}.version": before or {"$in": [0, None]}}
        kept = memory.model_dump(by_alias=True, exclude={"covers"})
        change: Change = {
            "$set": {f"{MEMORY}.{name}": value for name, value in kept.items()},
            "$max": {f"{MEMORY}.covers": memory.covers},
        }
        return await self._conversations.update(here, change) is not None

    async def _be_part_of(self, person: Person, conversation_id: str) -> None:
        """Nobody who takes part stops doing so, but by being erased: so this may be asked before the work and not with it."""
        known = (conversation_id, person.user_id, person.organization_id)
        if self._members.get(known):
            return
        here: Filter = {"_id": conversation_id, **_shared_with(person)}
        if not await self._conversations.find(here, limit=1, fields=()):
            raise NotFound()
        self._members.put(known, True)


def _at(address: Address) -> Filter:
    return dict(zip(PLACE, (address.platform.value, address.workspace, address.channel, address.thread), strict=True))


def _shared_with(person: Person) -> Filter:
    return {MEMBERS: person.user_id, "organizationId": person.organization_id}
