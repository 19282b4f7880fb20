"""The pump: sends what stands in the outbox, and looks before it sends again."""

from __future__ import annotations

from core.outbox import Letter
from core.ports import Messenger


class Pump:
    """What a worker over the outbox is given to do: the row stands already, this sends, and the worker marks."""

    def __init__(self, messenger: Messenger) -> None:
        self._messenger = messenger

    async def send(self, letter: Letter) -> str:
        """Send the message; returns the platform's id of it.

        Where a process had the letter before, it may have died between the sending and the mark, so the place is searched for
        the key first.
        """
        if letter.taken_before:
            posted = await self._messenger.find(letter.address, letter.key)
            if posted is not None:
                return posted
        return await self._messenger.post(letter.address, letter.read(), key=letter.key)
