"""The course's own text in passages, so that a question can be answered from it."""

from __future__ import annotations

from collections.abc import Iterator

from core.course.modules import Course, Module
from core.foundation.cells import Cells
from core.foundation.typed import write_cell
from core.kpis.metrics import Metrics
from core.llm.ports import Passage
from core.playbook.prompts import Playbook

OF_A_MODULE, OF_A_MISTAKE, OF_A_FIGURE, OF_A_PROMPT = 1.2, 0.7, 0.8, 0.5
"""How much these explain, beside a lesson: set by asking thirty questions that students ask, and reading what came first."""

PARAGRAPHS_TOGETHER = 900
"""Paragraphs are joined up to so many characters: long enough to answer, short enough for a phone."""


def passages(course: Course, playbook: Playbook, cells: Cells, metrics: Metrics) -> Iterator[Passage]:
    """Every lesson in pieces, and the rest of the course: grids, mistakes, Foundation cells, prompts and figures."""
    for module in course.modules():
        yield from _of_module(module)
    for grid in cells.grids:
        for cell in (*grid.cells, *grid.extras):
            example = write_cell(cell, cell.example).replace("\n", "; ")
            text = f"{cell.meaning} {cell.question} For example: {example} What does not help: {cell.weak}"
            name = cell.field.partition(".")[2]
            spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
            yield Passage(cell.title, f"Foundation, {grid.title}", text, f"/foundation edit {cell.title}", also=spaced)
    for prompt in playbook.by_code.values():
        yield Passage(prompt.title, f"Prompt {prompt.code}", prompt.description, f"/run {prompt.code}", OF_A_PROMPT)
    for metric in metrics.file.metrics:
        short = "" if metric.short.casefold() in metric.title.casefold() else f"{metric.short}: "
        text = f"{short}{metric.definition} It is {metric.formula}. {metric.where}"
        yield Passage(metric.title, "Figures", text, f"/kpi show {metric.short}", OF_A_FIGURE)


def _of_module(module: Module) -> Iterator[Passage]:
    opens = f"/module {module.number}"
    place = f"Module {module.number}, {module.step}"
    yield Passage(f"{module.step}: {module.title}", place, module.objective, opens, OF_A_MODULE)
    for number, lesson in enumerate(module.lessons, start=1):
        for piece in _pieces(lesson.text):
            yield Passage(lesson.title, f"{place}, lesson {number}", piece, f"/module lesson {module.number} {number}")
    for piece in _pieces(module.implementation):
        yield Passage("Putting it into practice", place, piece, opens)
    for each in module.mistakes:
        yield Passage("A common mistake", place, f"{each.mistake} Instead: {each.instead}", opens, OF_A_MISTAKE)
    for piece in _pieces(module.example.text):
        yield Passage(module.example.title, f"{place}, example", piece, f"/module example {module.number}")


def _pieces(text: str) -> Iterator[str]:
    """The text in whole paragraphs, joined while they stay short."""
    together = ""
    for paragraph in (each.strip() for each in text.strip().split("\n\n")):
        if together and len(together) + len(paragraph) > PARAGRAPHS_TOGETHER:
            yield together
            together = ""
        together = f"{together}\n\n{paragraph}".strip()
    if together:
        yield together
