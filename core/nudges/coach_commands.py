"""/cohort nudges: what came of reminders, and who may need a person."""

from __future__ import annotations

from core.command import Command
from core.nudges import results_views as views
from core.nudges.results import Outcomes
from core.people.model import Person
from core.people.service import People
from core.request import Asked
from core.roles import COACHING
from core.ui import Answer


async def nudges(asked: Asked, person: Person, outcomes: Outcomes, people: People) -> Answer:
    """By rule and by template, and those who were set aside."""
    found = await outcomes.of(person, asked.at)
    return views.results(found, {each.user_id: each.name for each in await people.members(person)}, person)


COMMANDS = (Command(name="cohort nudges", summary="For coaches: what came of reminders", handler=nudges, needs=COACHING),)
