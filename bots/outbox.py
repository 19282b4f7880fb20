"""The pump: sends what stands in the outbox, and looks before it sends again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeAlias

from core.holding import Clock
from core.outbox import TOO_LATE, Letter, Undeliverable
from core.ports import Messenger
from core.signals import LetterLeft, Note, unnoted

Told: TypeAlias = Callable[[Letter], Awaitable[object]]
"""Is told of a message that was not sent and will not be. It may be told again, and must not mind."""


async def nobody(letter: Letter) -> None:
    """Nobody wants to know."""


class Pump:
    """What a worker over the outbox is given to do: the row stands already, this sends, and the worker marks.

    `unsent` is told of each message that cannot be delivered, or that could only be sent when it was of no use any more.
    """

    def __init__(self, messenger: Messenger, now: Clock, unsent: Told = nobody, note: Note = unnoted) -> None:
        self._messenger = messenger
        self._now = now
        self._unsent = unsent
        self._note = note

    async def send(self, letter: Letter) -> str:
        """Send the message; returns the platform's id of it, or `TOO_LATE`.

        Where a process had the letter before, it may have died between the sending and the mark, so the place is searched for
        the key first.

        Raises:
            Undeliverable: nobody can be reached there.
        """
        if letter.taken_before:
            posted = await self._messenger.find(letter.address, letter.key)
            if posted is not None:
                return posted
        if letter.until is not None and self._now() >= letter.until:
            await self._unsent(letter)
            self._left(letter, TOO_LATE)
            return TOO_LATE
        try:
            posted = await self._messenger.post(letter.address, letter.read(), key=letter.key)
        except Undeliverable:
            await self._unsent(letter)
            self._left(letter, "undeliverable")
            raise
        self._left(letter, "sent", letter.promised_at)
        return posted

    def _left(self, letter: Letter, came: str, promised_at: datetime | None = None) -> None:
        late = (self._now() - promised_at).total_seconds() if promised_at else None
        self._note(LetterLeft(letter.address.platform, came, late))
