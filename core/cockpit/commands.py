"""/cohort: the cohort on one card."""

from __future__ import annotations

from core.cockpit.service import Cockpit
from core.cockpit.views import cockpit
from core.command import Command
from core.people.model import Person
from core.request import Asked
from core.roles import COACHING
from core.ui import Answer


async def show(asked: Asked, person: Person, desk: Cockpit) -> Answer:
    """The person's cohort."""
    today = await desk.today(person, asked.at)
    return cockpit(today, asked.at.astimezone(person.zone).date(), coaches=person.role in COACHING)


COMMANDS = (Command(name="cohort show", summary="Your cohort: its dates, and how to join", handler=show),)
