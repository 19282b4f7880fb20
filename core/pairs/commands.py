"""/pair: a partner to be accountable to; /cohort pairs for those who coach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from core.command import Arg, Command
from core.listing import SEARCH_AT_MOST, Listing
from core.pairs import views
from core.pairs.named import named
from core.pairs.service import Pairs
from core.people.model import Person
from core.request import Asked
from core.roles import COACHING
from core.ui import Answer


@dataclass(frozen=True, slots=True)
class Asking:
    """What was typed behind it."""

    who: Annotated[str, Arg("Anybody in particular", "Leave it empty: I look for one", max_length=SEARCH_AT_MOST)] = ""


@dataclass(frozen=True, slots=True)
class List(Listing):
    """Which pairs."""

    search: Annotated[str, Arg("Name", "Part of a name; empty for everybody", max_length=SEARCH_AT_MOST)] = ""
    order: Annotated[views.Order, Arg("Sorted by", "Pairs come first, by name")] = views.Order.PAIRS


async def show(asked: Asked, person: Person, pairs: Pairs) -> Answer:
    """The partner's commitments, or the way to one."""
    partner = await pairs.partner(person, asked.at)
    if partner is not None:
        return views.partner(person, partner.person, partner.commitments, asked.at)
    request = await pairs.request(person)
    return views.waiting(person, request) if request else views.none_yet()


async def ask(asked: Asked, person: Person, args: Asking, pairs: Pairs) -> Answer:
    """The person would like a partner; with a name nothing is done yet, for nobody can be asked by theirs."""
    if (name := named(args.who)) and person.role not in COACHING and await pairs.partner(person, asked.at) is None:
        return views.nobody_by_name(name, waits=await pairs.request(person) is not None)
    await pairs.ask(person, asked.at)
    return await show(asked, person, pairs)


async def stop(person: Person, pairs: Pairs) -> Answer:
    """The person waits no more."""
    await pairs.withdraw(person)
    return views.stopped()


async def leave(asked: Asked, person: Person, pairs: Pairs) -> Answer:
    """The pair is over."""
    await pairs.leave(person, asked.at)
    return views.left()


async def cheer(asked: Asked, person: Person, pairs: Pairs) -> Answer:
    """Well done."""
    other, sent = await pairs.cheer(person, asked.at)
    return views.cheered(other, sent=sent)


async def couples(person: Person, args: List, pairs: Pairs) -> Answer:
    """Who is paired."""
    found = await pairs.couples(person)
    return views.couples(found.paired, found.waiting, args, args.order)


COMMANDS = (
    Command(name="pair show", summary="Your partner: what each of you said they would do", handler=show),
    Command(name="pair ask", summary="Find me a partner", args=Asking, handler=ask),
    Command(name="pair stop", summary="Take me off the list", handler=stop, listed=False),
    Command(name="pair cheer", summary="Tell your partner: well done", handler=cheer, listed=False),
    Command(name="pair leave", summary="End your pair", handler=leave),
    Command(
        name="cohort pairs",
        summary="For coaches: who is paired with whom",
        args=List,
        handler=couples,
        needs=COACHING,
        reads=True,
    ),
)
