"""Agents answering a message, one after the other, with whatever happens kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog

from core.agents.agent import Agent
from core.chat.briefing import Briefing, Round
from core.chat.enclosures import NOTHING
from core.chat.minutes import Minutes
from core.chat.ports import Asker, ChatStore, Context, Tools
from core.chat.speaking import Speaking, Spoken
from core.chat.views import broke_off, not_heard, not_kept, not_read
from core.errors import StoreTrouble, Trouble
from core.feedback.views import asked as feedback_asked
from core.llm.model import Model
from core.ui import Began, Ended, Message, Tone, Update
from core.usage.views import told

log = structlog.get_logger()

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Kept:
    """The id of an answer that was kept, or why it could not be."""

    message_id: str = ""
    trouble: StoreTrouble | None = None


class Stopped(Trouble):
    """You stopped this answer. What came is kept."""


class Turns:
    """Has agents answer."""

    def __init__(self, *, store: ChatStore, minutes: Minutes, model: Model, small: Model, context: Context, tools: Tools) -> None:
        self._store = store
        self._minutes = minutes
        self._model = model
        self._small = small
        self._briefing = Briefing(store, context)
        self._tools = tools

    async def answers(self, asked: Round) -> AsyncGenerator[Update, None]:
        """Everybody's answer in turn: of those who were called, and of those to whom they hand over; with the plan, where there
        is one. After a trouble the others are still tried, unless theirs would be the same.
        """
        turn = _turn(asked)
        planned: Plan | None = None
        for kept in asked.kept if asked.tells_again else ():
            for update in again(kept, asked.cast):
                yield update
            turn.told(kept.agent_id, kept.handed, closing=kept.closing, apart=kept.private)
        while (part := turn.next()) is not None:
            if turn.plan and turn.plan != planned:
                planned = turn.plan
                yield Planned(planned, turn.leader)
            async with aclosing(self._answer(asked, turn, part)) as updates:
                async for update in updates:
                    yield update
        if turn.plan and turn.plan != planned:
            yield Planned(turn.plan, turn.leader)

    async def _answer(self, asked: Round, turn: Turn, part: Part) -> AsyncGenerator[Update, None]:
        agent, relay = part.agent, turn.relay(part)
        spoken = Spoken(shared=not asked.message.direct, apart=part.apart and not asked.message.direct)
        trouble: Trouble | None = Stopped()
        kept, given, speaking = _Kept(), NOTHING, False
        yield Began(agent.speaker)
        try:
            await self._minutes.thinking(asked.person, asked.message, agent, asked.at)
            given = await asked.enclosures.given() if asked.enclosures else NOTHING
            brief = await self._briefing.brief(asked, part, given)
            asker = Asker(asked.person, asked.at, asked.message.id, agent.id, relay)
            speaking = True
            said = Speaking(self._model_of(agent), self._tools).updates(brief, agent, asker, spoken)
            async with aclosing(said) as updates:
                async for update in updates:
                    yield update
            trouble = None
        except Trouble as found:
            trouble = found
        finally:
            kept = await to_the_end(self._keep(asked, part, spoken, relay, trouble))
        turn.ended(part, failed=trouble is not None, handed=relay.handed, apart=spoken.apart)
        left: tuple[Agent, ...] = ()
        if kept.trouble or (trouble and (not speaking or isinstance(trouble, EVERYBODYS))):
            left = turn.break_off()
        cards = self._under(asked, part, spoken, kept, trouble)
        if given.left_out and agent is asked.agents[0]:
            cards.append(not_read(given.left_out))
        if turn.over and (left or asked.waiting):
            cards.append(not_heard((*left, *asked.waiting), asked.message))
        cards += told(spoken.note)
        yield Ended(Message(spoken.rest, (*spoken.cards, *cards), private=spoken.apart, speaker=agent.speaker))

    def _under(self, asked: Round, part: Part, spoken: Spoken, kept: _Kept, trouble: Trouble | None) -> list[Card]:
        """What stands under an answer: what went wrong, or else whether it helped."""
        cards = []
        if trouble:
            cards.append(broke_off(part, asked.message, trouble, anything=bool(spoken.text)))
        if kept.trouble and spoken.text:
            cards.append(not_kept(kept.trouble))
        if not cards and spoken.text and not self._model.practice:
            cards.append(feedback_asked(kept.message_id))
        return cards

    def _model_of(self, agent: Agent) -> Model:
        return self._small if agent.small else self._model

    async def _keep(self, asked: Round, part: Part, spoken: Spoken, relay: Relay, trouble: Trouble | None) -> _Kept:
        """Keep the answer, or as much of it as came; with what it handed over, if it is whole."""
        agent, handed = part.agent, () if trouble else tuple(relay.handed)
        about: dict[str, str | bool] = {"model": spoken.model or self._model_of(agent).name}
        if spoken.used:
            about["used"] = ", ".join(spoken.used)
        if spoken.apart:
            about["private"] = True
        if part.closing:
            about["closing"] = True
        if trouble is not None:
            about |= {"incomplete": True, "trouble": type(trouble).__name__}
        log.info(
            "agent answered",
            agent=agent.id,
            message=asked.message.id,
            characters=len(spoken.text),
            tools=list(spoken.used),
            handed=[each.agent_id for each in handed],
            trouble=type(trouble).__name__ if trouble else None,
        )
        message_id = ""
        try:
            if spoken.text:
                answered = self._minutes.answered
                message_id = await answered(asked.person, asked.message, agent, spoken.text, asked.at, about, handed)
            elif trouble is not None:
                await self._minutes.failed(asked.person, asked.message, agent, trouble, asked.at)
            await self._minutes.done(asked.person, asked.message, agent)
        except StoreTrouble as unkept:
            log.warning("answer not kept", message=asked.message.id, trouble=type(unkept).__name__)
            return _Kept(message_id, unkept)
        return _Kept(message_id)


def _turn(asked: Round) -> Turn:
    """The turn as it begins. Where one who is asked for it had been handed something, they are to do that."""
    if asked.tells_again:
        return Turn([Part(agent=agent) for agent in asked.agents], asked.cast)
    others = {each.agent_id for each in asked.kept} - {agent.id for agent in asked.agents}
    handed = [each for each in asked.kept if each.handed]
    return Turn([_part(agent, handed, asked.cast) for agent in asked.agents], asked.cast, others=tuple(others))


def _part(agent: Agent, handed: Sequence[ParticipantMessage], cast: Cast) -> Part:
    for kept in handed:
        for each in kept.handed:
            if each.agent_id == agent.id:
                by, depth = cast.by_id(kept.agent_id), _depth(kept.agent_id, handed) + 1
                return Part(agent=agent, request=each.request, by=by, depth=depth, apart=kept.private)
    return Part(agent=agent)


def _depth(agent_id: str, handed: Sequence[ParticipantMessage]) -> int:
    """By how many hand-overs this agent came to its part."""
    above = next((kept.agent_id for kept in handed if any(each.agent_id == agent_id for each in kept.handed)), None)
    return 0 if above is None else 1 + _depth(above, handed)


async def to_the_end(work: Coroutine[Any, Any, Result]) -> Result:
    """Do the work to its end, even where the one who asked for it is cancelled meanwhile; the cancellation follows then."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
