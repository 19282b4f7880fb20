"""Two Foundations of one student made into one: cell by cell, the newer value wins and the older stays in the history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from core.foundation.cells import Value
from core.foundation.history import Edit, FoundationChange, Mark, Source, slug
from core.foundation.model import SUMMARY, Foundation


def merging(into: Foundation, other: Foundation, link_id: str, at: datetime) -> Edit | None:
    """What has to change in `into` so that it holds both; None where it does already.

    Made again after a crash, it makes the same changes under the same ids.
    """
    version = into.version + 1
    changes = []
    marks: dict[str, Mark] = {}
    for field, theirs in _values(other):
        ours = into.value(field) or None
        if theirs == ours:
            continue
        wins = ours is None or changed_at(other, field) > changed_at(into, field)
        marks |= _marks(other if wins else into, field, version)
        changes.append(
            FoundationChange(
                id=f"chg_{sha256(f'{link_id} {field}'.encode()).hexdigest()[:26]}",
                user_id=into.user_id,
                organization_id=other.organization_id,
                person_id=_last_by(into if wins else other, field),
                at=at,
                field=field,
                before=ours if wins else theirs,
                after=theirs if wins else ours,
                source=Source.LINK,
                version=version,
            )
        )
    return Edit(into.version, tuple(changes), marks) if changes else None


def changed_at(foundation: Foundation, field: str) -> datetime:
    """When the field was last changed, as far as that is known."""
    times = [mark.at for name, mark in foundation.marks.items() if _of(name, field)]
    return max(times, default=foundation.last_updated_at)


def _values(foundation: Foundation) -> Iterator[tuple[str, Value]]:
    """Every field that holds something, by its path."""
    for grid in ("companyContext", "marketAwareness", "customerAvatar"):
        held = {
            "companyContext": foundation.company_context,
            "marketAwareness": foundation.market_awareness,
            "customerAvatar": foundation.customer_avatar,
        }[grid]
        yield from ((f"{grid}.{name}", value) for name, value in held.items() if value)
    if foundation.strategic_blueprint_summary:
        yield SUMMARY, foundation.strategic_blueprint_summary


def _marks(foundation: Foundation, field: str, version: int) -> dict[str, Mark]:
    known = {name: mark for name, mark in foundation.marks.items() if _of(name, field)}
    if not known:
        known = {slug(field): Mark(version=version, at=foundation.last_updated_at, person_id="")}
    return {name: mark.model_copy(update={"version": version}) for name, mark in known.items()}


def _last_by(foundation: Foundation, field: str) -> str:
    """Who wrote the value that gives way."""
    marks = [mark for name, mark in foundation.marks.items() if _of(name, field)]
    return max(marks, key=lambda each: each.at).person_id if marks else ""


def _of(name: str, field: str) -> bool:
    return name == slug(field) or name.startswith(f"{slug(field)}-")
