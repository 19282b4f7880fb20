"""What a prompt needs, what of it is there, and what is still to be asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.foundation.cells import Cell, Value
from core.foundation.model import SUMMARY
from core.foundation.service import Foundations
from core.foundation.typed import write_cell
from core.people.model import Person
from core.playbook.ports import Sources
from core.playbook.prompts import Ask, Prompt
from core.playbook.rocket import Filling

SOURCES = ("assets.", "kpis.", "progress.")
"""What a prompt may need beside Foundation cells and answers; `core.playbook.ports.Sources` knows their values."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a run would be made of.

    `values`: what is there, by placeholder. `cells` and `asks`: required and not there, to be asked for. `sources`: required and
    not there, and to be made by other means (an asset of a step, a KPI snapshot). `empty`: optional cells that are not filled.
    `seen` is the version of the Foundation in which this was looked up.
    """

    values: Mapping[str, Filling]
    cells: tuple[Cell, ...]
    asks: tuple[Ask, ...]
    sources: tuple[str, ...]
    empty: tuple[Cell, ...]
    seen: int

    @property
    def complete(self) -> bool:
        """Whether the prompt can be run."""
        return not (self.cells or self.asks or self.sources)


async def needs_of(
    prompt: Prompt,
    person: Person,
    answers: Mapping[str, str],
    at: datetime,
    foundations: Foundations,
    sources: Sources,
) -> Needs:
    """What there is for the prompt in the person's own record; `answers` are those to its questions, by `ask.name`."""
    foundation = await foundations.of(person, at)
    values: dict[str, Filling] = {name: text for name, text in answers.items() if text.strip()}
    cells: list[Cell] = []
    empty: list[Cell] = []
    unmade: list[str] = []
    for name in (*prompt.requires, *prompt.uses):
        if name.startswith(SOURCES):
            values[name] = await sources.value(person, name, at)
            if not values[name] and name in prompt.requires:
                unmade.append(name)
            continue
        cell = foundations.cells.by_field.get(name)
        values[name] = _filling(cell, foundation.value(name))
        if cell is not None and not foundation.has(cell):
            (cells if name in prompt.requires else empty).append(cell)
    if SUMMARY in prompt.requires and not values[SUMMARY]:
        unmade.append(SUMMARY)
    asks = tuple(each for each in prompt.ask if each.required and each.key not in values)
    there = {name: value for name, value in values.items() if value}
    return Needs(there, tuple(cells), asks, tuple(unmade), tuple(empty), foundation.version)


def lacking(needs: Needs) -> str:
    """What keeps a prompt from being run, in words."""
    parts = []
    if needs.cells:
        titles = [cell.title for cell in needs.cells]
        listed = f"{', '.join(titles[:-1])} and {titles[-1]}" if titles[1:] else titles[0]
        parts.append(f"{listed} in your Foundation")
    for name in needs.sources:
        kind, _, step = name.partition(".")
        made = {"assets": f"something you kept from {step}", "kpis": "your figures", "progress": "a module that you have started"}
        parts.append(made.get(kind, "the summary of your Foundation"))
    if needs.asks and not parts:
        parts.append("your answer to its question" if len(needs.asks) == 1 else "your answers to its questions")
    return f"needs {'; '.join(parts)}"


def _filling(cell: Cell | None, value: Value | None) -> Filling:
    if not value:
        return ""
    if isinstance(value, str):
        return value
    return tuple(write_cell(cell, value).splitlines()) if cell else ""
