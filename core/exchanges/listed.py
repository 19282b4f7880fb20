"""Exchanges in order, and those of them that hold words."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from core.alike import folded
from core.exchanges.model import Exchange
from core.listing import sought


class Order(StrEnum):
    """What the list of those who wait is sorted by."""

    WAITING = "waiting longest"
    LATEST = "latest first"
    NAME = "name"


class OwnOrder(StrEnum):
    """What a student's own list is sorted by."""

    LATEST = "latest first"
    OLDEST = "oldest first"


def waiting(exchanges: Sequence[Exchange], words: str = "", order: Order = Order.WAITING) -> Sequence[Exchange]:
    """Those that hold the words; unasked, first those where a student waits, the longest first, and then the others, of which
    the latest is first.
    """
    found = sorted(sought(exchanges, words, _said), key=lambda each: (not each.waits, each.last.at))
    match order:
        case Order.WAITING:
            waits = sum(each.waits for each in found)
            return [*found[:waits], *sorted(found[waits:], key=lambda each: each.lines[-1].at, reverse=True)]
        case Order.LATEST:
            return sorted(found, key=lambda each: each.lines[-1].at, reverse=True)
        case Order.NAME:
            return sorted(found, key=lambda each: folded(each.name))


def own(exchanges: Sequence[Exchange], words: str = "", order: OwnOrder = OwnOrder.LATEST) -> Sequence[Exchange]:
    """Those that hold the words, of exchanges whose latest is first."""
    found = sought(exchanges, words, _said)
    return found if order is OwnOrder.LATEST else found[::-1]


def _said(exchange: Exchange) -> str:
    """What an exchange is looked for by."""
    return " ".join((exchange.name, exchange.taken_name, *(each.words for each in exchange.lines)))
