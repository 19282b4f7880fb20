"""On every surface two students become partners, see what the other promised, cheer and part, and their coach sees names."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.servers.claude import ClaudeServer
from tests.stories.cohort import Cohort, a_cohort
from tests.stories.conftest import told


@pytest.fixture(params=["terminal", "slack", "discord"])
async def cohort(request: pytest.FixtureRequest, tmp_path: Path, claude: ClaudeServer) -> AsyncGenerator[Cohort, None]:
    """Three people on each surface."""
    async with a_cohort(request.param, told(tmp_path, claude, ""), tmp_path) as people:
        yield people


async def test_two_students_are_partners_until_one_leaves(cohort: Cohort) -> None:
    maria, nora, cora = cohort.maria, cohort.nora, cohort.cora
    await maria.types("/commit Hook headlines in 3 days")
    await maria.types("/pair")
    maria.sees("A partner", "no figures, no texts", "Either of you can leave with one tap")
    await maria.presses("Find me a partner")
    maria.sees("A partner is being looked for")
    await nora.types("/pair ask")
    nora.sees("Maria, your partner", "Hook headlines", "open")
    await nora.presses("Cheer them on")
    nora.sees("I told Maria.")
    await nora.types("/pair show")
    await nora.presses("Cheer them on")
    nora.sees("You cheered Maria today already.")
    await cora.types("/cohort pairs")
    cora.sees("Maria and Nora", "1 pair, 0 waiting")
    cora.sees_no("Hook headlines")
    await cora.types("/cohort export")
    cora.sees("The cohort as a file", ".csv", "With what they opened to me")
    await maria.types("/pair")
    maria.sees("Nora, your partner", "Nora has said nothing yet", "Commit to something")
    maria.sees_no("Cheer them on")
    await maria.presses("End this pair")
    maria.sees("Your pair has ended, and the other was told kindly.")
    await nora.types("/pair")
    nora.sees("A partner", "Nothing else is shown")
    nora.sees_no("Hook headlines")


async def test_a_coach_brings_students_in_by_a_list(cohort: Cohort) -> None:
    cora = cohort.cora
    await cora.types("/cohort import")
    cora.sees("Bring students in", "a CSV or XLSX file", "Nothing is kept before you say so")
    await cora.sends("students.csv", b"Name,E-mail,Account\nAna,,\n")
    cora.sees("A list of students", "0 new, 0 known, 1 row with a problem", "Row 2", "no account id and no e-mail address")
