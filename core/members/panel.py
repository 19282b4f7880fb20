"""The card of a coach's home page that says how their students are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.members.risk import Level
from core.members.service import Members, Row
from core.people.model import Person
from core.roles import COACHING
from core.ui import Button, Buttons, Call, Card, Text

STUDENTS = Button("All students", Call("cohort members"))
WEEK = Button("The last seven days", Call("cohort digest"), primary=True)
COHORT = Button("Your cohort", Call("cohort show"), primary=True)


class YourStudents:
    """How many there are, and how many may need a person: in numbers alone, since the page is drawn without anybody's looking."""

    def __init__(self, members: Members) -> None:
        self._members = members

    async def looks_after(self, person: Person, at: datetime) -> bool:
        """Whether the person has a cohort or students."""
        return person.role in COACHING and await self._members.looks_after(person, at)

    async def card(self, person: Person, at: datetime) -> Card | None:
        """For those who coach."""
        if person.role not in COACHING:
            return None
        rows = await self._members.of(person, at)
        if not rows:
            return Card(
                "Your students", (Text("None yet: they join by your cohort's code, or in its channel."), Buttons((COHORT,)))
            )
        return Card("Your students", (Text(_counted(rows)), Buttons((WEEK, STUDENTS))))


def _counted(rows: Sequence[Row]) -> str:
    levels = [each.risk.level for each in rows]
    needs, watch = levels.count(Level.NEEDS_A_PERSON), levels.count(Level.WATCH)
    there = "1 student" if len(rows) == 1 else f"{len(rows):,} students"
    if not needs and not watch:
        return f"{there}, and nobody who seems to need you just now."
    told = [f"{needs} {'needs' if needs == 1 else 'need'} a person"] if needs else []
    told += [f"{watch} {'is' if watch == 1 else 'are'} worth a look"] if watch else []
    return f"{there}: {' and '.join(told)}."
