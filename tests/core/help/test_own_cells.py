"""Whether somebody asks to see a cell of their own, and which."""

from __future__ import annotations

import pytest

from core.contents import SHIPPED
from core.foundation.cells import Cells
from core.foundation.service import Foundations
from core.help.own_cells import OwnCells, named_in
from core.llm.ports import OwnCell
from core.people.model import Person
from persistence.documents import Database
from persistence.foundation import FoundationRecord
from tests.core.conftest import AT

CELLS = Cells(SHIPPED)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("what is my main promise", "Main promise"),
        ("What's my promise again?", "Main promise"),
        ("@Sage what was my main promise?", "Main promise"),
        ("my guarantee", "Guarantee"),
        ("please remind me what I wrote about my customer’s pains", "Said pains"),
        ("what did I say about my customers' pains?", "Said pains"),
        ("can you show me our voice", "Voice"),
        ("tell me what my rivals are", "Rivals"),
        ("remind me of my focus product", "Focus product"),
        ("Do you know what my stance is", "Our stance"),
        ("do you know my dream", "Dream"),
        *((each, None) for each in ("what is a main promise", "what is my hook", "what is my next step", "what is my name")),
        *((each, None) for each in ("how do I improve my main promise?", "is my main promise good", "write my main promise")),
        *((each, None) for each in ("what is my customer", "my customers say my voice is too loud", "what is my voice mail for")),
        *((each, None) for each in ("", "my", "what is my", "what should I put in my guarantee", "how is my guarantee found")),
    ],
)
def test_a_cell_of_ones_own_is_told_from_what_is_asked_of_it(question: str, title: str | None) -> None:
    found = named_in(question, CELLS)
    assert (found.title if found else None) == title


async def test_it_is_told_word_for_word_and_an_empty_one_is_empty(database: Database, nora: Person) -> None:
    foundations = Foundations(FoundationRecord(database), CELLS)
    own = OwnCells(foundations)
    assert await own.asked_for("what is my main promise?", nora) == OwnCell("Main promise", "Company", "")
    cell = CELLS.named("Main promise")[0]
    await foundations.save(nora, {cell.key: "A crisp jar in *seven* days"}, AT)
    assert await own.asked_for("my promise", nora) == OwnCell("Main promise", "Company", "A crisp jar in *seven* days")
    assert await own.asked_for("what is a promise?", nora) is None
