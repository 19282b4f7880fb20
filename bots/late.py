"""Answering what a process had taken when it died: with a word on why the answer comes now."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing

from bots.boundary import Door, serve
from bots.turns import InTurn
from core.inbox import Arrival
from core.parcels import Keepable
from core.ports import Messenger
from core.request import Asked, Left, Opened, Said
from core.ui import Answer, Button, Buttons, Call, Card, Ended, Form, Live, Message, Page, Text

QUOTED_AT_MOST = 120


class Late:
    """What a worker over the inbox does with an event whose lease ran out.

    `shown` says whether an event was answered by this process, which could not mark it before the lease ran out.
    """

    def __init__(self, door: Door, messenger: Messenger, shown: Callable[[str], bool], turns: InTurn) -> None:
        self._door = door
        self._messenger = messenger
        self._shown = shown
        self._turns = turns

    async def answer(self, arrival: Arrival) -> str:
        """Answer the event where it was asked. Each part is posted once: its key is the event's id with the part's number.

        Where the messenger cannot look for a key, as on a terminal, a part that was shown in the moment before a crash is shown
        again.
        """
        if self._shown(arrival.id):
            return "shown before"
        request = arrival.read()
        if isinstance(request, Opened | Left):  # there is nobody left at that page; what was typed is kept by handling it
            await serve(self._door, request)
            return "kept"
        with self._turns.in_line(request) as my_turn:
            await my_turn()
            return await self._posted(arrival, request)

    async def _posted(self, arrival: Arrival, request: Keepable) -> str:
        answer = await serve(self._door, request)
        posted: str | None = None
        for number, message in enumerate(await _messages(answer, request), start=1):
            key = f"{arrival.id}:{number}"
            posted = await self._messenger.find(request.address, key)
            posted = posted or await self._messenger.post(request.address, message, key=key)
        return posted or "nothing to say"


async def _messages(answer: Answer, request: Keepable) -> list[Message]:
    """The answer as messages, the first of them with what it answers."""
    match answer:
        case None:
            return []
        case Message():
            messages = [answer]
        case Page(title, cards):
            messages = [Message(title, cards, private=True)]
        case Form(command=command, title=title, values=values):
            open_it = Buttons((Button("Open it", Call(command, values), primary=True),))
            messages = [Message(cards=(Card(title, (Text("This needs a few answers from you."), open_it)),), private=True)]
        case Live(updates):
            async with aclosing(updates):
                messages = [update.message async for update in updates if isinstance(update, Ended)]
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
