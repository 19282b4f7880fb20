"""What a coach with ten minutes wants to know: who waits, who may need a person, and who has not come yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.cohort.expected import Expected
from core.cohort.model import Cohort
from core.cohort.service import Cohorts, Dated
from core.exchanges.service import Exchanges
from core.exchanges.whose import elsewhere
from core.members.beside import Beside, Meanwhile
from core.members.risk import Level
from core.members.service import Members
from core.people.model import Person
from core.people.service import People
from core.roles import COACHING


@dataclass(frozen=True, slots=True)
class Counts:
    """In numbers alone, so that nobody is looked at: who waits for a person, the students, those of them who need a person or
    are worth a look, and those who are expected. `elsewhere`: who waits for a person and is of another cohort."""

    waiting: int
    students: int
    needs: int
    watch: int
    expected: int
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Today:
    """Somebody's cohort as it is today; `counts` for those who coach one that goes on, and `beside` the cohorts
    that nobody looks after meanwhile; `choice` the cohorts that go on, for a coach who looks after none of them."""

    cohort: Cohort | None
    dated: Dated
    counts: Counts | None = None
    beside: Sequence[Beside] = ()
    choice: Sequence[Cohort] = ()


class Cockpit:
    """The cohort on one card."""

    def __init__(
        self,
        cohorts: Cohorts,
        members: Members,
        exchanges: Exchanges,
        expected: Expected,
        meanwhile: Meanwhile,
        people: People,
    ) -> None:
        self._cohorts = cohorts
        self._members = members
        self._exchanges = exchanges
        self._expected = expected
        self._meanwhile = meanwhile
        self._people = people

    async def today(self, person: Person, at: datetime) -> Today:
        """The person's cohort."""
        dated, cohort = await self._cohorts.dated(person), await self._cohorts.of(person)
        if person.role in COACHING and cohort is None:
            return Today(None, dated, choice=[each for each in await self._cohorts.all(person) if not each.archived_at])
        if person.role not in COACHING or cohort is None or cohort.archived_at:
            return Today(cohort, dated)
        levels = [each.risk.level for each in await self._members.of(person, at)]
        waiting = [each for each in await self._exchanges.waiting(person) if each.waits]
        others = await elsewhere(person, waiting, self._cohorts, self._people)
        away = sum(each.person_id in others for each in waiting)
        counts = Counts(
            waiting=len(waiting) - away,
            students=len(levels),
            needs=levels.count(Level.NEEDS_A_PERSON),
            watch=levels.count(Level.WATCH),
            expected=await self._expected.count(person),
            elsewhere=away,
        )
        return Today(cohort, dated, counts, await self._meanwhile.beside(person, at))
