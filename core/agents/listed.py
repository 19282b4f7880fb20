"""The agents that people made, in order, and those of them that hold words."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from core.agents.model import UserAgent
from core.alike import folded
from core.listing import sought


class Order(StrEnum):
    """What people's list is sorted by."""

    MINE = "yours first"
    NAME = "name"
    NEWEST = "newest first"


class ReviewOrder(StrEnum):
    """What the coaches' list is sorted by."""

    WAITING = "waiting first"
    NAME = "name"
    NEWEST = "newest first"


def found_by(agents: Sequence[UserAgent], words: str) -> Sequence[UserAgent]:
    """Those that hold the words in their name or what they are for."""
    return sought(agents, words, lambda each: f"{each.name} {each.description}")


def in_order(agents: Sequence[UserAgent], order: Order) -> Sequence[UserAgent]:
    """The agents in this order, of those where a person's own come first. Ids are made in the order of time."""
    match order:
        case Order.MINE:
            return agents
        case Order.NAME:
            return sorted(agents, key=lambda each: folded(each.name))
        case Order.NEWEST:
            return sorted(agents, key=lambda each: each.id, reverse=True)


def for_review(agents: Sequence[UserAgent], order: ReviewOrder) -> Sequence[UserAgent]:
    """The agents in this order, of those where the oldest come first."""
    match order:
        case ReviewOrder.WAITING:
            return sorted(agents, key=lambda each: each.sharing != "asked")
        case ReviewOrder.NAME:
            return in_order(agents, Order.NAME)
        case ReviewOrder.NEWEST:
            return in_order(agents, Order.NEWEST)
