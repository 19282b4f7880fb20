"""A table as text, whatever it came in: rows of cells, and what stood above it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.errors import Refusal
from core.words import clean

FILE_BYTES = 10_000_000
ROWS_AT_MOST = 5_000
COLUMNS_AT_MOST = 200
CELL_AT_MOST = 300
"""Characters of a cell that are kept; a name or a number is shorter."""
LIMITS = (
    f"I read tables of up to {ROWS_AT_MOST:,} rows and {COLUMNS_AT_MOST} columns, in files of up to {FILE_BYTES // 1_000_000} MB."
)


class NoTable(Refusal):
    """I could not read a table in that. Send it as CSV or XLSX, with the names of the columns in its first row."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table, each as long as the longest; empty cells are "". `about`: lines that stood above it, as they were."""

    rows: tuple[tuple[str, ...], ...]
    about: tuple[str, ...] = ()

    @property
    def turned(self) -> Grid:
        """The same with its columns as rows."""
        return Grid(tuple(zip(*self.rows, strict=True)), self.about)


def made(rows: Iterable[Sequence[str]], about: Sequence[str] = ()) -> Grid:
    """A grid of these rows, without empty ones and empty columns at the end.

    Raises:
        NoTable: there are too many rows or columns.
    """
    kept: list[tuple[str, ...]] = []
    for row in rows:
        cells = [clean(each[:CELL_AT_MOST]).strip() for each in row[: COLUMNS_AT_MOST + 1]]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > COLUMNS_AT_MOST or any(each.strip() for each in row[COLUMNS_AT_MOST:]):
            raise NoTable(f"That table has more than {COLUMNS_AT_MOST} columns. Keep those with figures. {LIMITS}")
        if cells:
            kept.append(tuple(cells))
        if len(kept) > ROWS_AT_MOST:
            raise NoTable(f"That table has more than {ROWS_AT_MOST:,} rows. Choose a shorter period, or a row a week. {LIMITS}")
    width = max(map(len, kept), default=0)
    return Grid(tuple((*row, *[""] * (width - len(row))) for row in kept), tuple(about))
