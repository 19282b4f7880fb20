"""Keeping what people did before it is answered, so that a crash loses nothing and a second delivery answers nothing twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bots.boundary import Door, refused, serve
from bots.noting import LAST_WORDS_SECONDS, Notes
from bots.turns import InTurn, Place
from core.errors import StoreDown, StoreFull, StoreTrouble, Trouble
from core.holding import Beats, Hold, Wait, surely
from core.inbox import Arrival, Inbox, answered_at_once
from core.leases import LEASE, LeaseLost
from core.parcels import Keepable
from core.request import Address, Asked, Said
from core.sharing.service import to_share
from core.signals import LeaseMissed, Note, unnoted
from core.ui import Answer, Live

log = structlog.get_logger()

LOOK_SECONDS = 2.0
"""Between two looks at whether the person has told another process to stop."""
AHEAD_SECONDS = 0.3
"""Between two looks at whether another process has answered what came before."""
LOOKS_AT_MOST = 1_000
"""Five minutes: an answer out of its order is better than none."""


@dataclass(frozen=True, slots=True)
class Received:
    """An event that is kept and held by this process, and stands in the line of its conversation."""

    arrival: Arrival
    request: Keepable
    place: Place


class Reception:
    """Stands between a surface and the one door: keeps, answers, and settles.

    `owner` names this process in leases. `leaving`: what is broken off now is broken off by the end of this process.
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
        note: Note = unnoted,
    ) -> None:
        self.door = door
        self._inbox = inbox
        self._owner = owner
        self._now = now
        self._wait = wait
        self._lease = lease
        self._signal = note
        self._beats = Beats(lease=lease, wait=wait)
        self.turns = InTurn()
        self._settling: dict[str, asyncio.Task[None]] = {}
        self._notes = Notes(inbox.add_answered, wait)
        self.leaving = False

    async def receive(self, request: Keepable) -> Received | None:
        """Keep an event and hold it, before it is acknowledged; None where it is here already. Then comes `answered`.

        Its place in the line of its conversation is that of the moment of this call.

        Raises:
            Trouble: it cannot be kept, and must not be acknowledged as if it were.
        """
        place, received = self.turns.stand(request), None
        try:
            taken = await self._inbox.take(request, owner=self._owner, at=self._now(), lease=self._lease)
            received = Received(taken, request, place) if taken is not None else None
        finally:
            if received is None:
                place.leave()
        return received

    async def put_by(self, request: Keepable) -> None:
        """Keep an event for whichever process has time for it: this one has its hands full.

        Raises:
            Trouble: it cannot be kept, and must not be acknowledged as if it were.
        """
        await self._inbox.add(request, self._now())

    @asynccontextmanager
    async def answering(self, request: Keepable) -> AsyncIterator[Answer]:
        """The answer to a request, to be shown inside the block; None where it is a second delivery, or was for nobody here.

        It is received first; what cannot be kept is answered with the reason.
        """
        try:
            received = await self.receive(request)
        except Trouble as trouble:
            yield refused(trouble, request)
            return
        if received is None:
            yield None
            return
        async with self.answered(received) as answer:
            yield answer

    @asynccontextmanager
    async def answered(self, received: Received) -> AsyncIterator[Answer]:
        """The answer to what was received, to be shown inside the block; None where it was for nobody here.

        When the block is left in good order, or because the person stopped it, the request is settled. Where showing the answer
        fails or the process dies, the lease runs out and another process answers (`bots.late`); where the lease is lost, as
        after a laptop's sleep, the block is cancelled without an error, for the same reason. An answer whose work a job keeps is
        settled at once. Of one conversation's messages each waits until those before it were shown.
        """
        try:
            async with self._answering(received.arrival, received.request, received.place) as answer:
                yield answer
        except asyncio.CancelledError:
            if self.leaving and not self.has_shown(received.arrival.id):
                await self.give_back(received.arrival)
            raise
        finally:
            received.place.leave()

    async def stop(self, identity: str, *, event_id: str = "", place: Address | None = None) -> None:
        """Stop what any process is answering to this account: to the event, or to what was said at the place."""
        await self._inbox.ask_to_stop(identity, event_id=event_id, place=place)

    async def whose(self, platform: str, event_id: str) -> str | None:
        """The identity of the account that an event came from, where a platform tells of it by its id alone; None where it never
        came here.

        Raises:
            StoreTrouble: the record does not say.
        """
        return await self._inbox.whose(platform, event_id)

    @asynccontextmanager
    async def _stoppable(self, arrival: Arrival) -> AsyncIterator[None]:
        """An answer that grows is cancelled once the person who asked has told another process that they want no more of it."""
        body = asyncio.current_task()
        if body is None:
            raise RuntimeError("an answer is shown by a task")
        looking = asyncio.create_task(self._look(arrival, body))
        try:
            yield
        finally:
            looking.cancel()

    async def _look(self, arrival: Arrival, body: asyncio.Task[object]) -> None:
        while True:
            await self._wait(LOOK_SECONDS)
            try:
                if await self._inbox.stop_asked(arrival):
                    body.cancel()
                    return
            except StoreTrouble as trouble:
                log.warning("stop not looked for", trouble=type(trouble).__name__)

    def leave(self) -> None:
        """From now on, what is broken off was broken off by the end of this process: it goes back to the inbox."""
        self.leaving = True

    @asynccontextmanager
    async def _answering(self, taken: Arrival, request: Keepable, place: Place) -> AsyncIterator[Answer]:
        shown = False
        try:
            with self._beats.held(lambda: self._inbox.extend(taken, self._now() + self._lease)):
                await place.turn(lambda: self.nobody_ahead(taken))
                arrival, answer = await self._answered(taken, request)
                shown = True
                if arrival is None:
                    yield None
                elif isinstance(answer, Live) and answer.kept:
                    await self.settle(arrival, answer)
                    async with self._stoppable(arrival):
                        yield answer
                else:
                    try:
                        async with self._stoppable(arrival) if isinstance(answer, Live) else nullcontext():
                            yield answer
                    except asyncio.CancelledError:
                        if not self.leaving:  # the person stopped it, and what came is kept
                            await self.settle(arrival, answer)
                        raise
                    await self.settle(arrival, answer)
        except LeaseLost:
            self._lost(taken)
            if not shown:
                yield None

    async def nobody_ahead(self, arrival: Arrival) -> None:
        """Wait until what was said before in the same conversation is answered, also by other processes."""
        for _ in range(LOOKS_AT_MOST):
            try:
                ahead = await self._inbox.ahead(arrival)
            except StoreTrouble:  # the answer will say so
                return
            if not ahead:
                return
            await self._wait(AHEAD_SECONDS)
        log.warning("turn abandoned", row=arrival.id)

    def has_shown(self, event_id: str) -> bool:
        """Whether the answer to this event of the inbox was shown here, and only its mark is still missing."""
        return event_id in self._settling

    async def close(self) -> None:
        """Write the marks that are still missing, if the record takes them now."""
        if self._settling:
            await asyncio.wait(self._settling.values(), timeout=LAST_WORDS_SECONDS)
        for each in self._settling.values():
            each.cancel()
        await self._notes.close()

    async def _answered(self, taken: Arrival, request: Keepable) -> tuple[Arrival | None, Answer]:
        """The answer, and the arrival that is to be settled; no arrival where the words were for nobody here."""
        answer = await serve(self.door, request)
        if answer is not None or not isinstance(request, Said) or request.addressed:
            return taken, answer
        again = await surely(lambda: self._inbox.pass_over(taken, self._now()), self._wait)
        return again, await serve(self.door, again.read()) if again else None

    def note(self, request: Asked, answer: Answer) -> None:
        """Keep that a request was answered which was not received before; nobody waits for it."""
        self._notes.add(answered_at_once(request, self._now(), to_share(answer)))

    async def to_be_shared(self, arrival: Arrival, answer: Answer) -> None:
        """Keep with the event what the button under its answer shares, before it is shown."""
        shown = to_share(answer)
        if shown is not None:
            await self._inbox.to_be_shared(arrival, shown)

    @contextmanager
    def holding(self, received: Received, at_loss: Callable[[], object]) -> Iterator[None]:
        """Hold what was received until the block is left, in whatever task it is answered; `at_loss` is called where another
        process has it by now. Then comes `settle`."""
        arrival = received.arrival
        try:
            with self._beats.beating(Hold(lambda: self._inbox.extend(arrival, self._now() + self._lease), at_loss)):
                yield
        finally:
            received.place.leave()

    async def settle(self, arrival: Arrival, answer: Answer) -> None:
        """Mark the event as answered; while the record is away that goes on beside everything else, so that nobody waits."""
        shown = to_share(answer)
        try:
            await self._outcome(self._inbox.answered(arrival, self._now(), shown), arrival)
        except (StoreDown, StoreFull, asyncio.CancelledError) as trouble:
            settling = asyncio.create_task(
                self._outcome(surely(lambda: self._inbox.answered(arrival, self._now(), shown), self._wait), arrival)
            )
            self._settling[arrival.id] = settling
            settling.add_done_callback(lambda _: self._settling.pop(arrival.id))
            if isinstance(trouble, asyncio.CancelledError):
                raise

    async def give_back(self, arrival: Arrival) -> None:
        """Let another process have it at once, since this one ends."""
        try:
            await self._inbox.give_back(arrival, self._now())
        except Trouble as trouble:  # the lease runs out, and another process takes it
            log.warning("event not returned", row=arrival.id, trouble=type(trouble).__name__)

    def _lost(self, arrival: Arrival) -> None:
        log.warning("lease lost", row=arrival.id)
        self._signal(LeaseMissed("arrival"))

    async def _outcome(self, write: Awaitable[None], arrival: Arrival) -> None:
        try:
            await write
        except LeaseLost:  # whoever has it now will find it answered, or answer it
            self._lost(arrival)
        except (StoreDown, StoreFull):
            raise
        except Trouble as trouble:  # the lease runs out, and it is answered again
            log.error("outcome not kept", row=arrival.id, trouble=type(trouble).__name__)
