"""A shop owner reads this between two parcels, on a phone: plain words, short sentences, and no part longer than its job."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

import pytest

from core.agents.roster import read_roster
from core.contents import SHIPPED
from core.course.modules import Course, Module
from core.foundation.cells import Cell
from core.kpis.metrics import Metrics
from tests.core.content.reading import grade, sentences, words
from tests.core.content.shop import CELLS, PROMPTS, Rendered

READ_BY_STUDENTS = 9
READ_BY_A_MODEL = 11
"""Coleman and Liau's grade, at most: a school child of fourteen, and of sixteen for the templates, which students may open."""
IN_A_PARAGRAPH = 12
LONG_ENOUGH = 25
"""Of so many words, a paragraph's grade says something; in a single one it swings more than in a whole text."""
IN_A_SENTENCE = 40

MODULES = Course().modules()
AGENTS = read_roster(SHIPPED / "agents").agents
METRICS = Metrics().file.metrics


def _told(module: Module) -> Iterator[str]:
    yield from (lesson.text for lesson in module.lessons)
    yield from (module.example.text, module.implementation)


def _asked(cell: Cell) -> str:
    return " ".join((cell.meaning, cell.question, cell.dig, cell.weak))


LONG = {
    "lesson": (250, 500, [lesson.text for each in MODULES for lesson in each.lessons]),
    "worked example": (150, 350, [each.example.text for each in MODULES]),
    "implementation guide": (120, 300, [each.implementation for each in MODULES]),
    "prompt": (300, 500, [each.body for each in PROMPTS]),
    "agent": (180, 430, [each.instructions for each in AGENTS]),
}
SHORT = {
    "objective": (12, 35, [each.objective for each in MODULES]),
    "checklist item": (4, 22, [item.text for each in MODULES for item in each.checklist]),
    "meaning of a grid's cell": (4, 25, [cell.meaning for each in MODULES for cell in each.grid.cells]),
    "question of a grid's cell": (4, 22, [cell.question for each in MODULES for cell in each.grid.cells]),
    "example of a grid's cell": (6, 32, [cell.example for each in MODULES for cell in each.grid.cells]),
    "mistake": (4, 18, [mistake.mistake for each in MODULES for mistake in each.mistakes]),
    "what to do instead": (6, 25, [mistake.instead for each in MODULES for mistake in each.mistakes]),
    "what done means": (5, 25, [each for module in MODULES for each in module.done]),
    "community question": (8, 30, [each.community_question for each in MODULES]),
    "prompt's description": (12, 38, [each.description for each in PROMPTS]),
    "meaning of a cell": (8, 40, [each.meaning for each in CELLS.by_key.values()]),
    "question of a cell": (8, 30, [each.question for each in CELLS.by_key.values()]),
    "digging question": (4, 25, [each.dig for each in CELLS.by_key.values()]),
    "weak answer": (15, 40, [each.weak for each in CELLS.by_key.values()]),
    "figure's definition": (8, 60, [each.definition for each in METRICS]),
    "where a figure is read": (8, 45, [each.where for each in METRICS]),
}


@pytest.mark.parametrize("part", [*LONG, *SHORT])
def test_every_part_is_as_long_as_its_job_needs(part: str) -> None:
    least, most, texts = {**LONG, **SHORT}[part]
    assert texts
    assert [text[:60] for text in texts if not least <= len(words(text)) <= most] == []


def test_students_need_no_more_than_a_school_childs_english() -> None:
    texts = [
        *chain.from_iterable(map(_told, MODULES)),
        *map(_asked, CELLS.by_key.values()),
        *(each.instructions for each in AGENTS),
    ]
    assert [(round(grade(text), 1), text[:60]) for text in texts if grade(text) > READ_BY_STUDENTS] == []


def test_no_paragraph_of_a_lesson_is_harder_than_its_neighbours() -> None:
    paragraphs = [part for module in MODULES for text in _told(module) for part in text.split("\n\n")]
    told = [each for each in paragraphs if len(words(each)) >= LONG_ENOUGH]
    assert len(told) > len(MODULES) * 20
    assert [each[:80] for each in told if grade(each) > IN_A_PARAGRAPH] == []


def test_a_prompt_as_it_is_sent_is_plain_english_too(prompts: Mapping[str, Rendered]) -> None:
    found = {code: round(grade(each.full), 1) for code, each in prompts.items()}
    assert {code: each for code, each in found.items() if each > READ_BY_A_MODEL} == {}


def test_no_sentence_of_the_course_takes_two_breaths() -> None:
    texts = chain(
        chain.from_iterable(map(_told, MODULES)), map(_asked, CELLS.by_key.values()), (each.definition for each in METRICS)
    )
    assert [each for text in texts for each in sentences(text) if len(words(each)) > IN_A_SENTENCE] == []


def test_hard_words_and_long_sentences_are_told_from_easy_ones() -> None:
    """The bounds would be worth nothing if they held for anything."""
    hard = "Organisational stakeholders systematically operationalise multidimensional customer-acquisition methodologies."
    assert grade(hard) > READ_BY_A_MODEL
    assert grade("The lid let air in. It went fuzzy. She threw it out.") < READ_BY_STUDENTS
    assert sentences("- One thing.\n- And two\nmore?\n\nThree: four") == ["One thing.", "And two more?", "Three:", "four"]
