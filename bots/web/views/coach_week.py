"""A coach's week: whom to write to, who waits, and how it went; the same as the digest of Monday."""

from __future__ import annotations

from bots.web.pages import Shown, Visit, WebPage
from core.digest import views
from core.digest.service import Digests
from core.people.model import Person
from core.roles import COACHING

PATH = "/cohort/week"


async def show(visit: Visit, person: Person, digests: Digests) -> Shown:
    """The last seven days."""
    week = await digests.week(person, visit.at)
    return Shown("coach_week.html", {"week": visit.draw.message(views.digest(week, person))})


PAGE = WebPage(PATH, "This week", show, COACHING)
