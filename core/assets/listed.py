"""A person's assets in order, and those of them that hold words."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from core.alike import folded, holds, words_in
from core.assets.model import AssetStatus, Entry, Heading, Order
from core.course.steps import Step

NUMBER_OR_ID = re.compile(r"#?\d{1,5}|ast_\w+", re.ASCII)
TAIL = 4
"""How many of an id's last characters are enough to name an asset."""


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
    """The ids of the assets whose words hold all that is typed, each typed word in one of them (`core.alike.holds`).

    Whoever writes of one shop uses few words again and again, so that each is looked at once, and not in every asset.
    """
    parts = words_in(folded(typed))
    if not parts:
        return () if typed.strip() else set(words)
    spelt = {each: folded(each) for each in set().union(*words.values())}
    having = [{each for each, plain in spelt.items() if part in plain} for part in parts]
    return {key for key, each in words.items() if not any(some.isdisjoint(each) for some in having)}


def _shown(status: AssetStatus, wanted: AssetStatus | None) -> bool:
    return status is wanted if wanted else status is not AssetStatus.ARCHIVED


def meant(reference: str, headings: Sequence[Heading]) -> list[int]:
    """The places of those that the reference names: by number or id, else by an id's end, else by the title or words in it."""
    wanted = reference.strip().removeprefix("#").casefold()
    found = [at for at, each in enumerate(headings) if wanted in (each.id, str(at + 1))]
    found = found or [at for at, each in enumerate(headings) if len(wanted) >= TAIL and each.id.endswith(wanted)]
    if found or not wanted or NUMBER_OR_ID.fullmatch(wanted):
        return found
    same = [at for at, each in enumerate(headings) if folded(each.title) == folded(reference.strip())]
    return same or [at for at, each in enumerate(headings) if holds(each.title, reference)]
