"""On every surface a plain yes below an offer does what its button does, and figures beside a promise are heard too."""

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


async def test_offers_and_figures_are_heard_in_words(cohort: Cohort, claude: ClaudeServer) -> None:
    maria = cohort.maria
    await maria.types("I will photograph the boxes tomorrow")
    maria.sees("Shall I note that")
    await maria.types("yes pls")
    maria.sees("Noted: ", "photograph the boxes")
    await maria.types("/pair")
    maria.sees("A partner")
    await maria.types("yes find me one")
    maria.sees("A partner is being looked for")
    await maria.types("/commit list 3 bowls today")
    await maria.types("yep all done, visitors 310, leads 14")
    maria.sees("list 3 bowls", "I read these figures", "14")
    assert claude.requests == []
