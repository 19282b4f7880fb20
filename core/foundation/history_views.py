"""How the history of a Foundation looks."""

from __future__ import annotations

from collections.abc import Sequence

from core.foundation.cells import Cells, Value
from core.foundation.history import FoundationChange, Source
from core.foundation.model import SUMMARY
from core.foundation.typed import write_cell
from core.people.model import Person
from core.ui import Button, Buttons, Call, Card, Facts, Message, Text, Tone

CHANGES_SHOWN = 10
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


def history_message(changes: Sequence[FoundationChange], cells: Cells, person: Person) -> Message:
    """The changes, newest first, each with the way back."""
    if not changes:
        words = "Nothing has been changed yet. Every change of your Foundation will show here, with the way back."
        edit = Buttons((Button("Interview me", Call("foundation interview"), primary=True),))
        return Message(cards=(Card(body=(Text(words), edit)),), private=True)
    cards = [_card(each, cells, person) for each in changes]
    return Message("Your newest changes come first.", tuple(cards), private=True)


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
