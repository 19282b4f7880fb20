"""The cohorts beside a coach's own that go on and that nobody looks after, in numbers alone, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.cohort.model import Cohort
from core.cohort.service import Cohorts
from core.members.risk import Level
from core.members.service import Members, Row
from core.people.model import Person
from core.people.service import People
from core.ui import Button, Buttons, Call, Element, Text


@dataclass(frozen=True, slots=True)
class Beside:
    """Such a cohort and its students."""

    cohort: Cohort
    rows: Sequence[Row]

    def has_begun(self, today: date) -> bool:
        """Whether there is something to tell of: the course began before today, and it has students."""
        return bool(self.rows) and self.cohort.timetable is not None and self.cohort.timetable.starts_on < today


class Meanwhile:
    """Finds them."""

    def __init__(self, members: Members, cohorts: Cohorts, people: People) -> None:
        self._members = members
        self._cohorts = cohorts
        self._people = people

    async def beside(self, coach: Person, at: datetime) -> Sequence[Beside]:
        """Those beside the coach's own cohort; none where the coach has no own one, and sees all students.

        Raises:
            NotAllowed: the person does not coach.
        """
        own, all_of = await self._cohorts.of(coach), await self._cohorts.all(coach)
        others = [each for each in all_of if own is not None and each.id != own.id and each.archived_at is None]
        if not others:
            return ()
        taken = {each.cohort_id for each in await self._people.coaches(coach)}
        left = [each for each in others if each.id not in taken]
        return [Beside(each, await self._members.of(coach.model_copy(update={"cohort_id": each.id}), at)) for each in left]


def told(beside: Beside) -> tuple[Element, ...]:
    """How they are, and the way there."""
    name = beside.cohort.name
    words = f"**{name}** goes on too, and nobody looks after it just now. {counted(beside.rows)}"
    return Text(words), Buttons((Button(f"Look after {name}", Call("cohort look", {"cohort": beside.cohort.id})),))


def counted(rows: Sequence[Row]) -> str:
    """How many students there are, and how many of them may need a person."""
    if not rows:
        return "No students yet."
    levels = [each.risk.level for each in rows]
    needs, watch = levels.count(Level.NEEDS_A_PERSON), levels.count(Level.WATCH)
    there = "1 student" if len(rows) == 1 else f"{len(rows):,} students"
    if not needs and not watch:
        return f"{there}, and nobody is stuck, silent or behind."
    told = [f"{needs:,} {'needs' if needs == 1 else 'need'} a person"] if needs else []
    told += [f"{watch:,} {'is' if watch == 1 else 'are'} worth a look"] if watch else []
    return f"{there}: {' and '.join(told)}."
