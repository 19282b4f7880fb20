"""What the lists of coaches have in common: which part of them the address asks for, and the way to the others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from core.errors import NotFound

T = TypeVar("T")
NUMBER = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
LEVELS = (1, 25, 50, 75, 100)
"""In percent: where each shade of a heat map begins, after the one for nothing."""


class NoSuchPart(NotFound):
    """There is no such part of this list. Open the list again, and go on from there."""


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """A page of a list. `number` counts from 1; `before` and `after` lead to its neighbours, "" where there is none."""

    items: Sequence[T]
    number: int
    pages: int
    count: int
    before: str
    after: str


def leaf_of(rows: Sequence[T], path: str, query: Mapping[str, str], size: int, place: str = "") -> Leaf[T]:
    """The page that the query asks for, or the last one where there are fewer; what else it says is kept in the links.

    Raises:
        NoSuchPart: the page is no number.
    """
    asked = query.get("page", "1")
    if not NUMBER.fullmatch(asked):
        raise NoSuchPart()
    pages = max(1, -(-len(rows) // size))
    number = min(int(asked), pages)

    def to(other: int) -> str:
        if not 1 <= other <= pages:
            return ""
        return f"{path}?{urlencode({**query, 'page': str(other)})}{place}"

    return Leaf(rows[(number - 1) * size : number * size], number, pages, len(rows), to(number - 1), to(number + 1))


def shade(share: int, *, closed: bool = False) -> int:
    """The shade of a heat map, 0 to 5, for a share in percent; 5 is only for what is closed."""
    return 5 if closed else min(4, sum(share >= each for each in LEVELS))
