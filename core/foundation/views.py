"""How a Foundation looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.foundation.cells import Cell, Grid
from core.foundation.model import Foundation
from core.foundation.named import short
from core.foundation.one_by_one import answers
from core.foundation.service import GridShare
from core.foundation.typed import TEXT_AT_MOST, write_cell
from core.request import Typed
from core.ui import Button, Buttons, Call, Card, Facts, Field, Form, Kind, Meter, Text, Tone

SHOWN_OF_A_CELL = 120
LABEL_AT_MOST = 45


def grid_card(share: GridShare, foundation: Foundation) -> Card:
    """A grid: how full it is, what each cell holds, also one that is filled in part, what is missing, and what is kept beside."""
    grid = share.grid
    shown = [cell for cell in grid.cells if cell in share.filled or still_missing(cell, foundation)]
    beside = [cell for cell in grid.extras if foundation.has(cell)]
    first = ", ".join(cell.title for cell in share.missing if cell.unlocks)
    later = ", ".join(cell.title for cell in share.missing if not cell.unlocks)
    lines = ([f"**Needed before Hook:** {first}"] if first else []) + ([f"Still missing: {later}"] if later else [])
    return Card(
        grid.title,
        (
            Meter("Filled", len(share.filled), len(grid.cells)),
            *((_facts(shown, foundation),) if shown else ()),
            *((Text("\n\n".join(lines)),) if lines else ()),
            *((Text("**Kept beside the nine:**"), _facts(beside, foundation)) if beside else ()),
            Buttons((Button(f"Edit {grid.title.lower()}", Call("foundation edit", {"cell": grid.title})),)),
        ),
        tone=Tone.PLAIN if share.missing else Tone.GOOD,
    )


def still_missing(cell: Cell, foundation: Foundation) -> str:
    """Of a cell that asks about each of several, such as every rival: those of whom nothing is said yet, by their names. "" where
    something is said of all, or of none.
    """
    known = answers(cell, foundation)
    missing = [short(name) for name, said in known.items() if not said]
    return ", ".join(missing) if len(missing) < len(known) else ""


def next_card(locks: Sequence[Cell], open_cells: int) -> Card:
    """What to do next with it."""
    if locks:
        words = f"{_counted(len(locks), 'cell')} to fill before Hook opens."
    elif open_cells:
        words = f"Hook is open. {_counted(open_cells, 'cell')} left: each one makes the drafts sound more like your shop."
    else:
        words = "All cells are filled. F7 checks whether they fit together."
    return Card(body=(Text(words), Buttons((next_button(open_cells),))))


def next_button(open_cells: int) -> Button:
    """What leads on: the interview, and where no cell is open the check."""
    if open_cells:
        return Button("Interview me", Call("foundation interview"), primary=True)
    return Button("Run F7", Call("run", {"code": "F7"}), primary=True)


def edit_form(
    cells: Sequence[Cell], grids: Sequence[Grid], foundation: Foundation, values: Mapping[str, Typed], problems: Mapping[str, str]
) -> Form:
    """The cells as a form, with what they hold; the version goes along unseen, so that nobody's change is written over."""
    held: dict[str, Typed] = {cell.key: write_cell(cell, foundation.value(cell.field)) for cell in cells}
    one = cells[0]
    grid = next(each for each in grids if each.key == one.grid)
    intro = f"{one.meaning}\n\nFor example: {_flat(write_cell(one, one.example))}" if len(cells) == 1 else ""
    return Form(
        command="foundation save",
        title=one.title if len(cells) == 1 else f"Your Foundation: {grid.title}",
        fields=tuple(cell_field(cell) for cell in cells),
        values={**held, **values, "seen": str(foundation.version)},
        problems=problems,
        intro=intro,
    )


def cell_field(cell: Cell, *, required: bool = False) -> Field:
    """A cell as a question of a form, named by its key."""
    hints = {"text": "", "list": " One on each line.", "pairs": f" One on each line, as {' : '.join(cell.parts)}."}
    return Field(
        name=cell.key,
        label=cell.title[:LABEL_AT_MOST],
        kind=Kind.LONG if cell.kind == "text" else Kind.LIST,
        hint=cell.question + ("" if cell.part == "name" else hints[cell.kind]),
        required=required,
        max_length=TEXT_AT_MOST,
    )


def _facts(cells: Sequence[Cell], foundation: Foundation) -> Facts:
    return Facts(tuple((cell.title, _short(cell, foundation)) for cell in cells))


def _short(cell: Cell, foundation: Foundation) -> str:
    missing = still_missing(cell, foundation)
    said = "\n".join(f"{name}: {text}" for name, text in answers(cell, foundation).items() if text)
    text = _flat(said if missing else write_cell(cell, foundation.value(cell.field)))
    text = text if len(text) <= SHOWN_OF_A_CELL else text[: SHOWN_OF_A_CELL - 2].rsplit(" ", 1)[0] + " …"
    return f"{text} (still missing for {missing})" if missing else text


def _flat(text: str) -> str:
    return "; ".join(line for line in text.splitlines() if line)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
