"""Opening a file: what it is by its first bytes, and the tables in it."""

from __future__ import annotations

from core.kpis.imports.delimited import decoded, grids
from core.kpis.imports.grid import FILE_BYTES, LIMITS, Grid, NoTable
from core.kpis.imports.workbook import read_workbook

_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "That is an old XLS workbook, or one with a password. Save it as XLSX or CSV and send it again."),
    (b"%PDF", "That is a PDF. Send the table behind it as CSV or XLSX, or a picture of the figures."),
    (b"\x1f\x8b", "That is packed. Send the CSV or XLSX file that is in it."),
    (b"Rar!", "That is packed. Send the CSV or XLSX file that is in it."),
    (b"7z\xbc\xaf", "That is packed. Send the CSV or XLSX file that is in it."),
    (b"<!DOCTYPE", "That is a web page. Send the table as CSV or XLSX."),
    (b"<html", "That is a web page. Send the table as CSV or XLSX."),
)


def tables_in(content: bytes) -> tuple[Grid, ...]:
    """The tables of a file.

    Raises:
        NoTable: it is too large, damaged, or of a kind that is not read; says what to send instead.
    """
    if len(content) > FILE_BYTES:
        raise NoTable(f"That file is too large for me. {LIMITS}")
    if not content.strip():
        raise NoTable("That file is empty. Export it again and send it.")
    for beginning, instead in _OTHERS:
        if content[:16].lower().startswith(beginning.lower()):
            raise NoTable(instead)
    return read_workbook(content) if content.startswith(b"PK") else grids(decoded(content))
