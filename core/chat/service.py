"""Free words, and whoever is to answer them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

import structlog

from core.agents.agent import Agent
from core.agents.cast import Cast, Casting
from core.agents.mentions import CALLS
from core.agents.ports import Coaches
from core.chat import caring
from core.chat.briefing import Round
from core.chat.distress import is_distressed
from core.chat.enclosures import Enclosures, sorted_out
from core.chat.memory import Remembering
from core.chat.minutes import Minutes
from core.chat.model import ParticipantMessage, address_of
from core.chat.plan import AGENTS_AT_MOST
from core.chat.ports import Attachments, ChatStore, Context, Tools
from core.chat.small import (
    CANNOT_READ,
    LONG,
    TOO_LONG,
    introduction,
    is_only_thanks,
    says_nothing,
    too_long,
    too_long_to_read,
    welcome,
)
from core.chat.turns import Turns
from core.chat.uncalled import calls_nobody
from core.chat.views import ON, did_you_mean, nobody_called, not_read
from core.errors import NotFound
from core.llm.model import Model
from core.people.model import Person
from core.request import Address, Asked, File, Reworded, Said, Withdrawn
from core.ui import Answer, Live, Message

log = structlog.get_logger()

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
        remembering: Remembering | None = None,
        coaches: Coaches | None = None,
    ) -> None:
        """`small` answers for agents whose makers chose it; without one `model` answers for all. `remembering` sums up long
        talks; without it their oldest lines fall off. `coaches` can be told of somebody in distress; without them nobody can.
        """
        self._roster = roster
        self._coaches = coaches
        self._attachments = attachments
        self._store = store
        self._minutes = Minutes(store)
        self._turns = Turns(
            store=store,
            minutes=self._minutes,
            model=model,
            small=small or model,
            context=context,
            tools=tools,
            remembering=remembering,
        )

    async def hear(self, said: Said, person: Person) -> Answer:
        """Keep the words and answer them; None where they call nobody and were not meant for us.

        What was answered to the end before is answered in the same words: the event comes again only where they were not shown.

        Raises:
            TextTooLong: they cannot be kept.
        """
        if len(said.text) > TOO_LONG:
            raise too_long(said.text)
        calls = any(sign in said.text for sign in CALLS)
        cast = await self._roster.cast(person) if calls else self._roster.alone
        found = cast.find(said.text[:LONG])
        called = tuple(mention.who for mention in found.mentions)
        if not said.addressed and not called:
            return None
        if not said.text.strip() and not said.files:
            agent = await self._last_at(said, person)
            return Message(introduction(agent), speaker=agent.speaker)
        heard = await self._minutes.heard(person, said, called)
        message, answers = heard.message, heard.answers
        if message.withdrawn_at is not None:
            return None
        kept = _whole(answers)
        if is_distressed(said.text) and _cared(kept):
            return await self._care(person, cast, message, said.at)
        spoke = answers[0].agent_id if answers else heard.conversation.last_agent_id or cast.director.id
        if not cast.by_id(spoke) or kept:  # it may be an agent of their own that goes on, or was handed over to
            cast = await self._roster.cast(person)
        agents = called or (cast.by_id(spoke) or cast.director,)
        if found.near and not called and not kept:
            return did_you_mean(found.near, agents[0], message)
        if not called and not kept and (name := calls_nobody(said)):
            return nobody_called(name, cast, agents[0], message)
        told = {each.agent_id for each in kept}
        agents = tuple(each for each in agents if each.id in told or each.id not in message.answered_by)
        asked = Round(person, cast, message, agents, said.at, kept=kept, tells_again=bool(kept))
        return await self._reply(asked, found.rest, (said.files, said.address))

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

        After `ON` and the id, it goes on with its answer from where that broke off.

        Raises:
            NotFound: there is no such agent, or the message is not there or is not the person's.
        """
        cast = await self._roster.cast(person)
        agent = cast.named(agent_name)
        message_id = question.removeprefix(ON)
        if not _MESSAGE_ID.fullmatch(message_id):
            return await self._hear_for(agent, _said(asked, question), person, cast)
        message = await self._store.message(person, message_id)
        if message is None or message.withdrawn_at is not None:
            raise NotFound("That message is not there any more. Write it again.")
        rest = "" if _ONE_CALL.fullmatch(message.content) else message.content
        conversation = await self._minutes.conversation_of(person, message)
        sent = (tuple(each.file for each in message.attachments), address_of(conversation))
        answers = await self._minutes.answers_to(person, message)
        begun = (each for each in answers if each.incomplete and each.agent_id == agent.id) if question != message_id else ()
        round_ = Round(person, cast, message, (agent,), asked.at, kept=_whole(answers), cut=tuple(begun))
        return await self._reply(round_, rest, sent)

    async def _hear_for(self, agent: Agent, said: Said, person: Person, cast: Cast) -> Answer:
        if len(said.text) > TOO_LONG:
            raise too_long(said.text)
        heard = await self._minutes.heard(person, said, (agent,))
        message = heard.message
        if is_distressed(said.text) and _cared(_whole(heard.answers)):
            return await self._care(person, cast, message, said.at)
        return await self._reply(Round(person, cast, message, (agent,), said.at), said.text, (said.files, said.address))

    async def _care(self, person: Person, cast: Cast, message: ParticipantMessage, at: datetime) -> Message:
        """The answer to somebody in distress, without a model and without a lesson; the same where it is told again."""
        log.info("distress answered")
        agent = cast.director
        coached = self._coaches is not None and await caring.is_coached(self._coaches, person)
        answer = caring.answer(agent, message, coached=coached)
        if not message.answered_by:
            about = {caring.CARED: True, **({"private": True} if answer.private else {})}
            await self._minutes.thinking(person, message, agent, at)
            await self._minutes.answered(person, message, agent, answer.text, at, about)
            await self._minutes.done(person, message, agent)
        return answer

    async def _reply(self, asked: Round, rest: str, sent: Sent) -> Answer:
        """What the agents say: a few fixed words where those will do, else what the model makes of it. `rest` is what is said to
        them without their names.
        """
        person, message = asked.person, asked.message
        agents = [agent for each in asked.agents if (agent := await self._roster.whole(person, each))]
        if not agents and not asked.kept:
            raise NotFound(f"{asked.agents[0].name} does not answer any more. /agents lists who does.")
        files, place = sent
        if not asked.kept:
            readable, left_out = sorted_out(files)
            fixed = _fixed(agents[0], message.content, rest, unread=bool(left_out), read=bool(readable))
            if fixed:
                about = {"thanked": True} if fixed.reaction else {}
                await self._minutes.thinking(person, message, agents[0], asked.at)
                await self._minutes.answered(person, message, agents[0], fixed.text, asked.at, about)
                await self._minutes.done(person, message, agents[0])
                return replace(fixed, cards=(not_read(left_out),), reaction=None) if left_out else fixed
        elif len(asked.kept) == 1 and asked.kept[0].metadata.get("thanked"):
            return welcome(asked.cast.by_id(asked.kept[0].agent_id) or asked.cast.director)
        first, waiting = tuple(agents[:AGENTS_AT_MOST]), tuple(agents[AGENTS_AT_MOST:])
        enclosures = Enclosures(files, place, self._attachments)
        return Live(self._turns.answers(replace(asked, agents=first, waiting=waiting, enclosures=enclosures)))

    async def _last_at(self, said: Said, person: Person) -> Agent:
        cast = await self._roster.cast(person)
        conversation = await self._store.conversation_at(person, said.address)
        last = conversation.last_agent_id if conversation else None
        return cast.by_id(last or "") or cast.director


def _fixed(agent: Agent, text: str, rest: str, *, unread: bool, read: bool) -> Message | None:
    """What needs no model: nothing is asked, in words or by a file that can be read; `unread`: there are files that cannot."""
    if len(text) > LONG:
        return Message(too_long_to_read(text), speaker=agent.speaker)
    if read:
        return None
    if says_nothing(rest):
        return Message(CANNOT_READ if unread else introduction(agent), speaker=agent.speaker)
    return welcome(agent) if is_only_thanks(rest) else None


def _cared(kept: Sequence[ParticipantMessage]) -> bool:
    """Whether nothing else was answered yet: what was answered before is told again as it was."""
    return all(each.metadata.get(caring.CARED) for each in kept)


def _whole(answers: Sequence[ParticipantMessage]) -> tuple[ParticipantMessage, ...]:
    return tuple(each for each in answers if not each.incomplete)


def _said(asked: Asked, words: str) -> Said:
    return Said(id=asked.id, actor=asked.actor, address=asked.address, at=asked.at, text=words, direct=asked.direct)
