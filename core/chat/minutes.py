"""Writing down what is said, and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from core.agents.agent import Agent
from core.chat.enclosures import without_content
from core.chat.model import (
    AgentParticipant,
    Attachment,
    Conversation,
    HandOver,
    Mentioned,
    ParticipantMessage,
    SystemMessage,
    UserParticipant,
    participant_id,
    place,
    title_of,
)
from core.chat.ports import ChatStore
from core.errors import NotFound, Trouble
from core.ids import new_id
from core.people.model import Person
from core.request import Said

ATTACHMENTS_AT_MOST = 20
"""Files of one message that are remembered; agents read fewer."""
NOTHING: Mapping[str, str | bool] = MappingProxyType({})
LOOKED_BACK = 100
"""Messages among which an answer is looked for that was made and perhaps not shown."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said, as it is kept, where, and what it was answered already, where its event came before."""

    message: ParticipantMessage
    conversation: Conversation
    answers: Sequence[ParticipantMessage]


class Minutes:
    """Keeps conversations as they go."""

    def __init__(self, store: ChatStore) -> None:
        self._store = store

    async def heard(
        self, person: Person, said: Said, mentions: Sequence[Agent], about: Mapping[str, str | bool] = NOTHING
    ) -> Heard:
        """Keep what the person said, and what is to be known of it; the same event twice is one message. A conversation that is
        new is opened.
        """
        conversation = await self._conversation(person, said)
        author = participant_id(conversation.id, "user", person.user_id)
        await self._store.join(
            person,
            UserParticipant(
                id=author,
                conversation_id=conversation.id,
                organization_id=person.organization_id,
                name=person.name,
                added_at=said.at,
                user_id=person.user_id,
            ),
        )
        fresh = ParticipantMessage(
            id=new_id("msg"),
            conversation_id=conversation.id,
            organization_id=person.organization_id,
            content=said.text,
            created_at=said.at,
            number=conversation.message_count,
            author_participant_id=author,
            author_kind="user",
            user_id=person.user_id,
            mentions=tuple(Mentioned(id=agent.id, display=agent.name) for agent in mentions),
            direct=said.direct,
            metadata=about,
            platform=said.address.platform.value,
            external_message_id=said.id,
            attachments=tuple(
                Attachment(name=each.name, media_type=each.media_type, size=each.size, source=each.source)
                for each in without_content(said.files[:ATTACHMENTS_AT_MOST])
            ),
        )
        kept = await self._store.say(person, fresh)
        return Heard(kept, conversation, () if kept.id == fresh.id else await self.answers_to(person, kept))

    async def conversation_of(self, person: Person, message: ParticipantMessage) -> Conversation:
        """The conversation that the message is part of.

        Raises:
            NotFound: it is gone.
        """
        found = await self._store.conversation(person, message.conversation_id)
        if found is None:
            raise NotFound()
        return found

    async def thinking(self, person: Person, message: ParticipantMessage, agent: Agent, at: datetime) -> None:
        """The agent takes part, and is at work."""
        participant = AgentParticipant(
            id=participant_id(message.conversation_id, "agent", agent.id),
            conversation_id=message.conversation_id,
            organization_id=person.organization_id,
            name=agent.name,
            added_at=at,
            agent_id=agent.id,
            status="thinking",
        )
        await self._store.join(person, participant)

    async def done(self, person: Person, message: ParticipantMessage, agent: Agent) -> None:
        """The agent is at work no more."""
        known = participant_id(message.conversation_id, "agent", agent.id)
        await self._store.set_status(person, message.conversation_id, known, "inactive")

    async def answered(
        self,
        person: Person,
        message: ParticipantMessage,
        agent: Agent,
        text: str,
        at: datetime,
        about: Mapping[str, str | bool],
        handed: Sequence[HandOver] = (),
    ) -> str:
        """Keep what the agent answered, and handed over; returns its id. `about` says what is to be known of it, such as that it
        is incomplete.
        """
        kept = await self._store.say(
            person,
            ParticipantMessage(
                id=new_id("msg"),
                conversation_id=message.conversation_id,
                organization_id=person.organization_id,
                content=text,
                created_at=at,
                number=await self._store.next_number(person, message.conversation_id, at, agent.id),
                author_participant_id=participant_id(message.conversation_id, "agent", agent.id),
                author_kind="agent",
                user_id=person.user_id,
                direct=message.direct,
                in_reply_to=message.id,
                metadata=about,
                handed=tuple(handed),
            ),
        )
        if not about.get("incomplete"):
            await self._store.answered(person, message.id, agent.id)
        return kept.id

    async def answers_to(self, person: Person, message: ParticipantMessage) -> tuple[ParticipantMessage, ...]:
        """The answers that are kept to the message, in the order in which they were given, those that broke off too; of one part
        of an agent's, that was taken twice, the last.
        """
        recent = await self._store.recent(person, message.conversation_id, LOOKED_BACK)
        kept = [each for each in recent if isinstance(each, ParticipantMessage) and each.in_reply_to == message.id]
        return tuple({(each.agent_id, each.closing, each.incomplete): each for each in kept}.values())

    async def failed(self, person: Person, message: ParticipantMessage, agent: Agent, trouble: Trouble, at: datetime) -> None:
        """Keep that the agent had no answer."""
        await self._store.note(
            person,
            SystemMessage(
                id=new_id("msg"),
                conversation_id=message.conversation_id,
                organization_id=person.organization_id,
                content=trouble.message,
                created_at=at,
                number=await self._store.next_number(person, message.conversation_id, at),
                user_id=person.user_id,
                meta={"trouble": type(trouble).__name__, "agentId": agent.id, "inReplyTo": message.id},
            ),
        )

    async def _conversation(self, person: Person, said: Said) -> Conversation:
        known = await self._store.enter(person, said.address, said.at)
        if known is not None:
            return known
        await self._store.open(
            person,
            Conversation(
                id=new_id("cnv"),
                title=title_of(said.text or ", ".join(each.name for each in without_content(said.files))),
                created_by=person.user_id,
                last_message_time=said.at,
                organization_id=person.organization_id,
                **place(said.address),
            ),
        )
        opened = await self._store.enter(person, said.address, said.at)
        if opened is None:
            raise NotFound()
        return opened
