"""/foundation check: the questions that hold the three grids together, each beside what its cells say; and the summary."""

from __future__ import annotations

from collections.abc import Mapping

from core.foundation.cells import Alignment, Cells, Check
from core.foundation.model import SUMMARY, Foundation
from core.foundation.typed import TEXT_AT_MOST, write_cell
from core.request import Typed
from core.ui import Button, Buttons, Call, Card, Element, Facts, Field, Form, Kind, Menu, Message, Text, Tone

SHOWN_AT_MOST = 200
NAMES = frozenset({"summary", "alignment", SUMMARY.casefold()})
"""What people call the summary."""


def checks(foundation: Foundation, cells: Cells) -> Message:
    """A card for each question: what its cells say, side by side, and where to go where the answer is no."""
    alignment = cells.file.alignment
    cards = [_check(each, foundation, cells) for each in alignment.checks]
    words = "Ask yourself each question. Where the answer is not a clear yes, two cells pull in different directions."
    return Message(words, (*cards, _summary(foundation, alignment)), private=True)


def summary_form(
    foundation: Foundation, alignment: Alignment, drafted: str = "", problems: Mapping[str, str] | None = None
) -> Form:
    """The summary in a form: what was drafted, or what is kept."""
    held = foundation.strategic_blueprint_summary or ""
    field = Field(SUMMARY, "Summary", Kind.LONG, "Who, what, where, why us and how, in about 100 words", max_length=TEXT_AT_MOST)
    values: dict[str, Typed] = {SUMMARY: drafted or held, "seen": str(foundation.version)}
    about = alignment.about.strip()
    if drafted and held:
        about += f"\n\nIt takes the place of this: “{_cut(held)}”"
    return Form("foundation save", f"{alignment.title} summary", (field,), values, problems or {}, about)


def _check(check: Check, foundation: Foundation, cells: Cells) -> Card:
    """A question beside the cells that have something in them; less than two cannot pull in different directions."""
    looked_at = [cells.by_field[path] for path in check.looks_at if path in cells.by_field]
    filled = [each for each in looked_at if foundation.has(each)]
    body: list[Element] = [Text(check.question.strip())]
    if filled:
        body.append(Facts(tuple((cell.title, _cut(write_cell(cell, foundation.value(cell.field)))) for cell in filled)))
    if len(filled) < len(looked_at):
        body.append(Text(f"*Still empty:* {', '.join(cell.title for cell in looked_at if cell not in filled)}"))
    if len(filled) > 1:
        body.append(Text(f"*If not:* {check.if_no.strip()}"))
    body.append(Menu("Change", tuple(Button(cell.title, Call("foundation edit", {"cell": cell.title})) for cell in looked_at)))
    return Card(check.column, tuple(body), Tone.CAREFUL if len(filled) < len(looked_at) else Tone.PLAIN)


def _summary(foundation: Foundation, alignment: Alignment) -> Card:
    held = foundation.strategic_blueprint_summary
    words = held or "There is no summary yet. F7 looks for conflicts between the cells, and drafts it."
    find = Button("Run F7", Call("run", {"code": "F7"}), primary=True)
    write = Button("Change the summary" if held else "Write it myself", Call("foundation edit", {"cell": "summary"}))
    return Card(f"{alignment.title} summary", (Text(words), Buttons((find, write))))


def _cut(text: str) -> str:
    flat = "; ".join(line for line in text.splitlines() if line)
    return flat if len(flat) <= SHOWN_AT_MOST else flat[: SHOWN_AT_MOST - 2].rsplit(" ", 1)[0] + " …"
