"""Reading, filling and measuring a Foundation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.errors import Changed, NotFound, Refusal
from core.foundation.cells import Cell, Cells, Grid
from core.foundation.editing import Opened, edit_of, read_typed
from core.foundation.history import FoundationChange, Source
from core.foundation.model import Foundation
from core.foundation.ports import FoundationStore
from core.foundation.typed import split_items, write_cell
from core.ids import new_id
from core.people.model import Person
from core.request import Typed

ATTEMPTS = 100
"""How often a save is made again because another came between; in every round at least one gets through."""
GONE = "That change is not there any more. /foundation history shows those that are."


class BadCells(Refusal):
    """Some cells could not be saved."""

    def __init__(self, problems: Mapping[str, str], untouched: frozenset[str] = frozenset()) -> None:
        """`untouched`: the keys that somebody else changed meanwhile and this person did not."""
        super().__init__("\n".join(problems.values()))
        self.problems = dict(problems)
        self.untouched = untouched


@dataclass(frozen=True, slots=True)
class GridShare:
    """How much of a grid is filled, in cells."""

    grid: Grid
    filled: tuple[Cell, ...]
    missing: tuple[Cell, ...]


class Foundations:
    """The Foundations of all students, one at a time."""

    def __init__(self, store: FoundationStore, cells: Cells) -> None:
        self._store = store
        self.cells = cells

    async def kept(self, person: Person) -> Foundation | None:
        """The person's Foundation, or None where nothing was written yet."""
        return await self._store.of(person)

    async def of(self, person: Person, at: datetime) -> Foundation:
        """The person's Foundation; an empty one where nothing was written yet."""
        return await self._store.of(person) or self.empty(person, at)

    def empty(self, person: Person, at: datetime) -> Foundation:
        """A Foundation in which nothing was written yet."""
        return Foundation(id=new_id("fnd"), user_id=person.user_id, organization_id=person.organization_id, last_updated_at=at)

    async def save(
        self,
        person: Person,
        typed: Mapping[str, Typed],
        at: datetime,
        *,
        seen: int | None = None,
        source: Source = Source.EDIT,
    ) -> Foundation:
        """Save what was typed into cells, by their keys; all of it, or nothing where something cannot be read.

        `seen` is the version that the form was opened on: a cell that somebody else changed after it is not written over.

        Raises:
            BadCells: with a problem for each key that could not be read, or that somebody else changed to something else.
            Changed: others saved again and again at the same moment.
        """
        for _ in range(ATTEMPTS):
            foundation = await self.of(person, at)
            opened = await self._opened(person, foundation, seen)
            reading = read_typed(self.cells, foundation, typed, opened)
            if reading.problems:
                raise BadCells(reading.problems, frozenset(reading.untouched))
            edit = edit_of(self.cells, foundation, reading.values, person, source, at)
            kept = await self._store.save(person, edit, at) if edit else foundation
            if kept is not None:
                return kept
        raise Changed()

    async def add(self, person: Person, cell: Cell, text: str, at: datetime) -> Foundation:
        """Put the text after what the cell holds: a list gets its items, a text another paragraph, unless it is there already.

        Raises:
            BadCells: the cell cannot take it.
            Changed: others saved again and again at the same moment.
        """
        foundation = await self.of(person, at)
        held = write_cell(cell, foundation.value(cell.field))
        if cell.kind == "text":
            more = "" if text.strip() in held else text.strip()
            whole: Typed = f"{held}\n\n{more}".strip()
        else:
            lines = held.splitlines()
            whole = (*lines, *(item for item in split_items(text) if item not in lines))
        return await self.save(person, {cell.key: whole}, at, seen=foundation.version)

    async def changes(self, person: Person, limit: int) -> Sequence[FoundationChange]:
        """The newest changes, newest first."""
        return await self._store.changes(person, limit)

    async def put_back(self, person: Person, change_id: str, at: datetime) -> FoundationChange:
        """Give the field of a change the value that it had before; returns that change.

        Raises:
            NotFound: there is no such change.
            Changed: others saved again and again at the same moment.
        """
        change = await self._store.change(person, change_id)
        if change is None:
            raise NotFound(GONE)
        for _ in range(ATTEMPTS):
            foundation = await self.of(person, at)
            values = {change.field: change.before}
            edit = edit_of(self.cells, foundation, values, person, Source.PUT_BACK, at)
            if edit is None or await self._store.save(person, edit, at) is not None:
                return change
        raise Changed()

    async def _opened(self, person: Person, foundation: Foundation, seen: int | None) -> Opened | None:
        """The Foundation as it was seen; None where no version is named, or nothing was changed since."""
        if seen is None or seen >= foundation.version:
            return None
        return Opened(seen, await self._store.changes_since(person, seen))

    def shares(self, foundation: Foundation) -> tuple[GridShare, ...]:
        """How much of each grid is filled."""
        return tuple(_share(grid, foundation) for grid in self.cells.grids)

    def still_locks(self, foundation: Foundation) -> tuple[Cell, ...]:
        """The cells that must be filled before Hook opens and are not yet, in the order in which they are asked."""
        locking = [cell for cell in self.cells.in_order if cell.unlocks and not foundation.has(cell)]
        return tuple(sorted(locking, key=lambda cell: _skipped(foundation, cell)))

    def next_cell(self, foundation: Foundation, after: str = "") -> Cell | None:
        """The cell to ask for, of those that are not filled: a cell that was skipped comes after those that were not.

        Whoever begins is asked what Hook needs before anything else; with `after` it is the first behind that cell in grid order,
        then from the start.
        """
        order = list(self.cells.in_order)
        keys = [cell.key for cell in order]
        start = keys.index(after) + 1 if after in keys else 0
        turned = order[start:] + order[:start]
        left = [cell for cell in turned if not foundation.has(cell) and cell.key != after]

        def place(cell: Cell) -> tuple[object, ...]:
            skipped = _skipped(foundation, cell)
            return skipped if after else (not cell.unlocks, *skipped)

        return min(left, key=place, default=None)


def _skipped(foundation: Foundation, cell: Cell) -> tuple[bool, float]:
    """By what cells are sorted: those that were not skipped, then the one that was skipped longest ago."""
    skipped_at = foundation.skipped_at(cell)
    return skipped_at is not None, skipped_at.timestamp() if skipped_at else 0.0


def _share(grid: Grid, foundation: Foundation) -> GridShare:
    filled: list[Cell] = []
    missing: list[Cell] = []
    for cell in grid.cells:
        (filled if foundation.has(cell) else missing).append(cell)
    return GridShare(grid, tuple(filled), tuple(missing))
