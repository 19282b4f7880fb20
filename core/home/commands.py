"""/home: the page."""

from __future__ import annotations

from core.command import Command
from core.home.service import Home
from core.people.model import Person
from core.request import Asked
from core.ui import Answer


async def home(asked: Asked, person: Person, home: Home) -> Answer:
    """Where someone stands."""
    return await home.page(person, asked.at)


HOME = "home"
COMMANDS = (Command(name=HOME, summary="Where you are, and what is next", handler=home, reads=True),)
