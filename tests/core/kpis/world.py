"""A student who logs figures, with a record on disk."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from core.assets.service import Assets
from core.contents import SHIPPED
from core.course.modules import Course
from core.foundation.cells import Cells
from core.foundation.service import Foundations
from core.kpis.commands import COMMANDS
from core.kpis.impacts import Following
from core.kpis.imports.commands import COMMANDS as IMPORTING
from core.kpis.imports.exports import Exports
from core.kpis.imports.grid import Grid
from core.kpis.imports.opening import tables_in
from core.kpis.imports.service import Imports
from core.kpis.logging_commands import COMMANDS as LOGGING
from core.kpis.metrics import Metrics
from core.kpis.ports import AskedLately, nobody_asked
from core.kpis.service import Snapshots
from core.llm.model import Brief, Chunk, Finish, Model
from core.people.service import People
from core.request import Address, File
from core.ui import Form, Message
from persistence.assets import AssetRecord
from persistence.drafts import FormDraftRecord
from persistence.foundation import FoundationRecord
from persistence.people import PeopleRecord
from persistence.snapshots import SnapshotRecord
from tests.blank import record_in
from tests.core.course.world import ACTOR, NOON, Student, student
from tests.core.kpis.sharing import comparing

COURSE, METRICS, EXPORTS, CELLS = Course(SHIPPED), Metrics(), Exports(), Cells(SHIPPED)
ATTRACT = {"level": "Attract", "span": "Last 7 Days", "end": "2026-04-07", "currency": "GBP"}


class Here:
    """Implements `core.kpis.imports.ports.Sheets` in this process, and `Sent` for files whose source is their content in hex."""

    async def tables_in(self, content: bytes) -> tuple[Grid, ...]:
        return tables_in(content)

    async def fetch(self, address: Address, file: File) -> File:
        return replace(file, content=bytes.fromhex(file.source))


class NoEyes:
    """Implements `core.llm.model.Model` as without a key."""

    name = "practice"
    practice = True

    async def answer(self, brief: Brief) -> AsyncGenerator[Chunk, None]:
        yield Finish("end_turn")

    async def check(self) -> str:
        return self.name


@asynccontextmanager
async def logging_student(
    folder: Path, model: Model | None = None, asked_for: AskedLately = nobody_asked
) -> AsyncIterator[Student]:
    """Nora, with the services of figures. `asked_for`: the reminder that asked for figures of late."""
    database = await record_in(folder)
    people, drafts = People(PeopleRecord(database)), FormDraftRecord(database)
    person = await people.meet(ACTOR, NOON)
    snapshots = Snapshots(SnapshotRecord(database), METRICS, people, drafts, asked_for)
    imports = Imports(snapshots, EXPORTS, drafts, Here(), Here(), model or NoEyes())
    foundations, assets = Foundations(FoundationRecord(database), CELLS), Assets(AssetRecord(database))
    looking = (Following(snapshots, assets), comparing(database, snapshots, people))
    able = (COURSE, snapshots, imports, foundations, *looking)
    yield student(people, person, (*COMMANDS, *LOGGING, *IMPORTING), *able)
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
