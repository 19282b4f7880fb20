"""/me usage: what Claude cost me; /usage: what it cost everybody, for coaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from core.command import Arg, Command
from core.listing import SEARCH_AT_MOST, Listing
from core.people.model import Person
from core.request import Asked
from core.roles import Role
from core.ui import Answer
from core.usage import views
from core.usage.listed import Order
from core.usage.service import Budget


class When(StrEnum):
    """Days to be added up."""

    TODAY = "today"
    THIS_MONTH = "this month"
    LAST_MONTH = "last month"


@dataclass(frozen=True, slots=True)
class Asking(Listing):
    """What a coach wants to see; the search and the order are of the students."""

    search: Annotated[str, Arg("Name", "Part of a student's name; empty for everybody", max_length=SEARCH_AT_MOST)] = ""

    when: Annotated[When, Arg("When", "Today, this month or last month")] = When.THIS_MONTH
    order: Annotated[Order, Arg("Sorted by", "The dearest comes first")] = Order.COST


async def mine(asked: Asked, person: Person, budget: Budget) -> Answer:
    """What the person used."""
    own = await budget.own(person, asked.at)
    return views.own(own.today, own.month, budget.limits.daily, asked.at, free=budget.free)


async def everybody(asked: Asked, person: Person, args: Asking, budget: Budget) -> Answer:
    """What everybody used, by student and by agent."""
    since, until = days_of(args.when, asked.at.astimezone(person.zone).date())
    days = await budget.of_all(person, since, until)
    spent = await budget.spent_this_month(person, asked.at)
    return views.of_all(days, args.when.value, spent, budget.limits.monthly, args, args.order)


def days_of(when: When, today: date) -> tuple[date, date]:
    """The first and the last day."""
    first = today.replace(day=1)
    match when:
        case When.TODAY:
            return today, today
        case When.THIS_MONTH:
            return first, today + timedelta(days=1)  # somebody's day may have begun already
        case When.LAST_MONTH:
            last = first - timedelta(days=1)
            return last.replace(day=1), last


COMMANDS = (
    Command(name="me usage", summary="What Claude cost you, today and this month", handler=mine, reads=True),
    Command(
        name="usage",
        summary="What Claude cost everybody, by student and by agent",
        args=Asking,
        handler=everybody,
        reads=True,
        needs=frozenset({Role.COACH, Role.ADMIN}),
    ),
)
