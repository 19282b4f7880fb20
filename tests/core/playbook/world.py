"""A run of a prompt on a record of its own, with a model that writes when a test lets it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from core.agents.roster import read_roster
from core.contents import SHIPPED
from core.errors import Trouble
from core.foundation.cells import Cells
from core.jobs import Job
from core.llm.model import Brief, Chunk, Finish, Usage, Words
from core.people.model import Person
from core.people.service import People
from core.playbook.model import Execution
from core.playbook.prompts import Playbook
from core.playbook.resuming import Resuming
from core.playbook.running import Running
from persistence.documents import Database
from persistence.jobs import JobRecord
from persistence.outbox import OutboxRecord
from persistence.people import PeopleRecord
from persistence.runs import ExecutionRecord
from tests.core.conftest import ADDRESS
from tests.records import Outage, Time

ROSTER, PLAYBOOK = read_roster(SHIPPED / "agents"), Playbook(SHIPPED)
H1 = PLAYBOOK.named("H1")


class Pen:
    """Implements `core.llm.model.Model`: writes what it is handed; None ends it, a trouble breaks it off.

    `asked`: how many answers were begun. `written`: how many pieces were taken, and worked on.
    """

    name = "pen"
    practice = False

    def __init__(self) -> None:
        self.asked = self.written = 0
        self.closed = asyncio.Event()
        self._handed: asyncio.Queue[str | Trouble | None] = asyncio.Queue()

    def hand(self, *pieces: str | Trouble | None) -> bool:
        """Have it write these next; always False, so that `come` may call it again and again."""
        for each in pieces:
            self._handed.put_nowait(each)
        return False

    async def answer(self, brief: Brief) -> AsyncGenerator[Chunk, None]:
        """Write."""
        self.asked += 1
        try:
            while (piece := await self._handed.get()) is not None:
                if isinstance(piece, Trouble):
                    raise piece
                yield Words(piece)
                self.written += 1
            yield Finish("end_turn", Usage(read=10, written=5))
        finally:
            self.closed.set()

    async def check(self) -> str:
        """It writes."""
        return "a pen"


@dataclass(slots=True)
class Desk:
    """Everything that a test of a run touches."""

    person: Person
    pen: Pen
    time: Time
    outage: Outage
    runs: ExecutionRecord
    jobs: JobRecord
    outbox: OutboxRecord
    running: Running
    resuming: Resuming

    async def begin(self) -> tuple[Execution, Job]:
        """A run that was begun here."""
        execution = Execution(
            id="run_one",
            user_id=self.person.user_id,
            organization_id=self.person.organization_id,
            prompt_code="H1",
            elevate_step="Hook",
            input_context_snapshot={},
            ai_request_timestamp=self.time.now(),
            prompt="Write headlines.",
            model="pen",
        )
        await self.runs.add(self.person, execution)
        job = await self.running.begin(self.person, execution, ADDRESS, self.time.now())
        assert job is not None
        return execution, job

    async def kept(self) -> Execution:
        """The run as it is kept."""
        found = await self.runs.find(self.person, "run_one")
        assert found is not None
        return found

    async def until_kept(self, text: str) -> None:
        """Return when so much of the answer is kept."""
        async with asyncio.timeout(30):
            while (await self.kept()).ai_response != text:  # noqa: ASYNC110 - what is waited for happens in a database
                await asyncio.sleep(0)


def desk(database: Database, person: Person) -> Desk:
    """With an empty sheet."""
    outage, time, pen = Outage(database), Time(), Pen()
    runs, jobs, outbox = ExecutionRecord(outage), JobRecord(outage), OutboxRecord(outage)
    running = Running(
        store=runs, cells=Cells(SHIPPED), roster=ROSTER, model=pen, jobs=jobs, owner="one", clock=time.now, wait=time.wait
    )
    people = People(PeopleRecord(database))
    resuming = Resuming(store=runs, playbook=PLAYBOOK, people=people, running=running, outbox=outbox, clock=time.now)
    return Desk(person, pen, time, outage, runs, jobs, outbox, running, resuming)
