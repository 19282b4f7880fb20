"""/cohort digest: the week, also on other days than Monday."""

from __future__ import annotations

from core.command import Command
from core.digest import views
from core.digest.service import Digests
from core.people.model import Person
from core.request import Asked
from core.roles import COACHING
from core.ui import Answer


async def digest(asked: Asked, person: Person, digests: Digests) -> Answer:
    """The last seven days."""
    return views.digest(await digests.week(person, asked.at), person)


COMMANDS = (Command(name="cohort digest", summary="For coaches: the week, and whom to write to", handler=digest, needs=COACHING),)
