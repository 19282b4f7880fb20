"""/me coach and /me looks for everybody; /cohort see for coaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from core.command import Arg, Command, Pace
from core.listing import Listing
from core.openness import views
from core.openness.asking import TheirAssets
from core.openness.model import ASKED_FOR, Part
from core.openness.service import Openness, Order
from core.openness.sights import Sights
from core.people.model import Person
from core.people.service import NAME_AT_MOST, People
from core.people.suggested import students
from core.request import Asked
from core.roles import COACHING
from core.ui import Answer, Kind


@dataclass(frozen=True, slots=True)
class Opening:
    """What coaches may see."""

    parts: Annotated[
        tuple[str, ...],
        Arg("My coaches may see", kind=Kind.CHOICES, options=views.OPTIONS),
    ] = ()


@dataclass(frozen=True, slots=True)
class Looks(Listing):
    """Which looks."""

    order: Annotated[Order, Arg("Sorted by")] = Order.LATEST


@dataclass(frozen=True, slots=True)
class Seeing:
    """What of whom."""

    student: Annotated[str, Arg("Who", "Their name, as the bot shows it", suggest=students, max_length=NAME_AT_MOST)]
    part: Annotated[Literal["Foundation", "figures", "assets"], Arg("What", "Foundation, figures or assets")]
    asset: Annotated[str, Arg("Which asset", hidden=True)] = ""


async def coach(asked: Asked, person: Person, args: Opening, openness: Openness) -> Answer:
    """What coaches may see, asked and kept."""
    if not asked.submitted:
        return views.form(person)
    parts = [part for part in ASKED_FOR if part.value in args.parts]
    return views.changed(await openness.open(person, parts, asked.at))


async def looks(person: Person, args: Looks, openness: Openness) -> Answer:
    """Who looked at what."""
    return views.looks(person, await openness.looks(person, args.words, args.order), args)


async def see_assets(asked: Asked, person: Person, args: TheirAssets, sights: Sights, people: People) -> Answer:
    """A page of the assets of a student who opened them."""
    return await sights.assets_listed(person, await people.member(person, args.student), asked.at, args)


async def see(asked: Asked, person: Person, args: Seeing, sights: Sights, people: People) -> Answer:
    """What a student opened to their coaches."""
    student = await people.member(person, args.student)
    match Part(args.part):
        case Part.FOUNDATION:
            return await sights.foundation(person, student, asked.at)
        case Part.FIGURES:
            return await sights.figures(person, student, asked.at)
        case _:
            return await sights.assets(person, student, asked.at, args.asset)


COMMANDS = (
    Command(name=views.COMMAND, summary="What my coaches may see", args=Opening, handler=coach, pace=Pace.FORM),
    Command(name="me looks", summary="Who looked at what of mine", args=Looks, handler=looks, reads=True),
    Command(name="cohort see", summary="For coaches: what a student opened", args=Seeing, handler=see, needs=COACHING),
    Command(name=views.ASSETS, summary="Their assets", args=TheirAssets, handler=see_assets, needs=COACHING, listed=False),
)
