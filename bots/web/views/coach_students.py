"""The students of a coach: searched, sorted, a page at a time."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bots.web.pages import Of, Shown, Visit, WebPage
from bots.web.views import coach_student
from bots.web.views.lists import asking_of, orders_of, sheet_of
from core.cohort.expected import Expected
from core.course.steps import Step
from core.listing import leaf_of
from core.members.commands import List
from core.members.model import Member
from core.members.risk import Level
from core.members.service import Members
from core.members.views import ago, nobody, ticks
from core.openness.service import Openness
from core.people.model import Person
from core.roles import COACHING

PATH = "/cohort/students"
ROWS = 25


async def show(visit: Visit, person: Person, members: Members, openness: Openness, expected: Expected) -> Shown:
    """A page of the list: `?search=nora&order=name&page=2`."""
    asking = asking_of(List, visit.query)
    await openness.look_at_all(person, visit.at, anew=visit.anew)
    rows = await members.of(person, visit.at, search=asking.words, order=asking.order)
    return Shown(
        "coach_students.html",
        {
            "leaf": sheet_of(leaf_of(rows, asking.page, ROWS), PATH, asking),
            "asking": asking,
            "orders": orders_of(List),
            "needs": sum(each.risk.level is Level.NEEDS_A_PERSON for each in rows),
            "watch": sum(each.risk.level is Level.WATCH for each in rows),
            "nobody": nobody(person),
            "awaited": await expected.count(person),
            "place": _place,
            "seen": partial(_seen, visit.at),
            "student": partial(coach_student.address, visit),
        },
    )


def _place(member: Member) -> str:
    if member.module is None:
        return "all ten closed"
    return f"{member.module} {tuple(Step)[member.module].value}, {ticks(member, member.module) or 'nothing ticked'}"


def _seen(at: datetime, member: Member) -> str:
    return ago(member, member.seen_at, at) if member.seen_at else "never"


PAGE = WebPage(PATH, "Students", show, COACHING, of=Of.ONE)
