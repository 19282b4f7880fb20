"""The one way in which lists are shown: searched, sorted, and a page at a time, by what each list's arguments say.

A list that can grow has a `Listing` with an `order` for arguments; its view puts `counted`, its rows and `turning` into a card.
Where the rows come from says whether the record or the memory searches: both search by `core.alike.holds`, or by less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from typing import Annotated, ClassVar, Generic, TypeVar

from core.alike import holds, words_in
from core.command import Arg, parameters
from core.ui import Button, Buttons, Call, Card, Element, Menu, Message, Text

T = TypeVar("T")
ROWS = 10
"""Rows a page: as many as are read on a phone without losing the thread."""
SEARCH_AT_MOST = 80
SOUGHT_AT_MOST = 22
"""Characters that are looked for of what was typed: they go along behind the buttons, and Discord's carry 100 with the command
and all that it is asked for. What was looked for is told."""
GLANCED = 3
"""So many rows are seen at a glance, and need neither search nor order."""
WORDS = Arg("Words to look for", "All of them must be in it; empty for the whole list", max_length=SEARCH_AT_MOST)


@dataclass(frozen=True, slots=True)
class Listing:
    """Which part of a list. Each list adds `order`, a StrEnum of two to five orders, the first of them what stands there unasked.

    Whatever else it adds has a default, and narrows the list. `page` counts from 1; one beyond the end is the last.
    """

    sought_at_most: ClassVar[int] = SOUGHT_AT_MOST

    search: Annotated[str, WORDS] = ""
    page: Annotated[int, Arg("Page", "Counted from 1", hidden=True)] = 1

    @property
    def words(self) -> str:
        """What is looked for: the words without the signs between them."""
        return (" ".join(words_in(self.search)) or self.search.strip())[: self.sought_at_most].strip()

    @property
    def narrowed(self) -> bool:
        """Whether it asks for less than the whole list."""
        return any(name not in ("page", "order") for name in asked_for(self))


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """A page of a list: its rows, its number from 1, how many pages there are, and how many rows in all of them."""

    rows: Sequence[T]
    number: int
    pages: int
    count: int


def leaf_of(rows: Sequence[T], page: int, size: int = ROWS) -> Leaf[T]:
    """The page of all these rows, or the last one where there are fewer."""
    number, pages = within(page, len(rows), size)
    return Leaf(rows[(number - 1) * size : number * size], number, pages, len(rows))


def within(page: int, count: int, size: int = ROWS) -> tuple[int, int]:
    """The number of the page that is shown of so many rows, and how many pages there are: for rows that the record pages."""
    pages = max(1, -(-count // size))
    return min(max(1, page), pages), pages


def sought(rows: Iterable[T], words: str, text: Callable[[T], str]) -> list[T]:
    """The rows whose text holds the words of a search."""
    return [each for each in rows if holds(text(each), words)] if words else list(rows)


def asked_for(asking: Listing, **others: str) -> dict[str, str]:
    """What is asked for other than as it stands there unasked, as a call's values; `others` in place of that, "" for away."""
    unasked = {each.name: each.default for each in fields(asking)}
    kept = {name: getattr(asking, name) for name in unasked if getattr(asking, name) != unasked[name]}
    kept |= {"search": asking.words} if "search" in kept else {}
    named = {name: value.value if isinstance(value, StrEnum) else str(value) for name, value in kept.items()}
    return {name: value for name, value in {**named, **others}.items() if value}


def counted(asking: Listing, leaf: Leaf[T], one: str, several: str = "") -> str:
    """How many there are, of what was searched for, and which page of them this is."""
    what = one if leaf.count == 1 else several or f"{one}s"
    return f"{leaf.count:,} {what}{_with(asking)}.{on_page(leaf)}"


def on_page(leaf: Leaf[T]) -> str:
    """Which page this is, as a sentence that follows another; "" where there is only one."""
    return f" Page {leaf.number:,} of {leaf.pages:,}." if leaf.pages > 1 else ""


def turning(command: str, asking: Listing, leaf: Leaf[T], *more: Button, find: str = "Find") -> tuple[Element, ...]:
    """The ways to the pages beside this one, to what is searched for, to `more`, and to the list in another order."""
    number = leaf.number
    items = [Button("Back", Call(command, asked_for(asking, page=_page(number - 1))))] if number > 1 else []
    items += (
        [Button("Next", Call(command, asked_for(asking, page=_page(number + 1))), primary=True)] if number < leaf.pages else []
    )
    many = leaf.count > GLANCED or asking.narrowed
    items += [Button(find, Call(command, asked_for(asking, page="", search=""), form=True))] if many else []
    items += [Button("Show all", Call(command, asked_for(asking, page="", search="")))] if asking.words else []
    buttons = Buttons((*items, *more))
    sort = sorting(command, asking) if leaf.count > GLANCED else ()
    return (*((buttons,) if buttons.items else ()), *sort)


def sorting(command: str, asking: Listing) -> tuple[Menu, ...]:
    """The list's other orders; the one that it has stands above them."""
    (order,) = (each for each in parameters(type(asking)) if each.name == "order")
    (default,) = (str(each.default) for each in fields(asking) if each.name == "order")
    now = asked_for(asking).get("order", default)
    others = tuple(
        Button(_begun(each.label), Call(command, asked_for(asking, page="", order="" if each.value == default else each.value)))
        for each in order.options()
        if each.value != now
    )
    (label,) = (each.label for each in order.options() if each.value == now)
    return (Menu(f"Sorted by: {label}", others),)


def not_found(title: str, command: str, asking: Listing, what: str, where: str = "in it") -> Message:
    """Nothing fits: what was looked for, and the way back to the whole list. `what` such as `No student`, `where` such as
    `in their name`."""
    words = f"{what} has “{asking.words}” {where}." if asking.words else f"{what} is like that."
    ways = (
        Button("The whole list", Call(command, _needed(asking)), primary=True),
        Button("Find something else", Call(command, asked_for(asking, page="", search=""), form=True)),
    )
    return Message(cards=(Card(title, (Text(words), Buttons(ways))),), private=True)


def _needed(asking: Listing) -> dict[str, str]:
    """What the whole list is asked for with: whose it is, where it may be several people's."""
    needed = {each.name for each in fields(asking) if each.default is MISSING}
    return {name: value for name, value in asked_for(asking).items() if name in needed}


def _with(asking: Listing) -> str:
    """What was searched for, as it is told."""
    return f" with “{asking.words}”" if asking.words else ""


def _page(number: int) -> str:
    """As a call carries it: the first page is what stands there unasked."""
    return str(number) if number > 1 else ""


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
