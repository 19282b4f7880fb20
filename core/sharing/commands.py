"""share, reopen and press: what buttons do with what was shown before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from core.command import Arg, Command, Pace
from core.errors import NotFound
from core.people.model import Person
from core.request import Asked
from core.sharing.service import PRESS, PRESS_FORM, REOPEN, SHARE, Sharing
from core.ui import Answer


@dataclass(frozen=True, slots=True)
class WhatWasShown:
    """What to share, by the id under which it was kept."""

    shown: Annotated[str, Arg("What", max_length=90, hidden=True)]


async def share(args: WhatWasShown, asked: Asked, person: Person, sharing: Sharing) -> Answer:
    """Show it to everybody."""
    return await sharing.shared(person, asked.actor.identity, args.shown)


@dataclass(frozen=True, slots=True)
class WhichForm:
    """A form, by the id under which it was kept."""

    form: Annotated[str, Arg("Which form", max_length=40, hidden=True)]


async def reopen(args: WhichForm, asked: Asked, sharing: Sharing) -> Answer:
    """Open the form."""
    return await sharing.reopened(asked.actor.identity, args.form)


@dataclass(frozen=True, slots=True)
class WhichCall:
    """What a button does that cannot carry it, by the id under which it was kept."""

    call: Annotated[str, Arg("Which button", max_length=40, hidden=True)] = ""


async def press(args: WhichCall) -> Answer:
    """Somebody typed it: what a button asks for by it is asked for instead (`core.app`), and never comes here."""
    raise NotFound("Only a button can ask for that. /help lists what you can ask for.")


COMMANDS = (
    Command(name=PRESS, summary="Do what the button says", args=WhichCall, handler=press, listed=False),
    Command(name=PRESS_FORM, summary="Open the form", args=WhichCall, handler=press, pace=Pace.FORM, listed=False),
    Command(name=REOPEN, summary="Open the form", args=WhichForm, handler=reopen, pace=Pace.FORM, listed=False),
    Command(name=SHARE, summary="Share it with everyone here", args=WhatWasShown, handler=share, private=False, listed=False),
)
