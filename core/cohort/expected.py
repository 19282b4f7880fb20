"""Whom coaches expect: those on a list, and those in their cohort's channel, who have not written to the bot yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.cohort.model import Cohort
from core.cohort.service import Cohorts
from core.errors import NotAllowed
from core.people.invitation import Invitation
from core.people.model import Person
from core.people.service import People
from core.roles import COACHING


class Order(StrEnum):
    """What the list is sorted by."""

    NAME = "name"
    SINCE = "who came last"


@dataclass(frozen=True, slots=True)
class Awaited:
    """Those of one cohort who are expected."""

    cohort: Cohort | None
    people: Sequence[Invitation]


class Expected:
    """Who is expected."""

    def __init__(self, people: People, cohorts: Cohorts) -> None:
        self._people = people
        self._cohorts = cohorts

    async def count(self, coach: Person) -> int:
        """How many the coach's cohort expects, without reading who.

        Raises:
            NotAllowed: the person does not coach.
        """
        if coach.role not in COACHING:
            raise NotAllowed()
        own, awaited = await self._cohorts.of(coach), await self._people.awaited(coach)
        return sum(awaited.values()) if own is None else awaited.get(own.id, 0) + awaited.get("", 0)

    async def of(self, coach: Person, order: Order = Order.NAME) -> Awaited:
        """Those whom the coach's cohort expects, in this order; those whom no cohort expects are expected by each.

        Raises:
            NotAllowed: the person does not coach.
        """
        if coach.role not in COACHING:
            raise NotAllowed()
        own = await self._cohorts.of(coach)
        invited = [each for each in await self._people.invited(coach) if own is None or each.cohort_id in (None, own.id)]
        by_name = sorted(invited, key=lambda each: (each.name.casefold(), each.id))
        if order is Order.SINCE:
            return Awaited(own, sorted(by_name, key=lambda each: each.created_at, reverse=True))
        return Awaited(own, by_name)
