"""The digest: made for each coach on Monday morning, in their own time, and once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from core.cohort.expected import Expected
from core.cohort.service import Cohorts
from core.digest import views
from core.digest.model import Week, week_of
from core.exchanges.service import Exchanges
from core.exchanges.whose import elsewhere
from core.members.beside import Meanwhile
from core.members.service import Members
from core.outbox import Outbox, new_letter
from core.people.model import Person
from core.people.service import People
from core.reach import direct_of

HOUR, LAST_HOUR = 8, 20
"""Between these, local, a digest goes out: one that could not be made in the morning is still of use in the afternoon."""
WEEK = timedelta(days=7)
"""After that the next one has come: whoever opens their terminal again needs no old one."""
log = structlog.get_logger()


class Looking(Protocol):
    """Whoever notes that a coach sees where everybody is."""

    async def look_at_all(self, coach: Person, at: datetime, *, anew: bool = False) -> None:
        """Note it, before it is shown; `anew`: once more, without the coach's doing."""
        ...


class Digests:
    """The weeks of cohorts."""

    def __init__(
        self,
        members: Members,
        meanwhile: Meanwhile,
        cohorts: Cohorts,
        exchanges: Exchanges,
        people: People,
        outbox: Outbox,
        looking: Looking,
        *,
        expected: Expected,
    ) -> None:
        self._members = members
        self._meanwhile = meanwhile
        self._cohorts = cohorts
        self._exchanges = exchanges
        self._people = people
        self._outbox = outbox
        self._looking = looking
        self._expected = expected

    async def week(self, coach: Person, at: datetime, *, anew: bool = False) -> Week:
        """The last seven days of the coach's cohort, and how the cohorts are that nobody looks after.

        `anew`: an open page shows it once more, without the coach's doing.

        Raises:
            NotAllowed: the person does not coach.
        """
        await self._looking.look_at_all(coach, at, anew=anew)
        rows, waiting = await self._members.of(coach, at), await self._exchanges.waiting(coach)
        cohort = await self._cohorts.told_apart(coach)
        others = await elsewhere(coach, waiting, self._cohorts, self._people)
        today = at.astimezone(coach.zone).date()
        beside = tuple(each for each in await self._meanwhile.beside(coach, at) if each.has_begun(today))
        awaited = await self._expected.count(coach)
        return replace(week_of(rows, waiting, at, cohort, others), beside=beside, awaited=awaited)

    async def tick(self, at: datetime) -> int:
        """Send the digests that are due; returns how many went out. A second process that does the same sends none twice."""
        sent = 0
        for coach in await self._due(at):
            monday = at.astimezone(coach.zone).date().isoformat()
            to = direct_of(coach)
            if to is not None:
                week = await self.week(coach, at)
                if week.asked or week.beside or (week.students and await self._goes_on(coach, at)):
                    message = views.digest(week, coach)
                    key = f"digest:{coach.id}:{monday}"
                    whose, until = coach.organization_id, at + WEEK
                    letter = new_letter(key, to, message, organization_id=whose, at=at, person_id=coach.id, until=until)
                    await self._outbox.add(letter)
                    sent += 1
            await self._people.digested(coach, monday)
        return sent

    async def _goes_on(self, coach: Person, at: datetime) -> bool:
        """Whether there is a week to tell of: a course that begins today, or later, or is over, has had none."""
        dated, own = await self._cohorts.dated(coach), await self._cohorts.of(coach)
        if own is not None and own.archived_at:
            return False
        return not dated.in_cohort or dated.timetable.starts_on < at.astimezone(coach.zone).date()

    async def _due(self, at: datetime) -> Sequence[Person]:
        """The coaches for whom it is Monday morning, and who have not had this week's."""
        due = []
        for coach in await self._people.coaching():
            local = at.astimezone(coach.zone)
            is_morning = local.weekday() == 0 and HOUR <= local.hour < LAST_HOUR
            if is_morning and coach.digest_of != local.date().isoformat():
                due.append(coach)
        return due
