"""A coach's week: whom to write to, who waits, and how it went; the same as the digest of Monday, with a way to each student."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bots.web.pages import Of, Shown, Visit, WebPage
from bots.web.views import coach_student
from bots.web.views.coach_cohort import when
from core.digest import views
from core.digest.service import Digests
from core.exchanges.ways import for_whom_it_is
from core.members.service import Row
from core.people.model import Person
from core.roles import COACHING

PATH = "/cohort/week"
FINISHED = "Finished a module"
AT_FIRST = 12
"""Students of one kind who are shown at once; the list has all."""


async def show(visit: Visit, person: Person, digests: Digests) -> Shown:
    """The last seven days."""
    week = await digests.week(person, visit.at, anew=visit.anew)
    head, *others = views.digest(week, person).cards
    named = {each.member.id for each in (*week.needs, *week.watch)}
    went: tuple[tuple[str, Sequence[Row]], ...] = (
        ("Finished the course", week.through),
        (FINISHED, week.finished),
        ("Put something live", week.shipped),
        ("Worked on the course", week.worked),
        ("Silent for a week", [each for each in week.silent if each.member.id not in named]),
    )
    return Shown(
        "coach_week.html",
        {
            "head": visit.draw.card(head),
            "awaited": week.awaited if week.students else 0,
            "others": [visit.draw.card(each) for each in others if not each.title],
            "asked": week.asked[:AT_FIRST],
            "asks": len(week.asked),
            "elsewhere": week.elsewhere,
            "risky": week.risky[:AT_FIRST],
            "risks": len(week.risky),
            "went": [(name, rows[:AT_FIRST], len(rows)) for name, rows in went if rows],
            "closed": {FINISHED: week.closed},
            "why": views.why,
            "written": partial(views.written, week, person),
            "mine": partial(for_whom_it_is, person),
            "when": partial(when, person),
            "student": partial(coach_student.address, visit),
        },
    )


PAGE = WebPage(PATH, "This week", show, COACHING, of=Of.ONE)
