"""Workbooks and archives made for tests, good and bad."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | object
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def workbook(rows: Sequence[Sequence[Value]], changed: Callable[[Worksheet], None] = lambda sheet: None) -> bytes:
    """A workbook of one sheet with these rows, and whatever else is done to it."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    changed(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def archive(parts: Mapping[str, bytes]) -> bytes:
    """An archive that calls itself a workbook, with these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


def bomb(unpacked: int) -> bytes:
    """A sheet of this many bytes, all the same."""
    return archive({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b"<row/>" * (unpacked // 6)})
