"""Which cohort the pages of a coach are of, and the way to the others: one press."""

from __future__ import annotations

from dataclasses import dataclass

from bots.web.pages import Of
from core.cohort.model import Cohort
from core.cohort.service import Cohorts
from core.people.model import Person

OTHERS = 3
"""So many stand on the page; the list of cohorts has all."""


@dataclass(frozen=True, slots=True)
class Which:
    """The cohort that a coach looks after, None where the page is of all; `others` go on too, `more` of them out of sight."""

    own: Cohort | None
    others: tuple[Cohort, ...] = ()
    more: int = 0


async def which(person: Person, of: Of, cohorts: Cohorts) -> Which | None:
    """None where there is no other cohort to take it for."""
    own, every = await cohorts.of(person), await cohorts.all(person)
    others = tuple(each for each in every if each.archived_at is None and (own is None or each.id != own.id))
    if of is Of.NOBODY or not others:
        return None
    return Which(own, others[:OTHERS], len(others) - OTHERS) if of is Of.ONE else Which(None)
