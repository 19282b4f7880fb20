"""Every form that the product has goes through Discord and comes back as it was."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bots.discord.inputs import same
from bots.settings import Settings
from bots.wiring import Program, build
from core.request import Actor, Platform
from tests.bots.discord.test_forms import through_discord
from tests.bots.product_forms import every_form

MAYA = Actor(Platform.DISCORD, "1400000000000000100", "1400000000000000401", "maya")


@pytest.fixture
async def program(tmp_path: Path) -> AsyncGenerator[Program, None]:
    async with build(Settings.model_validate({"ELEVATE_DATA_DIR": tmp_path / "data"})) as built:
        yield built


async def test_every_form_comes_back_from_discord_as_it_was_shown(program: Program) -> None:
    seen = set()
    async for form in every_form(program, MAYA):
        seen.add(form.title)
        values = through_discord(form)
        hidden = form.values.keys() - {field.name for field in form.fields}
        assert {name: values[name] for name in hidden} == {name: form.values[name] for name in hidden}, form.command
        assert values.keys() == hidden | {field.name for field in form.fields}
        for field in form.fields:
            assert same(field, values[field.name], form.values.get(field.name, "")), (form.command, field.name)
    assert len(seen) > 100, seen
