"""/cohort expected: who has not written to the bot yet, for those who coach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from core.cohort import expected_views as views
from core.cohort.expected import Expected, Order
from core.command import Arg, Command
from core.listing import Listing
from core.people.model import Person
from core.roles import COACHING
from core.ui import Answer


@dataclass(frozen=True, slots=True)
class Expecting(Listing):
    """Which part of the list."""

    order: Annotated[Order, Arg("Sorted by", "Names first, or who came last")] = Order.NAME


async def expected(person: Person, args: Expecting, found: Expected) -> Answer:
    """Those who are expected."""
    return views.expected(await found.of(person, args.order), args, person.zone)


COMMANDS = (
    Command(
        name=views.COMMAND, summary="For coaches: who has not written to me yet", args=Expecting, handler=expected, needs=COACHING
    ),
)
