"""My course: the path of ten modules, what is next, and checklists that are ticked where they stand."""

from __future__ import annotations

from bots.web.pages import Shown, Visit, WebPage
from core.course.service import Progress
from core.people.model import Person


async def show(visit: Visit, person: Person, progress: Progress) -> Shown:
    """The path, with the module that is open in full."""
    place = await progress.place(person)
    return Shown("course.html", {"place": place})


PAGE = WebPage("/", "My course", show)
