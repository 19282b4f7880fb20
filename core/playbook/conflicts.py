"""What the alignment check found: its conflicts, the cells that they name, and the summary that it drafted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.foundation.cells import Cell, Cells
from core.foundation.model import Foundation
from core.foundation.typed import write_cell
from core.playbook.model import Execution
from core.playbook.prompts import Prompt
from core.ui import Button, Buttons, Call, Card, Message, Text, Tone

SHOWN_AT_MOST = 400

_HEADING = re.compile(
    r"^\s*(?:#{1,6}\s*|\*\*)?(What|Why us|How|Conflicts|Missing|Summary)(?:\*\*)?\s*:?\s*(?:\*\*)?\s*$", re.IGNORECASE
)
_LABEL = re.compile(r"^-?\s*([A-Z][\w ]{2,40}):\s*\"?\{([A-Za-z.]+)\}", re.MULTILINE)
_LABEL_ABOVE = re.compile(r"^([A-Z][\w ]{2,40}):\n\{([A-Za-z.]+)\}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Findings:
    """The parts of the answer, as Markdown, and the cells that its conflicts and gaps name."""

    conflicts: str
    missing: str
    summary: str
    cells: tuple[Cell, ...]


def findings(prompt: Prompt, run: Execution, cells: Cells) -> Findings:
    """What the answer says under its headings; a cell is named by its title, or by the label that the prompt gave it."""
    parts = _parts(run.ai_response or "")
    named = f"{parts.get('conflicts', '')}\n{parts.get('missing', '')}"
    labels = {path: label for pattern in (_LABEL, _LABEL_ABOVE) for label, path in pattern.findall(prompt.body)}
    found = [cell for cell in cells.by_key.values() if _is_named(cell, labels.get(cell.field, ""), named)]
    return Findings(parts.get("conflicts", ""), parts.get("missing", ""), parts.get("summary", ""), tuple(found))


def shown(found: Findings, run: Execution, foundation: Foundation) -> Message:
    """The conflicts, and each cell that they name with what it says now and the way to change it."""
    cards = [Card("Conflicts", (Text(found.conflicts or "It found none."),), Tone.CAREFUL if found.cells else Tone.GOOD)]
    if found.missing:
        cards.append(Card("Missing", (Text(found.missing),)))
    cards += [_cell(each, foundation) for each in found.cells]
    again = Button("Run F7 again", Call("run again", {"run": run.id}), primary=True)
    keep = (Button("Keep the summary", Call("run summary", {"run": run.id})),) if found.summary else ()
    cards.append(Card(body=(Buttons((again, *keep)),)))
    return Message("Change one cell at a time, the smaller change first; then run the check again.", tuple(cards), private=True)


def _cell(cell: Cell, foundation: Foundation) -> Card:
    held = write_cell(cell, foundation.value(cell.field)) or "(empty)"
    held = held if len(held) <= SHOWN_AT_MOST else held[: SHOWN_AT_MOST - 2].rsplit(" ", 1)[0] + " …"
    change = Button(f"Change {cell.title[:60]}", Call("foundation edit", {"cell": cell.title}))
    return Card(cell.title, (Text(held), Buttons((change,))))


def _parts(text: str) -> Mapping[str, str]:
    """The text under each of the headings that the prompt asks for, by the heading in lower case."""
    parts: dict[str, list[str]] = {}
    here: list[str] = []
    for line in text.splitlines():
        heading = _HEADING.match(line)
        if heading:
            here = parts.setdefault(heading[1].casefold(), [])
        else:
            here.append(line)
    return {name: "\n".join(lines).strip() for name, lines in parts.items()}


def _is_named(cell: Cell, label: str, text: str) -> bool:
    names: Sequence[str] = [name for name in (cell.title, label) if name]
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in names)
