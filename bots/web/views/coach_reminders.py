"""What came of reminders: by rule, whether they help, by wording, and who may need a person."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bots.web.pages import Of, Shown, Visit, WebPage
from bots.web.views import coach_student
from bots.web.views.lists import asking_of, orders_of, sheet_of
from core.alike import folded
from core.listing import leaf_of, sought
from core.nudges import results_views as views
from core.nudges.coach_commands import Aside as Set
from core.nudges.model import Kind, NudgePreferences
from core.nudges.results import Count, Outcomes
from core.nudges.words import Templates
from core.people.model import Person
from core.people.service import People
from core.roles import COACHING

PATH = "/cohort/reminders"
ROWS = 10
BEGINS = 80
"""Characters of a wording."""
COLUMNS = ("Sent", "Opened", "Acted", "Ignored", "Stopped", "Not delivered", "Held back")


@dataclass(frozen=True, slots=True)
class Group:
    """A rule or a wording, with the figures of `COLUMNS`."""

    name: str
    count: Count

    @property
    def figures(self) -> tuple[int | None, ...]:
        """In the order of the columns; None is what cannot be."""
        each = self.count
        return each.sent, each.opened, each.acted, each.ignored, each.stopped, each.undelivered, each.held_back


@dataclass(frozen=True, slots=True)
class Aside:
    """Somebody who ignored three in a row. `address` is their page's; `since` the day, and until when it is quiet where a person
    took over (`taken`).
    """

    person_id: str
    name: str
    address: str
    since: str
    taken: bool


async def show(visit: Visit, person: Person, outcomes: Outcomes, people: People, wordings: Templates) -> Shown:
    """All of it, of the last 90 days; `?search=nora&order=name&page=2` is for those who may need a person."""
    asking = asking_of(Set, visit.query)
    found = await outcomes.of(person, visit.at)
    there = {each.id: each for each in await people.members(person)} if found.aside else {}
    aside = [_aside(visit, person, there[each.person_id], each) for each in found.aside if each.person_id in there]
    named = sought(aside, asking.words, lambda each: each.name)
    if asking.order is views.Order.NAME:
        named = sorted(named, key=lambda each: folded(each.name))
    rules = [Group(views.ABOUT[Kind(each.name)], each) for each in found.kinds]
    return Shown(
        "coach_reminders.html",
        {
            "rules": rules,
            "wordings": [Group(views.wording(each, wordings, BEGINS), each) for each in found.templates],
            "compared": [each for each in rules if each.count.kept_from],
            "cannot_be": views.CANNOT_BE,
            "columns": COLUMNS,
            "aside": sheet_of(leaf_of(named, asking.page, ROWS), PATH, asking, "#aside-title"),
            "set_aside": len(aside),
            "asking": asking,
            "orders": orders_of(Set),
            "whole": found.whole,
            "about_aside": views.ASIDE,
            "how": views.HOW,
            "rule": views.RULE,
            "not_compared": views.NOT_COMPARED,
            "effect": views.effect_said,
            "reach": _reach(rules),
        },
    )


def _aside(visit: Visit, coach: Person, student: Person, wishes: NudgePreferences) -> Aside:
    since, taken = views.since(wishes, coach, visit.at), views.quiet_until(wishes, coach, visit.at) != ""
    return Aside(student.id, student.name, coach_student.address(visit, student.id), since, taken)


def _reach(rules: Sequence[Group]) -> int:
    """How far the lines of the effects go to both sides, in 100 reminders: all of them have the same scale."""
    ends = [abs(end) for each in rules if each.count.effect for end in (each.count.effect.low, each.count.effect.high)]
    return max(10, *(10 * math.ceil(end * 10) for end in ends), 10)


PAGE = WebPage(PATH, "Reminders", show, COACHING, of=Of.ALL)
