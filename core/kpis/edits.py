"""What a snapshot becomes by a change, and what is kept of it: pure, so that a store may do it again when it lost a race."""

from __future__ import annotations

from datetime import datetime

from core.errors import Changed
from core.ids import new_id
from core.kpis.history import SnapshotChange, Source
from core.kpis.model import Snapshot
from core.people.model import Person


def logged(there: Snapshot | None, fresh: Snapshot) -> Snapshot:
    """The period's snapshot after more was logged for it: what is given takes the place of the same, everything else stays.

    Raises:
        Changed: the period is kept in another currency.
    """
    if there is None:
        return fresh
    if fresh.currency and there.currency not in (None, fresh.currency):
        raise Changed()
    return there.model_copy(
        update={
            "figures": {**there.figures, **fresh.figures},
            "meanings": {**there.meanings, **fresh.meanings},
            "notes": fresh.notes or there.notes,
            "currency": fresh.currency or there.currency,
            "changed_at": fresh.changed_at,
        }
    )


def difference(
    before: Snapshot | None, after: Snapshot | None, source: Source, at: datetime, person: Person | None = None
) -> SnapshotChange | None:
    """What the person, or nobody, changed between the two; None where nothing changed. At least one of them is there; one
    that comes or goes is a change, however little it holds."""
    whose = after or before
    if whose is None:
        return None
    was, now = (dict(each.figures) if each else {} for each in (before, after))
    names = [name for name in dict.fromkeys((*was, *now)) if was.get(name) != now.get(name)]
    notes = (before.notes if before else None, after.notes if after else None)
    money = (before.currency if before else None, after.currency if after else None)
    moved = bool(before and after and _key(before) != _key(after))
    if not names and notes[0] == notes[1] and money[0] == money[1] and before and after and not moved:
        return None
    noted = notes if notes[0] != notes[1] else (None, None)
    return SnapshotChange(
        id=new_id("sch"),
        user_id=whose.user_id,
        organization_id=whose.organization_id,
        person_id=person.id if person else None,
        snapshot_id=whose.id,
        snapshot_date=whose.snapshot_date,
        time_period=whose.time_period,
        at=at,
        source=source,
        before={name: was[name] for name in names if name in was},
        after={name: now[name] for name in names if name in now},
        currency_before=money[0],
        currency_after=money[1],
        meanings=whose.meanings,
        notes_before=noted[0],
        notes_after=noted[1],
        period_before=before.time_period if before and moved else None,
        date_before=before.snapshot_date if before and moved else None,
    )


def _key(snapshot: Snapshot) -> tuple[datetime, str]:
    return snapshot.snapshot_date, snapshot.time_period


def before_deletion(change: SnapshotChange, person: Person, at: datetime) -> Snapshot:
    """The snapshot as it stood when it was deleted."""
    return Snapshot(
        id=change.snapshot_id,
        user_id=person.user_id,
        organization_id=person.organization_id,
        snapshot_date=change.snapshot_date,
        time_period=change.time_period,
        notes=change.notes_before,
        currency=change.currency_before,
        meanings=change.meanings,
        created_at=at,
        changed_at=at,
        figures=change.before,
    )
