"""The students of a coach: searched, sorted, a page at a time."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bots.web.pages import Shown, Visit, WebPage
from bots.web.views import coach_student
from bots.web.views.coach_lists import NoSuchPart, leaf_of
from core.course.steps import Step
from core.members.model import Member
from core.members.risk import Level
from core.members.service import Members, Order
from core.members.views import ago
from core.openness.service import Openness
from core.people.model import Person
from core.people.service import NAME_AT_MOST
from core.roles import COACHING

PATH = "/cohort/students"
ROWS = 25
ORDERS = {each.name.lower(): each for each in Order}
"""As they stand in the address."""
KEPT = ("search", "order", "page")


async def show(visit: Visit, person: Person, members: Members, openness: Openness) -> Shown:
    """A page of the list: `?search=nora&order=seen&page=2`."""
    query = {each: visit.query[each] for each in KEPT if visit.query.get(each)}
    order = ORDERS.get(query.get("order", "risk"))
    if order is None:
        raise NoSuchPart()
    query["search"] = search = query.get("search", "").strip()[:NAME_AT_MOST]
    await openness.look_at_all(person, visit.at)
    rows = await members.of(person, visit.at, search=search, order=order)
    return Shown(
        "coach_students.html",
        {
            "leaf": leaf_of(rows, PATH, query, ROWS),
            "search": search,
            "order": order,
            "orders": ORDERS,
            "needs": sum(each.risk.level is Level.NEEDS_A_PERSON for each in rows),
            "watch": sum(each.risk.level is Level.WATCH for each in rows),
            "place": _place,
            "seen": partial(_seen, visit.at),
            "student": partial(coach_student.address, visit),
        },
    )


def _place(member: Member) -> str:
    if member.module is None:
        return "all ten closed"
    share = member.shares[member.module] if member.module < len(member.shares) else 0
    return f"{member.module} {tuple(Step)[member.module].value}, {share}%"


def _seen(at: datetime, member: Member) -> str:
    return ago(member, member.seen_at, at) if member.seen_at else "never"


PAGE = WebPage(PATH, "Students", show, COACHING)
