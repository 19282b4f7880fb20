"""Answering what a process had taken when it died, with a word on why the answer comes now; and what was put by."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import Protocol, TypeAlias, assert_never

from bots.boundary import Door, serve
from bots.turns import InTurn
from core.inbox import Arrival
from core.outbox import Undeliverable
from core.parcels import Keepable
from core.ports import Messenger
from core.request import Address, Asked, Entered, Event, Left, Opened, Reworded, Said, Withdrawn
from core.ui import Answer, Ended, Form, Live, Message, Page

QUOTED_AT_MOST = 120

Opening: TypeAlias = Callable[[Form, Event], Awaitable[Message]]
"""Makes a message that leads to a form (`core.sharing.service.Sharing.opening`)."""
Typeable: TypeAlias = Callable[[str], bool]
"""Says whether people may have typed the name of a command: what only buttons do has a name that nobody knows."""


class Queue(Protocol):
    """What is asked of `bots.reception.Reception`."""

    @property
    def turns(self) -> InTurn:
        """The conversations of this process."""
        ...

    def has_shown(self, event_id: str) -> bool:
        """Whether the event was answered by this process, which could not mark it before its lease ran out."""
        ...

    async def nobody_ahead(self, arrival: Arrival) -> None:
        """Wait until what was said before in the same conversation is answered, also by other processes."""
        ...

    async def to_be_shared(self, arrival: Arrival, answer: Answer) -> None:
        """Keep with the event what the button under its answer shares."""
        ...


class Late:
    """What a worker over the inbox does with an event whose lease ran out, or that was put by for want of time."""

    def __init__(self, door: Door, messenger: Messenger, reception: Queue, opening: Opening, typeable: Typeable) -> None:
        self._door = door
        self._messenger = messenger
        self._reception = reception
        self._opening = opening
        self._typeable = typeable

    async def answer(self, arrival: Arrival) -> str:
        """Answer the event where it was asked. Each part is posted once: its key is the event's id with the part's number.

        Where the messenger cannot look for a key, as on a terminal, a part that was shown in the moment before a crash is shown
        again.
        """
        if self._reception.has_shown(arrival.id):
            return "shown before"
        request = arrival.read()
        if isinstance(request, Entered):  # nobody waits for an answer, so what fails is tried again
            await self._door.handle(request)
            return "seen"
        if isinstance(request, Opened | Left | Reworded | Withdrawn):
            await serve(self._door, request)
            return "kept"
        with self._reception.turns.in_line(request) as place:
            await place.turn(lambda: self._reception.nobody_ahead(arrival))
            return await self._posted(arrival, request)

    async def _posted(self, arrival: Arrival, request: Keepable) -> str:
        """Post what is not there yet; where a process died with the event, after a word on that."""
        # A platform that is away is found out before anything is answered: an answer is made once.
        excused = not arrival.taken_before or await self._messenger.find(request.aside, f"{arrival.id}:late") is not None
        answer = await serve(self._door, request)
        await self._reception.to_be_shared(arrival, answer)
        messages = await _messages(answer, request, self._opening)
        posted = None
        for number, message in enumerate(messages, start=1):
            to, key = request.aside if message.private else request.address, f"{arrival.id}:{number}"
            there = await self._messenger.find(to, key) if arrival.taken_before else None
            if there is None and not excused:
                await self._excuse(arrival, request)
                excused = True
            posted = there or await self._post(request, to, message, key)
        return posted or "nothing to say"

    async def _excuse(self, arrival: Arrival, request: Keepable) -> None:
        """Say why the answer comes now, to whoever asked alone: what it quotes may have been for nobody else."""
        words = f"I was interrupted before I could answer {_quoted(request, self._typeable)}. Here it is now."
        await self._post(request, request.aside, Message(words, private=True), f"{arrival.id}:late")

    async def _post(self, request: Keepable, to: Address, message: Message, key: str) -> str:
        """Post it there, or directly to whoever asked, where that place is closed to us."""
        try:
            return await self._messenger.post(to, message, key=key)
        except Undeliverable:
            if to == request.aside:
                raise
        return await self._messenger.post(request.aside, message, key=key)


async def _messages(answer: Answer, request: Keepable, opening: Opening) -> list[Message]:
    """The answer as messages, numbered as whoever shows it at once numbers them."""
    match answer:
        case None:
            return []
        case Message():
            return [answer]
        case Page(title, cards):
            return [Message(title, cards, private=True)]
        case Form():
            return [await opening(answer, request)]
        case Live(updates, private=private):
            async with aclosing(updates):
                ended = [update.message async for update in updates if isinstance(update, Ended)]
            return [replace(each, private=each.private or private) for each in ended]
        case _:
            assert_never(answer)


def _quoted(request: Keepable, typeable: Typeable) -> str:
    match request:
        case Asked(command=command, words=words) if typeable(command):
            text = f"/{command} {words}".strip()
        case Said(text=text):
            pass
        case _:
            return "you"
    return f"“{text if len(text) <= QUOTED_AT_MOST else text[: QUOTED_AT_MOST - 1] + '…'}”"
