"""Showing an answer where its question came from, in the way that its kind is shown in Discord."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import assert_never

import structlog

from bots.discord.arrived import Origin
from bots.discord.growing import Growing
from bots.discord.modals import Modals
from bots.discord.replies import Reply, Spent
from bots.discord.sender import DiscordMessenger
from bots.discord.troubles import DiscordTrouble
from bots.late import Opening
from core.command import Pace
from core.ids import new_id
from core.request import Event, Said
from core.ui import Answer, Form, Live, Message, Page

log = structlog.get_logger()

SOON_SECONDS, FORM_SECONDS = 0.8, 2.0
"""Discord waits three seconds for a first response: what takes longer than this is deferred."""
LATER_SECONDS = 0.3
"""What is known to take long is deferred this soon: a form that it needs first is there before, and can follow no defer."""

_SECONDS = {Pace.NOW: SOON_SECONDS, Pace.LATER: LATER_SECONDS, Pace.FORM: FORM_SECONDS}


class Showing:
    """Everything that is shown in answer to something."""

    def __init__(
        self,
        messenger: DiscordMessenger,
        *,
        growing: Growing,
        modals: Modals,
        opening: Opening,
    ) -> None:
        self._messenger = messenger
        self._growing = growing
        self._modals = modals
        self._opening = opening

    @asynccontextmanager
    async def in_time(self, reply: Reply | None, pace: Pace, *, hidden: bool) -> AsyncIterator[None]:
        """While an answer is being made, a defer at the last moment that is safe. A form cannot follow one, and may take longer.

        `hidden`: what follows is for the asker's eyes alone.
        """
        if reply is None:
            yield
            return
        deferring: list[asyncio.Task[None]] = []

        def begin() -> None:
            deferring.append(asyncio.create_task(self.defer(reply, hidden=hidden)))

        waiting = asyncio.get_running_loop().call_later(_SECONDS[pace], begin)
        try:
            yield
        finally:
            waiting.cancel()
            for each in deferring:
                each.cancel()
                await asyncio.wait({each})

    async def show(self, answer: Answer, origin: Origin, event: Event, *, key: str, reply: Reply | None) -> None:
        """Show it. Its parts are known by the key and their number from 1, so that none is posted twice."""
        match answer:
            case None:
                pass
            case Message(reaction=sign) if sign and isinstance(event, Said) and await self._messenger.react(origin, sign):
                pass
            case Message() | Page():
                await self._messenger.answer(origin, answer, f"{key}:1", reply)
            case Live():
                await self._growing.grow(origin, answer, key, reply)
            case Form() if reply is not None and await self._modals.open(answer, origin, event.actor, reply):
                pass
            case Form():
                await self._messenger.answer(origin, await self._opening(answer, event), f"{key}:1", None)
            case _:
                assert_never(answer)
        if reply is not None:
            await reply.nothing()

    async def tell(self, words: Message, origin: Origin) -> None:
        """Say something that answers nothing."""
        await self._messenger.answer(origin, words, new_id("msg"), None)

    async def defer(self, reply: Reply, *, hidden: bool) -> None:
        """Say that an answer will come, if Discord lets us."""
        try:
            await reply.defer(hidden=hidden)
        except Spent:
            log.info("discord reply refused")
        except DiscordTrouble as trouble:
            log.warning("discord reply not deferred", trouble=type(trouble).__name__)
