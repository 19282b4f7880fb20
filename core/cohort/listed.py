"""The cohorts of an organization in order, and those of them that hold words."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from core.alike import folded
from core.cohort.model import Cohort
from core.listing import sought


class Order(StrEnum):
    """What the list is sorted by."""

    GOING_ON = "going on first"
    NAME = "name"
    OLDEST = "oldest first"


def listed(cohorts: Sequence[Cohort], words: str, order: Order) -> Sequence[Cohort]:
    """Of cohorts, the newest first, those that hold the words in their name or code; in memory, since they are few."""
    found = sought(cohorts, words, lambda each: f"{each.name} {each.code}")
    match order:
        case Order.GOING_ON:
            return sorted(found, key=lambda each: each.archived_at is not None)
        case Order.NAME:
            return sorted(found, key=lambda each: folded(each.name))
        case Order.OLDEST:
            return found[::-1]
