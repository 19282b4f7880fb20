"""The timetable of a cohort, which its coaches set and everybody in it sees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import structlog

from core.cohort.ports import CohortStore
from core.cohort.timetable import CATCH_UP, Timetable, after_joining
from core.errors import NotAllowed, Refusal
from core.people.model import Organization, Person
from core.roles import COACHING

YEAR = timedelta(days=366)

log = structlog.get_logger()


class FarAway(Refusal):
    """That is more than a year from now. Check the year of the start date."""


class Cohorts:
    """The timetables."""

    def __init__(self, store: CohortStore) -> None:
        self._store = store

    async def timetable(self, person: Person) -> tuple[Timetable, bool]:
        """The person's timetable, and whether it is their cohort's; else it begins on the Monday after they joined."""
        kept = timetable_of(await self._store.organization(person))
        return (kept, True) if kept else (after_joining(person.created_at.astimezone(person.zone).date()), False)

    async def schedule(self, coach: Person, starts_on: date, catch_up_after: Sequence[int], at: datetime) -> Timetable:
        """Keep the dates of the coach's cohort.

        Raises:
            NotAllowed: the person does not coach.
            FarAway: the start is more than a year from now.
        """
        if coach.role not in COACHING:
            raise NotAllowed()
        if abs(starts_on - at.date()) > YEAR:
            raise FarAway()
        kept = await self._store.schedule(coach, starts_on.isoformat(), tuple(sorted(set(catch_up_after))))
        log.info("cohort dated", organization=kept.id)
        return timetable_of(kept) or Timetable(starts_on)


def timetable_of(organization: Organization | None) -> Timetable | None:
    """The timetable that a coach gave the organization, or None."""
    if organization is None or organization.starts_on is None:
        return None
    after = CATCH_UP if organization.catch_up_after is None else organization.catch_up_after
    return Timetable(date.fromisoformat(organization.starts_on), after)
