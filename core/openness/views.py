"""What coaches see of a student who opened it, and what the student sees of the looks."""

from __future__ import annotations

from collections.abc import Sequence

from core.assets.model import Entry, Opened
from core.foundation.cells import Cell
from core.foundation.model import Foundation
from core.foundation.service import GridShare
from core.foundation.typed import write_cell
from core.openness.model import ASKED_FOR, Part, opened
from core.openness.service import Seen
from core.people.model import Person
from core.request import Typed
from core.ui import Button, Buttons, Call, Card, Facts, Field, Form, Kind, Menu, Message, Option, Text, Tone

COMMAND = "me coach"
ROWS = 15
HOW = (
    "Your coaches always see where you are in the course, when you were last here and what you said you would do. The rest is "
    "yours: open what you want help with, and close it again whenever you like. Every look is written down for you: /me looks"
)
LABELS = {
    Part.FOUNDATION: "My Foundation: what I sell, my market, my customer",
    Part.FIGURES: "My figures: what I logged of my funnel",
    Part.ASSETS: "My assets: what I kept and put live",
}
OPTIONS = tuple(Option(part.value, LABELS[part]) for part in ASKED_FOR)


def form(student: Person) -> Form:
    """What may be seen, to be ticked."""
    hint = "Leave all empty to close everything"
    field = Field("parts", "My coaches may see", Kind.CHOICES, hint, required=False, options=OPTIONS)
    known: dict[str, Typed] = {"parts": tuple(part.value for part in opened(student))}
    return Form(COMMAND, "What my coaches see", (field,), known, {}, HOW)


def changed(student: Person) -> Message:
    """What is open now."""
    parts = opened(student)
    closed = "Closed. Your coaches see your place in the course alone."
    now = f"Open to your coaches now: your {_listed(parts)}." if parts else closed
    ways = Buttons((Button("Change", Call(COMMAND)), Button("Who looked", Call("me looks"))))
    return Message(cards=(Card(body=(Text(now), ways), tone=Tone.GOOD),), private=True)


def looks(student: Person, seen: Sequence[Seen], page: int) -> Message:
    """Who looked at what, a page of it."""
    ways = [Button("What they may see", Call(COMMAND))]
    if not seen:
        words = "No coach has looked at anything of yours yet. Each look will stand here, with its time."
        return Message(cards=(Card("Who looked", (Text(words), Buttons(tuple(ways)))),), private=True)
    pages = -(-len(seen) // ROWS)
    page = min(max(1, page), pages)
    shown = seen[(page - 1) * ROWS : page * ROWS]
    rows = tuple((_when(student, each), f"{each.by or 'Somebody who has left'}: {what(each)}") for each in shown)
    turns = [Button("Newer", Call("me looks", {"page": str(page - 1)}))] if page > 1 else []
    turns += [Button("Older", Call("me looks", {"page": str(page + 1)}))] if page < pages else []
    head = Text("Every time a coach opened something of yours, the latest first. After a year a look is forgotten.")
    return Message(cards=(Card("Who looked", (head, Facts(rows), Buttons((*turns, *ways)))),), private=True)


def foundation(student: Person, kept: Foundation | None, shares: Sequence[GridShare]) -> Message:
    """The student's grids, with all that stands in their cells."""
    if kept is None:
        return _nothing(student, "has not begun their Foundation yet")
    cards = [
        Card(share.grid.title, (Facts(tuple((cell.title, _text(cell, kept)) for cell in share.filled)),))
        for share in shares
        if share.filled
    ]
    head = f"{student.name}'s Foundation, as it stands. They see that you looked."
    return Message(head, (*cards, _back(student)), private=True) if cards else _nothing(student, "has filled no cell yet")


def assets(student: Person, entries: Sequence[Entry]) -> Message:
    """The student's assets, to be opened."""
    if not entries:
        return _nothing(student, "has kept no asset yet")
    shown = entries[:ROWS]
    rows = tuple((f"{each.number}. {each.heading.title[:60]}", _stands(each)) for each in shown)
    more = (Text(f"{len(entries) - ROWS} older ones are not shown."),) if len(entries) > ROWS else ()
    options = tuple(
        Button(f"{each.number}. {each.heading.title}"[:70], _see(student, Part.ASSETS, asset=each.heading.id)) for each in shown
    )
    body = (Facts(rows), *more, Menu("Open one", options))
    return Message(f"What {student.name} kept. They see that you looked.", (Card("Assets", body), _back(student)), private=True)


def asset(student: Person, shown: Opened) -> Message:
    """One of them, whole."""
    kept = shown.asset
    facts = Facts((("Step", kept.elevate_step.value), ("Kind", kept.asset_type), ("Status", kept.status.value)))
    ways = Buttons((Button("All their assets", _see(student, Part.ASSETS)),))
    card = Card(f"{shown.number}. {kept.title}", (facts, Text(kept.content), ways))
    return Message(f"Of {student.name}. They see that you looked.", (card,), private=True)


def figures(student: Person, report: Message | None) -> Message:
    """The student's funnel, without what only they may press."""
    if report is None:
        return _nothing(student, "has logged no figures yet")
    return Message(f"{student.name}'s figures. They see that you looked.", (*report.cards, _back(student)), private=True)


def _nothing(student: Person, what: str) -> Message:
    return Message(cards=(Card(student.name, (Text(f"{student.name} {what}."),)), _back(student)), private=True)


def _back(student: Person) -> Card:
    others = tuple(Button(part.value.capitalize(), _see(student, part)) for part in opened(student))
    back = Button(f"Back to {student.name}"[:70], Call("cohort member", {"student": student.id}))
    return Card(body=(Buttons((back, *others)),))


def _see(student: Person, part: Part, **more: str) -> Call:
    return Call("cohort see", {"student": student.id, "part": part.value, **more})


def _text(cell: Cell, kept: Foundation) -> str:
    return write_cell(cell, kept.value(cell.field))


def _stands(entry: Entry) -> str:
    heading = entry.heading
    live = f", live since {heading.implemented_at:%-d %B %Y}" if heading.implemented_at else ""
    return f"{heading.elevate_step.value}, {heading.status.value}{live}"


def _when(student: Person, seen: Seen) -> str:
    local = seen.look.at.astimezone(student.zone)
    return f"{local.day} {local:%B %Y, %H:%M}"


def what(seen: Seen) -> str:
    """What was looked at, to the one whose it is."""
    look = seen.look
    if look.everybody_in is not None:
        return "the list of everybody, with where each one is"
    words = {
        Part.PLACE: "where you are in the course",
        Part.FOUNDATION: "your Foundation",
        Part.FIGURES: "your figures",
        Part.ASSETS: "your assets",
    }[look.part]
    return f"{words}, “{look.about}”" if look.about else words


def _listed(parts: Sequence[Part]) -> str:
    names = [part.value for part in parts]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
