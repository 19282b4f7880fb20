"""The database goes away in the middle of work, on the real wire, and comes back: nothing acknowledged is lost."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from pymongo.uri_parser import parse_uri
from structlog.testing import capture_logs

from bots.reception import Reception
from bots.settings import Settings
from bots.wiring import build
from core.errors import StoreDown
from persistence.mongo import open_mongo
from scheduler.worker import Rhythm
from tests.records import come
from tests.servers.claude import ClaudeServer, Says
from tests.servers.wire import Wire
from tests.stories.terminal import TerminalStudent, at_the_terminal
from tests.stories.test_running_a_prompt import ANSWERS

TOLD = StoreDown().message.split(";")[0]
BRISK = Rhythm(lease=timedelta(seconds=30), poll_seconds=0.1)


@dataclass(frozen=True, slots=True)
class Line:
    """A database at the other end of a wire, and its own address for whoever looks whether it is all there."""

    wire: Wire
    direct: str
    name: str

    async def kept(self, collection: str) -> list[dict[str, object]]:
        """All documents of a collection."""
        database = await open_mongo(self.direct, database=self.name, selection_seconds=60)
        try:
            return [dict(each) for each in await database.collection(collection).find({})]
        finally:
            await database.close()


@pytest.fixture
async def line(mongo_address: str) -> AsyncGenerator[Line, None]:
    """A wire that stands, to a database of its own."""
    [(host, port)] = parse_uri(mongo_address)["nodelist"]
    made = Line(Wire(host, port), mongo_address, f"elevate_{secrets.token_hex(6)}")
    database = await open_mongo(mongo_address, database=made.name, selection_seconds=60)
    await database.ping()  # it may have been started this moment
    async with made.wire.up():
        yield made
    await database.drop()
    await database.close()


@pytest.fixture
async def student(tmp_path: Path, claude: ClaudeServer, line: Line) -> AsyncGenerator[TerminalStudent, None]:
    """A student whose program keeps its record at the other end of the wire."""

    @asynccontextmanager
    async def program() -> AsyncGenerator[Reception, None]:
        settings = Settings.model_validate(
            {
                "ELEVATE_DATA_DIR": tmp_path / "data",
                "ELEVATE_MONGODB_URI": f"mongodb://127.0.0.1:{line.wire.port}/{line.name}?directConnection=true",
                "ANTHROPIC_API_KEY": "sk-ant-story",
                "ANTHROPIC_BASE_URL": claude.url,
            }
        )
        async with build(settings, BRISK, patience_seconds=1.5) as built:
            yield built.reception

    async with at_the_terminal(program, tmp_path) as came:
        yield came


async def test_people_are_told_to_wait_and_all_goes_on_by_itself(
    student: TerminalStudent, line: Line, claude: ClaudeServer
) -> None:
    await student.types("/module note 1 before the outage")
    student.sees("before the outage")
    await line.wire.cut()
    await student.types("/module note 1 in the outage")
    student.sees(TOLD, "Try again")
    assert student.shown.count(TOLD) == 1
    await line.wire.mend()
    await student.presses("Try again")
    student.sees("Your notes: in the outage")
    [progress] = await line.kept("userModuleProgress")
    assert progress["notes"] == "in the outage"


async def test_a_run_that_the_outage_meets_in_mid_answer_is_kept_whole(
    student: TerminalStudent, line: Line, claude: ClaudeServer
) -> None:
    hold = asyncio.Event()
    claude.replies.append(Says(("Pain used: fuzz.\n\n1. Fuzzy", " jar?"), hold=hold))
    await student.types("/run H1")
    for label in list(ANSWERS)[:-1]:
        await student.types(ANSWERS[label])
    shown = student.showing("Pain used: fuzz.")
    typing = asyncio.create_task(student.types("Instagram"))
    await shown.wait()
    await line.wire.cut()
    try:
        with capture_logs() as logged:
            hold.set()
            await come(lambda: any(each["event"] == "outcome kept waiting" for each in logged))
    finally:  # its program ends only when what it does is kept
        hold.set()
        await line.wire.mend()
    await typing
    student.sees("1. Fuzzy jar?", "1 Save]")
    [run] = await line.kept("userPromptExecutions")
    assert (run["status"], run["aiResponse"]) == ("Success", "Pain used: fuzz.\n\n1. Fuzzy jar?")
    await student.presses("Save")
    student.sees("Saved as a draft")


async def test_an_answer_that_the_outage_meets_is_shown_and_its_question_is_not_answered_again(
    student: TerminalStudent, line: Line, claude: ClaudeServer
) -> None:
    hold = asyncio.Event()
    claude.replies.append(Says(("A hook is a line.\n\nIt names", " a pain."), hold=hold))
    shown = student.showing("A hook is a line.")
    typing = asyncio.create_task(student.types("@Teacher what is a hook?"))
    await shown.wait()
    await line.wire.cut()
    hold.set()
    await typing
    student.sees("It names a pain.", "This answer was not saved", TOLD)
    await line.wire.mend()
    await student.types("/progress")
    student.sees("You are in module 0")
    async with asyncio.timeout(20):
        while any(each["state"] != "done" for each in await line.kept("inbox")):  # noqa: ASYNC110 - it happens in a database
            await asyncio.sleep(0)
    assert len(claude.requests) == 1
