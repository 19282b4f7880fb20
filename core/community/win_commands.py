"""/me wins, and the tap that tells the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from core.command import Arg, Command, Pace, form_of
from core.community import win_views
from core.community.model import WIN_AT_MOST
from core.community.wins import ALWAYS, NEVER, SETTING, NothingSaid, Wins
from core.people.model import Person
from core.request import Asked, Typed
from core.ui import Answer, Kind, Option

ASK = (Option(ALWAYS, "Ask me each time"), Option(NEVER, "Never ask me"))


@dataclass(frozen=True, slots=True)
class Telling:
    """What the others are told."""

    win: Annotated[str, Arg("Which", max_length=80, hidden=True)]
    words: Annotated[str, Arg("Your words", "The channel reads them under your name", Kind.LONG, WIN_AT_MOST)]


@dataclass(frozen=True, slots=True)
class Asking:
    """Whether to be asked."""

    ask: Annotated[str, Arg("When you close a module or go live", options=ASK)]


async def tell(asked: Asked, person: Person, args: Telling, wins: Wins) -> Answer:
    """Tell the others."""
    try:
        await wins.tell(person, args.win, args.words, asked.at)
    except NothingSaid as trouble:
        return form_of(TELL, {"win": args.win, "words": args.words}, {"words": trouble.message})
    return win_views.thanks()


async def known(asked: Asked, person: Person, wins: Wins) -> Mapping[str, Typed]:
    """The sentence that is proposed."""
    win = asked.values.get("win")
    return {"words": (await wins.one(person, win)).words} if isinstance(win, str) and win else {}


async def asking(asked: Asked, person: Person, args: Asking, wins: Wins) -> Answer:
    """Ask each time, or never."""
    never = args.ask == NEVER
    await wins.asking(person, never=never, at=asked.at)
    return win_views.asking(never=never)


async def chosen(asked: Asked, person: Person) -> Mapping[str, Typed]:
    """What is set now."""
    return {"ask": person.settings.get(SETTING, ALWAYS)}


TELL = Command(
    name="win tell",
    summary="Tell the others",
    args=Telling,
    handler=tell,
    pace=Pace.FORM,
    known=known,
    submit="Post it",
    listed=False,
)
COMMANDS = (
    TELL,
    Command(
        name="me wins",
        summary="Whether I ask to tell the others of a win",
        args=Asking,
        handler=asking,
        known=chosen,
        submit="Save",
    ),
)
