"""What people did, kept under the platform's id of it before it is acknowledged: nothing lost, nothing answered twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from core.leases import LEASE, Leased, Leases, State
from core.parcels import Keepable, Unreadable, pack_request, unpack_request
from core.request import Address, Asked, Said


class Arrival(Leased):
    """An event as it is kept. Its id is the platform and the platform's own id of the event.

    `request` is the whole of it (`core.parcels`), dropped once the event is answered. `addressed` is false for words that were
    not for the bot as far as the platform said. `what` is the kind of request, with its command. `surface` says who can answer
    where it was asked (`core.request.Address.surface`). Of free words, `conversation` names the place, and `said_at` the moment
    by which the messages of a conversation are answered in their order; both are dropped once the event is answered.
    `stop_asked`: whoever asked wants no more of the answer. `shown` is what was answered, for as long as its asker may share it
    (`core.sharing`).
    """

    request: str | None = None
    what: str
    addressed: bool
    platform: str
    workspace: str
    identity: str
    surface: str
    conversation: str | None = None
    said_at: datetime | None = None
    stop_asked: bool = False
    shown: str | None = None

    @property
    def title(self) -> str:
        """The kind of event and where it came from."""
        return f"{self.what} on {self.platform}"

    def read(self) -> Keepable:
        """The request.

        Raises:
            Unreadable: it was answered and dropped, or kept by another version.
        """
        if self.request is None:
            raise Unreadable()
        return unpack_request(self.request)


def new_arrival(request: Keepable, at: datetime) -> Arrival:
    """The event of a request, due at once.

    Raises:
        TooLargeToKeep: words and files do not fit into one document.
    """
    return Arrival(
        id=row_of(request.actor.platform, request.id),
        request=pack_request(request),
        what=f"asked {request.command}" if isinstance(request, Asked) else type(request).__name__.casefold(),
        addressed=request.addressed if isinstance(request, Said) else True,
        platform=request.actor.platform,
        workspace=request.actor.workspace,
        identity=request.actor.identity,
        surface=request.address.surface,
        conversation=conversation_at(request.address) if isinstance(request, Said) else None,
        said_at=request.at if isinstance(request, Said) else None,
        due_at=at,
        created_at=at,
    )


def answered_at_once(request: Asked, at: datetime, shown: str | None) -> Arrival:
    """The event of a request that was answered before it was kept: done, as if a process had held it in between.

    `shown` is the answer, where it may be shared.
    """
    actor = request.actor
    return Arrival(
        id=row_of(actor.platform, request.id),
        what=f"asked {request.command}",
        addressed=True,
        platform=actor.platform,
        workspace=actor.workspace,
        identity=actor.identity,
        surface=request.address.surface,
        shown=shown,
        state=State.DONE,
        fence=1,
        attempts=1,
        created_at=request.at,
        done_at=at,
    )


def row_of(platform: str, event_id: str) -> str:
    """The id of the row of a platform's event."""
    return f"{platform}:{event_id}"


def conversation_at(address: Address) -> str:
    """The place as one string, for an index."""
    return ":".join((address.platform, address.workspace, address.channel, address.thread))


class Inbox(Leases[Arrival], Protocol):
    """The events."""

    async def take(self, request: Keepable, *, owner: str, at: datetime, lease: timedelta = LEASE) -> Arrival | None:
        """Keep an event and hold it; None where it is here already, and is to be acknowledged and dropped.

        Platforms tell of one post twice, once as a message and once as a mention, in either order. Where the second says that
        the words are for the bot after all, the event becomes that one: it is returned if it had been passed over, and
        otherwise handed to whoever has it (`pass_over`).

        Raises:
            TooLargeToKeep: words and files do not fit into one document.
        """
        ...

    async def add(self, request: Keepable, at: datetime) -> bool:
        """Keep an event for whoever has time for it; False where it is here already.

        Raises:
            TooLargeToKeep: words and files do not fit into one document.
        """
        ...

    async def add_answered(self, arrivals: Sequence[Arrival]) -> None:
        """Keep events that were answered before they were kept; one that is here already is left as it is."""
        ...

    async def answered(self, arrival: Arrival, at: datetime, shown: str | None) -> None:
        """Settle the event, with what was shown to its asker where that may be shared."""
        ...

    async def to_be_shared(self, arrival: Arrival, shown: str) -> None:
        """Keep what its asker is about to be shown, while the event is held."""
        ...

    async def ahead(self, arrival: Arrival) -> bool:
        """Whether something that was said before in the same conversation is still to be answered for the first time."""
        ...

    async def ask_to_stop(self, identity: str, *, event_id: str = "", place: Address | None = None) -> int:
        """Tell whichever process is answering this account's event, or what is first in line of what it said at the place, that
        no more is wanted; returns how many answers that are."""
        ...

    async def stop_asked(self, arrival: Arrival) -> bool:
        """Whether no more of the answer to this event is wanted."""
        ...

    async def whose(self, platform: str, event_id: str) -> str | None:
        """The identity of the account that the platform's event came from, or None where it never came here."""
        ...

    async def pass_over(self, arrival: Arrival, at: datetime) -> Arrival | None:
        """Settle words that nobody had an answer to, because they were not for the bot.

        Returns None, or the event anew where it turned out meanwhile that they are: it is still held, and to be answered.
        """
        ...
