"""“Main promise: lies flat” and “delete soap from Rivals”: the change of a cell, said in full, is shown and made by a press."""

from __future__ import annotations

import re

from core.foundation.cells import Cell, Cells
from core.foundation.mirror import mirrored
from core.foundation.model import Foundation
from core.foundation.named_cell import NAME_AND_TEXT
from core.foundation.sorted_by_names import ByNames
from core.foundation.typed import write_cell
from core.shorthand import spelled_out
from core.ui import Button, Buttons, Call, Card, Text

ALSO_CALLED = {
    "who we sell to": "customerAvatar.profileSummary",
    "who i sell to": "customerAvatar.profileSummary",
    "our customer": "customerAvatar.profileSummary",
    "ideal customer": "customerAvatar.profileSummary",
    "pains": "customerAvatar.pains",
    "goals": "customerAvatar.goals",
    "price": "companyContext.positioningPrice",
}
"""What people call a cell beside its names, where they say that something is to stand there."""
_FIRST = r"\s*(?:(?:oh|ok(?:ay)?|and|also|so|sorry|hey|pl(?:ease|s|z)|can you|could you|actually|btw|by the way|wait)[\s,]+)*"
_THE = r"(?:the |my |our )?"
_PUT = re.compile(
    rf"{_FIRST}(?P<adds>(?:add|put|save|write)(?: this| that| it)? )?(?P<to>(?:to|in|into|under|for) )?{_THE}"
    rf"{NAME_AND_TEXT}",
    re.IGNORECASE | re.DOTALL,
)
_ADD = re.compile(
    rf"{_FIRST}(?:add|put|save|write) (?P<text>\S.*?) (?:to|in|into|under) {_THE}(?P<name>[^:\n]{{3,59}}?)"
    r"(?:[\s,]+pl(?:ease|s|z))?[\s.!]*",
    re.IGNORECASE | re.DOTALL,
)
_OUT = re.compile(
    rf"{_FIRST}(?:delete|remove|clear|erase|take out|scrap|drop|take) (?P<text>\S.*?) (?:out of|from|in|under) {_THE}"
    r"(?P<name>[^:\n]{3,59}?)(?:[\s,]+pl(?:ease|s|z))?[\s.!]*",
    re.IGNORECASE | re.DOTALL,
)
_CLOSED = re.compile(r"\s*[,;.]\s*(?=[,;.])|\s+(?=\s)|\s+(?=[,;.])")
"""What is left between the words around those that were taken out."""
_QUOTED = "\"'“”‘’ "


def change_card(words: str, cells: Cells, kept: Foundation) -> Card | None:
    """The change of a cell that the words name and say in full, with the press that makes it; None where they say no such."""
    out = _OUT.fullmatch(words)
    without = _cell(out["name"], cells) if out else None
    if out and without:
        return _without(out["text"].strip(_QUOTED), words, without, kept)
    found = _PUT.fullmatch(words) or _ADD.fullmatch(words)
    cell = _cell(found["name"], cells) if found else None
    text = found["text"].strip() if found else ""
    if cell is None or not text or text.endswith("?") or (spelled_out(text).casefold() in {"this", "that", "it"}):
        return None
    return _with(text, words, cell, kept)


def _cell(name: str, cells: Cells) -> Cell | None:
    called = " ".join(name.casefold().replace("’", "'").split())
    return cells.by_key.get(ByNames(cells).key_of(name) or ALSO_CALLED.get(called, ""))


def _with(text: str, words: str, cell: Cell, kept: Foundation) -> Card:
    held = write_cell(cell, kept.value(cell.field))
    behind = f" It goes behind what is there: {mirrored(held)}" if held else ""
    told = f"Shall this stand under **{cell.title}**? {mirrored(text)}{behind}\n\nNothing is saved yet."
    yes = Button("Yes, save it", Call("foundation add", {"cell": cell.title, "text": text}), primary=True)
    return Card(body=(Text(told), Buttons((yes, _no(words)))))


def _without(text: str, words: str, cell: Cell, kept: Foundation) -> Card:
    """What the cell would be without those words; where they do not stand in it, what it holds."""
    held = write_cell(cell, kept.value(cell.field))
    stands = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE)
    see = Button("Open the cell", Call("foundation edit", {"cell": cell.title}), primary=True)
    if not stands.search(held):
        told = f"“{text}” does not stand under **{cell.title}**. " + (f"It holds: {mirrored(held)}" if held else "It is empty.")
        return Card(body=(Text(told), Buttons((see, _no(words)))))
    lines = (_CLOSED.sub("", stands.sub("", line)).strip(" ,;") for line in held.splitlines())
    rest = "\n".join(line for line in lines if line)
    if not rest:
        told = f"That is all that **{cell.title}** holds: {mirrored(held)} Nothing is changed yet. Open the cell to empty it."
        return Card(body=(Text(told), Buttons((see, _no(words)))))
    told = f"Without that, **{cell.title}** reads: {mirrored(rest)} Nothing is changed yet: look at it, and save it."
    new = Button("Look and save", Call("foundation edit", {"cell": f"{cell.title}: {rest}"}), primary=True)
    return Card(body=(Text(told), Buttons((new, _no(words)))))


def _no(words: str) -> Button:
    return Button("No, ask an agent", Call("ask", {"agent": "Director", "question": words}))
