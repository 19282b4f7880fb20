"""Every form that the product has goes through Slack and comes back as it was."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bots.settings import Settings
from bots.slack.inputs import same
from bots.wiring import Program, build
from core.request import Actor, Platform
from tests.bots.product_forms import every_form
from tests.bots.slack.test_forms import through_slack

MAYA = Actor(Platform.SLACK, "T1", "U1", "maya")


@pytest.fixture
async def program(tmp_path: Path) -> AsyncGenerator[Program, None]:
    async with build(Settings.model_validate({"ELEVATE_DATA_DIR": tmp_path / "data"})) as built:
        yield built


async def test_every_form_comes_back_from_slack_as_it_was_shown(program: Program) -> None:
    seen = set()
    async for form in every_form(program, MAYA):
        seen.add(form.title)
        values = through_slack(form)
        hidden = form.values.keys() - {field.name for field in form.fields}
        assert {name: values[name] for name in hidden} == {name: form.values[name] for name in hidden}, form.command
        assert values.keys() == hidden | {field.name for field in form.fields}
        for field in form.fields:
            assert same(field, values[field.name], form.values.get(field.name, "")), (form.command, field.name)
    assert len(seen) > 100, seen
