"""What somebody hears of their cohort first: that they are in it, and on their home page when it begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.cohort.model import Cohort
from core.cohort.timetable import Timetable
from core.cohort.views import how_it_begins
from core.ui import Button, Buttons, Call, Card, Text


def told_first(own: Cohort, today: date, coaches: Sequence[str]) -> Card:
    """What somebody is told with their first answer who joined by being in the channel, or on a list: it was said to nobody."""
    when = f" {how_it_begins(own.timetable, today)}" if own.timetable else ""
    *others, last = coaches or [""]
    who = f" Your coaches are {', '.join(others)} and {last}." if others else f" Your coach is {last}." if last else ""
    ways = Buttons((Button("The course plan", Call("plan")),))
    return Card(own.name, (Text(f"You are in {own.name}.{when}{who}"), ways))


def before_the_start(own: Cohort, plan: Timetable, today: date) -> tuple[str, Text]:
    """The title of a home page before the course begins, and that nothing is due yet."""
    days = (plan.starts_on - today).days
    when = "tomorrow" if days == 1 else f"in {days} days"
    words = f"You are in {own.name}. It begins {when}, and nothing is due before; if you like, look around already."
    return f"{own.name} begins on {plan.starts_on:%A} {plan.starts_on.day} {plan.starts_on:%B}", Text(words)
