"""Signals from the program's seams: the one door, the purse, and what platforms answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import asdict, replace
from datetime import datetime

from bots.boundary import Door
from core.catalog import Catalog
from core.errors import UnknownCommand
from core.home.model import Opener
from core.llm.model import Payer
from core.llm.ports import Purse, Reserved, Spent
from core.request import Asked, Event, Left, Platform, Request, Suggesting
from core.signals import (
    Came,
    ModelPaid,
    Note,
    RequestServed,
    Stopwatch,
    TurnTaken,
)
from core.ui import Answer, Began, Card, Ended, Form, Grew, Live, Message, Option, Tone, Update


class Signalling:
    """A door that tells how each request went. Implements `bots.boundary.Door` with another."""

    def __init__(self, door: Door, note: Note, clock: Stopwatch) -> None:
        self._door = door
        self._note = note
        self._clock = clock

    @property
    def catalog(self) -> Catalog:
        """All the commands."""
        return self._door.catalog

    async def handle(self, request: Request) -> Answer:
        """Answer a request; what grows is told of at its end."""
        began, answer, came = self._clock(), None, Came.FAILED
        try:
            answer = await self._door.handle(request)
            came = _came_of(answer)
        except asyncio.CancelledError:
            came = Came.STOPPED
            raise
        finally:
            if not isinstance(answer, Live):
                self._note(self._served(request, came, began))
        return replace(answer, updates=self._watched(answer.updates, request, began)) if isinstance(answer, Live) else answer

    async def carried(self, cards: tuple[Card, ...], request: Request) -> tuple[Card, ...]:
        """The cards with no button that does more than it can carry."""
        return await self._door.carried(cards, request)

    async def suggest(self, request: Suggesting) -> tuple[Option, ...]:
        """What could complete a field."""
        began, came = self._clock(), Came.FAILED
        try:
            found = await self._door.suggest(request)
            came = Came.ANSWERED
            return found
        finally:
            self._note(self._served(request, came, began))

    async def openers(self, request: Event) -> tuple[Opener, ...]:
        """Ways to begin a conversation."""
        return await self._door.openers(request)

    async def _watched(
        self, updates: AsyncGenerator[Update, None], request: Request, began: float
    ) -> AsyncGenerator[Update, None]:
        growth, came = _Growth(request.actor.platform, self._note), Came.FAILED
        try:
            async with aclosing(updates):
                async for update in updates:
                    growth.note(update, self._clock() - began)
                    yield update
            came = Came.REFUSED if growth.refused else Came.ANSWERED
        except (GeneratorExit, asyncio.CancelledError):
            came = Came.STOPPED
            raise
        finally:
            growth.left(came)
            self._note(replace(self._served(request, came, began), first_words=growth.first_words))

    def _served(self, request: Request, came: Came, began: float) -> RequestServed:
        command = ""
        if isinstance(request, Asked | Left | Suggesting):
            with suppress(UnknownCommand):
                command = self._door.catalog.find(request.command, request.words if isinstance(request, Asked) else "")[0].name
        kind = type(request).__name__.lower()
        return RequestServed(kind, command, request.actor.platform, came, self._clock() - began)


class _Growth:
    """What has been seen of an answer that grows."""

    def __init__(self, platform: Platform, note: Note) -> None:
        self._platform = platform
        self._note = note
        self._speaking = False
        self.refused = False
        self.first_words: float | None = None

    def note(self, update: Update, seconds: float) -> None:
        match update:
            case Began():
                self._speaking = True
            case Grew():
                self.first_words = seconds if self.first_words is None else self.first_words
            case Ended(message):
                came = _came_of(message)
                self.refused = self.refused or came is Came.REFUSED
                self.left(came)
            case _:
                pass

    def left(self, came: Came) -> None:
        """Whoever was speaking does so no more."""
        if self._speaking:
            self._note(TurnTaken(self._platform, came))
        self._speaking = False


def _came_of(answer: Answer) -> Came:
    """By what the person sees: bad news, questions, or an answer."""
    match answer:
        case None:
            return Came.PASSED
        case Message(cards=cards) if any(each.tone is Tone.BAD for each in cards):
            return Came.REFUSED
        case Form():
            return Came.ASKED
        case _:
            return Came.ANSWERED


class Counted:
    """A purse that tells what was paid for answers of one model. Implements `core.llm.ports.Purse` with another."""

    def __init__(self, purse: Purse, model: str, note: Note) -> None:
        self._purse = purse
        self._model = model
        self._note = note

    async def reserve(self, payer: Payer, micros: int, at: datetime) -> Reserved:
        """Hold so much for an answer that is about to be asked for."""
        return await self._purse.reserve(payer, micros, at)

    async def settle(self, payer: Payer, held: Reserved, spent: Spent | None, at: datetime) -> str:
        """Put what was spent in the place of what was held; it is told once it is kept."""
        words = await self._purse.settle(payer, held, spent, at)
        if spent is not None:
            tokens = {name: count for name, count in asdict(spent.usage).items() if name not in ("cache_minutes", "searches")}
            self._note(ModelPaid(self._model, payer.use.value, tokens, spent.micros))
        return words
