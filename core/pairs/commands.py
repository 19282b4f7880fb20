"""/pair: a partner to be accountable to; /cohort pairs for those who coach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from core.command import Arg, Command
from core.listing import SEARCH_AT_MOST, Listing
from core.nudges.offers import FIND_A_PARTNER
from core.nudges.service import Reminders
from core.pairs import views
from core.pairs.named import named
from core.pairs.service import Pairs
from core.people.model import Person
from core.request import Asked, Said, as_command
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


async def show(asked: Asked, person: Person, pairs: Pairs, reminders: Reminders) -> Answer:
    """The partner's commitments, or the way to one."""
    there = await _standing(asked, person, pairs)
    if there is None:
        await _offered(asked, person, reminders)
    return there or views.none_yet()


async def ask(asked: Asked, person: Person, args: Asking, pairs: Pairs, reminders: Reminders) -> Answer:
    """The person would like a partner; with a name nothing is done yet, for nobody can be asked by theirs."""
    if (name := named(args.who)) and person.role not in COACHING and await pairs.partner(person, asked.at) is None:
        waits = await pairs.request(person) is not None
        if not waits:
            await _offered(asked, person, reminders)
        return views.nobody_by_name(name, waits=waits)
    return await _asked_for(asked, person, pairs)


async def find(pairs: Pairs, said: Said, person: Person, _: str) -> Answer:
    """What the button does that offers to find one, for somebody who said yes in words."""
    return await _asked_for(as_command(said, "pair ask"), person, pairs)


async def _asked_for(asked: Asked, person: Person, pairs: Pairs) -> Answer:
    await pairs.ask(person, asked.at)
    return await _standing(asked, person, pairs) or views.none_yet()


async def _standing(asked: Asked, person: Person, pairs: Pairs) -> Answer:
    """The partner's commitments, or since when they wait for one; None where they asked for none."""
    partner = await pairs.partner(person, asked.at)
    if partner is not None:
        return views.partner(person, partner.person, partner.commitments, asked.at)
    request = await pairs.request(person)
    return views.waiting(person, request) if request else None


async def _offered(asked: Asked, person: Person, reminders: Reminders) -> None:
    """A yes right below the button is for it, where they read it in their direct messages and may have a partner."""
    if asked.direct and not asked.page and person.role not in COACHING:
        await reminders.offers.make(person, FIND_A_PARTNER, asked.at)


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
