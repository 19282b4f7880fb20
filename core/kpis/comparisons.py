"""Sharing figures with the cohort, and seeing one's own beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from core.kpis.comparison import Cuts, Percentile, cuts, percentile
from core.kpis.comparison_ports import ComparedStore, Grouping, Shared
from core.kpis.figures import amount_of
from core.kpis.metrics import Metric
from core.kpis.model import Snapshot
from core.kpis.sense import Sense, sense_of
from core.kpis.service import Snapshots
from core.people.model import SHARES_FIGURES, Person
from core.people.service import People

RECENT = timedelta(days=45)
"""Older periods are compared with nobody's: six weeks hold the last month of everybody, and no more than is quickly read."""
OWN_AT_MOST = 50
"""Snapshots of one's own that are looked through: more than anybody logs in that time."""
NOT_SHARED = "no"


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of the latest period that has it, in its main unit; what may be told of the cohort's, and where it stands.

    `told` and `place` are None where fewer than five share it in the same sense.
    """

    metric: Metric
    snapshot: Snapshot
    sense: Sense
    own: Decimal
    told: Cuts | None
    place: Percentile | None


class Comparisons:
    """Who shares, and what those see."""

    def __init__(self, store: ComparedStore, snapshots: Snapshots, people: People, grouping: Grouping) -> None:
        self._store = store
        self._snapshots = snapshots
        self._people = people
        self._grouping = grouping

    async def share(self, person: Person, *, yes: bool, at: datetime) -> Person:
        """Share from now on with the organization that the person is in here, or from now on with nobody, on any platform."""
        if yes:
            return await self._people.settle(person, SHARES_FIGURES, person.organization_id, at)
        for each in await self._people.of_account(person):
            kept = await self._people.settle(each, SHARES_FIGURES, NOT_SHARED, at)
            person = kept if kept.id == person.id else person
        return person

    async def of(self, person: Person, at: datetime) -> tuple[Compared, ...] | None:
        """Each recent figure of the person's among those of the cohort, in funnel order; None where they do not share."""
        if not person.shares_figures:
            return None
        since = (at - RECENT).replace(hour=0, minute=0, second=0, microsecond=0)
        recent = [each for each in await self._snapshots.lately(person, OWN_AT_MOST) if each.snapshot_date >= since]
        own = [(metric, *found) for metric in self._snapshots.metrics.file.metrics if (found := _latest(metric, recent))]
        if not own:
            return ()
        others = await self._store.shared(person, await self._cohorts(person), [metric.field for metric, _, _ in own], since)
        return tuple(_compared(metric, snapshot, sense, others, person) for metric, snapshot, sense in own)

    async def _cohorts(self, person: Person) -> tuple[str | None, ...]:
        """What those have joined who are in the person's cohort: it, or none where there is no other."""
        mine = await self._grouping.of(person)
        if mine is None:
            return (None,)
        by_default = await self._grouping.of(person.model_copy(update={"cohort_id": None}))
        return (mine.id, None) if by_default is not None and by_default.id == mine.id else (mine.id,)


def _latest(metric: Metric, latest_first: Sequence[Snapshot]) -> tuple[Snapshot, Sense] | None:
    having = ((each, sense_of(metric, each)) for each in latest_first if metric.field in each.figures)
    return next(((each, sense) for each, sense in having if sense is not None), None)


def _compared(metric: Metric, snapshot: Snapshot, sense: Sense, others: Sequence[Sequence[Shared]], person: Person) -> Compared:
    meant = metric.meant({**person.settings, **snapshot.meanings})
    own = amount_of(meant, snapshot.figures[metric.field], snapshot.currency or "")
    amounts = [found for each in others if (found := _amount(metric, sense, each)) is not None]
    told = cuts(meant, amounts)
    return Compared(meant, snapshot, sense, own, told, percentile(meant, told, own) if told else None)


def _amount(metric: Metric, sense: Sense, latest_first: Sequence[Shared]) -> Decimal | None:
    """Somebody's latest figure in the same sense."""
    for each in latest_first:
        if metric.field in each.figures and sense_of(metric, each) == sense:
            return amount_of(metric, each.figures[metric.field], each.currency or "")
    return None
