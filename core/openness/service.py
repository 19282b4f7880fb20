"""Openness: the student's yes and its end, the looks that it allows, and the log of them that the student reads."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from core.errors import NotAllowed, Refusal
from core.ids import new_id
from core.openness.model import ASKED_FOR, SETTING, Look, Part, is_open
from core.openness.ports import LookStore
from core.people.model import Person
from core.people.service import People
from core.roles import COACHING

LISTED_AT_MOST = 200

log = structlog.get_logger()


class NotOpened(Refusal):
    """They have not opened that to coaches. They can, with /me coach, and close it again at any time."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A look, with the name of whoever took it, "" where they are gone."""

    look: Look
    by: str


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
        if coach.role not in COACHING or (student is not None and student.organization_id != coach.organization_id):
            raise NotAllowed()
        if student is not None and not is_open(student, part):
            raise NotOpened(
                f"{student.name} has not opened their {part.value} to coaches. Ask them: /me coach opens and closes it."
            )
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

    async def look_at_all(self, coach: Person, at: datetime) -> None:
        """Note that the coach sees where everybody is.

        Raises:
            NotAllowed: the person does not coach.
        """
        await self.look(coach, None, Part.PLACE, at)

    async def looks(self, student: Person) -> Sequence[Seen]:
        """Who looked at what of the student, the latest first, at most two hundred."""
        found = await self._store.of(student, LISTED_AT_MOST)
        names: dict[str, str] = {}
        for each in found:
            if each.by_person_id not in names:
                by = await self._people.by_id(each.by_person_id)
                names[each.by_person_id] = by.name if by else ""
        return [Seen(each, names[each.by_person_id]) for each in found]
