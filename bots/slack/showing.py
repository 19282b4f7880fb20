"""Showing an answer where its question came from, in the way that its kind is shown in Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import assert_never

import structlog

from bots.boundary import Door
from bots.late import Opening
from bots.slack.api import Api
from bots.slack.arrived import Begun, Origin
from bots.slack.growing import Growing
from bots.slack.modals import Modals, Waiting
from bots.slack.sender import SlackMessenger
from core.command import Pace
from core.errors import Trouble
from core.request import Event, Said
from core.ui import Answer, Form, Live, Message, Page

log = structlog.get_logger()

BEGIN = "A way to begin"
TITLE, WORDS = 75, 2_000
"""Characters of a suggested prompt's title and words that are sure to be taken; Slack names no limit."""
NOT_A_FORM = "That did not need a form after all: the answer is in your messages."


class Showing:
    """Everything that is shown in answer to something."""

    def __init__(
        self,
        door: Door,
        api: Api,
        *,
        messenger: SlackMessenger,
        growing: Growing,
        modals: Modals,
        opening: Opening,
        wait: Callable[[float], Awaitable[object]],
    ) -> None:
        self._door = door
        self._api = api
        self._messenger = messenger
        self._growing = growing
        self._modals = modals
        self._opening = opening
        self._wait = wait

    @asynccontextmanager
    async def in_time(self, origin: Origin, pace: Pace) -> AsyncIterator[Waiting | None]:
        """While a form is being made, a modal that waits for it once the trigger's time runs short."""
        if pace is not Pace.FORM or not origin.trigger_id:
            yield None
            return
        waiting = Waiting(self._modals, origin, self._wait)
        try:
            yield waiting
        finally:
            await waiting.view()

    async def show(self, answer: Answer, origin: Origin, event: Event, *, key: str, waiting: Waiting | None = None) -> None:
        """Show it. Its parts are known by the key and their number from 1, so that none is posted twice."""
        view_id = await waiting.view() if waiting else ""
        if view_id and not isinstance(answer, Form):
            await self._modals.say(view_id, NOT_A_FORM, origin)
        match answer:
            case None:
                pass
            case Message(reaction=sign) if sign and isinstance(event, Said) and await self._messenger.react(origin, sign):
                pass
            case Message() | Page():
                await self._messenger.answer(origin, answer, f"{key}:1")
            case Live():
                await self._growing.grow(origin, answer, key)
            case Form() if view_id:
                await self._modals.fill(view_id, answer, origin, event.actor)
            case Form():
                if not await self._modals.open(answer, origin, event.actor):
                    await self._messenger.answer(origin, await self._opening(answer, event), f"{key}:1")
            case _:
                assert_never(answer)

    async def openers(self, begun: Begun, origin: Origin) -> None:
        """Suggest ways to begin a conversation. Without a thread: with one, Slack would show nothing and say nothing."""
        found = await self._door.openers(begun)
        prompts = [{"title": each.title[:TITLE], "message": each.words[:WORDS]} for each in found]
        if not prompts:
            return
        try:
            await self._api.call(
                origin.team, "assistant.threads.setSuggestedPrompts", channel_id=origin.channel, prompts=prompts, title=BEGIN
            )
        except Trouble as trouble:  # a workspace without them does without them
            log.info("prompts not suggested", trouble=type(trouble).__name__)
