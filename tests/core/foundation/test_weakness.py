"""Which answers are dug into, and how an answer is said back."""

from __future__ import annotations

import pytest

from core.contents import SHIPPED
from core.foundation.cells import Cells
from core.foundation.mirror import mirrored
from core.foundation.typed import write_cell
from core.foundation.weakness import Weakness, weakness

CELLS = Cells(SHIPPED)


@pytest.mark.parametrize(
    ("name", "typed", "found"),
    [
        ("What we sell", "Starter kits", Weakness.THIN),
        ("What we sell", "A starter kit at €59 and spice packs at €9 each", None),
        ("How it works", "High quality and a lot of attention to detail", Weakness.COMMON),
        ("How it works", "A spring press that keeps the vegetables under the brine", None),
        ("Voice", "professional, friendly and modern", Weakness.COMMON),
        ("Voice", "warm, plain, patient", None),
        ("Voice", "warm", Weakness.THIN),
        ("Emotions and fears", "Making the family ill, and being afraid to tell", None),
        ("Identity", "Women from 25 to 55 who like healthy food", Weakness.COMMON),
    ],
)
def test_a_weak_answer_is_told_from_a_good_one(name: str, typed: str, found: Weakness | None) -> None:
    [cell] = CELLS.named(name)
    assert weakness(cell, typed) is found


def test_the_course_s_own_examples_are_never_weak() -> None:
    assert [each.title for each in CELLS.in_order if weakness(each, write_cell(each, each.example))] == []


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("A press", "“A press”"),
        ("one\ntwo\nthree\nfour\nfive", "“one”; “two”; “three”, and 2 more"),
        ("middle. 45 euro, most take two", "“middle. 45 euro, most take two”"),
        ("We began with a crock. It was my grandmother's.", "“We began with a crock. It was my grandmother's.”"),
        (
            "We began with a crock. It was my grandmother's, and stood in her cellar for fifty years before I took it out.",
            "“We began with a crock.” All 22 words are kept.",
        ),
    ],
)
def test_an_answer_is_said_back_shorter_in_its_own_words(kept: str, said: str) -> None:
    assert mirrored(kept) == said


def test_a_long_sentence_is_cut_between_words() -> None:
    assert mirrored("a pickle " * 60).startswith("“a pickle a pickle")
    assert len(mirrored("a pickle " * 60)) < 200
