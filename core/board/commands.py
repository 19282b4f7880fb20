"""/cohort board and /me board: who does what the course asks for, of those who agreed to be seen; and whether one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from core.board import views
from core.board.posting import HOUR, BoardPosts
from core.board.ranks import Span
from core.board.service import Boards
from core.command import Arg, Command
from core.people.model import Person
from core.request import Asked
from core.roles import COACHING
from core.ui import Answer, Option

ON, OFF, STAYS = "on", "off", ""
SPANS = tuple(Option(span.value, words) for span, words in views.SPANS.items())
BE = (Option(ON, "Put me on the board"), Option(OFF, "Take me off"))


@dataclass(frozen=True, slots=True)
class Which:
    """What is added up."""

    span: Annotated[str, Arg("Which weeks", "This week, where you choose none", options=SPANS)] = Span.WEEK.value


@dataclass(frozen=True, slots=True)
class Being:
    """Whether to be on it."""

    be: Annotated[str, Arg("Be on the board", "Leave it empty to look first", options=BE)] = STAYS


@dataclass(frozen=True, slots=True)
class Posting:
    """Whether it is posted."""

    on: Annotated[bool, Arg("Post it on Mondays")]


async def show(asked: Asked, person: Person, args: Which, boards: Boards) -> Answer:
    """The board of the person's cohort."""
    return views.board(await boards.look(person, Span(args.span), asked.at), coaches=person.role in COACHING)


async def own(asked: Asked, person: Person, args: Being, boards: Boards) -> Answer:
    """What the others see of the person; and in or out, where they say so."""
    if args.be == ON:
        return views.mine(await boards.join(person, asked.at))
    if args.be == OFF:
        return views.mine(await boards.leave(person, asked.at), "Done: your name is gone.")
    return views.mine(await boards.mine(person, asked.at))


async def post(asked: Asked, person: Person, args: Posting, posts: BoardPosts) -> Answer:
    """Post it on Mondays, or not."""
    cohort = await posts.switch(person, asked.at, on=args.on)
    return views.switched(cohort.name, on=args.on, hour=HOUR, zone=cohort.timezone)


COMMANDS = (
    Command(name=views.COMMAND, summary="The board: what was done in your cohort", args=Which, handler=show),
    Command(name=views.OWN, summary="Whether you are on your cohort's board", args=Being, handler=own),
    Command(name=views.POST, summary="Post the board on Mondays", args=Posting, handler=post, needs=COACHING, listed=False),
)
