"""An answer that begins with the name of its cell, such as “Said goals: one jar that works”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.foundation.cells import Cell, Cells
from core.foundation.model import Foundation
from core.foundation.named import meant
from core.foundation.one_by_one import answers, asks_of_each
from core.foundation.sorted_by_names import ByNames
from core.foundation.typed import read_names, split_items, write_cell
from core.request import Typed

NAME_AND_TEXT = r"(?P<name>[^\s:][^:\n–—]{1,59}?)[\s*_”\"]*(?::(?!//)[\s*_]*|\s+[-–—]\s+)(?P<text>\S.*)"
"""A pattern: a name, then a colon, or a dash between spaces, and what is said of it."""
_NAMED = re.compile(
    r"\s*(?:(?:ok(?:ay)?|oh|and|also|this is|that is|that's)[\s,]+)*(?:(?:for|under|to|in|into)\s+)?(?:the\s+)?" + NAME_AND_TEXT,
    re.IGNORECASE | re.DOTALL,
)
_IS = re.compile(
    r"\s*(?:(?:ok(?:ay)?|oh|and|also|by the way|btw|sorry|so)[\s,]+)+(?:the |my |our )?(?P<name>[^:\n–—]{3,59}?)"
    r"\s+(?:is|are|would be|=)\s+(?:that )?(?P<text>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
"""The same told as a sentence that goes on from something: “and main promise is a curry in 25 minutes”."""


def named_cell(words: str, cells: Cells, open_cell: Cell, foundation: Foundation) -> tuple[Cell, str] | None:
    """The cell whose title, or its field's name in words, the words begin with, and what they say of it; None where they begin
    with none. A name that a line of the open cell's answer may begin with, such as a rival's, is that, and so is a part of the
    open cell's title: below the question for Market pains, “pains:” are those.
    """
    found = _NAMED.fullmatch(words)
    if found is None or not ByNames(cells).key_of(found["name"]):
        return _told_of_another(words, cells, open_cell)
    if asks_of_each(open_cell) and meant(found["name"], answers(open_cell, foundation)):
        return None
    cell = cells.by_key.get(ByNames(cells).key_of(found["name"]) or "")
    if cell is None or (cell is not open_cell and _words(found["name"]) <= _words(open_cell.title)):
        return None
    return cell, found["text"].strip()


def _told_of_another(words: str, cells: Cells, open_cell: Cell) -> tuple[Cell, str] | None:
    """The cell of whose title in several words a sentence tells, and what it tells: one word may be any word."""
    found = _IS.fullmatch(words)
    if found is None or len(found["name"].split()) < 2:
        return None
    cell = cells.by_key.get(ByNames(cells).key_of(found["name"]) or "")
    if cell is None or (cell is not open_cell and _words(found["name"]) <= _words(open_cell.title)):
        return None
    return cell, found["text"].strip()


def with_what_it_holds(cell: Cell, foundation: Foundation, text: str) -> Typed:
    """The cell as it would be typed with the text behind what it holds; where it asks of each of several, the text is enough."""
    held = write_cell(cell, foundation.value(cell.field))
    if cell.kind == "text":
        return text if not held or text in held else f"{held}\n\n{text}"
    if asks_of_each(cell) and held:
        return text
    names = bool(cell.part) and not asks_of_each(cell)
    items: Sequence[str] = read_names(text).splitlines() if names else split_items(text)
    return (*held.splitlines(), *(each for each in items if each not in held.splitlines()))


def _words(name: str) -> frozenset[str]:
    """Its words, of one or of many alike."""
    return frozenset(each.removesuffix("s") for each in re.findall(r"\w+", name.casefold()))
