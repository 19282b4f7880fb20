"""Answering what a process had taken when it died, with a word on why the answer comes now; and what was put by."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import Protocol, TypeAlias

from bots.boundary import Door, serve
from bots.turns import InTurn
from core.inbox import Arrival
from core.parcels import Keepable
from core.ports import Messenger
from core.request import Asked, Event, Left, Opened, Reworded, Said, Withdrawn
from core.ui import Answer, Ended, Form, Live, Message, Page

QUOTED_AT_MOST = 120

Opening: TypeAlias = Callable[[Form, Event], Awaitable[Message]]
"""Makes a message that leads to a form (`core.sharing.service.Sharing.opening`)."""


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


class Late:
    """What a worker over the inbox does with an event whose lease ran out, or that was put by for want of time."""

    def __init__(self, door: Door, messenger: Messenger, reception: Queue, opening: Opening) -> None:
        self._door = door
        self._messenger = messenger
        self._reception = reception
        self._opening = opening

    async def answer(self, arrival: Arrival) -> str:
        """Answer the event where it was asked. Each part is posted once: its key is the event's id with the part's number.

        Where the messenger cannot look for a key, as on a terminal, a part that was shown in the moment before a crash is shown
        again.
        """
        if self._reception.has_shown(arrival.id):
            return "shown before"
        request = arrival.read()
        if isinstance(request, Opened | Left | Reworded | Withdrawn):
            await serve(self._door, request)
            return "kept"
        with self._reception.turns.in_line(request) as place:
            await place.turn(lambda: self._reception.nobody_ahead(arrival))
            return await self._posted(arrival, request)

    async def _posted(self, arrival: Arrival, request: Keepable) -> str:
        answer = await serve(self._door, request)
        posted: str | None = None
        for number, message in enumerate(
            await _messages(answer, request, self._opening, interrupted=arrival.taken_before), start=1
        ):
            to = request.actor.direct if message.private and not request.direct else request.address
            key = f"{arrival.id}:{number}"
            posted = await self._messenger.find(to, key)
            posted = posted or await self._messenger.post(to, message, key=key)
        return posted or "nothing to say"


async def _messages(answer: Answer, request: Keepable, opening: Opening, *, interrupted: bool) -> list[Message]:
    """The answer as messages; where it was interrupted, the first of them says what it answers."""
    match answer:
        case None:
            return []
        case Message():
            messages = [answer]
        case Page(title, cards):
            messages = [Message(title, cards, private=True)]
        case Form():
            messages = [await opening(answer, request)]
        case Live(updates, private=private):
            async with aclosing(updates):
                ended = [update.message async for update in updates if isinstance(update, Ended)]
            messages = [replace(each, private=each.private or private) for each in ended]
    if not interrupted:
        return messages
    sorry = f"I was interrupted before I could answer {_quoted(request)}. Here it is now."
    return [Message(sorry, private=True), *messages]


def _quoted(request: Keepable) -> str:
    match request:
        case Asked(command=command, words=words):
            text = f"/{command} {words}".strip()
        case Said(text=text):
            pass
        case _:
            return "you"
    return f"“{text if len(text) <= QUOTED_AT_MOST else text[: QUOTED_AT_MOST - 1] + '…'}”"
