"""Sorting a text into cells by its headings and the names of fields in it: honest, and without any model."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from core.foundation.cells import Cell, Cells
from core.foundation.model import SUMMARY
from core.foundation.sorted_text import Confidence, Proposal, Sorted
from core.fuzzy import OSA, process

NAME_WORDS_AT_MOST = 8
SLIPS = 2
FUZZY_FROM = 6
"""Characters; a shorter name is found by itself only."""

_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(.+?)\s*#*$")
_LABEL = re.compile(r"^\s*(?:[-*•]\s+|\d{1,2}[.)]\s+)?(?:\*\*|__)?([^:|]{2,60}?)(?:\*\*|__)?\s*:\s*(?:\*\*|__)?\s*(.*)$")
_BOLD = re.compile(r"^\s*(?:\*\*|__)(.+?)(?:\*\*|__)\s*$")
_ROW = re.compile(r"^\s*\|(.+)\|\s*$")
_RULE = re.compile(r"^[\s|:-]+$")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PLACE = re.compile(r"^[abc][1-3][.:)]?\s+", re.IGNORECASE)
_QUOTES = re.compile(r"[\"'“”‘’*_`]")


class ByNames:
    """The names by which cells are known: titles, the schema's fields, and these in words."""

    def __init__(self, cells: Cells) -> None:
        self._names = _names(cells)
        self._grids = frozenset(_folded(each.title) for each in cells.file.grids)

    def sort(self, text: str) -> Sorted:
        """What stands under each name that is a cell's, or behind it after a colon; the rest is left out and counted."""
        found: dict[str, list[str]] = {}
        sure: dict[str, Confidence] = {}
        here: str | None = None
        left_out = 0
        for line in map(self._without_grid, text.splitlines()):
            if line is None:
                here = None
                continue
            heading, name, rest = _read(line)
            key, confidence = self._cell(name, guess=heading or bool(rest)) if name else (None, Confidence.LOW)
            if key:
                here = key
                sure[key] = min(confidence, sure.get(key, confidence), key=list(Confidence).index)
                found.setdefault(key, []).extend([rest] if rest else [])
            elif heading:
                here = None
                left_out += 1
            elif here and (line.strip() or found[here]):
                found[here].append(line.strip())
            elif line.strip() and not _RULE.fullmatch(line):
                left_out += 1
        proposals = ((key, "\n".join(lines).strip()) for key, lines in found.items())
        return Sorted(tuple(Proposal(key, said, sure[key]) for key, said in proposals if said), by_model=False, left_out=left_out)

    def key_of(self, name: str) -> str | None:
        """The key of the cell, or of the summary, that is called exactly so; None where none is."""
        return self._cell(name, guess=False)[0]

    def _without_grid(self, line: str) -> str | None:
        """What stands behind the name of a grid that the line begins with, None where that is all: it ends the cell before."""
        _, name, rest = _read(line)
        if _folded(name).removesuffix(" grid") not in self._grids:
            return line
        return rest or None

    def _cell(self, name: str, *, guess: bool) -> tuple[str | None, Confidence]:
        wanted = _folded(name)
        if wanted in self._names:
            return self._names[wanted], Confidence.HIGH
        bare = _PLACE.sub("", wanted)
        if bare in self._names:
            return self._names[bare], Confidence.HIGH
        if not guess or len(wanted) < FUZZY_FROM:
            return None, Confidence.LOW
        near = process.extractOne(wanted, list(self._names), scorer=OSA.distance, score_cutoff=SLIPS)
        if near is None or len(near[0]) < FUZZY_FROM:
            return None, Confidence.LOW
        return self._names[near[0]], Confidence.MEDIUM


def _read(line: str) -> tuple[bool, str, str]:
    """Whether the line is a heading, the name that it begins with, and what comes behind that."""
    heading = _HEADING.match(line) or _BOLD.match(line)
    if heading:
        name, _, rest = heading[1].partition(":")
        return True, name, rest.strip(" *_")
    row = _ROW.match(line)
    if row and not _RULE.fullmatch(line):
        cells = [each.strip() for each in row[1].split("|")]
        return False, cells[0], " ".join(cells[1:]).strip()
    label = _LABEL.match(line)
    if label:
        return False, label[1], label[2].strip()
    alone = len(line.split()) <= NAME_WORDS_AT_MOST
    return False, line if alone else "", ""


def _names(cells: Cells) -> Mapping[str, str]:
    """Every name in its folded form, with its cell's key. A name that two cells have is the first one's."""
    names: dict[str, str] = {}
    for cell in cells.by_key.values():
        for name in _called(cell):
            names.setdefault(_folded(name), cell.key)
    alignment = cells.file.alignment
    for name in (SUMMARY, alignment.title, f"{alignment.title} summary", "Strategic blueprint summary", "Summary"):
        names.setdefault(_folded(name), SUMMARY)
    return names


def _called(cell: Cell) -> Sequence[str]:
    field = cell.field.partition(".")[2]
    return (cell.title, cell.key, cell.field, field, _CAMEL.sub(" ", field))


def _folded(name: str) -> str:
    return " ".join(_QUOTES.sub("", name).casefold().replace("&", "and").split())
