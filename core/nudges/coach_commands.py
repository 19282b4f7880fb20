"""/cohort nudges: what came of reminders, and who may need a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from core.command import Arg, Command
from core.listing import SEARCH_AT_MOST, Listing
from core.nudges import results_views as views
from core.nudges.results import Outcomes
from core.nudges.words import Templates
from core.people.model import Person
from core.people.service import People
from core.request import Asked
from core.roles import COACHING
from core.ui import Answer


@dataclass(frozen=True, slots=True)
class Aside(Listing):
    """Which of those who were set aside."""

    search: Annotated[str, Arg("Name", "Of somebody who ignores reminders; empty for all", max_length=SEARCH_AT_MOST)] = ""
    order: Annotated[views.Order, Arg("Sorted by")] = views.Order.LONGEST


async def nudges(asked: Asked, person: Person, args: Aside, outcomes: Outcomes, people: People, wordings: Templates) -> Answer:
    """By rule and by template, and those who were set aside."""
    found = await outcomes.of(person, asked.at)
    names = {each.user_id: each.name for each in await people.members(person)}
    return views.results(found, views.Seen(person, asked.at, names, wordings), args, args.order)


COMMANDS = (
    Command(
        name=views.COMMAND,
        summary="For coaches: what came of reminders",
        args=Aside,
        handler=nudges,
        needs=COACHING,
        reads=True,
    ),
)
