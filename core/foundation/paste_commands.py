"""/foundation paste: a whole blueprint or research, sorted into cells and saved as far as the student says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from core.command import Arg, Command, Pace
from core.foundation import sorting_views as views
from core.foundation.service import Foundations
from core.foundation.sorting import PASTE, PASTED_AT_MOST, NothingSorted, Sorting
from core.people.model import Person
from core.request import Asked, Typed
from core.ui import Answer, Kind, Meter


@dataclass(frozen=True, slots=True)
class Pasted:
    """The text."""

    text: Annotated[str, Arg("Your text", "A blueprint, research or notes: I sort them into cells", Kind.LONG, PASTED_AT_MOST)]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which proposals are to be saved: those ticked, by grid, or with `new` all whose cells are empty."""

    token: Annotated[str, Arg("Proposals", hidden=True, max_length=20)]
    new: Annotated[bool, Arg("Only empty cells", hidden=True)] = False
    ticked: Mapping[str, Typed] = field(default_factory=dict)


async def paste(asked: Asked, person: Person, args: Pasted, sorting: Sorting, foundations: Foundations) -> Answer:
    """Sort the text, and show before and after.

    Raises:
        NothingSorted: of a form that was sent; whoever refuses that keeps it and leads back to it.
    """
    try:
        found = await sorting.sort(person, args.text, asked.at)
    except NothingSorted as trouble:
        if asked.submitted:
            raise
        return views.nothing(trouble.message)
    return views.proposals(found, await foundations.of(person, asked.at), foundations.cells)


async def choose(asked: Asked, person: Person, args: Chosen, sorting: Sorting, foundations: Foundations) -> Answer:
    """Ask which proposals are to be saved; sent back, save those that were ticked."""
    found = await sorting.waiting(person, args.token)
    foundation = await foundations.of(person, asked.at)
    if args.new:
        keys = [each.key for each in found.proposals if not views.held(each.key, foundation, foundations.cells)]
    elif asked.submitted:
        keys = [key for typed in args.ticked.values() for key in ([typed] if isinstance(typed, str) else typed) if key]
    else:
        return views.choice(found, foundation, foundations.cells, {})
    if not keys:
        return views.choice(found, foundation, foundations.cells, {"": "Tick at least one, or leave the form."})
    done = await sorting.keep(person, found, keys, asked.at)
    shares = foundations.shares(done.foundation)
    filled, total = sum(len(each.filled) for each in shares), sum(len(each.grid.cells) for each in shares)
    return views.kept(done, foundations.cells, Meter("Foundation", filled, total))


COMMANDS = (
    Command(
        name=PASTE,
        summary="Paste notes to be sorted",
        args=Pasted,
        handler=paste,
        pace=Pace.LATER,
    ),
    Command(name="foundation choose", summary="Choose what to save", args=Chosen, handler=choose, listed=False),
)
