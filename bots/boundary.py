"""Where an unexpected exception of a request becomes an answer with a reference, and is logged once under it."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Iterable, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Protocol, TypeVar

import structlog

from core.catalog import Catalog
from core.chat.ports import Asker, Tools, Used
from core.errors import Trouble
from core.home.model import Opener
from core.ids import ALPHABET
from core.llm.calls import Tool, ToolCall
from core.request import Asked, Event, Request, Suggesting
from core.ui import (
    Answer,
    Began,
    Button,
    Buttons,
    Call,
    Card,
    Ended,
    Grew,
    Live,
    Message,
    Option,
    Speaker,
    Text,
    Tone,
    Update,
)

log = structlog.get_logger()

Shown = TypeVar("Shown")

SORRY = "Something went wrong on our side."
BROKEN = "This did not work, for a reason on our side. Go on without it, and say plainly what you could not look up or do."


class Door(Protocol):
    """What the surfaces need of `core.app.App`."""

    @property
    def catalog(self) -> Catalog:
        """All the commands."""
        ...

    async def handle(self, request: Request) -> Answer:
        """Answer a request."""
        ...

    async def carried(self, cards: tuple[Card, ...], request: Request) -> tuple[Card, ...]:
        """Cards that answer the request and were not made behind this door, with no button that does more than it can carry."""
        ...

    async def suggest(self, request: Suggesting) -> tuple[Option, ...]:
        """What could complete a field."""
        ...

    async def openers(self, request: Event) -> tuple[Opener, ...]:
        """Ways to begin a conversation."""
        ...


async def serve(app: Door, request: Request) -> Answer:
    """The answer to a request, whatever happens; what grows is watched until its end."""
    try:
        answer = await app.handle(request)
    except Exception as trouble:
        return await _carried(app, refused(trouble, request), request)
    return replace(answer, updates=_watched(app, answer.updates, request)) if isinstance(answer, Live) else answer


def refused(trouble: Exception, request: Request) -> Message:
    """The answer to a request that could not be answered: a `Trouble`'s own words, or a reference to what nobody expected."""
    return Message(cards=(_card(trouble, request),), private=True)


class Careful:
    """Implements `core.chat.ports.Tools`: where a tool breaks in a way that nobody expected, the answer goes on without it."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def of(self, names: Iterable[str], colleagues: Sequence[str] = ()) -> tuple[Tool, ...]:
        """Those that there are."""
        return self._tools.of(names, colleagues)

    def title(self, name: str) -> str:
        """What is shown while it is at work."""
        return self._tools.title(name)

    def is_personal(self, name: str) -> bool:
        """Whether what it gives is the asker's own."""
        return self._tools.is_personal(name)

    async def use(self, asker: Asker, names: Collection[str], call: ToolCall) -> Used:
        """Do it for the asker; the model is told that it did not work, and we are told why."""
        try:
            return await self._tools.use(asker, names, call)
        except Exception as trouble:
            report(trouble, tool=call.name[:60])
            return Used(BROKEN, failed=True)


async def outermost(work: Awaitable[int]) -> int:
    """The exit status of a whole program; what nobody expected is told in one line, and found in the log.

    Raises:
        Trouble: what kept it from being done.
        BrokenPipeError: whoever read what it writes, such as `head`, has gone.
    """
    try:
        return await work
    except (Trouble, BrokenPipeError):
        raise
    except Exception as trouble:
        raise Trouble(f"{SORRY} If you ask for help, give this reference, which is in the log: {report(trouble)}") from None


async def complete(app: Door, request: Suggesting) -> tuple[Option, ...]:
    """What could complete the field that someone is typing into; nothing where that cannot be found out."""
    try:
        return await app.suggest(request)
    except Trouble:
        return ()
    except Exception as trouble:
        report(trouble, request)
        return ()


def report(trouble: Exception, request: Request | None = None, **more: str) -> str:
    """Log what nobody expected, once; returns the reference under which it is found, such as `7K3F-Q2XD`."""
    signs = [secrets.choice(ALPHABET) for _ in range(8)]
    reference = f"{''.join(signs[:4])}-{''.join(signs[4:])}".upper()
    about = {"kind": type(request).__name__, "event_id": request.id} if request else {}
    if isinstance(request, Asked):
        about["command"] = request.command
    log.error("request failed", reference=reference, exc_info=trouble, **about, **more)
    return reference


async def _carried(app: Door, message: Message, request: Request) -> Message:
    """The message with buttons that carry what they do, where that can be had."""
    try:
        return replace(message, cards=await app.carried(message.cards, request))
    except Exception as trouble:
        report(trouble, request)
        return message


async def _watched(app: Door, updates: AsyncGenerator[Update, None], request: Request) -> AsyncGenerator[Update, None]:
    """The same updates; where they break off, what had come until then is ended with a card that says so."""
    came = _Came()
    async with aclosing(updates):
        try:
            async for update in updates:
                came.note(update)
                yield update
        except Exception as trouble:
            told = Message(came.text, (_card(trouble, request),), speaker=came.speaker)
            yield Ended(await _carried(app, told, request))


class _Came:
    """What the present speaker has said so far."""

    def __init__(self) -> None:
        self.speaker: Speaker | None = None
        self._words: list[str] = []

    @property
    def text(self) -> str:
        return "".join(self._words)

    def note(self, update: Update) -> None:
        match update:
            case Grew(text):
                self._words.append(text)
            case Began(speaker):
                self.speaker, self._words = speaker, []
            case Ended():
                self.speaker, self._words = None, []
            case _:
                pass


def _card(trouble: Exception, request: Request) -> Card:
    if isinstance(trouble, Trouble):
        words = trouble.message
    else:
        words = f"{SORRY} Nothing you typed is lost. If you ask for help, give this reference: {report(trouble, request)}"
    again: tuple[Button, ...] = ()
    if isinstance(request, Asked):
        again = (Button("Try again", Call(request.command, request.values, words=request.words), primary=True),)
    return Card(body=(Text(words), *([Buttons(again)] if again else [])), tone=Tone.BAD)


async def sheltered(work: Awaitable[Shown], otherwise: Callable[[str], Shown]) -> Shown:
    """What the work returns; where something breaks that nobody expected, what is to be shown with the reference to it."""
    try:
        return await work
    except Trouble:
        raise
    except Exception as trouble:
        return otherwise(report(trouble))
