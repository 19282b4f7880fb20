"""Tables in text: CSV with commas or semicolons, tabs, and Markdown, in whatever encoding a file has."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from core.kpis.imports.grid import Grid, NoTable, made

SNIFFED = 30
"""Lines by which the separator is told."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
_NOTE = re.compile(r"\s*#(?!\S*,)")
"""GA4 writes lines above its tables that begin with #."""


def decoded(content: bytes) -> str:
    """The text of a file: in the encoding that it names itself, in UTF-16 where every other byte is nothing, in UTF-8, or else as
    spreadsheets on Windows write it.

    Raises:
        NoTable: it is no text.
    """
    named = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    for encoding in filter(None, (named, _wide(content), "utf-8", "cp1252")):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NoTable("What is in that file is no text that I can read. Save it as CSV in UTF-8 and send it again.")


def grids(text: str) -> tuple[Grid, ...]:
    """The tables in a text; several stand apart by an empty line.

    Raises:
        NoTable: one is too large, or is not written as a table is.
    """
    found: list[Grid] = []
    about: list[str] = []
    for block in _blocks(text.replace("\r\n", "\n").replace("\r", "\n")):
        notes = [line.strip("# \t") for line in block if _NOTE.match(line)]
        lines = [line for line in block if not _NOTE.match(line)]
        about += [each for each in notes if each.strip("-")]
        if lines:
            table = made(_rows(lines), about)
            if table.rows and len(table.rows[0]) > 1:
                found.append(table)
            elif not found:
                about += [line.strip() for line in lines[:5]]
    return tuple(found)


def looks_like_a_table(text: str) -> bool:
    """Whether words may be a pasted table: two lines that part into as many cells."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2:
        return False
    separator = _separator(lines)
    counts = [line.count(separator) for line in lines[:SNIFFED] if not _RULE.fullmatch(line.strip())]
    in_prose = separator == "," and any(", " in line for line in lines)
    return bool(separator) and len(counts) > 1 and min(counts) >= 1 and max(counts) == min(counts) and not in_prose


def _blocks(text: str) -> Iterator[list[str]]:
    """Lines between empty ones; a line end within quotation marks ends none."""
    block: list[str] = []
    quoted = False
    for line in text.split("\n"):
        if not quoted and not line.strip(" \t,;|"):
            if block:
                yield block
            block = []
            continue
        block.append(line)
        quoted ^= line.count('"') % 2 == 1
    if block:
        yield block


def _rows(lines: Sequence[str]) -> Iterator[list[str]]:
    separator = _separator(lines)
    if separator == "|":
        for line in lines:
            if not _RULE.fullmatch(line.strip()):
                yield [each.strip().strip("*`") for each in line.strip().strip("|").split("|")]
        return
    try:
        yield from csv.reader((f"{line}\n" for line in lines), delimiter=separator or ",", skipinitialspace=True)
    except csv.Error:
        raise NoTable() from None


def _separator(lines: Sequence[str]) -> str:
    """What parts the cells: what stands equally often in most of the first lines; "" where nothing does."""
    best, most = "", 0.0
    for mark in ("\t", ";", "|", ","):
        counts = [_outside_quotes(line).count(mark) for line in islice(lines, SNIFFED)]
        usual = max(set(counts) - {0}, key=counts.count, default=0)
        agreed = counts.count(usual) / len(counts) if usual else 0.0
        if agreed > most + (0.2 if mark == "," and best else 0):
            best, most = mark, agreed
    return best


def _outside_quotes(line: str) -> str:
    return re.sub(r'"[^"]*"', "", line)


def _wide(content: bytes) -> str:
    """The name of UTF-16 where every other byte of the beginning is nothing."""
    head = content[:400]
    if len(head) < 4 or b"\0" not in head:
        return ""
    if not any(head[0::2]):
        return "utf-16-be"
    return "utf-16-le" if not any(head[1::2]) else ""
