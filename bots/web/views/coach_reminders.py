"""What came of reminders: by rule, whether they help, by template, and who may need a person."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bots.web.pages import Of, Shown, Visit, WebPage
from bots.web.views import coach_student
from bots.web.views.lists import asking_of, orders_of, sheet_of
from core.alike import folded
from core.listing import leaf_of, sought
from core.nudges import results_views as views
from core.nudges.coach_commands import Aside as Set
from core.nudges.model import Kind
from core.nudges.results import ENOUGH, Count, Outcomes
from core.people.model import Person
from core.people.service import People
from core.roles import COACHING

PATH = "/cohort/reminders"
ROWS = 10
COLUMNS = ("Sent", "Opened", "Acted", "Ignored", "Stopped", "Not delivered", "Held back")


@dataclass(frozen=True, slots=True)
class Group:
    """A rule or a template, with the figures of `COLUMNS`."""

    name: str
    count: Count

    @property
    def figures(self) -> tuple[int, ...]:
        """In the order of the columns."""
        each = self.count
        return each.sent, each.opened, each.acted, each.ignored, each.stopped, each.undelivered, each.held_back


@dataclass(frozen=True, slots=True)
class Aside:
    """Somebody who ignored three in a row. `address` is their page's, and `since` the day."""

    person_id: str
    name: str
    address: str
    since: str


async def show(visit: Visit, person: Person, outcomes: Outcomes, people: People) -> Shown:
    """All of it, of the last 90 days; `?search=nora&order=name&page=2` is for those who may need a person."""
    asking = asking_of(Set, visit.query)
    found = await outcomes.of(person, visit.at)
    there = {each.id: each for each in await people.members(person)} if found.aside else {}
    aside = [_aside(visit, person, there[each.person_id], each.set_aside_at) for each in found.aside if each.person_id in there]
    named = sought(aside, asking.words, lambda each: each.name)
    if asking.order is views.Order.NAME:
        named = sorted(named, key=lambda each: folded(each.name))
    rules = [Group(views.ABOUT[Kind(each.name)], each) for each in found.kinds]
    return Shown(
        "coach_reminders.html",
        {
            "rules": rules,
            "templates": _named(found.templates),
            "columns": COLUMNS,
            "aside": sheet_of(leaf_of(named, asking.page, ROWS), PATH, asking, "#aside-title"),
            "set_aside": len(aside),
            "asking": asking,
            "orders": orders_of(Set),
            "whole": found.whole,
            "enough": ENOUGH,
            "how": views.HOW,
            "rule": views.RULE,
            "effect": views.effect_said,
            "reach": _reach(rules),
        },
    )


def _aside(visit: Visit, coach: Person, student: Person, at: datetime | None) -> Aside:
    since = at.astimezone(coach.zone).strftime("%-d %B") if at else ""
    return Aside(student.id, student.name, coach_student.address(visit, student.id), since)


def _reach(rules: Sequence[Group]) -> int:
    """How far the lines of the effects go to both sides, in points: all of them have the same scale."""
    ends = [abs(end) for each in rules if each.count.effect for end in (each.count.effect.low, each.count.effect.high)]
    return max(10, *(10 * math.ceil(end * 10) for end in ends), 10)


def _named(counts: Sequence[Count]) -> Sequence[Group]:
    return [Group(each.name, each) for each in counts]


PAGE = WebPage(PATH, "Reminders", show, COACHING, of=Of.ALL)
