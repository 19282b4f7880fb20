"""Students make agents of their own, and share them with the cohort under a coach's eyes."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.servers.claude import ClaudeServer, Says
from tests.stories.cohort import Cohort, a_cohort
from tests.stories.conftest import told
from tests.stories.student import Student
from tests.stories.terminal import TerminalStudent

LABELS = "Write labels of five words. Never six."
MADE = {
    "Name": "Milo",
    "What to ask it for": "Ask Milo for labels.",
    "Instructions": "Write labels.",
    "Personality": "Dry and brief.",
    "Face": "Bee",
    "What it may read": "Foundation",
}


@pytest.fixture(params=["terminal", "slack", "discord"])
async def cohort(request: pytest.FixtureRequest, tmp_path: Path, claude: ClaudeServer) -> AsyncGenerator[Cohort, None]:
    """Three people on each surface."""
    async with a_cohort(request.param, told(tmp_path, claude, ""), tmp_path) as people:
        yield people


def last_system(claude: ClaudeServer) -> str:
    return "\n".join(block["text"] for block in claude.requests[-1]["system"])


async def _is_nobodys_to(student: Student, words: str, claude: ClaudeServer) -> None:
    """The name is no agent's for them: at a terminal they hear so; elsewhere it may be a person's, and the Director answers."""
    if isinstance(student, TerminalStudent):
        await student.types(words)
        student.sees("There is no agent called Milo.")
        return
    claude.replies.append(Says(("Which Milo?",)))
    await student.types(words)
    student.sees("Director:", "Which Milo?")


async def test_an_agent_is_made_asked_changed_shared_approved_called_by_another_and_switched_off(
    cohort: Cohort, claude: ClaudeServer
) -> None:
    maria, nora, cora = cohort.maria, cohort.nora, cohort.cora
    await maria.types("/agents create")
    await maria.fills({**MADE, "Name": "Techer"})
    maria.sees("looks too much like")
    await maria.fills({"Name": "Milo"})
    maria.sees("@Milo is there", "Answers its maker alone", "Foundation")
    claude.replies.append(Says(("Fuzzy no more: mind lids.",)))
    await maria.types("@Milo a label for jars?")
    maria.sees("Milo:", "Fuzzy no more: mind lids.")
    assert "Dry and brief." in last_system(claude)

    await cora.types("/agents review")
    cora.sees("Nobody has shared an agent yet.")
    await maria.types("/agents edit Milo")
    await maria.fills({"Instructions": LABELS})
    maria.sees("Saved.", LABELS, "Dry and brief.")
    await maria.presses("Share with the cohort")
    maria.sees("Your coaches are asked.", "Waits for a coach's approval")
    await _is_nobodys_to(nora, "@Milo a label for lids?", claude)
    await nora.types("/agents review")
    nora.sees("That is for coaches.")

    await cora.types("/agents review")
    cora.sees("Milo", "Waits for a coach's approval")
    if cohort.told:
        await cohort.told(LABELS)
    await cora.presses("Milo")
    cora.sees(LABELS, "Maria")
    await cora.presses("Approve")
    cora.sees("@Milo answers the whole cohort now.")
    await nora.types("/agents")
    nora.sees("@Milo", "Ask Milo for labels.")
    claude.replies.append(Says(("Lids on, worries off today.",)))
    await nora.types("@Milo a label for lids?")
    nora.sees("Milo:", "Lids on, worries off today.")
    assert [each in last_system(claude) for each in (LABELS, "Nora", "Maria")] == [True, True, False]

    await cora.types("/agents review Milo")
    await cora.presses("Switch off")
    cora.sees("@Milo is off")
    await _is_nobodys_to(nora, "@Milo another?", claude)
    await maria.types("/agents show Milo")
    maria.sees("Switched off by a coach")
    maria.offers_no("Ask Milo")
    await maria.presses("Delete")
    await maria.presses("Yes, delete Milo")
    maria.sees("@Milo is deleted.")
    await maria.types("/agents show Milo")
    maria.sees("not an agent of yours")


async def test_a_copy_is_its_makers_own_under_a_name_of_its_own(cohort: Cohort) -> None:
    maria = cohort.maria
    await maria.types("/agents create")
    await maria.fills(MADE)
    await maria.types("/agents copy Milo")
    await maria.fills({"Name": "Ada"})
    maria.sees("@Ada is there", "Dry and brief.", "Write labels.")
    await maria.types("/agents")
    maria.sees("@Milo", "@Ada", "Ask Milo for labels.")
