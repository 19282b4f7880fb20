"""How proposals for cells look: before and after, how sure each is, and the form in which they are ticked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.foundation.cells import Cells
from core.foundation.model import SUMMARY, Foundation
from core.foundation.sorted_text import Confidence, Proposal, Sorted
from core.foundation.sorting import PASTE, Kept
from core.foundation.typed import write_cell
from core.foundation.views import still_missing
from core.ui import Button, Buttons, Call, Card, Field, Form, Kind, Message, Meter, Option, Text, Tone

SHOWN_AT_MOST = 300
OPTION_AT_MOST = 75
OTHERS = "alignment"
SURE = {Confidence.HIGH: "sure", Confidence.MEDIUM: "fairly sure", Confidence.LOW: "a guess"}


def proposals(found: Sorted, foundation: Foundation, cells: Cells) -> Message:
    """Each proposal with what the cell holds now; nothing is saved yet."""
    words = f"{_counted(len(found.proposals))} found. Nothing is saved yet: you choose."
    if not found.by_model:
        words += (
            " No key for Claude is set, so I only went by headings and by the names of cells before a colon"
            f"{f', and left out {_lines(found.left_out)}' if found.left_out else ''}."
        )
    cards = [
        Card(name, (Text("\n\n".join(_shown(each, foundation, cells) for each in group)),))
        for name, group in _groups(found.proposals, cells).items()
    ]
    new = [each for each in found.proposals if not held(each.key, foundation, cells)]
    this = {"token": found.token}
    buttons = [Button("Choose what to save", Call("foundation choose", this), primary=True)]
    if new:
        label = f"Save all {len(new)} that are empty now" if len(new) > 1 else "Save the one that is empty now"
        buttons.append(Button(label, Call("foundation choose", {**this, "new": "yes"})))
    return Message(words, (*cards, Card(body=(Buttons(tuple(buttons)),))), private=True)


def nothing(words: str) -> Message:
    """Why nothing was found in what was typed after the command, and the way back to it."""
    again = Buttons((Button("Open it again", Call(PASTE, form=True), primary=True),))
    return Message(cards=(Card(body=(Text(f"{words}\n\nWhat you wrote is kept."), again), tone=Tone.BAD),), private=True)


def choice(found: Sorted, foundation: Foundation, cells: Cells, problems: Mapping[str, str]) -> Form:
    """Boxes to tick, one list for each grid, none of them ticked."""
    fields = []
    for name, group in _groups(found.proposals, cells).items():
        options = tuple(Option(each.key, _option(each, foundation, cells)) for each in group)
        fields.append(
            Field(name.casefold(), name, Kind.CHOICES, "What is not ticked stays as it is", required=False, options=options)
        )
    if problems:
        problems = {fields[0].name: next(iter(problems.values()))}
    return Form("foundation choose", "What shall be saved?", tuple(fields), {"token": found.token}, problems)


def kept(done: Kept, cells: Cells, meter: Meter) -> Message:
    """What was saved, and what was not and why."""
    lines = [f"Saved: {titles(done.saved, done.foundation, cells)}."] if done.saved else ["Nothing was saved."]
    lines += [f"**{title(key, cells)}** was not saved: {words}" for key, words in done.problems.items()]
    ways = [Button("Show it all", Call("foundation show"), primary=True), Button("History", Call("foundation history"))]
    left = len(done.left.proposals)
    if left:
        ways.append(Button(f"Choose from the {left} left", Call("foundation choose", {"token": done.left.token})))
    body = (Text("\n\n".join(lines)), meter, Buttons(tuple(ways)))
    return Message(cards=(Card(body=body, tone=Tone.CAREFUL if done.problems else Tone.GOOD),), private=True)


def held(key: str, foundation: Foundation, cells: Cells) -> str:
    """What the cell holds, as it would be typed."""
    cell = cells.by_key.get(key)
    if cell is None:
        return foundation.strategic_blueprint_summary or ""
    value = foundation.value(cell.field)
    pairs = () if isinstance(value, str) else value or ()
    if cell.part and not any(not isinstance(each, str) and each.get(cell.part) for each in pairs):
        return ""
    return write_cell(cell, value)


def title(key: str, cells: Cells) -> str:
    """The cell's title."""
    cell = cells.by_key.get(key)
    return cell.title if cell else f"{cells.file.alignment.title} summary"


def titles(keys: Sequence[str], foundation: Foundation, cells: Cells) -> str:
    """The titles of cells that were saved, each with whom it says nothing of yet."""
    missing = {key: still_missing(cell, foundation) for key in keys if (cell := cells.by_key.get(key)) is not None}
    return ", ".join(
        f"{title(key, cells)} (still missing for {missing[key]})" if missing.get(key) else title(key, cells) for key in keys
    )


def _groups(found: Sequence[Proposal], cells: Cells) -> dict[str, list[Proposal]]:
    """The proposals by their grid's title, in the order of the grids."""
    titles = {grid.key: grid.title for grid in cells.grids}
    order = [*cells.by_key, SUMMARY]
    groups: dict[str, list[Proposal]] = {}
    for each in sorted(found, key=lambda each: order.index(each.key)):
        cell = cells.by_key.get(each.key)
        groups.setdefault(titles[cell.grid] if cell else cells.file.alignment.title, []).append(each)
    return groups


def _shown(each: Proposal, foundation: Foundation, cells: Cells) -> str:
    before = held(each.key, foundation, cells)
    name = f"**{title(each.key, cells)}** ({SURE[each.confidence]})"
    after = f"“{_cut(each.text, SHOWN_AT_MOST)}”"
    if not before:
        return f"{name}: {after}"
    return f"{name}\nBefore: “{_cut(before, SHOWN_AT_MOST)}”\nAfter: {after}"


def _option(each: Proposal, foundation: Foundation, cells: Cells) -> str:
    over = ", in place of what is there" if held(each.key, foundation, cells) else ""
    return _cut(f"{title(each.key, cells)} ({SURE[each.confidence]}{over})", OPTION_AT_MOST)


def _counted(count: int) -> str:
    return "One cell" if count == 1 else f"{count} cells"


def _lines(count: int) -> str:
    return "one other line" if count == 1 else f"{count} other lines"


def _cut(text: str, most: int) -> str:
    flat = "; ".join(line for line in text.splitlines() if line)
    return flat if len(flat) <= most else flat[: most - 2].rsplit(" ", 1)[0] + " …"
