"""Openness: the student's yes and its end, the looks that it allows, and the log of them that the student reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import structlog

from core.alike import folded
from core.errors import NotAllowed, Refusal
from core.ids import new_id
from core.listing import sought
from core.openness.model import ASKED_FOR, SETTING, Look, Part, is_open
from core.openness.ports import LookStore
from core.people.model import Person
from core.people.service import People
from core.roles import COACHING

READ_AT_MOST = 2_000
"""Looks that are gone through, the latest: a list that coaches open many times a day makes a line a day of them."""

log = structlog.get_logger()


class NotOpened(Refusal):
    """They have not opened that to coaches. They can, with /me coach, and close it again at any time."""


class Order(StrEnum):
    """What the list of looks is sorted by."""

    LATEST = "latest first"
    OLDEST = "oldest first"
    COACH = "coach"


@dataclass(frozen=True, slots=True)
class Seen:
    """What one coach looked at on one day of the student's: the last look, by whom ("" where they are gone), and how many."""

    look: Look
    by: str
    times: int = 1

    @property
    def about(self) -> str:
        """What was looked at, to the one whose it is."""
        if self.look.everybody_in is not None:
            return "the list of everybody, with where each one is"
        thing = "where you are in the course" if self.look.part is Part.PLACE else f"your {self.look.part.value}"
        return f"{thing}, “{self.look.about}”" if self.look.about else thing


class Openness:
    """What students open to their coaches."""

    def __init__(self, store: LookStore, people: People) -> None:
        self._store = store
        self._people = people

    async def open(self, student: Person, parts: Collection[Part], at: datetime) -> Person:
        """The student lets their coaches see these parts from now on, and no others."""
        for part in ASKED_FOR:
            wanted = student.organization_id if part in parts else ""
            if student.settings.get(SETTING[part], "") != wanted:
                student = await self._people.settle(student, SETTING[part], wanted, at)
        log.info("openness changed", person=student.id, parts=sorted(part.value for part in parts))
        return student

    async def look(self, coach: Person, student: Person | None, part: Part, at: datetime, about: str = "") -> None:
        """Note that the coach looks at the student's part, before it is shown; without a student, at the list of everybody.

        Raises:
            NotAllowed: the person does not coach the student's organization.
            NotOpened: the student has not opened this part.
        """
        self.refuse_closed(coach, student, part)
        look = Look(
            id=new_id("lok"),
            organization_id=coach.organization_id,
            person_id=student.id if student else None,
            everybody_in=None if student else coach.organization_id,
            by_person_id=coach.id,
            part=part,
            about=about[:80],
            at=at,
        )
        await self._store.add(look)

    def refuse_closed(self, coach: Person, student: Person | None, part: Part) -> None:
        """Let nobody look who may not. Raises what `look` raises."""
        if coach.role not in COACHING or (student is not None and student.organization_id != coach.organization_id):
            raise NotAllowed()
        if student is not None and not is_open(student, part):
            raise NotOpened(
                f"{student.name} has not opened their {part.value} to coaches. Ask them: /me coach opens and closes it."
            )

    async def look_at_all(self, coach: Person, at: datetime, *, anew: bool = False) -> None:
        """Note that the coach sees where everybody is.

        `anew`: an open list showed itself once more, without the coach's doing. That is noted once a day of theirs at most, and
        only where they did not look by themselves that day: a list that is left open is not looked at a hundred times.

        Raises:
            NotAllowed: the person does not coach.
        """
        self.refuse_closed(coach, None, Part.PLACE)
        if anew and await self._store.all_seen(
            coach, at.astimezone(coach.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        ):
            return
        await self.look(coach, None, Part.PLACE, at)

    async def looks(self, student: Person, search: str = "", order: Order = Order.LATEST) -> Sequence[Seen]:
        """Who looked at what of the student, a line for each coach, thing and day, that holds the searched words.

        Of the list of everybody those since they came: before, they did not stand in it. They are counted in memory, of the
        latest `READ_AT_MOST` looks: the log keeps each one, for a year.
        """
        kept = await self._store.of(student, READ_AT_MOST)
        found = [each for each in kept if each.everybody_in is None or each.at >= student.created_at]
        names: dict[str, str] = {}
        for each in found:
            if each.by_person_id not in names:
                by = await self._people.by_id(each.by_person_id)
                names[each.by_person_id] = by.name if by else ""
        lines = sought(_by_day(found, names, student), search, lambda each: f"{each.by} {each.about}")
        match order:
            case Order.LATEST:
                return lines
            case Order.OLDEST:
                return lines[::-1]
            case Order.COACH:
                return sorted(lines, key=lambda each: (not each.by, folded(each.by)))


def _by_day(looks: Sequence[Look], names: Mapping[str, str], student: Person) -> list[Seen]:
    """The looks, the latest first, with those of one coach at one thing on one day as one."""
    last: dict[tuple[date, str, Part, str, bool], Look] = {}
    times: Counter[tuple[date, str, Part, str, bool]] = Counter()
    for each in looks:
        day = each.at.astimezone(student.zone).date()
        same = (day, each.by_person_id, each.part, each.about, each.everybody_in is not None)
        last.setdefault(same, each)
        times[same] += 1
    return [Seen(each, names[each.by_person_id], times[same]) for same, each in last.items()]
