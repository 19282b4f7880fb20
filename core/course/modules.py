"""The course modules, as their authors wrote them in `core/content/modules/`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from core.contents import SHIPPED, Flaw, Flawed, Renewable, Written, read_yaml, shown
from core.course.steps import Step, step_named
from core.errors import NotFound

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]+$")]
_TITLE = re.compile(r"^title:[ ]*(.+)$", re.MULTILINE)
Place = Literal["A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3"]


class NoSuchModule(NotFound):
    """There is no such module. /module lists them."""


class Lesson(Written):
    """A short text, in Markdown."""

    title: str
    text: str


class Cell(Written):
    """One field of a module's grid; `place` is its row (A to C) and column (1 to 3)."""

    place: Place
    meaning: str
    question: str
    example: str


class Grid(Written):
    """Nine cells, row by row."""

    rows: tuple[str, str, str]
    columns: tuple[str, str, str]
    cells: tuple[Cell, ...] = Field(min_length=9, max_length=9)


class Item(Written):
    """A line of the checklist, and the prompts that do it."""

    text: str
    prompts: tuple[str, ...] = ()


class Question(Written):
    """A field of a worksheet. `foundation` is the cell that its answer also fills."""

    name: Name
    label: str = Field(max_length=45)
    hint: str = Field(default="", max_length=100)
    kind: Literal["text", "long", "list", "number", "choice"]
    choices: tuple[str, ...] = ()
    foundation: str | None = None


class Worksheet(Written):
    """What a student fills in to think a module through."""

    title: str
    about: str
    fields: tuple[Question, ...]


class Example(Written):
    """What the made-up shop did in this module, in Markdown."""

    title: str
    text: str


class Mistake(Written):
    """What goes wrong, and what to do instead."""

    mistake: str
    instead: str


class Module(Written):
    """One of the ten modules."""

    number: int = Field(ge=0, le=9)
    step: Step
    title: str
    objective: str
    lessons: tuple[Lesson, ...] = Field(min_length=1)
    grid: Grid
    checklist: tuple[Item, ...] = Field(min_length=1)
    worksheet: Worksheet
    example: Example
    implementation: str
    mistakes: tuple[Mistake, ...]
    done: tuple[str, ...]
    community_question: str
    kpis: tuple[str, ...]
    takes: str
    hands_on: str
    prompts: tuple[str, ...]
    titles: Mapping[str, str] = Field(default_factory=dict, exclude=True)
    """Of the prompts, by code: as their own files say."""

    def run(self, code: str) -> str:
        """What the button says that runs one of its prompts: a code alone tells a newcomer nothing."""
        return f"Run {code}: {self.titles[code]}" if code in self.titles else f"Run {code}"

    @property
    def id(self) -> str:
        """The id of the module's document, the same for ever."""
        return module_id(self.number)


def module_id(number: int) -> str:
    """The id of the document of the module with this number."""
    return f"mod_{number}"


class Course(Renewable):
    """The modules by number and by step. A file is read when it is first wanted, since reading all takes time at the start."""

    def __init__(self, content_dir: Path = SHIPPED) -> None:
        self._files = _files(content_dir / "modules")
        self._read: dict[int, Module] = {}

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the modules there are, without reading any."""
        return tuple(self._files)

    def module(self, number: int) -> Module:
        """The module with this number.

        Raises:
            NoSuchModule: there is none.
            Flawed: its file has mistakes.
        """
        if number not in self._files:
            raise NoSuchModule(self._none_such())
        if number not in self._read:
            self._read[number] = _checked(self._files[number], number)
        return self._read[number]

    def of_step(self, step: Step) -> Module:
        """The module of the step."""
        return self.module(step.number)

    def named(self, typed: str) -> Module:
        """The module that was typed: a number, "module 3", or a step's name in any case.

        Raises:
            NoSuchModule: it is none of these.
        """
        wanted = typed.strip().casefold().removeprefix("module").strip()
        step = step_named(wanted)
        if step is not None:
            return self.of_step(step)
        if not (wanted.isascii() and wanted.isdigit() and len(wanted) <= 2):
            raise NoSuchModule(f"“{typed.strip()[:40]}” is no module. {self._none_such()}")
        return self.module(int(wanted))

    def modules(self) -> tuple[Module, ...]:
        """All of them, in order."""
        return tuple(self.module(number) for number in self._files)

    def _none_such(self) -> str:
        return f"There are modules {min(self._files)} to {max(self._files)}. /module lists them."


def _files(folder: Path) -> Mapping[int, Path]:
    found = {int(path.name[0]): path for path in sorted(folder.glob("[0-9]-*.yaml"))}
    if not found:
        raise Flawed([Flaw(str(folder), 0, "there is no module here, such as 0-foundation.yaml")])
    return found


def _checked(path: Path, number: int) -> Module:
    module = read_yaml(path, Module)
    if module.number != number or module.step.number != number:
        wanted = f"number {number} and step {tuple(Step)[number].value}, as the file's name says"
        raise Flawed([Flaw(shown(path), 1, f"this must be {wanted}")])
    return module.model_copy(update={"titles": dict(_titles(path.parents[1] / "prompts", module))})


def _titles(folder: Path, module: Module) -> Iterator[tuple[str, str]]:
    """The titles of the module's prompts, from the heads of their files; one whose file has none goes by its code alone."""
    wanted = {*module.prompts, *(code for item in module.checklist for code in item.prompts)}
    for path in (each for each in sorted(folder.glob("*/*.md")) if each.stem in wanted):
        found = _TITLE.search(path.read_text(encoding="utf-8", errors="replace"))
        if found:
            yield path.stem, found[1].strip("\"' ")
