"""The members' list: everybody of a cohort with their risk, searched and sorted, for those who coach it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.alike import folded
from core.cohort.service import Cohorts
from core.errors import NotAllowed, NotFound
from core.listing import sought
from core.members.model import Member
from core.members.ports import MemberStore, Waits
from core.members.risk import Level, Risk, risk_of
from core.people.model import Person
from core.roles import COACHING, Role


class NotListed(NotFound):
    """They are not among your students, or came just now. Look again in a minute."""


class Order(StrEnum):
    """What the list is sorted by."""

    RISK = "needs a person"
    NAME = "name"
    PLACE = "place"
    SEEN = "last seen"
    SHIPPED = "assets live"


@dataclass(frozen=True, slots=True)
class Row:
    """A member, and what the rule says of them."""

    member: Member
    risk: Risk


class Members:
    """Where everybody stands."""

    def __init__(self, store: MemberStore, cohorts: Cohorts, waits: Waits) -> None:
        self._store = store
        self._cohorts = cohorts
        self._waits = waits

    async def looks_after(self, coach: Person, at: datetime) -> bool:
        """Whether the coach has a cohort, or students without one.

        Raises:
            NotAllowed: the person does not coach.
        """
        return await self._cohorts.of(coach) is not None or bool(await self.of(coach, at))

    async def of(self, coach: Person, at: datetime, *, search: str = "", order: Order = Order.RISK) -> Sequence[Row]:
        """The students of the coach's cohort whose names hold the searched words, in this order.

        Of a coach who looks after none, those of all that go on; those of an archived one are seen by whoever looks after it
        alone. All of them are read, since the rule that finds who may need a person is no query: 2,000 take some 100 ms.

        Raises:
            NotAllowed: the person does not coach.
        """
        if coach.role not in COACHING:
            raise NotAllowed()
        dated, cohort = await self._cohorts.dated(coach), await self._cohorts.of(coach)
        plan = dated.timetable if dated.in_cohort else None
        rolled = await self._store.of_organization(coach)
        there = [each for each in rolled if each.role is Role.STUDENT and each.id != coach.id]
        if cohort is not None:
            there = [each for each in there if each.cohort_id in (None, cohort.id)]
        else:
            over = {each.id for each in await self._cohorts.all(coach) if each.archived_at is not None}
            there = [each for each in there if each.cohort_id not in over]
        named, waits = sought(there, search, lambda each: each.name), await self._waits.since(coach)
        return sorted((Row(each, risk_of(each, plan, at, waits.get(each.id))) for each in named), key=_key(order))

    async def named(self, coach: Person, student: Person, at: datetime) -> Row:
        """This member of the coach's organization.

        Raises:
            NotAllowed: the person does not coach.
            NotListed: they are no student of the coach's, or came less than a minute ago.
        """
        found = next((each for each in await self.of(coach, at) if each.member.id == student.id), None)
        if found is None:
            raise NotListed(f"{student.name} is not among your students, or came just now. Look again in a minute.")
        return found

    async def everybody(self, admin: Person, at: datetime) -> Sequence[Row]:
        """The students of all cohorts of the Admin's organization by name, each judged by the dates of their own cohort.

        Raises:
            NotAllowed: the person is no Admin.
        """
        if admin.role is not Role.ADMIN:
            raise NotAllowed()
        plans = {each.id: each.timetable for each in await self._cohorts.all(admin)}
        there = [each for each in await self._store.of_organization(admin) if each.role is Role.STUDENT]
        waits = await self._waits.since(admin)
        rows = (Row(each, risk_of(each, plans.get(each.cohort_id or ""), at, waits.get(each.id))) for each in there)
        return sorted(rows, key=_key(Order.NAME))

    async def at_risk(self, coach: Person, at: datetime) -> Sequence[Row]:
        """Those who are worth a look, who needs a person first.

        Raises:
            NotAllowed: the person does not coach.
        """
        return [each for each in await self.of(coach, at) if each.risk.level is not Level.FINE]


def in_order(rows: Sequence[Row], order: Order) -> Sequence[Row]:
    """The rows in this order."""
    return sorted(rows, key=_key(order))


def _key(order: Order) -> Callable[[Row], tuple[object, ...]]:
    """Names decide between equals, and ids between equal names, so that pages never overlap."""

    def by(row: Row) -> tuple[object, ...]:
        member, named = row.member, (folded(row.member.name), row.member.id)
        match order:
            case Order.RISK:
                return -row.risk.points, *named
            case Order.NAME:
                return named
            case Order.PLACE:
                return -len(member.completed), -sum(member.shares), *named
            case Order.SEEN:
                seen = member.seen_at
                return -(seen.timestamp() if seen else 0.0), *named
            case Order.SHIPPED:
                return -member.shipped, *named

    return by
