"""/home and /progress: the page, and where somebody is in the course."""

from __future__ import annotations

from core.command import Command
from core.course import views
from core.course.service import Progress
from core.course.streak import streak
from core.home.service import Home
from core.people.model import Person
from core.request import Asked
from core.ui import Answer


async def home(asked: Asked, person: Person, home: Home) -> Answer:
    """Where someone stands."""
    return await home.page(person, asked.at)


async def where(asked: Asked, person: Person, progress: Progress, home: Home) -> Answer:
    """Where someone is in the course, what is next and why."""
    made = await progress.made(person)
    weeks = streak(made.went_live, person.zone, asked.at)
    place, shown = await progress.place(person, made), await home.following(person, asked.at)
    return views.progress(shown, place, await progress.foundation(person), made, weeks)


HOME = "home"
COMMANDS = (
    Command(name=HOME, summary="Where you are, and what is next", handler=home, reads=True),
    Command(name="progress", summary="Where you are in the course, what is next and why", handler=where, reads=True),
)
