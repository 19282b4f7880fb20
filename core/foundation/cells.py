"""The cells of the Foundation as the course's author wrote them (`foundation.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal

from core.contents import Renewable, Written, read_yaml
from core.errors import NotFound
from core.fuzzy import OSA, process

NAME_WORDS = 8
"""A name of a cell has no more words."""
WORD_LETTERS = 4
"""Shorter words stand in too many sentences to say which cell is meant."""
Pair = Mapping[str, str]
Value = str | tuple[str, ...] | tuple[Pair, ...]
"""What a cell holds: a text, a list of lines, or a list of pairs such as a rival's name with its weakness."""


class Cell(Written):
    """One cell. `part` says which half of a shared pairs field it asks for; both halves then are cells of their own.

    `each` is the question about one of the pairs, which has `{name}` where it is named.
    """

    field: str
    title: str
    kind: Literal["text", "list", "pairs"]
    meaning: str
    question: str
    each: str = ""
    dig: str
    example: str | tuple[str, ...] | tuple[dict[str, str], ...]
    weak: str
    place: str = ""
    part: str = ""
    parts: tuple[str, ...] = ()
    unlocks: bool = False

    @property
    def key(self) -> str:
        """The cell's own name: its field, and which half of it."""
        return f"{self.field}.{self.part}" if self.part else self.field

    @property
    def grid(self) -> str:
        """The grid that it belongs to, by its name in the schema."""
        return self.field.partition(".")[0]


class Grid(Written):
    """Nine cells, row by row, and the useful ones beside them."""

    key: str
    title: str
    about: str
    rows: tuple[str, str, str]
    columns: tuple[str, str, str]
    cells: tuple[Cell, ...]
    extras: tuple[Cell, ...] = ()


class AlignmentCell(Written):
    """A cell of the grid that holds the three others together."""

    place: str
    title: str
    meaning: str
    question: str
    dig: str
    looks_at: tuple[str, ...]
    example: str
    weak: str


class Check(Written):
    """A question that a whole column must answer with yes."""

    column: str
    question: str
    looks_at: tuple[str, ...]
    if_no: str


class Alignment(Written):
    """The grid that holds the three others together, and the field of its summary."""

    field: str
    title: str
    about: str
    rows: tuple[str, str, str]
    columns: tuple[str, str, str]
    cells: tuple[AlignmentCell, ...]
    checks: tuple[Check, ...]


class FoundationFile(Written):
    """The whole of `foundation.yaml`."""

    grids: tuple[Grid, ...]
    alignment: Alignment


class Cells(Renewable):
    """All cells, found by key, title, field or place."""

    def __init__(self, content: Path) -> None:
        self._path = content / "foundation.yaml"

    @cached_property
    def file(self) -> FoundationFile:
        """The file, read once. Raises `Flawed`."""
        return read_yaml(self._path, FoundationFile)

    @property
    def grids(self) -> tuple[Grid, ...]:
        """Company, market and customer."""
        return self.file.grids

    @cached_property
    def by_key(self) -> Mapping[str, Cell]:
        """Every cell by its key."""
        return {each.key: each for grid in self.grids for each in (*grid.cells, *grid.extras)}

    @cached_property
    def by_field(self) -> Mapping[str, Cell]:
        """The cell that asks for the whole of a field: for a shared field, its last half."""
        return {each.field: each for each in self.by_key.values()}

    @property
    def in_order(self) -> Iterator[Cell]:
        """The cells of the grids, in the order in which they are asked."""
        return (each for grid in self.grids for each in grid.cells)

    def named(self, typed: str) -> tuple[Cell, ...]:
        """The cell, or all the cells of the grid, that someone means.

        Understood are a key or the end of it (`pains`), a title, a grid (`customer`) and a grid with a place (`customer A2`).

        Raises:
            NotFound: with the nearest name, where one is near.
        """
        names = self._names()
        wanted = " ".join(typed.split()).casefold()
        if wanted in names:
            return names[wanted]
        near = process.extractOne(wanted, list(names), scorer=OSA.distance, score_cutoff=2)
        hint = f"Did you mean “{near[0]}”?" if near else "/foundation shows them all."
        raise NotFound(f"There is no cell called “{typed[:60]}”. {hint}")

    def parted(self, typed: str) -> tuple[tuple[Cell, ...], str]:
        """What the first words name, as many of them as do, and the text after them; nothing where they name nothing."""
        names, typed = self._names(), typed.strip()
        ends = [found.end() for found in re.finditer(r"\S+", typed)][:NAME_WORDS]
        for end in reversed(ends):
            name = " ".join(typed[:end].rstrip(":,").split()).casefold()
            if name in names:
                return names[name], typed[end:].strip()
        return (), typed

    def begun_by(self, typed: str) -> tuple[tuple[Cell, ...], str]:
        """What the first words name, and the text after them: `pains The wax sinks`.

        A word that stands in the title of one cell alone names it, too: `promise` is the Main promise.

        Raises:
            NotFound: with the name nearest to what was typed or, in a longer text, to its first word, where one is near.
        """
        found, text = self.parted(typed)
        if found:
            return found, text
        first, _, left = typed.strip().partition(" ")
        word = first.rstrip(":,").casefold()
        alone = [each for each in self.by_key.values() if word in each.title.casefold().split()]
        if len(alone) == 1 and len(word) >= WORD_LETTERS:
            return (alone[0],), left.strip()
        return self.named(typed if len(typed.split()) <= 3 else first), ""

    def _names(self) -> dict[str, tuple[Cell, ...]]:
        names: dict[str, tuple[Cell, ...]] = {}
        for grid in self.grids:
            for each in (*grid.cells, *grid.extras):
                for name in (each.key, each.field, each.field.partition(".")[2], each.title):
                    names.setdefault(name.casefold(), (each,))
                if each.place:
                    names[f"{grid.title} {each.place}".casefold()] = (each,)
            names[grid.title.casefold()] = names[grid.key.casefold()] = grid.cells
            names[f"{grid.title} extras".casefold()] = grid.extras
        return names
