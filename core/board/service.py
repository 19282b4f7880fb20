"""Boards: what members did is counted, and shown of those who agreed, to those who are of the same cohort."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

import structlog

from core.board.actions import Deed, Weeks, counted, monday_of
from core.board.ports import BoardStore, DeedStore
from core.board.ranks import Row, Span, Standings, standings
from core.cohort.model import Cohort
from core.cohort.service import Cohorts
from core.errors import NotFound, Refusal
from core.people.model import Person
from core.roles import COACHING, Role

log = structlog.get_logger()


class NoBoard(NotFound):
    """You belong to no cohort yet, so there is no board. Your coach has a code for you: /cohort join"""


class ForStudents(Refusal):
    """The board is of students. You see it with /cohort board."""


class BoardOver(Refusal):
    """This cohort is over, and its board stays as it ended. You can leave it at any time."""


@dataclass(frozen=True, slots=True)
class Board:
    """A cohort's board as somebody sees it. `present`: the Monday of the week that it is, or was when the cohort ended.

    `own`: their row, where they share and did something. `shares`: they agreed to be on it.
    """

    cohort: Cohort
    span: Span
    present: date
    standings: Standings
    own: Row | None = None
    shares: bool = False


@dataclass(frozen=True, slots=True)
class Mine:
    """What a student's cohort sees of them, or would see. `weeks`: what they did, in each week."""

    cohort: Cohort
    name: str
    present: date
    weeks: Weeks
    shares: bool


class Boards:
    """The boards of all cohorts."""

    def __init__(self, store: BoardStore, deeds: DeedStore, cohorts: Cohorts) -> None:
        self._store = store
        self._deeds = deeds
        self._cohorts = cohorts

    async def look(self, person: Person, span: Span, at: datetime) -> Board:
        """The board of the person's cohort; one that is over, as it ended.

        Raises:
            NoBoard: the person belongs to no cohort.
        """
        cohort = await self.cohort_of(person)
        shares = cohort.id in person.boards and person.role is Role.STUDENT
        if shares:
            await self.count(person, at)  # what they did just now is on it
        board = await self.of(cohort, span, at)
        return replace(board, own=board.standings.of(person.id) if shares else None, shares=shares)

    async def of(self, cohort: Cohort, span: Span, at: datetime) -> Board:
        """The board as everybody may see it."""
        present = monday_of(cohort.archived_at or at, cohort.zone)
        sharers = await self._store.sharers(cohort.organization_id, cohort)
        tallies = await self._store.tallies(cohort.organization_id, cohort.id)
        return Board(cohort, span, present, standings(sharers, tallies, span, present))

    async def mine(self, person: Person, at: datetime) -> Mine:
        """What the others see of a student, or would see if they agreed.

        Raises:
            NoBoard: they belong to no cohort.
            ForStudents: they coach.
        """
        _refuse_coaches(person)
        return await self._mine(person, await self.cohort_of(person), at)

    async def join(self, person: Person, at: datetime) -> Mine:
        """The student agrees to be on the board of their cohort.

        Raises:
            NoBoard: they belong to no cohort.
            ForStudents: they coach.
            BoardOver: the cohort is over.
        """
        _refuse_coaches(person)
        cohort = await self.cohort_of(person)
        if cohort.archived_at is not None:
            raise BoardOver()
        kept = await self._store.agree(person, cohort.id)
        await self.count(kept, at)
        log.info("board joined", cohort=cohort.id)
        return await self._mine(kept, cohort, at)

    async def leave(self, person: Person, at: datetime) -> Mine:
        """The student is on no board any more, nor on those of cohorts that are over.

        Raises:
            NoBoard: they belong to no cohort.
            ForStudents: they coach.
        """
        _refuse_coaches(person)
        cohort = await self.cohort_of(person)
        kept = await self._store.leave(person)
        log.info("board left", cohorts=len(person.boards))
        return await self._mine(kept, cohort, at)

    async def count(self, person: Person, at: datetime) -> None:
        """Note what the student did first, and add it up for the boards that they agreed to be on.

        Whoever has moved to another cohort that goes on agreed to other people's seeing it, and is on the old board no more.
        Implements `core.members.ports.Counting`.
        """
        if person.role is not Role.STUDENT:
            return
        deeds = await self._noted(person, at)
        if not person.boards:
            await self._store.forget(person)
            return
        for cohort in await self._cohorts.there(person):
            if cohort.archived_at is not None or cohort.id not in person.boards:
                continue
            if person.cohort_id in (None, cohort.id):
                await self._store.keep(person, cohort.id, _weeks(cohort, deeds))
            else:
                await self._store.moved(person, cohort.id)

    async def cohort_of(self, person: Person) -> Cohort:
        """The person's cohort; or the last that ended with them on its board, where they have no other.

        Raises:
            NoBoard: there is none.
        """
        own = await self._cohorts.of(person)
        if own is None:
            own = next((each for each in await self._cohorts.there(person) if each.id in person.boards), None)
        if own is None and person.role in COACHING:
            raise NoBoard("You look after no cohort yet, so there is no board. /cohort new begins one.")
        if own is None:
            raise NoBoard()
        return own

    async def _mine(self, person: Person, cohort: Cohort, at: datetime) -> Mine:
        shares = cohort.id in person.boards
        if cohort.archived_at is not None:
            kept = await self._store.tallies(cohort.organization_id, cohort.id)
            return Mine(cohort, person.name, monday_of(cohort.archived_at, cohort.zone), kept.get(person.id, {}), shares)
        weeks = _weeks(cohort, await self._noted(person, at))
        return Mine(cohort, person.name, monday_of(at, cohort.zone), weeks, shares)

    async def _noted(self, person: Person, at: datetime) -> list[Deed]:
        """What the student has done, each thing at the time when they did it first."""
        firsts = await self._deeds.firsts(person)
        done = [replace(each, at=min(each.at, at)) for each in await self._deeds.done(person, known=firsts is not None)]
        known: Mapping[str, datetime] = firsts or {}
        fresh = [each for each in done if each.key not in known]
        if fresh or firsts is None:
            await self._deeds.note(person, fresh)
        return [replace(each, at=known.get(each.key, each.at)) for each in done]


def _weeks(cohort: Cohort, deeds: list[Deed]) -> Weeks:
    """The weeks of the cohort, from the one on in which it began or was made, whichever came first."""
    began = monday_of(cohort.created_at, cohort.zone)
    if cohort.starts_on is not None:
        starts = date.fromisoformat(cohort.starts_on)
        began = min(began, date.fromordinal(starts.toordinal() - starts.weekday()))
    return counted(deeds, cohort.zone, began)


def _refuse_coaches(person: Person) -> None:
    if person.role is not Role.STUDENT:
        raise ForStudents()
