"""Agents answering a message, one after the other, with whatever happens kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import structlog

from core.agents.agent import Agent
from core.chat.briefing import Briefing, Round
from core.chat.enclosures import NOTHING
from core.chat.fitting import Fitting
from core.chat.memory import Remembering
from core.chat.minutes import Minutes
from core.chat.plan import Part, Relay, Turn, part_of
from core.chat.ports import Asker, ChatStore, Context, Tools
from core.chat.speaking import Speaking, Spoken
from core.chat.views import again, broke_off, not_heard, not_kept, not_read
from core.errors import ModelKeyRefused, ModelOutOfCredit, ModelUnreachable, StoreTrouble, Trouble
from core.feedback.views import asked as feedback_asked
from core.llm.model import Model
from core.plans import Plan
from core.ui import Began, Card, Ended, Message, Planned, Update
from core.usage.service import BudgetHeld, BudgetUsed
from core.usage.views import told

log = structlog.get_logger()

Result = TypeVar("Result")

EVERYBODYS = (ModelKeyRefused, ModelOutOfCredit, ModelUnreachable, BudgetUsed, BudgetHeld, StoreTrouble)
"""Troubles that the next agent would have as well."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """The id of an answer that was kept, or why it could not be."""

    message_id: str = ""
    trouble: StoreTrouble | None = None


class Stopped(Trouble):
    """You stopped this answer. What came is kept."""


class Turns:
    """Has agents answer."""

    def __init__(
        self,
        *,
        store: ChatStore,
        minutes: Minutes,
        model: Model,
        small: Model,
        context: Context,
        tools: Tools,
        remembering: Remembering | None = None,
    ) -> None:
        self._store = store
        self._minutes = minutes
        self._model = model
        self._small = small
        self._fitting = Fitting(Briefing(store, context), remembering)
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
            asker = Asker(asked.person, asked.at, asked.message.id, agent.id, relay)
            speaking = True
            said = Speaking(self._model_of(agent), self._tools)
            async with aclosing(self._fitting.updates(asked, part, given, said, asker, spoken)) as updates:
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
        cards = _went_wrong(asked, part, spoken, kept, trouble)
        whole = not cards and bool(spoken.text) and not self._model.practice
        if given.left_out and agent is asked.agents[0] and not part.closing:
            cards.append(not_read(given.left_out))
        if turn.over and (left or asked.waiting):
            cards.append(not_heard((*left, *asked.waiting), asked.message))
        if whole:
            cards.append(feedback_asked(kept.message_id))
        cards += told(spoken.note)
        yield Ended(Message(spoken.rest, (*spoken.cards, *cards), private=spoken.apart, speaker=agent.speaker))

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
    apart = any(each.private for each in asked.cut)  # what was begun for the asker alone goes on for them alone
    parts = [part_of(agent, asked.kept, asked.cast) for agent in asked.agents]
    parts = [replace(each, apart=each.apart or apart) for each in parts]
    return Turn(parts, asked.cast, others=tuple(others))


def _went_wrong(asked: Round, part: Part, spoken: Spoken, kept: _Kept, trouble: Trouble | None) -> list[Card]:
    cards = []
    if trouble:
        cards.append(broke_off(part, asked.message, trouble, anything=bool(spoken.text)))
    if kept.trouble and spoken.text:
        cards.append(not_kept(kept.trouble))
    return cards


async def to_the_end(work: Coroutine[Any, Any, Result]) -> Result:
    """Do the work to its end, even where the one who asked for it is cancelled meanwhile; the cancellation follows then."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
