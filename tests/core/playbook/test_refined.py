"""What is for use of a rewriter's answer."""

from __future__ import annotations

import pytest

from core.playbook.model import Execution
from core.playbook.refined import work_in
from tests.records import NOON


def _run(said: str, code: str = "R1") -> Execution:
    return Execution(
        id="run_1",
        user_id="usr_1",
        organization_id="org_1",
        prompt_code=code,
        elevate_step="Hook",
        input_context_snapshot={},
        ai_request_timestamp=NOON,
        ai_response=said,
    )


@pytest.mark.parametrize(
    ("said", "work"),
    [
        ("**Revised text**\n\n**Fluff** again?\n\n**What changed**\n- Half as long\n\n**Voice** warm", "**Fluff** again?"),
        ("**Revised text:** Fluff again?\n\n**What changed:** Half as long", "Fluff again?"),
        ("## Revised text\n\n1. Fluff?\n2. Lid?\n\n## What changed\n\n- Half as long", "1. Fluff?\n2. Lid?"),
        ("Revised text\nFluff again?", "Fluff again?"),
        ("Revised text\nSee what changed here.\nWhat changed\n- All", "See what changed here."),
    ],
)
def test_a_rewriter_s_labels_and_notes_are_left_behind(said: str, work: str) -> None:
    assert work_in(_run(said)) == work


@pytest.mark.parametrize("said", ["Fluff again?", "Which text is it?", "**Revised text**\n**What changed**\n- All"])
def test_an_answer_in_another_shape_is_taken_whole(said: str) -> None:
    assert work_in(_run(said)) == said


def test_only_the_rewriter_has_labels() -> None:
    said = "Revised text\nFluff\nWhat changed\n- All"
    assert work_in(_run(said, "H1")) == said
