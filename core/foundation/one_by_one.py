"""Cells that ask about each of several things by its name, such as a rival: one question at a time, an answer for each."""

from __future__ import annotations

from collections.abc import Mapping

from core.foundation.cells import Cell
from core.foundation.model import Foundation
from core.foundation.named import begun, said_of_each, short

Answers = Mapping[str, str]
"""What is known of which, by its name; nothing where the question about it is open."""


def asks_of_each(cell: Cell) -> bool:
    """Whether the cell holds what is said of names, which another cell holds."""
    return len(cell.parts) > 1 and cell.part == cell.parts[1]


def answers(cell: Cell, foundation: Foundation) -> Answers:
    """Of a cell that asks of each what it holds; of another cell nothing."""
    value = foundation.value(cell.field)
    if not asks_of_each(cell) or not value or isinstance(value, str):
        return {}
    first, second = cell.parts
    return {each[first]: each.get(second, "") for each in value if not isinstance(each, str)}


def next_name(known: Answers, after: str = "") -> str:
    """The first that is open, behind that name where one is given; "" where none is."""
    names = list(known)
    start = names.index(after) + 1 if after in names else 0
    return next((name for name in names[start:] if not known[name]), "")


def still_about(known: Answers, about: str, *, dug: bool) -> str:
    """Which of them a question is about that is put once more: the same, unless it is not there any more, or was answered."""
    return about if about in known and (dug or not known[about]) else next_name(known)


def question_about(cell: Cell, about: str) -> str:
    """The cell's question, with the name that it is about."""
    if not about:
        return cell.question
    name = f"**{short(about)}**"
    return cell.each.format(name=name) if cell.each else f"{name}: {cell.question}"


def lines_of(known: Answers, words: str, about: str, *, sure: bool = False) -> Mapping[str, str]:
    """The cell's lines for those of whom the words say something, by their names: what was known of them, and this.

    Raises:
        UnknownName: see `said_of_each`.
    """
    said = said_of_each(words, list(known), about, sure=sure)
    return {name: f"{name}: {'; '.join(part for part in (known.get(name, ''), new) if part)}" for name, new in said.items()}


def as_before(known: Answers, held: str) -> Answers:
    """The names of now with what was known of them before, by lines of the cell."""
    names = list(known)
    before: dict[str, str] = {}
    for line in held.splitlines():
        found, _, said = begun(line, names)
        before |= dict.fromkeys(found[:1], said)
    return {name: before.get(name, "") for name in names}
