"""What an agent is to be told when it answers a message: gathered from the record, for that one agent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.agents.agent import Agent
from core.agents.cast import Cast
from core.chat.enclosures import Enclosures, Given
from core.chat.model import AgentParticipant, Participant, ParticipantMessage
from core.chat.ports import ChatStore, Context
from core.chat.prompt import Line, Question, brief_for
from core.llm.model import Brief
from core.people.model import Person

LINES_AT_MOST = 40
"""Messages of the talk so far that an agent may be shown."""
TOLD_ALONE = "(This was told to the one who asked, and to nobody else.)"


@dataclass(frozen=True, slots=True)
class Round:
    """One message of a person, and the agents who are to answer it."""

    person: Person
    cast: Cast
    message: ParticipantMessage
    agents: tuple[Agent, ...]
    at: datetime
    waiting: tuple[Agent, ...] = ()
    """Agents who were called too, but do not answer now."""
    enclosures: Enclosures | None = None


class Briefing:
    """Gathers briefs."""

    def __init__(self, store: ChatStore, context: Context) -> None:
        self._store = store
        self._context = context

    async def brief(self, asked: Round, agent: Agent, given: Given) -> Brief:
        """Everything that the agent is given to answer the message with; `given` is what its files hold.

        Raises:
            StoreTrouble: it cannot be gathered.
        """
        # A student's Foundation and figures enter no place where others read along.
        context = await self._context.of(asked.person, agent) if asked.message.direct else ""
        said = await self._store.recent(asked.person, asked.message.conversation_id, LINES_AT_MOST)
        people = await self._store.participants(asked.person, asked.message.conversation_id)
        shared = not asked.message.direct
        spoken = [each for each in said if isinstance(each, ParticipantMessage) and each.withdrawn_at is None]
        before = [_line(each, people, shared) for each in spoken if each.number < asked.message.number]
        answers = [_line(each, people, shared) for each in spoken if each.in_reply_to == asked.message.id and not each.incomplete]
        return brief_for(
            agent,
            house=asked.cast.house,
            person=asked.person,
            at=asked.at,
            context=context,
            before=before,
            question=Question(
                Line(asked.person.name, asked.message.content, files=_names(asked.message)),
                asked.cast.find(asked.message.content).rest or asked.message.content,
                given,
            ),
            after=[line for line in answers if line.agent_id != agent.id],
        )


def _names(said: ParticipantMessage) -> tuple[str, ...]:
    return tuple(each.name for each in said.attachments)


def _line(said: ParticipantMessage, people: Mapping[str, Participant], shared: bool) -> Line:
    """What was said, as it is remembered; where others read along, not what was told to one of them alone."""
    author = people.get(said.author_participant_id)
    agent_id = author.agent_id if isinstance(author, AgentParticipant) else None
    name = author.name if author else "Someone"
    if shared and said.private:
        return Line(name, TOLD_ALONE, agent_id)
    return Line(name, said.content, agent_id, said.incomplete, _names(said), said.used)
