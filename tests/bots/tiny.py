"""A tiny product for the surfaces' tests: the real `App` on a real record, with a few commands that show everything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from bots.reception import Reception
from core.app import App
from core.catalog import Catalog
from core.command import Arg, Command, Nothing
from core.errors import ModelBrokeOff
from core.home.model import Opener
from core.home.service import Home
from core.people import commands as people_commands
from core.people.model import Person
from core.people.service import People
from core.plans import Step
from core.request import Asked, File, Reworded, Said, Withdrawn
from core.services import Services
from core.sharing import commands as sharing_commands
from core.sharing.service import Sharing
from core.ui import (
    Answer,
    Began,
    Button,
    Buttons,
    Call,
    Card,
    Chart,
    Ended,
    Facts,
    Grew,
    Kind,
    Link,
    Live,
    Menu,
    Message,
    Meter,
    Option,
    Picture,
    Series,
    Speaker,
    Table,
    Text,
    Tone,
    Update,
)
from persistence.drafts import FormDraftRecord
from persistence.inbox import InboxRecord
from persistence.people import PeopleRecord
from persistence.shown import ShownRecord
from tests.blank import record_in
from tests.next_card import NextCard

TEACHER = Speaker("Teacher")
STORY = (
    "# Hooks\n\nA hook is the **first line** that makes someone stop.\n\n1. Name the pain.\n2. Promise a change.\n",
    "\n3. Prove it.\n\n```\nStill scrubbing pans?\n```\n\n| Angle | Line |\n|---|---|\n| pain | Tired of…? |\n",
    "\nSee <https://example.test>.",
)


@dataclass
class Desk:
    """What happened behind the door."""

    noted: list[dict[str, object]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    corrected: list[tuple[str, str]] = field(default_factory=list)
    growing: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True, slots=True)
class Note:
    """A form with a field of every kind that matters."""

    title: Annotated[str, Arg("Title", "A few words")]
    where: Annotated[
        Literal["ad", "page", "mail"],
        Arg("Where", options=(Option("ad", "Ad"), Option("page", "Page"), Option("mail", "E-mail"))),
    ]
    pains: Annotated[tuple[str, ...], Arg("Pains", "One a line")]
    price: Annotated[Decimal | None, Arg("Price", "In pounds")] = None
    body: Annotated[str, Arg("Text", kind=Kind.LONG, max_length=200_000)] = ""


async def codes(typed: str) -> Sequence[Option]:
    """Codes like what is typed."""
    known = (Option("H1", "H1 Pain headlines"), Option("H2", "Curiosity"), Option("G1", "Lead magnet"))
    return [each for each in known if each.value.startswith(typed.upper())]


@dataclass(frozen=True, slots=True)
class Code:
    """A prompt's code."""

    code: Annotated[str, Arg("Code", suggest=codes)]


async def note(args: Note, desk: Desk) -> Answer:
    """Keep a note."""
    desk.noted.append(
        {"title": args.title, "where": args.where, "pains": args.pains, "price": args.price, "body": len(args.body)}
    )
    again = Buttons((Button("Another", Call("note", form=True), primary=True), Button("Show", Call("gallery"))))
    return Message(cards=(Card("Noted", (Text(f"**{args.title}** for {args.where}."), again), tone=Tone.GOOD),))


async def run(args: Code) -> Answer:
    """A run that takes a moment."""
    return Message(f"Ran {args.code}.")


DAYS = [f"{day} Nov" for day in range(1, 15)]
RATE = Series("Click rate", tuple((day, None if at == 5 else 0.8 + at * 0.13 - (at % 3) * 0.2) for at, day in enumerate(DAYS)))
SOURCES = Series("Leads", (("Meta", 120), ("Search", 64), ("Podcast", 7)))
KEPT = (("Hook", "Headlines", "Implemented", "1,204"), ("Gift", "Starter guide", "Draft", "86"))
FACTS = (("Name", "Maria"), ("Time zone", "Europe/London"), ("Known since", "3 March 2026"))
AGENTS = Menu("Ask an agent", (Button("Teacher", Call("run")), Button("Writer", Call("run"))))
WAYS = Buttons((Button("Run H1", Call("run", {"code": "H1"})), Link("Guide", "https://example.test/guide")))
GALLERY = (
    Card("Facts", (Facts(FACTS),)),
    Card("Figures", (Meter("Company", 4, 9), Meter("Customer", 9, 9), Chart("line", "Click rate", "%", (RATE,)))),
    Card("Sources", (Chart("bar", "Leads by source", "", (SOURCES,)),), tone=Tone.GOOD),
    Card(
        "Table",
        (Table(("Step", "Asset", "Status", "Leads"), KEPT, "Kept", frozenset({3})),),
        tone=Tone.CAREFUL,
        image=Picture("A shop window", File("shop.png", "image/png", b"")),
    ),
    Card("Choices", (AGENTS, WAYS)),
)


async def gallery() -> Answer:
    """One of everything."""
    return Message("Here is one of **everything**.", cards=GALLERY, speaker=TEACHER)


async def grow(desk: Desk) -> Answer:
    """An answer that grows, in three parts."""
    return Live(_story(desk))


async def _story(desk: Desk) -> AsyncGenerator[Update, None]:
    yield Step("ask", "Looking it up", "running")
    yield Step("ask", "Looking it up", "done")
    yield Began(TEACHER)
    for part in STORY:
        yield Grew(part)
    yield Ended(Message("".join(STORY), (Card("", (Buttons((Button("Save", Call("run", {"code": "H1"})),)),)),), speaker=TEACHER))


async def endless(desk: Desk) -> Answer:
    """An answer that waits for ever after its first words."""
    return Live(_endless(desk))


async def _endless(desk: Desk) -> AsyncGenerator[Update, None]:
    said = ""
    try:
        yield Began(TEACHER)
        said = "The first words came. "
        yield Grew(said)
        desk.growing.set()
        await asyncio.Event().wait()
    finally:
        desk.kept.append(said)


async def boom() -> Answer:
    """A mistake of ours."""
    raise ZeroDivisionError("a detail that nobody needs to see")


async def break_off() -> Answer:
    """An answer that breaks off by a mistake of ours."""
    return Live(_breaking(ZeroDivisionError("a detail")))


async def run_dry() -> Answer:
    """An answer that breaks off by an expected trouble."""
    return Live(_breaking(ModelBrokeOff()))


async def _breaking(trouble: Exception) -> AsyncGenerator[Update, None]:
    yield Began(TEACHER)
    yield Grew("Half of an")
    raise trouble


class Echo:
    """Implements `core.ports.Listener`: says what it heard."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def hear(self, said: Said, person: Person) -> Answer:
        """What was said, again."""
        self._desk.heard.append(said.text)
        return Message(f"I heard {len(said.text)} characters: {said.text[:60]}", speaker=TEACHER)

    async def reworded(self, change: Reworded, person: Person) -> None:
        """It was said differently."""
        self._desk.corrected.append((change.of, change.text))

    async def withdrawn(self, change: Withdrawn, person: Person) -> None:
        """It was not said."""
        self._desk.corrected.append((change.of, ""))


class TwoOpeners:
    """Implements `core.home.ports.Beginnings`: two ways to begin."""

    async def openers(self, person: Person) -> tuple[Opener, ...]:
        """The gallery, and words."""
        return (Opener("Show me everything", "show me"), Opener("What is a hook?", "@Teacher what is a hook?"))

    async def begun(self, person: Person) -> bool:
        """They have."""
        return True


async def ids(asked: Asked) -> Answer:
    """The request's own id."""
    return Message(asked.id)


COMMANDS = (
    Command(name="note", summary="Keep a note", args=Note, handler=note),
    Command(name="run", summary="Run a prompt", args=Code, handler=run),
    Command(name="gallery", summary="One of everything", handler=gallery),
    Command(name="grow", summary="An answer that grows", handler=grow),
    Command(name="endless", summary="An answer without an end", handler=endless),
    Command(name="boom", summary="A mistake", handler=boom, args=Nothing),
    Command(name="break off", summary="A mistake in mid-stream", handler=break_off),
    Command(name="break dry", summary="A trouble in mid-stream", handler=run_dry),
    Command(name="ids", summary="The request's id", handler=ids),
)


@asynccontextmanager
async def tiny(folder: Path, desk: Desk) -> AsyncGenerator[Reception, None]:
    """The tiny product, its record in the folder; `door` is its `App`."""
    database = await record_in(folder)
    people, home = People(PeopleRecord(database)), Home(NextCard(), (), TwoOpeners())
    echo, sharing = Echo(desk), Sharing(ShownRecord(database))
    catalog = Catalog((*COMMANDS, *people_commands.COMMANDS, *sharing_commands.COMMANDS))
    app = App(
        catalog=catalog,
        services=Services(desk, catalog, people, home, sharing),
        people=people,
        home=home,
        listeners=(echo,),
        onlookers=(),
        drafts=FormDraftRecord(database),
        corrections=echo,
        sharing=sharing,
    )
    try:
        yield Reception(app, InboxRecord(database), owner="tests", now=lambda: datetime.now(UTC), wait=asyncio.sleep)
    finally:
        await database.close()
