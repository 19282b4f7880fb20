"""Doors that answer what a test has them answer, and a wall that letters are posted on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from core.catalog import Catalog
from core.home.model import Opener
from core.request import Actor, Address, Asked, Event, Left, Opened, Platform, Request, Reworded, Said, Suggesting, Withdrawn
from core.ui import Answer, Card, Message, Option

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MARIA = Actor(Platform.TERMINAL, "terminal", "maria", "Maria")
HERE = Address(Platform.TERMINAL, "terminal", "maria")


class Says:
    """Implements `bots.boundary.Door`: gives what the function gives."""

    catalog = Catalog(())

    def __init__(self, answer: Callable[[Request], Awaitable[Answer]]) -> None:
        self._answer = answer
        self.asked: list[Request] = []

    async def handle(self, request: Request) -> Answer:
        """Answer."""
        self.asked.append(request)
        return await self._answer(request)

    async def carried(self, cards: tuple[Card, ...], request: Request) -> tuple[Card, ...]:
        """As they are."""
        return cards

    async def suggest(self, request: Suggesting) -> tuple[Option, ...]:
        """Nothing comes to mind."""
        return ()

    async def openers(self, request: Event) -> tuple[Opener, ...]:
        """Nothing comes to mind."""
        return ()


class Wall:
    """Implements `core.ports.Messenger`: `posted` by key, and who it went to."""

    def __init__(self) -> None:
        self.posted: dict[str, Message] = {}
        self.places: list[Address] = []

    async def post(self, to: Address, message: Message, key: str = "") -> str:
        """Post it under its key."""
        assert key not in self.posted, "posted twice"
        self.posted[key] = message
        self.places.append(to)
        return f"at {len(self.posted)}"

    async def find(self, to: Address, key: str) -> str | None:
        """Where it hangs."""
        return f"at {list(self.posted).index(key) + 1}" if key in self.posted else None

    async def edit(self, to: Address, posted: str, message: Message) -> None:
        """Nothing is edited here."""
        raise AssertionError


def said(event: str = "ev1", text: str = "hello", *, addressed: bool = True) -> Said:
    """Words."""
    return Said(id=event, actor=MARIA, address=HERE, at=NOON, text=text, addressed=addressed)


def asked(event: str = "ev1", command: str = "run", words: str = "H1") -> Asked:
    """A command."""
    return Asked(id=event, actor=MARIA, address=HERE, at=NOON, command=command, words=words)


def opened(event: str = "ev1") -> Opened:
    """Someone at their home page."""
    return Opened(id=event, actor=MARIA, address=HERE, at=NOON)


def left(event: str = "ev1") -> Left:
    """A form that was left."""
    return Left(id=event, actor=MARIA, address=HERE, at=NOON, command="run", values={"a": "b"})


def reworded(event: str = "ev1") -> Reworded:
    """Other words in place of some that were said."""
    return Reworded(id=event, actor=MARIA, address=HERE, at=NOON, of="ev0", text="hullo")


def withdrawn(event: str = "ev1") -> Withdrawn:
    """Words that were taken back."""
    return Withdrawn(id=event, actor=MARIA, address=HERE, at=NOON, of="ev0")
