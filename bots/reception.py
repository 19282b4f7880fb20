"""Keeping what people did before it is answered, so that a crash loses nothing and a second delivery answers nothing twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import structlog

from bots.boundary import Door, refused, serve
from bots.turns import InTurn, Turn
from core.errors import Trouble
from core.holding import Wait, held, surely
from core.inbox import Arrival, Inbox
from core.leases import LEASE, LeaseLost
from core.parcels import Keepable
from core.request import Said
from core.ui import Answer, Live

log = structlog.get_logger()

LAST_WORDS_SECONDS = 2.0
"""For settling what was answered, while the program ends."""


class Reception:
    """Stands between a surface and the one door: keeps, answers, and settles.

    `owner` names this process in leases.
    """

    def __init__(
        self,
        door: Door,
        inbox: Inbox,
        *,
        owner: str,
        now: Callable[[], datetime],
        wait: Wait,
        lease: timedelta = LEASE,
    ) -> None:
        self.door = door
        self._inbox = inbox
        self._owner = owner
        self._now = now
        self._wait = wait
        self._lease = lease
        self.turns = InTurn()
        self._settling: dict[str, asyncio.Task[None]] = {}

    @asynccontextmanager
    async def answering(self, request: Keepable) -> AsyncIterator[Answer]:
        """The answer to a request, to be shown inside the block; None where it is a second delivery, or was for nobody here.

        When the block is left in good order, or because the person stopped it, the request is settled. Where showing the answer
        fails or the process dies, the lease runs out and another process answers (`bots.late`); where the lease is lost, as
        after a laptop's sleep, the block is cancelled without an error, for the same reason. An answer whose work a job keeps is
        settled at once. Of one conversation's messages each waits until those before it were shown.
        """
        with self.turns.in_line(request) as my_turn:
            async with self._answering(request, my_turn) as answer:
                yield answer

    @asynccontextmanager
    async def _answering(self, request: Keepable, my_turn: Turn) -> AsyncIterator[Answer]:
        try:
            taken = await self._inbox.take(request, owner=self._owner, at=self._now(), lease=self._lease)
        except Trouble as trouble:
            yield refused(trouble, request)
            return
        if taken is None:
            yield None
            return
        shown = False
        try:
            async with held(lambda: self._inbox.extend(taken, self._now() + self._lease), lease=self._lease, wait=self._wait):
                await my_turn()
                arrival, answer = await self._answered(taken, request)
                shown = True
                if arrival is None:
                    yield None
                elif isinstance(answer, Live) and answer.kept:
                    await self._settle(arrival)
                    yield answer
                else:
                    try:
                        yield answer
                    except asyncio.CancelledError:  # the person stopped it, and what came is kept
                        await self._settle(arrival)
                        raise
                    await self._settle(arrival)
        except LeaseLost:
            log.warning("lease lost", row=taken.id)
            if not shown:
                yield None

    def has_shown(self, event_id: str) -> bool:
        """Whether the answer to this event of the inbox was shown here, and only its mark is still missing."""
        return event_id in self._settling

    async def close(self) -> None:
        """Write the marks that are still missing, if the record takes them now."""
        if self._settling:
            await asyncio.wait(self._settling.values(), timeout=LAST_WORDS_SECONDS)
        for each in self._settling.values():
            each.cancel()

    async def _answered(self, taken: Arrival, request: Keepable) -> tuple[Arrival | None, Answer]:
        """The answer, and the arrival that is to be settled; no arrival where the words were for nobody here."""
        answer = await serve(self.door, request)
        if answer is not None or not isinstance(request, Said) or request.addressed:
            return taken, answer
        again = await surely(lambda: self._inbox.pass_over(taken, self._now()), self._wait)
        return again, await serve(self.door, again.read()) if again else None

    async def _settle(self, arrival: Arrival) -> None:
        """Mark the event as answered; while the record is away that goes on beside everything else, so that nobody waits."""
        away = asyncio.Event()

        async def wait(seconds: float) -> None:
            away.set()
            await self._wait(seconds)

        settling = asyncio.create_task(self._mark(arrival, wait))
        self._settling[arrival.id] = settling
        settling.add_done_callback(lambda _: self._settling.pop(arrival.id))
        waiting = asyncio.create_task(away.wait())
        try:
            await asyncio.wait({settling, waiting}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()

    async def _mark(self, arrival: Arrival, wait: Wait) -> None:
        try:
            await surely(lambda: self._inbox.done(arrival, self._now()), wait)
        except LeaseLost:  # whoever has it now will find it answered, or answer it
            log.warning("lease lost", row=arrival.id)
        except Trouble as trouble:  # the lease runs out, and it is answered again
            log.error("outcome not kept", row=arrival.id, trouble=type(trouble).__name__)
