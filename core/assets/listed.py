"""A person's assets in order, and those of them that hold words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from core.alike import folded, holds
from core.assets.model import AssetStatus, Entry, Heading, Order
from core.course.steps import Step


def entries_of(headings: Sequence[Heading], step: Step | None, status: AssetStatus | None) -> list[Entry]:
    """The assets with their numbers, newest first, of the step and the status; without a status, all but the archived ones."""
    entries = [Entry(at, each) for at, each in enumerate(headings, start=1)]
    return [
        entry
        for entry in reversed(entries)
        if step in (None, entry.heading.elevate_step) and _shown(entry.heading.status, status)
    ]


def in_order(entries: Collection[Entry], order: Order) -> list[Entry]:
    """The entries in this order; of equals, what changed last comes first."""
    newest = sorted(entries, key=lambda each: each.heading.last_updated_at, reverse=True)
    match order:
        case Order.CHANGED:
            return newest
        case Order.OLDEST:
            return sorted(entries, key=lambda each: each.number)
        case Order.TITLE:
            return sorted(newest, key=lambda each: folded(each.heading.title))
        case Order.STEP:
            return sorted(newest, key=lambda each: each.heading.elevate_step.number)


def fitting(words: Mapping[str, Sequence[str]], typed: str) -> Collection[str]:
    """The ids of the assets whose words hold all that is typed."""
    return {key for key, each in words.items() if holds(" ".join(each), typed)}


def _shown(status: AssetStatus, wanted: AssetStatus | None) -> bool:
    return status is wanted if wanted else status is not AssetStatus.ARCHIVED
