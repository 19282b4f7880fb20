"""My Foundation: three grids of nine cells, edited where they stand."""

from __future__ import annotations

from bots.web.pages import Shown, Visit, WebPage
from core.foundation.service import Foundations
from core.people.model import Person


async def show(visit: Visit, person: Person, foundations: Foundations) -> Shown:
    """The grids."""
    foundation = await foundations.of(person, visit.at)
    return Shown("foundation.html", {"foundation": foundation})


PAGE = WebPage("/foundation", "My Foundation", show)
