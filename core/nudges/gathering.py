"""Gathers what is known of a learner: seven short queries, each by an index, and what they say together."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.assets.model import Heading
from core.assets.service import Assets
from core.cohort.model import Cohort
from core.cohort.service import Cohorts, Dated, dated_by
from core.commitments.model import Commitment
from core.commitments.service import Commitments
from core.course.model import Standing
from core.course.service import Progress
from core.foundation.model import Foundation
from core.foundation.service import Foundations
from core.kpis.service import Snapshots
from core.nudges.known import Known
from core.nudges.model import Nudge, NudgePreferences
from core.nudges.ports import NudgeStore
from core.people.model import Person
from core.ui import Meter

REMEMBERED = timedelta(days=60)
"""For how long earlier reminders count: for what was told once, for templates, and for what was ignored."""
SENT_AT_MOST = 100
SNAPSHOTS = 14
"""A quarter of weeks, or a year of months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where it is gathered from."""

    progress: Progress
    foundations: Foundations
    snapshots: Snapshots
    assets: Assets
    commitments: Commitments
    nudges: NudgeStore
    cohorts: Cohorts


class Gathering:
    """Implements `core.nudges.ports.Learners`."""

    def __init__(self, sources: Sources) -> None:
        self._from = sources
        self._read: tuple[str, datetime] | None = None
        self._cohorts: Sequence[Cohort] = ()

    async def known(self, person: Person, wishes: NudgePreferences, at: datetime) -> Known:
        """Everything that the rules look at, for one person, as the record has it now: a sign of life that came after `at`, while
        this was read, is one too.
        """
        given = self._from
        dated, standings, foundation = await asyncio.gather(
            self._dated(person, at), given.progress.of(person), given.foundations.kept(person)
        )
        assets, snapshots = await asyncio.gather(given.assets.every(person), given.snapshots.lately(person, SNAPSHOTS))
        commitments, sent = await asyncio.gather(
            given.commitments.kept(person, at), given.nudges.since(person, at - REMEMBERED, SENT_AT_MOST)
        )
        report = given.snapshots.report_of(person, snapshots)
        seen = [*_seen(standings, foundation, assets), *_heard(wishes, commitments, sent)]
        return Known(
            person=person,
            wishes=wishes,
            timetable=dated.timetable,
            in_cohort=dated.in_cohort,
            cohort_over=dated.over,
            standings=_with_assets(standings, assets),
            foundation=self._meters(foundation),
            foundation_needed=self._needed(foundation or given.foundations.empty(person, at)),
            foundation_ready=foundation is not None and not given.foundations.still_locks(foundation),
            foundation_changed_at=foundation.last_updated_at if foundation else None,
            snapshots=snapshots,
            figures=tuple(each for each in report.lines if each.kept is not None) if report else (),
            assets=assets,
            commitments=commitments,
            sent=sent,
            last_seen_at=max((each for each in seen if each is not None), default=None),
            seen_before_at=wishes.away_since,
        )

    async def _dated(self, person: Person, at: datetime) -> Dated:
        """The person's dates. Those of an organization are read once for all whom the same tick looks at."""
        there = person.organization_id, at
        if self._read != there:
            self._cohorts, self._read = await self._from.cohorts.there(person), there
        return dated_by(person, self._cohorts)

    def _meters(self, foundation: Foundation | None) -> tuple[Meter, ...]:
        if foundation is None:
            return tuple(Meter(each.title, 0, len(each.cells)) for each in self._from.foundations.cells.grids)
        shares = self._from.foundations.shares(foundation)
        return tuple(Meter(each.grid.title, len(each.filled), len(each.grid.cells)) for each in shares)

    def _needed(self, foundation: Foundation) -> tuple[tuple[str, str], ...]:
        titles = {each.key: each.title for each in self._from.foundations.cells.grids}
        return tuple((titles[each.grid], each.title) for each in self._from.foundations.still_locks(foundation))


def _with_assets(standings: Sequence[Standing], assets: Sequence[Heading]) -> tuple[Standing, ...]:
    saved = Counter(each.elevate_step for each in assets)
    counted = ((each, saved[each.module.step]) for each in standings)
    return tuple(each if each.saved == count else replace(each, saved=count) for each, count in counted)


def _seen(standings: Sequence[Standing], foundation: Foundation | None, assets: Sequence[Heading]) -> Iterator[datetime | None]:
    """When they did something in the course. Figures are none of it: their shop may send these by itself."""
    for standing in standings:
        if standing.progress is not None:
            yield from (standing.progress.started_at, standing.progress.changed_at, standing.progress.completed_at)
    if foundation is not None:
        yield foundation.last_updated_at
    for asset in assets:
        yield from (asset.created_at, asset.last_updated_at)


def _heard(wishes: NudgePreferences, commitments: Sequence[Commitment], sent: Sequence[Nudge]) -> Iterator[datetime | None]:
    """When they turned to us, made a promise, or pressed something in a reminder."""
    yield from (wishes.seen_at, wishes.chosen_at)
    yield from (each.created_at for each in commitments)
    yield from (each.opened_at for each in sent)
