"""Of which cohort those are who asked: coaches hear everybody of their organization."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.cohort.service import Cohorts
from core.exchanges.model import Exchange
from core.people.model import Person
from core.people.service import People


async def elsewhere(coach: Person, exchanges: Sequence[Exchange], cohorts: Cohorts, people: People) -> Mapping[str, str]:
    """The names of their cohorts, by the ids of those who asked and are in another than the coach looks after.

    Nobody is told apart for a coach who looks after none, or where only one cohort goes on.
    """
    if not exchanges or not await cohorts.told_apart(coach):
        return {}
    ids = {each.person_id for each in exchanges}
    names = {each.id: each.name for each in await cohorts.there(coach) if each.id != coach.cohort_id}
    there = [each for each in await people.members(coach) if each.id in ids]
    return {each.id: names[each.cohort_id] for each in there if each.cohort_id in names}
