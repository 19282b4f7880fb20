"""Free words, and whoever is to answer them."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from core.agents.agent import Agent
from core.agents.cast import Cast, Casting
from core.chat.briefing import Round
from core.chat.enclosures import Enclosures, sorted_out
from core.chat.minutes import Minutes
from core.chat.model import ParticipantMessage, address_of
from core.chat.ports import Attachments, ChatStore, Context, Tools
from core.chat.small import (
    CANNOT_READ,
    LONG,
    TOO_LONG,
    WELCOME,
    introduction,
    is_only_thanks,
    says_nothing,
    too_long,
    too_long_to_read,
)
from core.chat.turns import Turns
from core.chat.views import did_you_mean, not_read
from core.errors import NotFound
from core.feedback.views import asked as feedback_asked
from core.llm.model import Model
from core.people.model import Person
from core.request import Address, Asked, File, Reworded, Said, Withdrawn
from core.ui import Answer, Began, Ended, Grew, Live, Message, Update

AGENTS_AT_MOST = 4
"""Agents who answer one message; whoever is called beyond is named, so that nothing goes unseen."""

Sent: TypeAlias = tuple[tuple[File, ...], Address]
"""The files that came with a message, and where they were sent."""

_MESSAGE_ID = re.compile(r"msg_[0-9a-z]{26}")
_ONE_CALL = re.compile(r"\s*[@＠]\S+\s*")


class Chat:
    """The conversation with the agents. Implements `core.ports.Listener`."""

    def __init__(
        self,
        *,
        roster: Casting,
        store: ChatStore,
        model: Model,
        context: Context,
        attachments: Attachments,
        tools: Tools,
        small: Model | None = None,
    ) -> None:
        """`small` answers for agents whose makers chose it; without one `model` answers for all."""
        self._roster = roster
        self._attachments = attachments
        self._store = store
        self._minutes = Minutes(store)
        self._turns = Turns(store=store, minutes=self._minutes, model=model, small=small or model, context=context, tools=tools)

    async def hear(self, said: Said, person: Person) -> Answer:
        """Keep the words and answer them; None where they call nobody and were not meant for us.

        What was answered to the end before is answered in the same words: the event comes again only where they were not shown.

        Raises:
            TextTooLong: they cannot be kept.
        """
        if len(said.text) > TOO_LONG:
            raise too_long(said.text)
        cast = await self._roster.cast(person)
        found = cast.find(said.text[:LONG])
        called = tuple(mention.who for mention in found.mentions)
        if not said.addressed and not called:
            return None
        if not said.text.strip() and not said.files:
            agent = await self._last_at(said, person, cast)
            return Message(introduction(agent), speaker=agent.speaker)
        message = await self._minutes.heard(person, said, called)
        if message.withdrawn_at is not None:
            return None
        open_ = tuple(
            agent for agent in called or (await self._last(person, message, cast),) if agent.id not in message.answered_by
        )
        before = tuple(_told(cast, *each) for each in (await self._minutes.answers_to(person, message)).items())
        if not open_:
            return Live(_again(before)) if before else None
        if found.near and not called:
            return did_you_mean(found.near, open_[0], message)
        answer = await self._reply(person, cast, message, open_, found.rest, said.at, (said.files, said.address))
        return replace(answer, updates=_again(before, answer.updates)) if before and isinstance(answer, Live) else answer

    async def reworded(self, change: Reworded, person: Person) -> None:
        """What the person said reads differently now; it is answered again only if they ask again."""
        message = await self._store.by_event(person, change.address.platform, change.of)
        if message is not None and message.withdrawn_at is None and len(change.text) <= TOO_LONG:
            await self._store.correct(person, message.id, change.text, change.at, withdrawn=False)

    async def withdrawn(self, change: Withdrawn, person: Person) -> None:
        """The person took back what they had said: the words are not kept any longer."""
        message = await self._store.by_event(person, change.address.platform, change.of)
        if message is not None:
            await self._store.correct(person, message.id, "", change.at, withdrawn=True)

    async def ask(self, asked: Asked, person: Person, agent_name: str, question: str) -> Answer:
        """Have the agent answer: the person's own kept message, if `question` is its id, or these words.

        Raises:
            NotFound: there is no such agent, or the message is not there or is not the person's.
        """
        cast = await self._roster.cast(person)
        agent = cast.named(agent_name)
        if not _MESSAGE_ID.fullmatch(question):
            return await self._hear_for(agent, _said(asked, question), person, cast)
        message = await self._store.message(person, question)
        if message is None or message.withdrawn_at is not None:
            raise NotFound("That message is not there any more. Write it again.")
        rest = "" if _ONE_CALL.fullmatch(message.content) else message.content
        conversation = await self._minutes.conversation_of(person, message)
        sent = (tuple(each.file for each in message.attachments), address_of(conversation))
        return await self._reply(person, cast, message, (agent,), rest, asked.at, sent)

    async def _hear_for(self, agent: Agent, said: Said, person: Person, cast: Cast) -> Answer:
        if len(said.text) > TOO_LONG:
            raise too_long(said.text)
        message = await self._minutes.heard(person, said, (agent,))
        return await self._reply(person, cast, message, (agent,), said.text, said.at, (said.files, said.address))

    async def _reply(
        self,
        person: Person,
        cast: Cast,
        message: ParticipantMessage,
        called: Sequence[Agent],
        rest: str,
        at: datetime,
        sent: Sent,
    ) -> Answer:
        """What the agents say: a few fixed words where those will do, else what the model makes of it."""
        agents = [agent for each in called if (agent := await self._roster.whole(person, each))]
        if not agents:
            raise NotFound(f"{called[0].name} does not answer any more. /agents lists who does.")
        files, place = sent
        readable, left_out = sorted_out(files)
        words = _fixed_words(agents[0], message.content, rest, unread=bool(left_out), read=bool(readable))
        if words:
            await self._minutes.thinking(person, message, agents[0], at)
            await self._minutes.answered(person, message, agents[0], words, at, {})
            await self._minutes.done(person, message, agents[0])
            return Message(words, (not_read(left_out),) if left_out else (), speaker=agents[0].speaker)
        first, waiting = tuple(agents[:AGENTS_AT_MOST]), tuple(agents[AGENTS_AT_MOST:])
        enclosures = Enclosures(files, place, self._attachments)
        return Live(self._turns.answers(Round(person, cast, message, first, at, waiting, enclosures)))

    async def _last(self, person: Person, message: ParticipantMessage, cast: Cast) -> Agent:
        """The agent who last spoke in the message's conversation, else the Director."""
        conversation = await self._minutes.conversation_of(person, message)
        return cast.by_id(conversation.last_agent_id or "") or cast.director

    async def _last_at(self, said: Said, person: Person, cast: Cast) -> Agent:
        conversation = await self._store.conversation_at(person, said.address)
        last = conversation.last_agent_id if conversation else None
        return cast.by_id(last or "") or cast.director


def _fixed_words(agent: Agent, text: str, rest: str, *, unread: bool, read: bool) -> str:
    """What needs no model: nothing is asked, in words or by a file that can be read; `unread`: there are files that cannot."""
    if len(text) > LONG:
        return too_long_to_read(text)
    if read:
        return ""
    if says_nothing(rest):
        return CANNOT_READ if unread else introduction(agent)
    return WELCOME if is_only_thanks(rest) else ""


def _told(cast: Cast, agent_id: str, kept: ParticipantMessage) -> Message:
    """A kept answer as it was given, but for the cards that came with it: what they offered waits where it was kept."""
    agent = cast.by_id(agent_id)
    cards = (feedback_asked(kept.id),) if kept.metadata.get("model") else ()
    return Message(kept.content, cards, private=kept.private, speaker=agent.speaker if agent else None)


async def _again(before: Sequence[Message], updates: AsyncGenerator[Update, None] | None = None) -> AsyncGenerator[Update, None]:
    """What was answered before, and then what is answered now."""
    for each in before:
        yield Began(each.speaker)
        yield Grew(each.text)
        yield Ended(each)
    if updates is not None:
        async with aclosing(updates):
            async for update in updates:
                yield update


def _said(asked: Asked, words: str) -> Said:
    return Said(id=asked.id, actor=asked.actor, address=asked.address, at=asked.at, text=words, direct=asked.direct)
