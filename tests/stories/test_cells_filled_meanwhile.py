"""A prompt asks for cells of the Foundation; while its form is open, the same person fills them somewhere else."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bots.boundary import Door
from core.ids import new_id
from core.request import Address, Asked, Platform, Typed
from core.ui import Answer, Form, Live
from tests.stories.conftest import program
from tests.stories.terminal import MARIA

HERE = Address(Platform.TERMINAL, "terminal", "maria")
PAINS, SUMMARY = "customerAvatar.pains", "customerAvatar.profileSummary"
ANSWERS: Mapping[str, Typed] = {
    PAINS: "It smelled off",
    "customerAvatar.fears": "Making the family ill",
    SUMMARY: "Nora, 36",
    "companyContext.brandVoiceAdjectives": "warm",
    "ask.channel": "Instagram",
}


class Maria:
    """Sends forms."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def ask(self, command: str, words: str = "", values: Mapping[str, Typed] | None = None) -> Answer:
        """What comes back; `values` are those of a form."""
        return await self._door.handle(
            Asked(
                id=new_id("evt"),
                actor=MARIA,
                address=HERE,
                at=datetime.now(UTC),
                command=command,
                words=words,
                values=values or {},
                submitted=values is not None,
            )
        )

    async def form(self, command: str, words: str = "") -> Form:
        """The form that it opens."""
        answer = await self.ask(command, words)
        assert isinstance(answer, Form)
        return answer

    async def send(self, form: Form, values: Mapping[str, Typed]) -> Answer:
        """Send it with what it holds and these values."""
        return await self.ask(form.command, values={**form.values, **values})


@pytest.fixture
async def maria(tmp_path: Path) -> AsyncGenerator[Maria, None]:
    async with program(tmp_path) as reception:
        yield Maria(reception.door)


async def _pains(maria: Maria) -> Typed:
    return (await maria.form("foundation edit", "pains")).values[PAINS]


async def test_what_was_filled_meanwhile_is_shown_and_not_written_over(maria: Maria) -> None:
    run = await maria.form("run", "H1")
    assert PAINS in {each.name for each in run.fields}
    await maria.send(await maria.form("foundation edit", "pains"), {PAINS: "Fuzzy jars"})
    again = await maria.send(run, ANSWERS)
    assert isinstance(again, Form)
    assert again.problems == {PAINS: "Changed meanwhile to: Fuzzy jars\nKeep yours?"}
    assert PAINS in {each.name for each in again.fields}
    assert again.values[SUMMARY] == "Nora, 36"
    assert await _pains(maria) == "Fuzzy jars"

    assert isinstance(await maria.send(again, ANSWERS), Live)
    assert await _pains(maria) == "It smelled off"


async def test_left_empty_the_cell_stays_as_it_was_filled_meanwhile(maria: Maria) -> None:
    run = await maria.form("run", "H1")
    await maria.send(await maria.form("foundation edit", "pains"), {PAINS: "Fuzzy jars"})
    again = await maria.send(run, ANSWERS)
    assert isinstance(again, Form)
    assert isinstance(await maria.send(again, {PAINS: ""}), Live)
    assert await _pains(maria) == "Fuzzy jars"


async def test_where_nothing_was_filled_meanwhile_the_run_begins_at_once(maria: Maria) -> None:
    assert isinstance(await maria.send(await maria.form("run", "H1"), ANSWERS), Live)
