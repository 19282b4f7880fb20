"""Lists on the pages: what part of one the address asks for, by the same arguments as its command's, and the ways to the others.

`?search=nora&order=name&page=2` works without scripts. Whatever else narrows a list stands in the address by its own name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from core.command import Problems, parameters, read
from core.errors import NotFound
from core.listing import Leaf, Listing, asked_for
from core.request import Typed

T = TypeVar("T")
L = TypeVar("L", bound=Listing)
NUMBER = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)


class NoSuchPart(NotFound):
    """There is no such part of this list. Open the list again, and go on from there."""


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """A page of a list, with the addresses of its neighbours, "" where there is none."""

    items: Sequence[T]
    number: int
    pages: int
    count: int
    before: str
    after: str


def asking_of(args: type[L], query: Mapping[str, str]) -> L:
    """What the address asks for of the list whose command has these arguments.

    Raises:
        NoSuchPart: it is no part of it.
    """
    named = {each.name for each in parameters(args)}
    given: dict[str, Typed] = {name: " ".join(value.split())[:80] for name, value in query.items() if name in named and value}
    asking = read(args, given)
    if isinstance(asking, Problems) or not NUMBER.fullmatch(query.get("page") or "1") or not isinstance(asking, args):
        raise NoSuchPart()
    return asking


def sheet_of(leaf: Leaf[T], path: str, asking: Listing, place: str = "", **kept: str) -> Sheet[T]:
    """The page with the ways beside it; `kept` is what else the address says, and `place` where on the page the list stands."""

    def to(number: int) -> str:
        return address(path, asking, place, **kept, page=str(number)) if 1 <= number <= leaf.pages else ""

    return Sheet(leaf.rows, leaf.number, leaf.pages, leaf.count, to(leaf.number - 1), to(leaf.number + 1))


def address(path: str, asking: Listing, place: str = "", **others: str) -> str:
    """The page with what is asked for, other than what stands there unasked; `others` in place of that, "" for away."""
    query = asked_for(asking, **others)
    return f"{path}{f'?{urlencode(query)}' if query else ''}{place}"


def orders_of(args: type[Listing]) -> Mapping[str, str]:
    """The orders of the list as they are chosen from: what is sent, and what is read."""
    (order,) = (each for each in parameters(args) if each.name == "order")
    return {each.value: f"{each.label[:1].upper()}{each.label[1:]}" for each in order.options()}
