"""What Claude cost everybody: by day, by agent and by student, and the month's budget."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from bots.web.pages import Of, Shown, Visit, WebPage
from bots.web.views import coach_student
from bots.web.views.lists import NoSuchPart, asking_of, orders_of, sheet_of
from core.listing import leaf_of
from core.llm.prices import MILLION, in_cents
from core.people.model import Person
from core.roles import COACHING
from core.ui import Chart, Series
from core.usage import views
from core.usage.commands import Asking, When, days_of
from core.usage.listed import listed
from core.usage.service import Budget

PATH = "/cohort/usage"
ROWS = 25
TIMES = {each.name.lower().replace("_", "-"): each for each in When}
"""As they stand in the address."""


async def show(visit: Visit, person: Person, budget: Budget) -> Shown:
    """`?when=last-month&search=nora&order=answers&page=2`."""
    at = visit.query.get("when") or "this-month"
    when = TIMES.get(at)
    if when is None:
        raise NoSuchPart()
    asking = asking_of(Asking, {name: value for name, value in visit.query.items() if name != "when"})
    today = visit.at.astimezone(person.zone).date()
    since, until = days_of(when, today)
    spends = await budget.of_all(person, since, until)
    month = await budget.spent_this_month(person, visit.at)
    students = views.by_student(spends)
    named = listed(students, asking.words, asking.order)
    spent = sum(each.micros for each in spends)
    chart = day_by_day(views.by_day(spends), since, min(until, today), when)
    return Shown(
        "coach_usage.html",
        {
            "when": when,
            "times": TIMES,
            "spent": in_cents(spent),
            "answers": sum(each.answers for each in spends),
            "users": len(students),
            "budget": views.budget(month, budget.limits.monthly),
            "limit": budget.limits.monthly,
            "month": month,
            "free": views.FREE if budget.free else "",
            "chart": visit.draw.element(chart) if spends and when is not When.TODAY else "",
            "agents": views.by_agent(spends),
            "leaf": sheet_of(leaf_of(named, asking.page, ROWS), PATH, asking, "#students", when=at),
            "asking": asking,
            "orders": orders_of(Asking),
            "at": at,
            "money": in_cents,
            "share": lambda micros: round(100 * micros / spent) if spent else 0,
            "student": lambda id: coach_student.address(visit, id),
        },
    )


def day_by_day(days: Mapping[str, int], since: date, until: date, when: When) -> Chart:
    """What each day cost from the first on which anybody asked anything, those too on which nobody did since."""
    first = date.fromisoformat(min(days, default=since.isoformat()))
    begun = min(max(since, first), until)
    every = [begun + timedelta(days=at) for at in range((until - begun).days + 1)]
    points = tuple((f"{day.day} {day:%b}", days.get(day.isoformat(), 0) / MILLION) for day in every)
    return Chart("bar", f"Cost by day, {when.value}", "USD", (Series("Cost", points),))


PAGE = WebPage(PATH, "Usage", show, COACHING, of=Of.ALL)
