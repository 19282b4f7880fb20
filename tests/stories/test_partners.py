"""On every surface two students become partners, see what the other promised, cheer and part, and their coach sees names."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from core.sharing.carrying import is_small
from core.ui import Call
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
    await maria.types("I will photograph the boxes tomorrow")
    maria.sees("Shall I note that")
    await maria.types("yes pls")
    maria.sees("Noted:", "photograph the boxes")
    await maria.types("/pair")
    maria.sees("A partner", "no figures, no texts", "Either of you can leave with one tap")
    maria.offers("Find me a partner")
    await maria.types("yes find me one")
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


async def test_the_wish_for_a_person_is_taken_to_one_by_its_button_however_long_it_is(cohort: Cohort) -> None:
    wish = "Hello, could I talk to my coach about wholesale conditions of international marketplaces please"
    assert not is_small(Call("person ask", {"about": wish}))
    await cohort.cora.types("/help")
    await cohort.maria.types(wish)
    cohort.maria.sees("One tap, and your coaches hear of it.")
    await cohort.maria.presses("I would like a person")
    cohort.maria.sees("I told Cora.")
    if cohort.told:
        await cohort.told("Maria would like a person")
    await cohort.cora.types("/cohort asked")
    cohort.cora.sees("Maria", wish[:40])


async def test_a_form_is_opened_with_everything_typed_however_long_that_is(cohort: Cohort) -> None:
    maria = cohort.maria
    typed = "a fortnight after the winter fair at the harbour, or when the kiln has been mended, whichever is later"
    await maria.types(f"/nudges pause {typed}")
    maria.sees("Pause until", "is no day that I can read")
    await maria.presses("Fix it")
    maria.sees(typed)
    await maria.fills({"Pause until": "in 3 days"})
    maria.sees("Paused until")


async def test_a_coach_brings_students_in_by_a_list(cohort: Cohort) -> None:
    cora = cohort.cora
    await cora.types("/cohort import")
    cora.sees("Bring students in", "a CSV or XLSX file", "Nothing is kept before you say so")
    await cora.sends("students.csv", b"Name,E-mail,Account\nAna,,\n")
    cora.sees("A list of students", "0 new, 0 known, 1 row with a problem", "Row 2", "no account id and no e-mail address")
