"""Tables as comma-separated text that any spreadsheet reads, and none takes for formulas."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""https://owasp.org/www-community/attacks/CSV_Injection: a cell that begins so is run by spreadsheets, and not shown."""


def separated(rows: Iterable[Sequence[object]]) -> bytes:
    """The rows as CSV (RFC 4180) in UTF-8, with the mark by which Excel knows that it is."""
    written = io.StringIO()
    csv.writer(written).writerows([cell(each) for each in row] for row in rows)
    return codecs.BOM_UTF8 + written.getvalue().encode()


def cell(value: object) -> str:
    """A value as a spreadsheet shows it: nothing for None, ISO for days and times, and words never as a formula."""
    if value is None:
        return ""
    if isinstance(value, date | datetime):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.lstrip(" \n").startswith(STARTS_A_FORMULA) else text


def unguarded(text: str) -> str:
    """A cell that `cell` wrote, as it was: read back from a file that was written here."""
    bare = text.removeprefix("'")
    return bare if bare != text and bare.lstrip(" \n").startswith(STARTS_A_FORMULA) else text
