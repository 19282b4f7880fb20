"""What students used, in order, and those of them that are searched for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.alike import folded
from core.listing import sought


class Order(StrEnum):
    """What the list of students is sorted by."""

    COST = "cost"
    ANSWERS = "answers"
    NAME = "name"


@dataclass(slots=True)
class Sum:
    """A row: whose it is, how many answers, and what they cost together, in millionths of a US dollar."""

    key: str
    label: str
    answers: int = 0
    micros: int = 0


def listed(sums: Sequence[Sum], words: str, order: Order) -> Sequence[Sum]:
    """Of sums, the dearest first, those whose names hold the words. The record adds up by person and day, memory the rest."""
    found = sought(sums, words, lambda each: each.label)
    match order:
        case Order.COST:
            return found
        case Order.ANSWERS:
            return sorted(found, key=lambda each: -each.answers)
        case Order.NAME:
            return sorted(found, key=lambda each: folded(each.label))
