"""Students make agents of their own, and share them with the cohort under a coach's eyes."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.servers.claude import ClaudeServer, Says
from tests.stories.cohort import Cohort, a_cohort
from tests.stories.conftest import told

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
    claude.replies.append(Says(("Which Milo?",)))
    await nora.types("@Milo a label for lids?")
    nora.sees("Director:", "Which Milo?")
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
    claude.replies.append(Says(("Milo is away.",)))
    await nora.types("@Milo another?")
    nora.sees("Director:", "Milo is away.")
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
