"""How the history of a Foundation looks."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from core.foundation.cells import Cells, Value
from core.foundation.history import FoundationChange, Source
from core.foundation.model import SUMMARY
from core.foundation.typed import write_cell
from core.listing import Listing, counted, leaf_of, not_found, sought, turning
from core.people.model import Person
from core.ui import Button, Buttons, Call, Card, Facts, Message, Text, Tone

LIST = "foundation history"
ROWS = 5
"""Changes a page: each is a card with what stood there before and after."""
SHOWN_OF_A_VALUE = 160
HOW = {
    Source.EDIT: "edited",
    Source.INTERVIEW: "answered in the interview",
    Source.RUN: "answered for a run",
    Source.PASTE: "chosen from what you pasted",
    Source.PUT_BACK: "put back",
    Source.LINK: "came with your other account",
    Source.AGENT: "proposed by an agent and saved",
}


class Order(StrEnum):
    """What the history is sorted by."""

    NEWEST = "newest first"
    OLDEST = "oldest first"
    CELL = "cell"


def history_message(changes: Sequence[FoundationChange], cells: Cells, person: Person, asking: Listing) -> Message:
    """A page of the changes, each with the way back."""
    if not changes and asking.narrowed:
        return not_found("Changes of your Foundation", LIST, asking, "No change")
    if not changes:
        words = "Nothing has been changed yet. Every change of your Foundation will show here, with the way back."
        edit = Buttons((Button("Interview me", Call("foundation interview"), primary=True),))
        return Message(cards=(Card(body=(Text(words), edit)),), private=True)
    leaf = leaf_of(changes, asking.page, ROWS)
    cards = [_card(each, cells, person) for each in leaf.rows]
    ways = turning(LIST, asking, leaf, find="Find a change")
    return Message(counted(asking, leaf, "change"), (*cards, *((Card(body=ways),) if ways else ())), private=True)


def listed(changes: Sequence[FoundationChange], cells: Cells, words: str, order: Order) -> Sequence[FoundationChange]:
    """Of changes, the newest first, those that hold the words in the cell's name or in what stood there before or after."""
    found = sought(changes, words, lambda each: " ".join((_title(each.field, cells), _text(each.before), _text(each.after))))
    match order:
        case Order.NEWEST:
            return found
        case Order.OLDEST:
            return found[::-1]
        case Order.CELL:
            return sorted(found, key=lambda each: _title(each.field, cells))


def _text(value: Value | None) -> str:
    return str(value or "")


def put_back_message(change: FoundationChange, cells: Cells) -> Message:
    """What the cell holds again."""
    held = _shown(change.field, change.before, cells)
    words = f"**{_title(change.field, cells)}** is as it was before: {held}. This stands in the history too."
    more = Buttons((Button("Show it all", Call("foundation show")), Button("History", Call("foundation history"))))
    return Message(cards=(Card(body=(Text(words), more), tone=Tone.GOOD),), private=True)


def _card(change: FoundationChange, cells: Cells, person: Person) -> Card:
    when = change.at.astimezone(person.zone).strftime("%-d %B %Y, %H:%M")
    by = "" if change.source is Source.LINK else " by you" if change.person_id == person.id else " by your other account"
    facts = Facts(
        (
            ("When", f"{when}, {HOW[change.source]}{by}"),
            ("Before", _shown(change.field, change.before, cells)),
            ("After", _shown(change.field, change.after, cells)),
        )
    )
    back = Buttons((Button("Put back", Call("foundation putback", {"change": change.id})),))
    return Card(_title(change.field, cells), (facts, back))


def _title(field: str, cells: Cells) -> str:
    if field == SUMMARY:
        return cells.file.alignment.title
    titles = [each.title for each in cells.by_key.values() if each.field == field]
    return " and ".join(dict.fromkeys(titles)) or field


def _shown(field: str, value: Value | None, cells: Cells) -> str:
    cell = cells.by_field.get(field)
    text = write_cell(cell, value) if cell else str(value or "")
    flat = "; ".join(line for line in text.splitlines() if line)
    if not flat:
        return "(empty)"
    return flat if len(flat) <= SHOWN_OF_A_VALUE else flat[: SHOWN_OF_A_VALUE - 2].rsplit(" ", 1)[0] + " …"
