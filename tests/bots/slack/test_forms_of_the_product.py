"""Every form that the product has goes through Slack and comes back as it was."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bots.settings import Settings
from bots.slack.inputs import same
from bots.wiring import Program, build
from core.contents import SHIPPED
from core.request import Actor, Asked, Platform, Typed
from core.ui import Answer, Form, Live
from tests.bots.slack.test_forms import through_slack

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
MAYA = Actor(Platform.SLACK, "T1", "U1", "maya")
SENT = {"foundation save", "assets add"}
LONG_TEXT = "\n\n".join(f"Part {number}. " + "Salt, water and time. " * 40 for number in range(12)).strip()


@pytest.fixture
async def program(tmp_path: Path) -> AsyncGenerator[Program, None]:
    async with build(Settings.model_validate({"ELEVATE_DATA_DIR": tmp_path / "data"})) as built:
        yield built


async def ask(program: Program, command: str, values: Mapping[str, Typed] | None = None, *, form: bool = False) -> Answer:
    given, id = values or {}, f"{command} {values}"
    sent = command in SENT
    asked = Asked(
        id=id, actor=MAYA, address=MAYA.direct, at=AT, command=command, values=given, form=form, submitted=sent and not form
    )
    return await program.app.handle(asked)


async def every_form(program: Program) -> AsyncGenerator[Form, None]:
    """Each command's own form, and those that commands make."""
    for command in program.app.catalog.commands.values():
        answer = await ask(program, command.name, form=True)
        assert isinstance(answer, Form)
        yield answer
    await ask(program, "foundation save", {"customerAvatar.pains": ("It smelled off", "A fuzzy batch")})
    await ask(program, "assets add", {"step": "Hook", "asset_type": "Post", "content": LONG_TEXT})
    made = [
        *(("module worksheet", {"module": str(number)}) for number in range(10)),
        *(("module note", {"module": str(number)}) for number in range(10)),
        *(("foundation edit", {"cell": name}) for name in ("company", "market", "customer", "pains", "customer extras")),
        *(("kpi figures", {"level": name, "span": "Week"}) for name in ("Attract", "Convert", "Grow")),
        *((name, {}) for name in ("welcome", "kpi log", "kpi settings", "mydata delete")),
        ("assets edit", {"asset": "1"}),
        ("me edit", {"name": "Maya", "timezone": "Atlantis"}),
    ]
    for name, values in made:
        answer = await ask(program, name, values)
        if isinstance(answer, Form):
            yield answer
    for path in sorted((SHIPPED / "prompts").glob("*/*.md")):
        answer = await ask(program, "run", {"code": path.stem})
        if isinstance(answer, Form):
            yield answer
        elif isinstance(answer, Live):
            await answer.updates.aclose()


async def test_every_form_comes_back_from_slack_as_it_was_shown(program: Program) -> None:
    seen = set()
    async for form in every_form(program):
        seen.add(form.title)
        values = through_slack(form)
        hidden = form.values.keys() - {field.name for field in form.fields}
        assert {name: values[name] for name in hidden} == {name: form.values[name] for name in hidden}, form.command
        assert values.keys() == hidden | {field.name for field in form.fields}
        for field in form.fields:
            assert same(field, values[field.name], form.values.get(field.name, "")), (form.command, field.name)
    assert len(seen) > 100, seen
