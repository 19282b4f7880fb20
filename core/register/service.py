"""Writing down a cohort: who is in it, where they stand, and what they opened, every look noted first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

import structlog

from core.assets.service import Assets
from core.cohort.service import Cohorts
from core.errors import NotAllowed
from core.foundation.service import Foundations
from core.foundation.typed import write_cell
from core.kpis.figures import amount_of
from core.kpis.service import Snapshots
from core.members.service import Members, Order
from core.openness.model import ASKED_FOR, Part, opened
from core.openness.service import Openness
from core.people.model import Person
from core.people.service import People
from core.register.columns import Line, table
from core.request import File
from core.roles import Role
from core.separated import separated

log = structlog.get_logger()


class Register:
    """The members of a cohort in one file."""

    def __init__(
        self,
        members: Members,
        cohorts: Cohorts,
        people: People,
        openness: Openness,
        foundations: Foundations,
        snapshots: Snapshots,
        assets: Assets,
    ) -> None:
        self._members = members
        self._cohorts = cohorts
        self._people = people
        self._openness = openness
        self._foundations = foundations
        self._snapshots = snapshots
        self._assets = assets

    async def export(self, coach: Person, at: datetime, *, everybody: bool, with_opened: bool) -> tuple[File, int]:
        """The coach's cohort as CSV, by name, and how many students are in it. Each look is noted before anything is read.

        `everybody`: all cohorts of the organization, for Admins. `with_opened`: also what students opened to their coaches.

        Raises:
            NotAllowed: the person does not coach; or wants all cohorts, and is no Admin.
        """
        if everybody and coach.role is not Role.ADMIN:
            raise NotAllowed()
        await self._openness.look_at_all(coach, at)
        own = await self._cohorts.of(coach)
        named = {each.id: each.name for each in await self._cohorts.all(coach)}
        rows = await (self._members.everybody(coach, at) if everybody else self._members.of(coach, at, order=Order.NAME))
        persons = {each.id: each for each in await self._people.members(coach)}
        lines = []
        for row in rows:
            student = persons.get(row.member.id)
            if student is None:
                continue  # erased a moment ago
            cohort = named.get(student.cohort_id or "", own.name if own and not everybody else "")
            more = await self._opened(coach, student, at) if with_opened else {}
            lines.append(Line(row, cohort, _account(student), opened(student), more))
        log.info("register exported", by=coach.id, students=len(lines), everybody=everybody, with_opened=with_opened)
        about = "all-cohorts" if everybody else _in_a_file_name(own.name if own else "students")
        name = f"{about}-{at.astimezone(coach.zone):%Y-%m-%d}.csv"
        return File(name, "text/csv", separated(table(lines, coach.zone))), len(lines)

    async def _opened(self, coach: Person, student: Person, at: datetime) -> Mapping[tuple[Part, str], object]:
        found: dict[tuple[Part, str], object] = {}
        for part in ASKED_FOR:
            if part not in opened(student):
                continue
            await self._openness.look(coach, student, part, at, "the cohort's file")
            match part:
                case Part.FOUNDATION:
                    found |= {(part, heading): words for heading, words in await self._foundation(student)}
                case Part.FIGURES:
                    found |= {(part, heading): value for heading, value in await self._figures(student)}
                case _:
                    titles = [entry.heading.title for entry in await self._assets.of(student)]
                    found |= {(part, "titles"): "; ".join(titles)}
        return found

    async def _foundation(self, student: Person) -> Sequence[tuple[str, object]]:
        kept = await self._foundations.kept(student)
        if kept is None:
            return ()
        filled = (cell for share in self._foundations.shares(kept) for cell in share.filled)
        return [(cell.title, write_cell(cell, kept.value(cell.field))) for cell in filled]

    async def _figures(self, student: Person) -> Sequence[tuple[str, object]]:
        """The latest period's, each in its main unit: money in pounds and not in pence."""
        latest = await self._snapshots.latest(student)
        if latest is None:
            return ()
        currency = latest.currency or self._snapshots.currency(student)
        settings = {**student.settings, **latest.meanings}
        metrics = {name: each.meant(settings) for name, each in self._snapshots.metrics.by_field.items()}
        figures = [
            (f"{metrics[name].title} ({metrics[name].unit.value})", amount_of(metrics[name], kept, currency))
            for name, kept in latest.figures.items()
            if name in metrics
        ]
        return [("until", latest.snapshot_date.date()), ("period", latest.time_period), ("currency", currency), *figures]


def _account(student: Person) -> str:
    """The student's id on the platform, by which somebody is found again whatever they are called."""
    return student.identities[0].split(":", 2)[2] if student.identities else ""


def _in_a_file_name(words: str) -> str:
    return re.sub(r"[^\w]+", "-", words.casefold()).strip("-") or "cohort"
