"""What a course file needs to be whole, beyond its shape: every cell of its grids, every part with words in it, and no gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from core.contents import Flaw, Source, Written
from core.course.modules import Module
from core.course.steps import Step
from core.foundation.cells import FoundationFile
from core.playbook.prompts import Prompt

PLACES = ("A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3")
LESSONS = 3
WORDS = range(250, 501)
ITEMS = range(6, 9)
MAY_BE_EMPTY = frozenset(
    {
        *("hint", "choices", "place", "part", "parts", "extras", "warning", "requires", "uses", "ask", "aliases"),
        *("rests_on", "earlier", "when", "others", "unless", "each"),
    }
)

WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")


def empty_parts(file: Written, source: Source) -> Iterator[Flaw]:
    """The parts of a file that are there in name, and say nothing."""
    for location in _empty(file.model_dump()):
        yield source.at(location, f"{'.'.join(map(str, location))} is empty")


def missing_modules(numbers: Sequence[int]) -> Iterator[Flaw]:
    """The modules whose files are not there."""
    for step in Step:
        if step.number not in numbers:
            yield Flaw("modules", 0, f"module {step.number}, {step.value}, is missing: {step.number}-{step.value.lower()}.yaml")


def in_module(module: Module, source: Source) -> Iterator[Flaw]:
    """What a module lacks, or has twice."""
    if len(module.lessons) != LESSONS:
        yield source.at(("lessons",), f"there are {len(module.lessons)} lessons; a module has {LESSONS}")
    for at, lesson in enumerate(module.lessons):
        words = len(WORD.findall(lesson.text))
        if words not in WORDS:
            yield source.at(("lessons", at, "text"), f"this lesson has {words} words; it should have {WORDS[0]} to {WORDS[-1]}")
    if len(module.checklist) not in ITEMS:
        yield source.at(("checklist",), f"there are {len(module.checklist)} items; a checklist has {ITEMS[0]} to {ITEMS[-1]}")
    yield from _places([cell.place for cell in module.grid.cells], ("grid", "cells"), source)
    for at, item in enumerate(module.checklist):
        for code in item.prompts:
            if code not in module.prompts:
                yield source.at(("checklist", at), f"{code} is not among this module's prompts")
    for name, times in Counter(question.name for question in module.worksheet.fields).items():
        if times > 1:
            yield source.at(("worksheet", "fields"), f"two questions are called {name}")
    for at, question in enumerate(module.worksheet.fields):
        if (question.kind == "choice") != bool(question.choices):
            yield source.at(("worksheet", "fields", at), f"{question.name}: a choice has choices, and nothing else has")


def in_foundation(file: FoundationFile, source: Source) -> Iterator[Flaw]:
    """The cells that are missing from a grid, or there twice."""
    for nth, grid in enumerate(file.grids):
        yield from _places([cell.place for cell in grid.cells], ("grids", nth, "cells"), source)
    yield from _places([cell.place for cell in file.alignment.cells], ("alignment", "cells"), source)
    for at, column in enumerate(file.alignment.columns):
        if column not in [check.column for check in file.alignment.checks]:
            yield source.at(("alignment", "columns", at), f"no check asks about the column {column}")


def in_prompt(prompt: Prompt, source: Source) -> Iterator[Flaw]:
    """What a prompt's questions lack, or have twice."""
    for name, times in Counter(ask.name for ask in prompt.ask).items():
        if times > 1:
            yield source.at(("ask",), f"two questions are called {name}")
    for at, ask in enumerate(prompt.ask):
        if (ask.kind == "choice") != bool(ask.choices):
            yield source.at(("ask", at), f"{ask.name}: a choice has choices, and nothing else has")


def _places(found: Sequence[str], location: Sequence[str | int], source: Source) -> Iterator[Flaw]:
    for place in PLACES:
        if place not in found:
            yield source.at(location, f"the cell {place} is missing")
    for place, times in Counter(found).items():
        if times > 1:
            yield source.at((*location, len(found) - 1 - found[::-1].index(place)), f"the cell {place} is there twice")
        elif place not in PLACES:
            yield source.at((*location, found.index(place)), f"{place or 'nothing'} is no place in a grid: A1 to C3")


def _empty(value: object, location: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, Mapping):
        for key, held in value.items():
            if key not in MAY_BE_EMPTY and not (key == "prompts" and "checklist" in location):
                yield from _empty(held, (*location, str(key)))
    elif isinstance(value, str):
        if not value.strip():
            yield location
    elif isinstance(value, Sequence):
        if not value:
            yield location
        for at, held in enumerate(value):
            yield from _empty(held, (*location, at))
