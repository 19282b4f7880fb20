"""Requests that only read are answered first and kept afterwards: Discord takes the answer itself for the acknowledgement.

So nothing was promised to whoever asked until they have the answer, and nothing that was promised can be lost. Where the answer
takes longer than Discord waits, the request is kept before it is deferred, as any other (docs/decisions/0018).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from bots.boundary import serve
from bots.discord.arrived import Origin
from bots.discord.replies import Reply
from bots.discord.showing import SOON_SECONDS
from bots.reception import Received, Reception
from core.errors import Trouble
from core.inbox import row_of
from core.request import Asked, Event, Platform
from core.ui import Answer

log = structlog.get_logger()

KEPT_WITHIN = 1.0
"""Seconds for keeping what takes long; then it is deferred all the same, before Discord gives it up."""
REMEMBERED_AT_MOST = 1_000
"""Ids of what was answered lately. Discord tells of an interaction twice within moments or never."""


class Shows(Protocol):
    """What is asked of `bots.discord.showing.Showing`."""

    async def show(self, answer: Answer, origin: Origin, event: Event, *, key: str, reply: Reply | None) -> None:
        """Show an answer."""
        ...

    async def defer(self, reply: Reply, *, hidden: bool) -> None:
        """Say that an answer will come, if Discord lets us."""
        ...


@dataclass(slots=True)
class _Reading:
    """A request that is being answered. `keeping` is there from when it takes long; `elsewhere`: another process has it."""

    wish: Asked
    reply: Reply
    hidden: bool
    body: asyncio.Task[object]
    keeping: asyncio.Task[Received | None] | None = None
    elsewhere: bool = False
    over: asyncio.Event = field(default_factory=asyncio.Event)


class Readings:
    """Answers them."""

    def __init__(
        self, reception: Reception, showing: Shows, *, soon: float = SOON_SECONDS, kept_within: float = KEPT_WITHIN
    ) -> None:
        """`soon`: seconds after which an answer takes long; `kept_within`: so many more until it is deferred at the latest."""
        self._reception = reception
        self._showing = showing
        self._soon = soon
        self._kept_within = kept_within
        self._lately: dict[str, None] = {}

    async def answer(self, wish: Asked, origin: Origin, reply: Reply, *, hidden: bool) -> None:
        """Answer it, in the present task; nothing where it was answered here before. `hidden`: what is deferred is for the
        asker's eyes alone.

        What could not be shown, or is broken off by the end of this process, is left to the inbox, as with `Reception.answered`.
        """
        body = asyncio.current_task()
        if body is None:
            raise RuntimeError("a request is answered by a task")
        if not self._is_new(wish.id):
            return
        reading = _Reading(wish, reply, hidden, body)
        soon = asyncio.get_running_loop().call_later(self._soon, self._takes_long, reading)
        shown = False
        try:
            answer = await serve(self._reception.door, wish)
            await self._showing.show(answer, origin, wish, key=row_of(Platform.DISCORD, wish.id), reply=reply)
            shown = True
        except asyncio.CancelledError:
            if reading.elsewhere:
                return
            raise
        finally:
            soon.cancel()
            reading.over.set()
            if not shown and not reading.elsewhere:
                await self._left(reading)
        await self._settle(reading, answer)

    def _is_new(self, interaction: str) -> bool:
        if interaction in self._lately:
            return False
        while len(self._lately) >= REMEMBERED_AT_MOST:
            del self._lately[next(iter(self._lately))]
        self._lately[interaction] = None
        return True

    def _takes_long(self, reading: _Reading) -> None:
        reading.keeping = asyncio.create_task(self._keep(reading))

    async def _keep(self, reading: _Reading) -> Received | None:
        """Keep it, defer it, and hold it until it is over; None where another process has it.

        Raises:
            Trouble: it could not be kept.
        """
        receiving = asyncio.create_task(self._reception.receive(reading.wish))
        await asyncio.wait({receiving}, timeout=self._kept_within)

        def elsewhere() -> None:
            reading.elsewhere = True
            reading.body.cancel()

        if receiving.done() and receiving.exception() is None and receiving.result() is None:
            elsewhere()
            return None
        await self._showing.defer(reading.reply, hidden=reading.hidden)
        received = await receiving
        if received is not None:
            with self._reception.holding(received, elsewhere):
                await reading.over.wait()
        return received

    async def _settle(self, reading: _Reading, answer: Answer) -> None:
        """It was shown."""
        if reading.keeping is None:
            self._reception.note(reading.wish, answer)
            return
        try:
            received = await reading.keeping
        except Trouble as trouble:
            log.warning("discord event kept late", trouble=type(trouble).__name__)
            self._reception.note(reading.wish, answer)
        else:
            if received is not None:
                await self._reception.settle(received.arrival, answer)

    async def _left(self, reading: _Reading) -> None:
        """It was not shown: another process answers it, at once where this one ends, and otherwise when the lease runs out."""
        try:
            received = await (reading.keeping or self._reception.receive(reading.wish))
        except Trouble as trouble:
            log.warning("discord event not kept", trouble=type(trouble).__name__)
            return
        if received is not None:
            received.place.leave()
            if self._reception.leaving:
                await self._reception.give_back(received.arrival)
