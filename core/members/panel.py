"""The card of a coach's home page that says how their students are."""

from __future__ import annotations

from datetime import datetime

from core.cohort.expected import Expected
from core.cohort.service import Cohorts
from core.members.beside import Meanwhile, counted, told
from core.members.service import Members
from core.people.model import Person
from core.roles import COACHING
from core.ui import Button, Buttons, Call, Card, Element, Text

STUDENTS = Button("All students", Call("cohort members"))
WEEK = Button("The last seven days", Call("cohort digest"), primary=True)
BEGIN = Button("Begin a cohort", Call("cohort new", form=True), primary=True)
COHORT = Button("Your cohort", Call("cohort show"), primary=True)


class YourStudents:
    """How many there are, and how many may need a person: in numbers alone, since the page is drawn without anybody's looking."""

    def __init__(self, members: Members, cohorts: Cohorts, expected: Expected, meanwhile: Meanwhile) -> None:
        self._members = members
        self._cohorts = cohorts
        self._expected = expected
        self._meanwhile = meanwhile

    async def looks_after(self, person: Person, at: datetime) -> bool:
        """Whether the person has a cohort or students."""
        return person.role in COACHING and await self._members.looks_after(person, at)

    async def card(self, person: Person, at: datetime) -> Card | None:
        """For those who coach; below their own cohort those that nobody looks after. Not for a learner at a terminal."""
        if person.role not in COACHING:
            return None
        which = await self._cohorts.told_apart(person)
        others = [each for found in await self._meanwhile.beside(person, at) for each in told(found)]
        title = f"Your students, {which}" if which else "Your students"
        own = await self._own(person, at)
        return Card(title, (*own, *others)) if own or others else None

    async def _own(self, person: Person, at: datetime) -> tuple[Element, ...]:
        rows = await self._members.of(person, at)
        if rows:
            return Text(counted(rows)), Buttons((WEEK, STUDENTS))
        awaited = await self._expected.count(person)
        if awaited:
            who, have = ("1 person is", "has") if awaited == 1 else (f"{awaited:,} people are", "have")
            ways = Buttons((COHORT, Button(f"Not seen yet ({awaited:,})", Call("cohort expected"))))
            return Text(f"{who} expected, and {have} not written to me yet."), ways
        if await self._cohorts.of(person) is None:
            if person.at_a_terminal:
                return ()
            return Text("None yet. Begin a cohort, and they join by its code, or in its channel."), Buttons((BEGIN,))
        return Text("None yet: they join by your cohort's code, or in its channel."), Buttons((COHORT,))
