"""The surfaces that are open in this process: one messenger over them all, and what each tells of people and files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from bots.boundary import Door
from core.catalog import Catalog
from core.cohort.ports import Roster
from core.home.model import Opener
from core.outbox import Undeliverable
from core.ports import Messenger, Newcomers
from core.request import Actor, Address, Entered, Event, File, Platform, Request, Suggesting
from core.ui import Answer, Card, Message, Option


async def as_told(actor: Actor) -> Actor:
    """The actor as the request has them: the platform tells no more."""
    return actor


async def as_sent(address: Address, file: File) -> File:
    """The file as the request has it: the platform sends the content along."""
    return file


async def as_wished(to: Address, at: datetime) -> datetime | None:
    """They may be written to within their own hours: the platform does not tell a bot more, and silences notifications itself.

    Of Discord's "do not disturb" a bot would only hear with the `presences` intent, which reads along what everybody does.
    """
    return None


@dataclass(frozen=True, slots=True)
class Surface:
    """One platform's surface, as the rest of the program needs it.

    `acquaint` completes an actor by name, time zone and locale; it may raise `Trouble`. `fetch` gets the content of a file whose
    `source` alone is known. `undisturbed_until` says until when somebody asked the platform for quiet, if they did. `roster` says
    who is in a channel, where the platform tells a bot.
    """

    platform: Platform
    messenger: Messenger
    acquaint: Callable[[Actor], Awaitable[Actor]] = as_told
    fetch: Callable[[Address, File], Awaitable[File]] = as_sent
    undisturbed_until: Callable[[Address, datetime], Awaitable[datetime | None]] = as_wished
    roster: Roster | None = None


class Surfaces:
    """The open surfaces, for all platforms at once.

    Implements `core.ports.Messenger`, `core.chat.ports.Attachments`, `core.nudges.ports.Quiet` and `core.cohort.ports.Rosters`.
    """

    def __init__(self) -> None:
        self._open: dict[Platform, Surface] = {}

    @contextmanager
    def opened(self, surface: Surface) -> Iterator[None]:
        """The surface is open until the block is left."""
        self._open[surface.platform] = surface
        try:
            yield
        finally:
            del self._open[surface.platform]

    async def post(self, to: Address, message: Message, key: str = "") -> str:
        """Send a message by its platform.

        Raises:
            Undeliverable: the platform is not open here.
        """
        return await self._at(to).post(to, message, key)

    async def edit(self, to: Address, posted: str, message: Message) -> None:
        """Change a message that was sent."""
        await self._at(to).edit(to, posted, message)

    async def find(self, to: Address, key: str) -> str | None:
        """The platform's id of the message that was posted there with this key, or None."""
        return await self._at(to).find(to, key)

    async def acquainted(self, actor: Actor) -> Actor:
        """The actor, with what the platform tells of them."""
        surface = self._open.get(actor.platform)
        return await surface.acquaint(actor) if surface else actor

    async def fetch(self, address: Address, file: File) -> File:
        """The file with its content."""
        surface = self._open.get(address.platform)
        return await surface.fetch(address, file) if surface and file.source else file

    async def undisturbed_until(self, to: Address, at: datetime) -> datetime | None:
        """Until when the platform says not to disturb whoever reads there, or None."""
        surface = self._open.get(to.platform)
        return await surface.undisturbed_until(to, at) if surface else None

    def at(self, place: Address) -> Roster | None:
        """The roster of the place's platform; None where it tells a bot nothing of the kind, or is not open here."""
        surface = self._open.get(place.platform)
        return surface.roster if surface else None

    def _at(self, address: Address) -> Messenger:
        surface = self._open.get(address.platform)
        if surface is None:
            raise Undeliverable(f"{address.platform.value.title()} is not open in this process.")
        return surface.messenger


class Acquainted:
    """A door that learns from the platform who somebody is before it opens. Implements `bots.boundary.Door`.

    Whoever comes into a channel does not come to the door: `newcomers` is told. They are answered nothing, and become nobody of
    ours by that; there even a `Trouble` is raised, for whoever holds the event to try again.
    """

    def __init__(self, door: Door, surfaces: Surfaces, newcomers: Newcomers) -> None:
        self._door = door
        self._surfaces = surfaces
        self._newcomers = newcomers

    @property
    def catalog(self) -> Catalog:
        """All the commands."""
        return self._door.catalog

    async def handle(self, request: Request) -> Answer:
        """Answer a request."""
        if isinstance(request, Entered):
            await self._newcomers.entered(request)
            return None
        actor = await self._surfaces.acquainted(request.actor)
        return await self._door.handle(request if actor is request.actor else replace(request, actor=actor))

    async def carried(self, cards: tuple[Card, ...], request: Request) -> tuple[Card, ...]:
        """The cards with no button that does more than it can carry."""
        return await self._door.carried(cards, request)

    async def suggest(self, request: Suggesting) -> tuple[Option, ...]:
        """What could complete a field."""
        actor = await self._surfaces.acquainted(request.actor)
        return await self._door.suggest(request if actor is request.actor else replace(request, actor=actor))

    async def openers(self, request: Event) -> tuple[Opener, ...]:
        """Ways to begin a conversation."""
        actor = await self._surfaces.acquainted(request.actor)
        return await self._door.openers(request if actor is request.actor else replace(request, actor=actor))
