"""How long the course's words may be, so that every platform shows them whole.

Slack: https://docs.slack.dev/reference/block-kit (header 150, section 3,000, option and button 75, placeholder 150)
Discord: https://docs.discord.com/developers/components/reference (label 45, its description 100, 25 options)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from core.agents.agent import Agent
from core.course.modules import Module
from core.foundation.cells import FoundationFile
from core.kpis.metrics import MetricFile
from core.kpis.rules import Rules
from core.playbook.prompts import Prompt

LABEL = 45
OPTION = 75
HINT = 100
HEADER = 150
PLACEHOLDER = 150
SENTENCE = 120
SENTENCES = 240
SECTION = 3_000
OPTIONS = 25

CODE_BEFORE = len("SH12 ")
MODULE_BEFORE = len("Module 0, Foundation: ")
ONE_A_LINE = 40
"""How a list is to be written, which is said behind the question."""


class Sized(NamedTuple):
    """How much stands somewhere in a file, in characters or entries, and how much is shown."""

    location: Sequence[str | int]
    size: int
    most: int
    unit: str = "characters"


def in_prompt(prompt: Prompt) -> Iterator[Sized]:
    """The words of a prompt that stand in menus and forms."""
    yield Sized(("title",), len(prompt.title), OPTION - CODE_BEFORE)
    yield Sized(("warning",), len(prompt.warning), SECTION)
    for at, ask in enumerate(prompt.ask):
        yield Sized(("ask", at, "question"), len(ask.question), LABEL)
        yield Sized(("ask", at, "hint"), len(ask.hint), HINT)
        yield from _choices(("ask", at, "choices"), ask.choices)


def in_module(module: Module) -> Iterator[Sized]:
    """The words of a module that stand in headings, buttons, menus and single paragraphs."""
    yield Sized(("title",), len(module.title), HEADER - MODULE_BEFORE)
    for at, lesson in enumerate(module.lessons):
        yield Sized(("lessons", at, "title"), len(lesson.title), OPTION)
        yield Sized(("lessons", at, "text"), len(lesson.text), SECTION)
    for at, item in enumerate(module.checklist):
        yield Sized(("checklist", at, "text"), len(item.text), HINT)
    for at, question in enumerate(module.worksheet.fields):
        yield from _choices(("worksheet", "fields", at, "choices"), question.choices)
    yield Sized(("example", "text"), len(module.example.text), SECTION)
    yield Sized(("implementation",), len(module.implementation), SECTION)


def in_foundation(file: FoundationFile) -> Iterator[Sized]:
    """The words of the cells that stand in forms."""
    for nth, grid in enumerate(file.grids):
        for part, cells in (("cells", grid.cells), ("extras", grid.extras)):
            for at, cell in enumerate(cells):
                here = ("grids", nth, part, at)
                yield Sized((*here, "title"), len(cell.title), LABEL)
                room = PLACEHOLDER if cell.kind == "text" else PLACEHOLDER - ONE_A_LINE
                yield Sized((*here, "question"), len(cell.question), room)


def in_figures(file: MetricFile) -> Iterator[Sized]:
    """The words of the figures that stand in forms."""
    for at, choice in enumerate(file.choices):
        yield Sized(("choices", at, "question"), len(choice.question), HINT)
        yield Sized(("choices", at, "options"), len(choice.options), OPTIONS, "choices")
    for at, metric in enumerate(file.metrics):
        yield Sized(("metrics", at, "formula"), len(metric.formula), HINT)


def in_rules(rules: Rules) -> Iterator[Sized]:
    """The words of the diagnosis, which are read on a phone: a sentence or two."""
    for at, symptom in enumerate(rules.symptoms):
        yield Sized(("symptoms", at, "says"), len(symptom.says), SENTENCE)
        yield Sized(("symptoms", at, "cause"), len(symptom.cause), SENTENCES)
    for at, remark in enumerate(rules.remarks):
        yield Sized(("remarks", at, "says"), len(remark.says), SENTENCES)


def in_agent(agent: Agent) -> Iterator[Sized]:
    """The words of an agent that stand in menus."""
    yield Sized(("description",), len(agent.description), HEADER)


def _choices(location: tuple[str | int, ...], choices: Sequence[str]) -> Iterator[Sized]:
    yield Sized(location, len(choices), OPTIONS, "choices")
    for at, choice in enumerate(choices):
        yield Sized((*location, at), len(choice), OPTION)
