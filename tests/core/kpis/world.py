"""A student who logs figures, with a record on disk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from core.contents import SHIPPED
from core.course.modules import Course
from core.kpis.commands import COMMANDS
from core.kpis.logging_commands import COMMANDS as LOGGING
from core.kpis.metrics import Metrics
from core.kpis.service import Snapshots
from core.people.service import People
from core.ui import Form, Message
from persistence.drafts import FormDraftRecord
from persistence.embedded import open_embedded
from persistence.people import PeopleRecord
from persistence.snapshots import SnapshotRecord
from tests.core.course.world import ACTOR, NOON, Student, student

COURSE, METRICS = Course(SHIPPED), Metrics()
ATTRACT = {"level": "Attract", "span": "Last 7 Days", "end": "2026-04-07", "currency": "GBP"}


@asynccontextmanager
async def logging_student(folder: Path, *more: object) -> AsyncIterator[Student]:
    """Nora, with the services of figures and whatever else is given."""
    database = await open_embedded(folder)
    await database.prepare()
    people = People(PeopleRecord(database))
    person = await people.meet(ACTOR, NOON)
    snapshots = Snapshots(SnapshotRecord(database), METRICS, people, FormDraftRecord(database))
    yield student(people, person, (*COMMANDS, *LOGGING), COURSE, snapshots, *more)
    await database.close()


async def logged(nora: Student, words: str) -> Message:
    """Free words, read back and saved."""
    saved = await nora.press(await nora.message("kpi log", words), "Save")
    assert isinstance(saved, Message)
    return saved


async def sheet(nora: Student, **values: str) -> Form:
    """The form of a part of the funnel."""
    answer = await nora.ask("kpi figures", "", {**ATTRACT, **values})
    assert isinstance(answer, Form)
    return answer
