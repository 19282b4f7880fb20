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
        """Each agent's answer in turn. After a trouble the others are not tried, since theirs would be the same."""
        for number, agent in enumerate(asked.agents, start=1):
            trouble = False
            async with aclosing(self._answer(asked, agent, asked.agents[number:])) as updates:
                async for update in updates:
                    trouble = isinstance(update, Ended) and any(card.tone is Tone.BAD for card in update.message.cards)
                    yield update
            if trouble:
                return

    async def _answer(self, asked: Round, agent: Agent, others: tuple[Agent, ...]) -> AsyncGenerator[Update, None]:
        spoken = Spoken(shared=not asked.message.direct)
        trouble: Trouble | None = Stopped()
        kept, given = _Kept(), NOTHING
        yield Began(agent.speaker)
        try:
            await self._minutes.thinking(asked.person, asked.message, agent, asked.at)
            given = await asked.enclosures.given() if asked.enclosures else NOTHING
            brief = await self._briefing.brief(asked, agent, given)
            asker = Asker(asked.person, asked.at, asked.message.id, agent.id)
            speaking = Speaking(self._model_of(agent), self._tools)
            async with aclosing(speaking.updates(brief, agent, asker, spoken)) as updates:
                async for update in updates:
                    yield update
            trouble = None
        except Trouble as found:
            trouble = found
        finally:
            kept = await to_the_end(self._keep(asked, agent, spoken, trouble))
        cards = []
        if trouble:
            cards.append(broke_off(agent, asked.message, trouble, anything=bool(spoken.text)))
        if kept.trouble and spoken.text:
            cards.append(not_kept(kept.trouble))
        unheard = (*(others if cards else ()), *(asked.waiting if cards or not others else ()))
        whole = not cards and bool(spoken.text) and not self._model.practice
        if given.left_out and agent is asked.agents[0]:
            cards.append(not_read(given.left_out))
        if unheard:
            cards.append(not_heard(unheard))
        if whole:
            cards.append(feedback_asked(kept.message_id))
        cards += told(spoken.note)
        yield Ended(Message(spoken.rest, (*spoken.cards, *cards), private=spoken.apart, speaker=agent.speaker))

    def _model_of(self, agent: Agent) -> Model:
        return self._small if agent.small else self._model

    async def _keep(self, asked: Round, agent: Agent, spoken: Spoken, trouble: Trouble | None) -> _Kept:
        """Keep the answer, or as much of it as came."""
        about: dict[str, str | bool] = {"model": self._model_of(agent).name}
        if spoken.used:
            about["used"] = ", ".join(spoken.used)
        if spoken.apart:
            about["private"] = True
        if trouble is not None:
            about |= {"incomplete": True, "trouble": type(trouble).__name__}
        log.info(
            "agent answered",
            agent=agent.id,
            message=asked.message.id,
            characters=len(spoken.text),
            tools=list(spoken.used),
            trouble=type(trouble).__name__ if trouble else None,
        )
        message_id = ""
        try:
            if spoken.text:
                message_id = await self._minutes.answered(asked.person, asked.message, agent, spoken.text, asked.at, about)
            elif trouble is not None:
                await self._minutes.failed(asked.person, asked.message, agent, trouble, asked.at)
            await self._minutes.done(asked.person, asked.message, agent)
        except StoreTrouble as unkept:
            log.warning("answer not kept", message=asked.message.id, trouble=type(unkept).__name__)
            return _Kept(message_id, unkept)
        return _Kept(message_id)


async def to_the_end(work: Coroutine[Any, Any, Result]) -> Result:
    """Do the work to its end, even where the one who asked for it is cancelled meanwhile; the cancellation follows then."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
