"""The cohort: who waits for a person, who may need one, how far everybody is in each module, and the weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Annotated

from bots.web.pages import Of, Shown, Visit, WebPage
from bots.web.views import coach_student
from bots.web.views.lists import asking_of, orders_of, sheet_of
from bots.web.views.shades import shade
from core.cohort import views
from core.cohort.expected import Expected
from core.cohort.service import Cohorts
from core.cohort.timetable import WEEK, Timetable
from core.command import Arg
from core.course.steps import Step
from core.exchanges.model import Exchange
from core.exchanges.service import Exchanges
from core.exchanges.standing import latest, standing
from core.exchanges.whose import elsewhere
from core.listing import Listing, leaf_of, sought
from core.members.risk import Level
from core.members.service import Members, Order, Row, in_order
from core.members.sums import ModuleSum, by_module
from core.members.views import nobody
from core.openness.service import Openness
from core.people.model import Person
from core.people.service import People
from core.roles import COACHING

PATH = "/cohort"
STUDENTS, WAITING, RISKS = 40, 4, 8
"""Shown at once; the others are a page further on."""
SAID_AT_MOST = 160
"""Characters of what was written last."""


@dataclass(frozen=True, slots=True)
class Squares(Listing):
    """Which students of the heat map."""

    order: Annotated[Order, Arg("Sorted by")] = Order.PLACE


@dataclass(frozen=True, slots=True)
class Square:
    """How far somebody is in a module: the share that is ticked, in percent, and its shade."""

    share: int
    closed: bool
    shade: int


@dataclass(frozen=True, slots=True)
class Line:
    """A student in the heat map."""

    row: Row
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the timetable. `module` is None in a week to catch up."""

    first: str
    last: str
    module: Step | None
    now: bool


async def show(  # noqa: PLR0917 - a page of many things: each service is asked for by its type
    visit: Visit,
    person: Person,
    cohorts: Cohorts,
    members: Members,
    exchanges: Exchanges,
    openness: Openness,
    people: People,
    expected: Expected,
) -> Shown:
    """All of it; `?search=nora&order=name&page=2` is for the students of the heat map."""
    asking = asking_of(Squares, visit.query)
    today = visit.at.astimezone(person.zone).date()
    await openness.look_at_all(person, visit.at, anew=visit.anew)
    dated, own = await cohorts.dated(person), await cohorts.of(person)
    rows = await members.of(person, visit.at, order=Order.PLACE)
    named = in_order(sought(rows, asking.words, lambda each: each.member.name), asking.order)
    leaf = sheet_of(leaf_of(named, asking.page, STUDENTS), PATH, asking, "#students")
    risky = sorted((each for each in rows if each.risk.level is not Level.FINE), key=lambda each: -each.risk.points)
    waiting = await exchanges.waiting(person)
    [card] = views.cohort(own, dated, today, coaches=True).cards
    return Shown(
        "coach_cohort.html",
        {
            "card": visit.draw.card(card),
            "nobody": nobody(person),
            "awaited": await expected.count(person),
            "steps": tuple(Step),
            "sums": by_module(rows) if rows else (),
            "shade": _shade,
            "lines": [Line(each, tuple(_squares(each))) for each in leaf.items],
            "leaf": leaf,
            "asking": asking,
            "default": Order.PLACE,
            "orders": orders_of(Squares),
            "students": len(rows),
            "risky": risky[:RISKS],
            "risks": len(risky),
            "needs": sum(each.risk.level is Level.NEEDS_A_PERSON for each in risky),
            "waiting": waiting[:WAITING],
            "elsewhere": await elsewhere(person, waiting[:WAITING], cohorts, people),
            "waits": sum(each.waits for each in waiting),
            "open": len(waiting),
            "weeks": tuple(_weeks(dated.timetable, today)) if dated.in_cohort else (),
            "student": partial(coach_student.address, visit),
            "when": partial(when, person),
            "standing": standing,
            "latest": partial(latest, at_most=SAID_AT_MOST),
        },
    )


def _shade(module: ModuleSum, count: int) -> int:
    """Of a count of students: the darker, the more of them."""
    return shade(module.share(count)) + (module.share(count) == 100)


def _squares(row: Row) -> Sequence[Square]:
    member = row.member
    shares = (*member.shares, *(0 for _ in Step))[: len(Step)]
    closed = frozenset(member.completed)
    return [Square(each, at in closed, shade(each, closed=at in closed)) for at, each in enumerate(shares)]


def _weeks(plan: Timetable, today: date) -> Sequence[Week]:
    found = []
    for step in Step:
        opens, ends = plan.opens_on(step.number), plan.ends_on(step.number)
        found.append(_week(opens, step, today))
        if step.number in plan.catch_up_after:
            found.append(_week(ends + timedelta(days=1), None, today))
    return found


def _week(opens: date, step: Step | None, today: date) -> Week:
    return Week(views.day_said(opens), views.day_said(opens + WEEK - timedelta(days=1)), step, opens <= today < opens + WEEK)


def when(person: Person, exchange: Exchange) -> str:
    """When its last line was written, in the person's own time."""
    local: datetime = exchange.lines[-1].at.astimezone(person.zone)
    return f"{local.day} {local:%B, %H:%M}"


PAGE = WebPage(PATH, "Cohort", show, COACHING, of=Of.ONE)
