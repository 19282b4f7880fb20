"""My Foundation: three grids of nine cells, edited where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from bots.web.pages import Shown, Visit, WebPage
from core.errors import NotFound
from core.foundation.cells import Cell, Cells, Grid
from core.foundation.checking import NAMES, summary_form
from core.foundation.commands import History
from core.foundation.history_views import history_message
from core.foundation.model import Foundation
from core.foundation.service import Foundations, GridShare
from core.foundation.typed import write_cell
from core.foundation.views import edit_form
from core.people.model import Person

PATH = "/foundation"
SHOWN_AT_MOST = 400
"""Characters of a cell that the grid shows; its form holds all of them."""
CHANGES_SHOWN = 6
SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Square:
    """A cell as it is shown: its lines, shortened where they are long, and its form where it is being edited."""

    cell: Cell
    lines: tuple[str, ...]
    more: bool
    filled: bool
    form: Markup | None

    @property
    def anchor(self) -> str:
        """Its id within the page."""
        return anchor(self.cell)

    @property
    def is_list(self) -> bool:
        """Whether its lines are items."""
        return self.cell.kind != "text"


@dataclass(frozen=True, slots=True)
class Board:
    """A grid with its squares, row by row, and those beside them."""

    grid: Grid
    share: GridShare
    rows: tuple[tuple[str, tuple[Square, ...]], ...]
    extras: tuple[Square, ...]


async def show(visit: Visit, person: Person, foundations: Foundations) -> Shown:
    """The grids; `?edit=<cell>` has that cell's form in its place."""
    foundation, cells = await foundations.of(person, visit.at), foundations.cells
    visit.draw.ways = visit.draw.ways.back_to(PATH)
    edited = _edited(cells, visit.query.get("edit", ""))
    boards = tuple(_board(visit, cells, foundation, share, edited) for share in foundations.shares(foundation))
    changes = await foundations.changes(person, CHANGES_SHOWN)
    return Shown(
        "foundation.html",
        {
            "boards": boards,
            "alignment": cells.file.alignment,
            "summary": foundation.strategic_blueprint_summary or "",
            "summary_form": _summary(visit, foundation, cells),
            "locks": foundations.still_locks(foundation),
            "next_cell": foundations.next_cell(foundation),
            "filled": sum(len(each.share.filled) for each in boards),
            "total": sum(len(each.grid.cells) for each in boards),
            "history": visit.draw.message(history_message(changes, cells, person, History())) if changes else "",
        },
    )


def anchor(cell: Cell) -> str:
    """The id of a cell within the page."""
    return f"cell-{cell.key.replace('.', '-')}"


def _edited(cells: Cells, typed: str) -> str:
    """The key of the cell that is being edited, or ""."""
    if not typed or typed.casefold() in NAMES:
        return ""
    try:
        return cells.named(typed[:80])[0].key
    except NotFound:
        return ""


def _board(visit: Visit, cells: Cells, foundation: Foundation, share: GridShare, edited: str) -> Board:
    squares = {each.place: _square(visit, cells, foundation, each, edited) for each in share.grid.cells}
    rows = tuple(
        (name, tuple(squares[f"{letter}{number}"] for number in (1, 2, 3)))
        for letter, name in zip("ABC", share.grid.rows, strict=True)
    )
    extras = tuple(_square(visit, cells, foundation, each, edited) for each in share.grid.extras)
    return Board(share.grid, share, rows, extras)


def _square(visit: Visit, cells: Cells, foundation: Foundation, cell: Cell, edited: str) -> Square:
    text = write_cell(cell, foundation.value(cell.field))
    short = text if len(text) <= SHOWN_AT_MOST else text[: SHOWN_AT_MOST - 2].rsplit(" ", 1)[0] + " …"
    form = None
    if cell.key == edited:
        form = visit.draw.form(edit_form((cell,), cells.grids, foundation, {}, {}), f"{PATH}#{anchor(cell)}")
    lines = tuple(line for line in short.splitlines() if line)
    return Square(cell, lines, len(short) < len(text), foundation.has(cell), form)


def _summary(visit: Visit, foundation: Foundation, cells: Cells) -> Markup | None:
    if visit.query.get("edit", "").casefold() not in NAMES:
        return None
    return visit.draw.form(summary_form(foundation, cells.file.alignment), f"{PATH}#{SUMMARY}")


PAGE = WebPage(PATH, "My Foundation", show)
