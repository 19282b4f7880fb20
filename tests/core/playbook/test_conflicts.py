"""What an alignment check found, read from its answer."""

from __future__ import annotations

from core.contents import SHIPPED
from core.foundation.cells import Cells
from core.people.model import Person
from core.playbook.conflicts import findings
from tests.core.course.world import person_named
from tests.core.playbook.test_origins import run_of
from tests.core.playbook.world import PLAYBOOK

F7, CELLS = PLAYBOOK.named("F7"), Cells(SHIPPED)
AUDIT = """\
## What
Yes. The kit suits Nora.

## Conflicts
1. Promises says "healthier gut", Complains says "went fuzzy". Change: promise a first jar without mould.
2. Voice is playful where Story is solemn.

**Missing**
Emotions and fears.

### Summary
Crock & Clover sells a starter kit.
"""


def test_cells_are_found_by_title_and_by_the_label_of_the_prompt(nora: Person) -> None:
    found = findings(F7, run_of(nora, "run_1", prompt_code="F7", ai_response=AUDIT), CELLS)
    assert [each.title for each in found.cells] == ["Main promise", "Voice", "Story and feel", "Said pains", "Emotions and fears"]
    assert found.conflicts.startswith("1. Promises says")
    assert found.missing == "Emotions and fears."
    assert found.summary == "Crock & Clover sells a starter kit."


def test_every_label_of_the_prompt_is_a_cell_s() -> None:
    for label in ("Sells", "Works by", "Rivals", "Person", "If nothing changes", "Channels chosen"):
        answer = f"Conflicts\n{label} is unclear.\n"
        assert _named(answer), label


def test_an_answer_in_another_form_leads_nowhere_and_breaks_nothing() -> None:
    assert _named("All is well with your Voice.") == []


def _named(answer: str) -> list[str]:
    run = run_of(_anybody(), "run_1", prompt_code="F7", ai_response=answer)
    return [each.title for each in findings(F7, run, CELLS).cells]


def _anybody() -> Person:
    return person_named("Nora")
