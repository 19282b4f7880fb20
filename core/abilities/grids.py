"""Abilities about the asker's Foundation: reading it, and proposing a new value for a cell."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from core.abilities.ability import reads, saves
from core.abilities.cards import cell_card
from core.abilities.proposals import Kind, Proposals
from core.chat.ports import Asker, Used
from core.errors import Refusal
from core.foundation.cells import Cell, Grid
from core.foundation.editing import read_typed
from core.foundation.model import Foundation
from core.foundation.service import BadCells, Foundations
from core.foundation.typed import TEXT_AT_MOST, write_cell
from core.people.model import Person

GRIDS = {"company": "companyContext", "market": "marketAwareness", "customer": "customerAvatar"}


class NotOneCell(Refusal):
    """That is a whole grid. Name one of its cells."""


class SameAlready(Refusal):
    """The cell says exactly that already, so there is nothing to save."""


@reads("Reading your Foundation")
async def read_foundation(
    asker: Asker,
    foundations: Foundations,
    *,
    grid: Annotated[Literal["all", "company", "market", "customer"], Field(description="Which grid of nine cells")] = "all",
) -> Used:
    """Read the Foundation of the student who asks: what each cell holds, word for word, when it was last changed, and which
    cells are empty. Nobody else's can be read.
    """
    foundation = await foundations.of(asker.person, asker.at)
    chosen = [each for each in foundations.cells.grids if grid == "all" or each.key == GRIDS[grid]]
    parts = [_written(each, foundation, asker.person) for each in chosen]
    if grid == "all":
        title = foundations.cells.file.alignment.title
        parts.append(f"## {title} summary\n{foundation.strategic_blueprint_summary or '(nothing recorded yet)'}")
    return Used("\n\n".join(parts))


@saves("Preparing a change of your Foundation")
async def propose_foundation(
    asker: Asker,
    foundations: Foundations,
    proposals: Proposals,
    *,
    cell: Annotated[str, Field(description="The cell's title or key, such as Pains or customerAvatar.pains", max_length=80)],
    value: Annotated[
        str,
        Field(
            description="All that the cell is to hold afterwards, in the student's own words; a list with one item a line",
            min_length=1,
            max_length=TEXT_AT_MOST,
        ),
    ],
) -> Used:
    """Propose a new value for one cell of the student's Foundation. It is shown to them beside the old one, and is saved only
    when they press Save: say so, and never that it is saved.
    """
    found, *others = foundations.cells.named(cell)
    if others:
        raise NotOneCell(
            f"“{cell}” is a whole grid. Name one of its cells: {', '.join(each.title for each in (found, *others))}."
        )
    foundation = await foundations.of(asker.person, asker.at)
    reading = read_typed(foundations.cells, foundation, {found.key: value}, None)
    if reading.problems:
        raise BadCells(reading.problems)
    before = write_cell(found, foundation.value(found.field))
    after = write_cell(found, reading.values.get(found.field, foundation.value(found.field)))
    if before == after:
        raise SameAlready()
    held = await proposals.hold(asker, Kind.CELL, {"cell": found.key, "value": value, "seen": str(foundation.version)})
    words = f"Proposed for {found.title}; the student sees old and new, and decides. Nothing is saved yet."
    return Used(words, (cell_card(held, found, before, after),))


def _written(grid: Grid, foundation: Foundation, person: Person) -> str:
    lines = [f"## {grid.title}"]
    for cell in (*grid.cells, *grid.extras):
        text = write_cell(cell, foundation.value(cell.field))
        lines.append(f"### {cell.title} ({cell.key}){_changed(cell, foundation, person)}\n{text or '(nothing recorded yet)'}")
    return "\n".join(lines)


def _changed(cell: Cell, foundation: Foundation, person: Person) -> str:
    mark = foundation.mark(cell.key)
    return f", changed on {mark.at.astimezone(person.zone):%-d %B %Y}" if mark else ""
