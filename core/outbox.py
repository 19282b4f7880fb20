"""Messages to people that must go out once: the row first, then the sending, then the mark."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.errors import Refusal
from core.ids import new_id
from core.leases import Leased, Leases
from core.parcels import Unreadable, pack_message, unpack_message
from core.request import Address
from core.ui import Message

TOO_LATE = "too late"
"""What came of a message that was of no use any more when it could be sent."""


class Undeliverable(Refusal):
    """This person cannot be reached there: the direct message is closed, or the place is gone."""


class Letter(Leased):
    """A message on its way. `key` says what it is for, and may exist only once, until 30 days after it went out.

    `message` is the whole of it (`core.parcels`), dropped once it is sent; `outcome` is then the platform's id of it. `surface`
    says who can send it (`core.request.Address.surface`). `until`: from then on it is of no use, and is not sent any more; its
    outcome is then `TOO_LATE`. `promised_at`: when somebody was told, or has chosen, that it would come.
    """

    key: str
    address: Address
    surface: str
    message: str | None = None
    organization_id: str
    person_id: str | None = None
    until: datetime | None = None
    promised_at: datetime | None = None

    @property
    def title(self) -> str:
        """Where it goes."""
        return f"message to {self.address.platform}"

    def read(self) -> Message:
        """The message.

        Raises:
            Unreadable: it was sent and dropped, or kept by another version.
        """
        if self.message is None:
            raise Unreadable()
        return unpack_message(self.message)


def new_letter(
    key: str,
    address: Address,
    message: Message,
    *,
    organization_id: str,
    at: datetime,
    person_id: str | None = None,
    due_at: datetime | None = None,
    until: datetime | None = None,
    promised_at: datetime | None = None,
) -> Letter:
    """A message that goes out at once, or at `due_at`, and from `until` on not any more.

    Raises:
        TooLargeToKeep: the message does not fit into one document.
    """
    return Letter(
        id=new_id("let"),
        key=key,
        address=address,
        surface=address.surface,
        message=pack_message(message),
        organization_id=organization_id,
        person_id=person_id,
        due_at=due_at or at,
        until=until,
        promised_at=promised_at,
        created_at=at,
    )


class Outbox(Leases[Letter], Protocol):
    """The messages on their way."""

    async def add(self, letter: Letter) -> bool:
        """Keep a message to be sent; False where one with its key is kept already, and nothing is to be done."""
        ...

    async def find(self, organization_id: str, key: str) -> Letter | None:
        """The organization's message with this key, or None."""
        ...
