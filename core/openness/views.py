"""What coaches see of a student who opened it, and what the student sees of the looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.assets.model import AssetStatus, Entry, Opened
from core.foundation.cells import Cell
from core.foundation.model import Foundation
from core.foundation.service import GridShare
from core.foundation.typed import write_cell
from core.listing import Listing, counted, leaf_of, not_found, turning
from core.openness.model import ASKED_FOR, Part, opened
from core.openness.service import Seen
from core.people.model import Person
from core.request import Typed
from core.shortened import shortened
from core.ui import Button, Buttons, Call, Card, Facts, Field, Form, Kind, Menu, Message, Option, Text, Tone

COMMAND = "me coach"
LOOKS = "me looks"
SEE = "cohort see"
ASSETS = "student assets"
ROWS = 15
TITLE_AT_MOST = 60
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
    closed = "Closed. Your coaches see where you are, when you were last here and what you said you would do."
    now = f"Open to your coaches now: your {_listed(parts)}." if parts else closed
    ways = Buttons((Button("Change", Call(COMMAND)), Button("Who looked", Call(LOOKS))))
    return Message(cards=(Card(body=(Text(now), ways), tone=Tone.GOOD),), private=True)


def looks(student: Person, seen: Sequence[Seen], asking: Listing) -> Message:
    """A page of who looked at what."""
    mine = Button("What they may see", Call(COMMAND))
    if not seen and asking.narrowed:
        return not_found("Who looked", LOOKS, asking, "No look")
    if not seen:
        words = "No coach has looked at anything of yours yet. Each look will stand here, with its time."
        return Message(cards=(Card("Who looked", (Text(words), Buttons((mine,)))),), private=True)
    leaf = leaf_of(seen, asking.page, ROWS)
    rows = Facts(tuple((_when(student, each), f"{by(each)}: {each.about}{how_often(each)}") for each in leaf.rows))
    head = f"A line for each coach, thing and day. After a year a look is forgotten. {counted(asking, leaf, 'line')}"
    return Message(cards=(Card("Who looked", (Text(head), rows, *turning(LOOKS, asking, leaf, mine))),), private=True)


def by(seen: Seen) -> str:
    """Who looked."""
    return seen.by or "Somebody who has left"


def how_often(seen: Seen) -> str:
    """How often on that day, where it was more than once; the time is the last one's. Of the list of everybody no number is told:
    most of its looks are a page that was loaded again.
    """
    if seen.times < 2 or seen.look.everybody_in is not None:
        return ""
    return " (twice)" if seen.times == 2 else f" ({seen.times:,} times)"


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


def assets(student: Person, entries: Sequence[Entry], asking: Listing) -> Message:
    """A page of the student's assets, to be opened."""
    if not entries and asking.words:
        return not_found("Assets", ASSETS, asking, "No asset of theirs")
    if not entries:
        return _nothing(student, "has kept no asset yet")
    leaf = leaf_of(entries, asking.page)
    rows = Facts(tuple((f"{each.number}. {shortened(each.heading.title, TITLE_AT_MOST)}", _stands(each)) for each in leaf.rows))
    options = tuple(
        Button(f"{each.number}. {each.heading.title}"[:70], _see(student, Part.ASSETS, asset=each.heading.id))
        for each in leaf.rows
    )
    body = (Text(counted(asking, leaf, "asset")), rows, Menu("Open one", options), *turning(ASSETS, asking, leaf))
    return Message(f"What {student.name} kept. They see that you looked.", (Card("Assets", body), _back(student)), private=True)


def asset(student: Person, shown: Opened) -> Message:
    """One of them, whole."""
    kept = shown.asset
    facts = Facts((("Step", kept.elevate_step.value), ("Kind", kept.asset_type), ("Status", kept.status.said)))
    ways = Buttons((Button("All their assets", _see(student, Part.ASSETS)),))
    card = Card(f"{shown.number}. {kept.title}", (facts, Text(kept.content), ways))
    return Message(f"Of {student.name}. They see that you looked.", (card,), private=True)


def figures(student: Person, report: Message | None) -> Message:
    """The student's funnel, without what only they may press."""
    if report is None:
        return _nothing(student, "has logged no figures yet")
    cards = (replace(each, title=each.title.replace("Your funnel", "Their funnel")) for each in report.cards)
    return Message(f"{student.name}'s figures. They see that you looked.", (*cards, _back(student)), private=True)


def _nothing(student: Person, what: str) -> Message:
    return Message(cards=(Card(student.name, (Text(f"{student.name} {what}."),)), _back(student)), private=True)


def _back(student: Person) -> Card:
    others = tuple(Button(part.value.capitalize(), _see(student, part)) for part in opened(student))
    back = Button(f"Back to {student.name}"[:70], Call("cohort member", {"student": student.id}))
    return Card(body=(Buttons((back, *others)),))


def _see(student: Person, part: Part, **more: str) -> Call:
    return Call(SEE, {"student": student.id, "part": part.value, **more})


def _text(cell: Cell, kept: Foundation) -> str:
    return write_cell(cell, kept.value(cell.field))


def _stands(entry: Entry) -> str:
    heading = entry.heading
    since = heading.implemented_at
    live = f" since {since:%-d %B %Y}" if since and heading.status is AssetStatus.IMPLEMENTED else ""
    stands = heading.status.said.lower() if live else heading.status.said
    return f"{heading.elevate_step.value}, {stands}{live}"


def _when(student: Person, seen: Seen) -> str:
    local = seen.look.at.astimezone(student.zone)
    return f"{local.day} {local:%B %Y, %H:%M}"


def _listed(parts: Sequence[Part]) -> str:
    names = [part.value for part in parts]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
