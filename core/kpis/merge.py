"""Two snapshots of one period, from two accounts of one student, made into one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.kpis.figures import Stored
from core.kpis.model import Snapshot


@dataclass(frozen=True, slots=True)
class Merged:
    """What the one snapshot holds afterwards; the loser is kept whole beside it."""

    figures: Mapping[str, Stored]
    meanings: Mapping[str, str]
    currency: str | None
    notes: str | None
    newer: Snapshot


def merging(ours: Snapshot, theirs: Snapshot) -> Merged:
    """The newer figures, and the older ones for what the newer snapshot does not say.

    Money of two currencies is not mixed: there the newer snapshot stands alone.
    """
    newer, older = (theirs, ours) if _changed(theirs) > _changed(ours) else (ours, theirs)
    mixed = bool(newer.currency and older.currency and newer.currency != older.currency)
    return Merged(
        figures=newer.figures if mixed else {**older.figures, **newer.figures},
        meanings=newer.meanings if mixed else {**older.meanings, **newer.meanings},
        currency=newer.currency or older.currency,
        notes="\n\n".join(dict.fromkeys(each for each in (newer.notes, older.notes) if each)) or None,
        newer=newer,
    )


def _changed(snapshot: Snapshot) -> datetime:
    return snapshot.changed_at or snapshot.created_at
