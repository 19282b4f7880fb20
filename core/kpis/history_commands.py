"""/kpi history and what belongs to it: look at what was logged, correct it, delete it, and put it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from core.command import Arg, Command, Pace
from core.errors import Changed
from core.kpis import history_views as views
from core.kpis.correcting import COMMAND, Correction, correct, meant
from core.kpis.corrections import Corrections, Order
from core.kpis.history_args import PERIOD
from core.kpis.moving import COMMAND as MOVE
from core.kpis.moving import Moving, move
from core.kpis.service import Snapshots
from core.listing import SEARCH_AT_MOST, Listing
from core.people.model import Person
from core.request import Asked
from core.ui import Answer


@dataclass(frozen=True, slots=True)
class Sought(Listing):
    """A part of the list of periods."""

    search: Annotated[str, Arg("Search", "A month, a year or a day; empty lists all", max_length=SEARCH_AT_MOST)] = ""
    order: Annotated[Order, Arg("Sorted by")] = Order.LATEST


@dataclass(frozen=True, slots=True)
class OnePeriod:
    """A period that figures were logged for."""

    period: Annotated[str, PERIOD]


@dataclass(frozen=True, slots=True)
class Deleting:
    """A period, and the version of it that was seen when it was asked about."""

    period: Annotated[str, PERIOD]
    version: Annotated[int | None, Arg("Version", hidden=True)] = None


@dataclass(frozen=True, slots=True)
class OneChange:
    """A change of the history."""

    change: Annotated[str, Arg("Which change", hidden=True)]


async def history(person: Person, args: Sought, corrections: Corrections) -> Answer:
    """The periods, and what was deleted."""
    found = await corrections.periods(person, args.words, args.order)
    return views.listed(found, await corrections.deleted(person), person, args)


async def one(asked: Asked, person: Person, args: OnePeriod, snapshots: Snapshots, corrections: Corrections) -> Answer:
    """One period: its figures, and every change of them."""
    seen = await corrections.period(person, args.period, asked.at)
    changes = await corrections.changes(person, seen.id)
    return views.period(meant(snapshots.metrics, person, seen), person, seen, changes)


async def delete(asked: Asked, person: Person, args: Deleting, corrections: Corrections) -> Answer:
    """Asked first; what was seen then is what goes."""
    seen = await corrections.period(person, args.period, asked.at)
    if args.version is None or args.version != seen.version:
        return views.sure(seen)
    try:
        return views.deleted(seen, await corrections.delete(person, seen, asked.at))
    except Changed:
        return views.sure(await corrections.period(person, seen.id, asked.at))


async def put_back(asked: Asked, person: Person, args: OneChange, corrections: Corrections) -> Answer:
    """What was deleted stands there again."""
    return views.put_back(await corrections.put_back(person, args.change, asked.at))


COMMANDS = (
    Command(name="kpi history", summary="What you logged, and every change of it", args=Sought, handler=history, reads=True),
    Command(name=COMMAND, summary="Correct a period's figures", args=Correction, handler=correct, pace=Pace.FORM),
    Command(name=MOVE, summary="Move figures to their period", args=Moving, handler=move, pace=Pace.FORM, listed=False),
    Command(name="kpi period", summary="One period and its changes", args=OnePeriod, handler=one, listed=False, reads=True),
    Command(name="kpi delete", summary="Delete a period's figures", args=Deleting, handler=delete),
    Command(name="kpi putback", summary="Put back what was deleted", args=OneChange, handler=put_back, listed=False),
)
