"""Tables in a workbook (XLSX): looked at from outside first, since what is packed small may be large."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING

from core.kpis.imports.grid import COLUMNS_AT_MOST, ROWS_AT_MOST, Grid, NoTable, made

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

PARTS_AT_MOST = 400
UNPACKED_AT_MOST = 80_000_000
"""Bytes of all parts; a table of five thousand rows has a tenth of it."""
STRINGS_AT_MOST = 12_000_000
"""Bytes of the part with the texts, which is read as a whole."""
RATIO_AT_MOST = 250
"""How many times smaller a part may be packed; sheets of figures come to about ten, of empty rows to a hundred."""
SHEETS_AT_MOST = 10
ROOM = 20
"""Rows that may be empty or stand above a table, beyond those that are read."""
HEAD_BYTES = 4_096
DAMAGED = "That workbook is damaged. Save it anew as XLSX or CSV and send it again."
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, SyntaxError, ArithmeticError),
    *(LookupError, ValueError, TypeError, AttributeError, RuntimeError, AssertionError),
)
"""What openpyxl and the archive raise over a file that is not written as it should be: they have no error of their own for it.
Bad XML is a SyntaxError."""
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read_workbook(content: bytes) -> tuple[Grid, ...]:
    """The tables of its sheets: what the cells show, formulas by their last result.

    Raises:
        NoTable: it is damaged, protected, too large, or packed so that it may be meant to do harm.
    """
    _look_inside(content)
    from openpyxl import load_workbook  # noqa: PLC0415 - 0.3 s, in the reading process

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        grids = tuple(
            made(_cells(row) for row in islice(sheet.iter_rows(max_col=COLUMNS_AT_MOST + 1), ROWS_AT_MOST + ROOM))
            for sheet in book.worksheets[:SHEETS_AT_MOST]
        )
        book.close()
    except BROKEN as broken:
        raise NoTable(DAMAGED) from broken
    return tuple(each for each in grids if each.rows)


def _look_inside(content: bytes) -> None:
    """Refuse by the directory of the archive what should not be unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > PARTS_AT_MOST or sum(each.file_size for each in parts) > UNPACKED_AT_MOST:
                raise NoTable("That workbook is far too large when it is unpacked. Send the sheet with the figures as CSV.")
            for part in parts:
                if part.flag_bits & 1:
                    raise NoTable("That workbook is protected by a password. Save it without one and send it again.")
                if part.file_size > 1_000_000 and part.file_size > RATIO_AT_MOST * part.compress_size:
                    raise NoTable("That workbook is packed as no spreadsheet packs one, so I did not open it. Send it as CSV.")
                if part.filename.endswith("sharedStrings.xml") and part.file_size > STRINGS_AT_MOST:
                    raise NoTable("That workbook holds too much text. Send the sheet with the figures as CSV.")
                if part.filename.endswith((".xml", ".rels")) and _DECLARES.search(_head(archive, part)):
                    raise NoTable(
                        "That workbook declares things that no spreadsheet needs, so I did not open it. Send it as CSV."
                    )
            if "xl/workbook.xml" not in archive.namelist():
                raise NoTable("That is no XLSX workbook. Save the sheet as XLSX or CSV and send it again.")
    except BROKEN as broken:
        raise NoTable(DAMAGED) from broken


def _head(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with archive.open(part) as opened:
        return opened.read(HEAD_BYTES)


def _cells(row: tuple[ReadOnlyCell | EmptyCell | Cell | MergedCell, ...]) -> list[str]:
    return [_text(each.value, each.number_format if each.value is not None else "") for each in row]


def _text(value: object, written_as: str) -> str:
    """A cell's value so that it can be read again in one way only."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return _number(value, written_as)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _number(value: float, written_as: str) -> str:
    if "%" in written_as:
        return f"{_plain(value * 100)}%"
    return _plain(value)


def _plain(value: float) -> str:
    """Digits with a dot, and never three of them behind it, which could be thousands."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text
