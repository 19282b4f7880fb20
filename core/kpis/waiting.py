"""The readings that wait to be confirmed: kept together, so that a newer one loses none of the earlier."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from core.kpis.periods import Period, Span
from core.kpis.reading import Reading, ReadingGone

WAITING_AT_MOST = 8
"""Readings of one person; the oldest goes."""


def with_one(waiting: Sequence[Reading], reading: Reading) -> tuple[Reading, ...]:
    """The readings with this one as the newest, without those whose place it takes."""
    gone = {reading.token, *reading.before}
    return (reading, *(each for each in waiting if each.token not in gone))[:WAITING_AT_MOST]


def without(waiting: Sequence[Reading], token: str) -> tuple[Reading, ...]:
    """The readings without the one that this button is of."""
    return tuple(each for each in waiting if token not in (each.token, *each.before))


def behind(waiting: Sequence[Reading], token: str) -> Reading:
    """The reading that this button is of, or the one that took its place.

    Raises:
        ReadingGone: it does not wait any more.
    """
    for each in waiting:
        if token in (each.token, *each.before):
            return each
    raise ReadingGone()


def packed(waiting: Sequence[Reading]) -> dict[str, str]:
    """The readings as a form's draft."""
    return {"readings": json.dumps([_packed(each) for each in waiting])}


def unpacked(kept: Mapping[str, object]) -> tuple[Reading, ...]:
    """The readings that were kept, newest first."""
    return tuple(_unpacked(each) for each in json.loads(str(kept.get("readings", "[]"))))


def _packed(reading: Reading) -> dict[str, object]:
    return {
        "token": reading.token,
        "typed": dict(reading.typed),
        "span": reading.period.span.value,
        "end": reading.period.end.isoformat(),
        "currency": reading.currency,
        "notes": reading.notes,
        "before": reading.before,
        "dated": reading.dated,
        "instead": [reading.instead.span.value, reading.instead.end.isoformat()] if reading.instead else None,
        "passed": reading.passed,
        "heldAt": reading.held_at.isoformat() if reading.held_at else None,
    }


def _unpacked(kept: Mapping[str, object]) -> Reading:
    typed, before, at, instead = kept["typed"], kept["before"], kept["heldAt"], kept.get("instead")
    assert isinstance(typed, dict)
    assert isinstance(before, list)
    return Reading(
        typed={str(name): str(value) for name, value in typed.items()},
        period=Period(Span(str(kept["span"])), date.fromisoformat(str(kept["end"]))),
        currency=str(kept["currency"]),
        notes=str(kept["notes"]),
        token=str(kept["token"]),
        before=tuple(map(str, before)),
        dated=bool(kept["dated"]),
        instead=Period(Span(str(instead[0])), date.fromisoformat(str(instead[1]))) if isinstance(instead, list) else None,
        passed=bool(kept.get("passed", True)),
        held_at=datetime.fromisoformat(str(at)) if at else None,
    )
