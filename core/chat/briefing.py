"""What an agent is to be told when it answers a message: gathered from the record, for that one agent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.agents.agent import Agent
from core.agents.cast import Cast
from core.chat.enclosures import Enclosures, Given, shortened
from core.chat.model import AgentParticipant, Participant, ParticipantMessage, Told
from core.chat.plan import Part
from core.chat.ports import ChatStore, Context, Talk
from core.chat.prompt import CUT, Background, Line, Question, brief_for, quoted
from core.chat.standing import CHANGED_AT_MOST, changes, still_holds
from core.chat.summary import earlier
from core.chat.window import SHORT, is_full, newest, spoken
from core.links import Allowed
from core.llm.model import Brief
from core.people.model import Person

READ_AT_MOST = 160
"""Messages that are read of a talk: more than are sent along, so that it is seen when there are too many."""
JUST_BEFORE = timedelta(minutes=30)
"""So soon after a talk with agents, another that begins may go on with it."""
BEFORE_AT_MOST, LINE_BEFORE_AT_MOST = 6, 1_500
"""Messages of that talk that are told, and characters of each."""
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
    kept: tuple[ParticipantMessage, ...] = ()
    """The whole answers to it that are kept from before, in their order."""
    cut: tuple[ParticipantMessage, ...] = ()
    """What the agent answered before it broke off, if it is to go on from there."""
    tells_again: bool = False
    """Whether these are to be told again: they may never have been shown."""


class Briefing:
    """Gathers briefs."""

    def __init__(self, store: ChatStore, context: Context) -> None:
        self._store = store
        self._context = context

    async def brief(self, asked: Round, part: Part, given: Given, *, short: bool = False) -> Brief:
        """Everything that the agent is given to take its part in answering the message; `given` is what its files hold.

        `short`: the newest lines alone, and of files the beginning and the end, for a model that could not take it all.

        Raises:
            StoreTrouble: it cannot be gathered.
        """
        agent, shared = part.agent, not asked.message.direct
        talk = await self._store.talk(asked.person, asked.message.conversation_id, READ_AT_MOST)
        said = spoken(talk.said)
        before = [each for each in said if each.number < asked.message.number]
        covers = talk.conversation.memory.covers
        if is_full(before):
            before = before[newest(before) :]
            covers = (before[0].number if before else asked.message.number) - 1
            await self._store.let_go(asked.person, talk.conversation.id, covers)
        background = await self._background(asked, agent, talk, before, covers)
        if short:
            before, given = before[newest(before, SHORT) :], shortened(given)
        # Who answers the asker alone may know what they were told alone just now; whoever answers next is not told.
        answers = [
            replace(_line(each, talk.people, shared and not part.apart), passing=shared and each.private)
            for each in said
            if each.in_reply_to == asked.message.id and not each.incomplete
        ]
        brief = brief_for(
            agent,
            house=asked.cast.house,
            person=asked.person,
            at=asked.at,
            background=background,
            before=[_line(each, talk.people, shared) for each in before],
            question=Question(
                Line(asked.person.name, asked.message.content, files=_names(asked.message)),
                asked.cast.find(asked.message.content).rest or asked.message.content,
                given,
                Line(part.by.name, part.request, part.by.id) if part.by else None,
                part.closing,
                tuple(_line(each, talk.people, shared and not part.apart) for each in said if _is_cut(each, asked, agent)),
            ),
            after=[line for line in answers if line.agent_id != agent.id or part.closing],
        )
        own = (each.content for each in said if each.author_kind == "user" and each.user_id == asked.person.user_id)
        links = Allowed(*own, asked.message.content, background.student, background.changed, course=asked.cast.links)
        return replace(brief, links=links, shared=shared)

    async def _background(
        self, asked: Round, agent: Agent, talk: Talk, before: Sequence[ParticipantMessage], covers: int
    ) -> Background:
        """What is known besides. A student's Foundation and figures enter no place where others read along."""
        memory, told, person = talk.conversation.memory, talk.conversation.told, asked.person
        known = Background(earlier=earlier(memory) if memory.text or memory.facts else "")
        if not asked.message.direct:
            return known
        if not known.earlier and not covers:
            known = Background(earlier=await self._just_before(person, before[0] if before else asked.message))
        now = await self._context.of(person, agent, asked.at)
        if agent.own:  # what it may read is its own selection, and nobody else is told just that
            return replace(known, student=now)
        if told and still_holds(told, person.user_id, covers, before[-1] if before else None, asked.at):
            changed = changes(told.text, now)
            if len(changed) <= CHANGED_AT_MOST:
                return replace(known, student=told.text, changed=changed)
        if told is None or (told.text, told.covers, told.user_id) != (now, covers, person.user_id):
            await self._store.tell(person, talk.conversation.id, Told(user_id=person.user_id, covers=covers, text=now))
        return replace(known, student=now)

    async def _just_before(self, person: Person, first: ParticipantMessage) -> str:
        """What was said in their direct messages right before this talk began, which is another: on Slack each message that is no
        reply begins one, and goes on with the last in the mind of whoever wrote it.
        """
        since = first.created_at - JUST_BEFORE
        said = await self._store.typed_since(person, since)
        there = [each for each in said if each.direct and each.answered_by and each.created_at < first.created_at]
        others = [each for each in there if each.conversation_id != first.conversation_id]
        if not others:
            return ""
        talk = await self._store.talk(person, others[-1].conversation_id, BEFORE_AT_MOST)
        earlier_said = [each for each in spoken(talk.said) if each.created_at < first.created_at]
        lines = [_line(each, talk.people, shared=False) for each in earlier_said]
        text = "\n\n".join(f"{line.name}: {_beginning(line.text)}" for line in lines if line.text)
        return quoted("", f"Said in another thread of these direct messages, shortly before:\n\n{text}", frame="earlier")


def _beginning(text: str) -> str:
    return text if len(text) <= LINE_BEFORE_AT_MOST else f"{text[:LINE_BEFORE_AT_MOST]}{CUT}"


def _is_cut(said: ParticipantMessage, asked: Round, agent: Agent) -> bool:
    """Whether it is a piece of the agent's own answer that broke off, from which it is to go on."""
    return bool(asked.cut) and said.in_reply_to == asked.message.id and said.incomplete and said.agent_id == agent.id


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
