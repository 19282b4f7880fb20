"""`elevate coach`, and what a button of a reminder does in the whole program."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bots.coaches import appointed, listed
from bots.settings import Settings
from bots.wiring import Program, build
from core.errors import NotFound
from core.nudges.model import Kind, Nudge, nudge_id
from core.plain import message
from core.request import Actor, Asked, Platform, Typed
from core.roles import Role
from core.ui import Answer, Form, Message
from persistence.embedded import open_embedded
from persistence.nudges import NudgeRecord
from persistence.people import PeopleRecord

NORA = Actor(Platform.SLACK, "T1", "U1", "Nora", "Europe/London")
OMAR = Actor(Platform.SLACK, "T1", "U2", "Omar", "Europe/London")
NOON = datetime(2026, 4, 8, 12, tzinfo=UTC)
AT_NINE = nudge_id("per_nora", "2026-04-08")


@pytest.fixture
async def program(tmp_path: Path) -> AsyncGenerator[Program, None]:
    async with build(Settings.model_validate({"ELEVATE_DATA_DIR": tmp_path})) as program:
        yield program


async def ask(
    program: Program, actor: Actor, command: str, values: Mapping[str, Typed] | None = None, *, form: bool = False
) -> Answer:
    """What the program answers in the direct messages of whoever asks."""
    return await program.app.handle(
        Asked(id=f"ev {command}", actor=actor, address=actor.direct, at=NOON, command=command, values=values or {}, form=form)
    )


async def told(program: Program, actor: Actor, command: str, **values: Typed) -> str:
    answer = await ask(program, actor, command, values)
    assert isinstance(answer, Message), answer
    return message(answer)


async def test_an_operator_makes_coaches_and_students_again(program: Program) -> None:
    with pytest.raises(NotFound, match="write to the bot once"):
        await appointed(program, OMAR.identity, Role.COACH)
    assert "Nobody coaches yet" in await listed(program)
    assert "That is for coaches" in await told(program, OMAR, "cohort nudges")
    assert "Omar (slack:T1:U2) coaches" in await appointed(program, OMAR.identity, Role.COACH)
    assert "Nothing was changed" in await appointed(program, OMAR.identity, Role.COACH)
    assert await listed(program) == "Omar (slack:T1:U2) coaches"
    assert "No reminder has gone out yet" in await told(program, OMAR, "cohort nudges")
    assert isinstance(await ask(program, OMAR, "cohort dates"), Form)
    dated = await told(program, OMAR, "cohort schedule", starts_on="2026-04-13", catch_up_after=("3",))
    assert "Monday 13 April 2026" in dated
    assert "Your cohort's plan" in await told(program, NORA, "plan")
    assert "I keep quiet for Nora" in await told(program, OMAR, "nudges quiet", student="nora")
    assert "is a student" in await appointed(program, OMAR.identity, Role.STUDENT)
    assert "That is for coaches" in await told(program, OMAR, "cohort nudges")


async def test_the_mark_of_a_reminder_is_noted_and_no_command_reads_it(tmp_path: Path) -> None:
    settings = Settings.model_validate({"ELEVATE_DATA_DIR": tmp_path})
    async with build(settings) as program:
        await ask(program, NORA, "home")
    database = await open_embedded(tmp_path)
    person = await PeopleRecord(database).by_identity(NORA.identity)
    assert person is not None
    nudge = Nudge(
        id=AT_NINE,
        person_id=person.id,
        organization_id=person.organization_id,
        kind=Kind.STALLED,
        local_date="2026-04-08",
        template="stalled-1",
        reason="It stands still",
        created_at=NOON,
    )
    await NudgeRecord(database).add(person, nudge)
    await database.close()
    async with build(settings) as program:
        assert "Hook" in await told(program, NORA, "module show", module="1", via=AT_NINE)
        form = await ask(program, NORA, "kpi log", {"via": AT_NINE}, form=True)
        assert isinstance(form, Form)
        assert "via" not in form.values
        assert "That reminder is not there any more" in await told(program, OMAR, "nudges later", id=AT_NINE, until="1h")
        assert "I come back to it on" in await told(program, NORA, "nudges later", id=AT_NINE, until="tomorrow")
        stopped = await told(program, NORA, "nudges stop", id=AT_NINE)
        assert "Only stop this kind" in stopped
        assert "I leave out modules that stand still" in await told(program, NORA, "nudges only", id=AT_NINE)
    database = await open_embedded(tmp_path)
    kept = await NudgeRecord(database).find(person, AT_NINE)
    await database.close()
    assert kept is not None
    assert kept.opened_at == NOON
