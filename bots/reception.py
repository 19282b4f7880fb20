"""Keeping what people did before it is answered, so that a crash loses nothing and a second delivery answers nothing twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

import structlog

from bots.boundary import Door, refused, serve
from core.errors import Trouble
from core.inbox import Arrival, Inbox
from core.leases import LEASE, LeaseLost, Wait, held, surely
from core.parcels import Keepable
from core.request import Said
from core.ui import Answer, Live

log = structlog.get_logger()


class Reception:
    """Stands between a surface and the one door: keeps, answers, and settles.

    `owner` names this process in leases.
    """

    def __init__(self, door: Door, inbox: Inbox, *, owner: str, now: Callable[[], datetime], wait: Wait) -> None:
        self.door = door
        self._inbox = inbox
        self._owner = owner
        self._now = now
        self._wait = wait

    @asynccontextmanager
    async def answering(self, request: Keepable) -> AsyncIterator[Answer]:
        """The answer to a request, to be shown inside the block; None where it is a second delivery, or was for nobody here.

        When the block is left in good order, or because the person stopped it, the request is settled. Where showing the answer
        fails or the process dies, the lease runs out and another process answers (`bots.late`). An answer whose work a job
        keeps is settled at once.
        """
        try:
            taken = await self._inbox.take(request, owner=self._owner, at=self._now())
        except Trouble as trouble:
            yield refused(trouble, request)
            return
        if taken is None:
            yield None
            return
        async with held(lambda: self._inbox.extend(taken, self._now() + LEASE), lease=LEASE, wait=self._wait):
            arrival, answer = await self._answered(taken, request)
            if arrival is None:
                yield None
            elif isinstance(answer, Live) and answer.kept:
                await self._settle(arrival)
                yield answer
            else:
                try:
                    yield answer
                except asyncio.CancelledError:  # the person stopped it, and what came is kept
                    await asyncio.shield(self._settle(arrival))
                    raise
                await self._settle(arrival)

    async def _answered(self, taken: Arrival, request: Keepable) -> tuple[Arrival | None, Answer]:
        """The answer, and the arrival that is to be settled; no arrival where the words were for nobody here."""
        answer = await serve(self.door, request)
        if answer is not None or not isinstance(request, Said) or request.addressed:
            return taken, answer
        again = await surely(lambda: self._inbox.pass_over(taken, self._now()), self._wait)
        return again, await serve(self.door, again.read()) if again else None

    async def _settle(self, arrival: Arrival) -> None:
        try:
            await surely(lambda: self._inbox.done(arrival, self._now()), self._wait)
        except LeaseLost:  # whoever has it now will find it answered, or answer it
            log.warning("lease lost", event=arrival.id)
