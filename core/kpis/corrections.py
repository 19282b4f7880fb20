"""Correcting and deleting what was logged, and looking at the history of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from core.errors import Changed, NotFound, Refusal
from core.kpis.edits import before_deletion, difference
from core.kpis.figures import Stored
from core.kpis.history import SnapshotChange, Source
from core.kpis.model import Snapshot
from core.kpis.period_words import kept_for
from core.kpis.periods import Period
from core.kpis.ports import SnapshotStore
from core.listing import sought
from core.people.model import Person

PERIODS_AT_MOST = 200
CHANGES_AT_MOST = 100


class Order(StrEnum):
    """What the list of periods is sorted by."""

    LATEST = "latest period"
    OLDEST = "oldest period"
    CHANGED = "last changed"


NAMED_AT_MOST = 5
"""Of the periods that are told of where another was asked for."""


class NoSuchPeriod(NotFound):
    """No figures are kept under that period. /kpi history lists those that are."""


class NotDeleted(NotFound):
    """There is nothing to put back: it was put back already, or never deleted. /kpi history shows what is kept."""


class PeriodTaken(Refusal):
    """Other figures are kept for that period. Correct those in /kpi history, or delete them first."""


class Corrections:
    """The periods of a person, and what was changed of each. `CHANGES_AT_MOST` of them are looked back on."""

    def __init__(self, store: SnapshotStore) -> None:
        self._store = store

    async def periods(self, person: Person, words: str = "", order: Order = Order.LATEST) -> Sequence[Snapshot]:
        """The periods that figures are kept for whose name holds all of the words, in this order; compared in memory."""
        return listed(await self._store.latest(person, PERIODS_AT_MOST), words, order)

    async def period(self, person: Person, named: str, at: datetime) -> Snapshot:
        """The period of this id, or the latest that the words mean as they do in /kpi log, or whose name holds them.

        Raises:
            NoSuchPeriod: there is none; says which there are.
        """
        by_id = await self._store.snapshot(person, named)
        if by_id is not None:
            return by_id
        kept = await self.periods(person)
        meant = kept_for(kept, named, at.astimezone(person.zone).date())
        found = [meant] if meant else listed(kept, named, Order.LATEST)
        if not found:
            raise NoSuchPeriod(_none_under(named, kept))
        return found[0]

    async def changes(self, person: Person, snapshot_id: str) -> Sequence[SnapshotChange]:
        """What was changed of a period, newest first."""
        return await self._store.changes(person, snapshot_id, CHANGES_AT_MOST)

    async def deleted(self, person: Person, kept: Sequence[Snapshot] | None = None) -> Sequence[SnapshotChange]:
        """The deletions that can be undone, newest first: nothing else was logged for their period since.

        `kept` are all the person's periods, where they were read already.
        """
        kept = await self.periods(person) if kept is None else kept
        standing = {(each.snapshot_date, each.time_period) for each in kept}
        newest: dict[tuple[datetime, str], SnapshotChange] = {}
        for each in await self._store.deletions(person, CHANGES_AT_MOST):
            newest.setdefault((each.snapshot_date, each.time_period), each)
        return [each for key, each in newest.items() if key not in standing]

    async def correct(
        self, person: Person, seen: Snapshot, figures: Mapping[str, Stored], notes: str, at: datetime
    ) -> SnapshotChange | None:
        """Let these be all figures and the notes of the period; what changed by it, or None where nothing did.

        Raises:
            Changed: the period was changed since it was seen.
        """
        after = seen.model_copy(update={"figures": figures, "notes": notes.strip() or None, "changed_at": at})
        change = difference(seen, after, Source.CORRECTED, at, person)
        if change is not None and await self._store.save(person, seen, after, change) is None:
            raise Changed()
        return change

    async def move(self, person: Person, seen: Snapshot, to: Period, at: datetime) -> Snapshot:
        """Let what was logged for a wrong period stand for the right one.

        Raises:
            PeriodTaken: figures are kept for that one already.
            Changed: the period was changed since it was seen.
        """
        after = seen.model_copy(update={"snapshot_date": to.ends_at, "time_period": to.text, "changed_at": at})
        change = difference(seen, after, Source.MOVED, at, person)
        if change is None:
            return seen
        there = await self._store.of_period(person, to.text, to.ends_at)
        kept = await self._store.save(person, seen, after, change) if there is None else None
        if kept is None:
            raise PeriodTaken() if await self._store.of_period(person, to.text, to.ends_at) else Changed()
        return kept

    async def delete(self, person: Person, seen: Snapshot, at: datetime) -> SnapshotChange:
        """Take the period away; its history stays, and brings it back.

        Raises:
            Changed: the period was changed since it was seen.
        """
        change = difference(seen, None, Source.DELETED, at, person)
        if change is None or await self._store.save(person, seen, None, change) is None:
            raise Changed()
        return change

    async def put_back(self, person: Person, change_id: str, at: datetime) -> Snapshot:
        """Bring back what was deleted by this change.

        Raises:
            NotDeleted: nothing was deleted by it, or it stands there again.
            PeriodTaken: other figures were logged for the period since.
        """
        deletion = await self._store.change(person, change_id)
        if deletion is None or deletion.source is not Source.DELETED:
            raise NotDeleted()
        if await self._store.snapshot(person, deletion.snapshot_id):
            raise NotDeleted()
        back = before_deletion(deletion, person, at)
        change = difference(None, back, Source.PUT_BACK, at, person)
        kept = await self._store.save(person, None, back, change) if change else None
        if kept is None:
            raise PeriodTaken()
        return kept


def listed(snapshots: Sequence[Snapshot], words: str, order: Order) -> Sequence[Snapshot]:
    """Of snapshots, the latest first, those whose period's name holds all of the words."""
    found = sought(snapshots, words, _names)
    match order:
        case Order.LATEST:
            return found
        case Order.OLDEST:
            return found[::-1]
        case Order.CHANGED:
            return sorted(found, key=lambda each: each.changed_at or each.created_at, reverse=True)


def _none_under(named: str, kept: Sequence[Snapshot]) -> str:
    """What is told where no period is meant; "" for a person without any, or words that are none."""
    if not kept or not named.strip():
        return ""
    periods = list(dict.fromkeys(each.period.said if each.period else each.time_period for each in kept))
    more = f", and {len(periods) - NAMED_AT_MOST} more in /kpi history" if len(periods) > NAMED_AT_MOST else ""
    return f"No figures are kept under “{named.strip()}”. They are kept for {', '.join(periods[:NAMED_AT_MOST])}{more}."


def _names(snapshot: Snapshot) -> str:
    """Everything by which a period is looked for: 7 April 2026, last 7 days, 2026-04-07."""
    said = snapshot.period.said if snapshot.period else ""
    return f"{said} {snapshot.time_period} {snapshot.snapshot_date.date().isoformat()}"
