"""What the whole program suggests while somebody types a prompt."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bots.settings import Settings
from bots.wiring import build
from core.request import Actor, Address, Platform, Suggesting

NORA = Actor(Platform.DISCORD, "G1", "D1", "Nora", "Europe/London")
PLACE = Address(Platform.DISCORD, "G1", "C1")
NOON = datetime(2026, 4, 8, 12, tzinfo=UTC)


async def suggested(folder: Path, typed: str) -> list[str]:
    """The values that are suggested for /run."""
    async with build(Settings.model_validate({"ELEVATE_DATA_DIR": folder})) as program:
        wanted = Suggesting(id="typing", actor=NORA, address=PLACE, at=NOON, command="run", field="code", typed=typed)
        return [each.value for each in await program.app.suggest(wanted)]


async def test_the_present_step_comes_first_before_anything_is_typed(tmp_path: Path) -> None:
    assert (await suggested(tmp_path, ""))[0] == "F1"


@pytest.mark.parametrize(
    ("typed", "first"),
    [("ed", "ED1"), ("h", "H1"), ("step:", "step:Foundation"), ("step:ho", "step:Hook"), ("abandoned cart", "N5")],
)
async def test_what_is_typed_is_looked_for_in_codes_purposes_and_steps(tmp_path: Path, typed: str, first: str) -> None:
    assert first in (await suggested(tmp_path, typed))[:3]
