"""The rows of work in the record, the workers that take them, and the clock's pulse that finds what is due."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bots.late import Late
from bots.outbox import Pump
from bots.work import Work
from core.holding import Clock
from core.leases import Bell
from core.signals import Note, unnoted
from persistence.documents import Database
from persistence.inbox import InboxRecord
from persistence.jobs import JobRecord
from persistence.outbox import OutboxRecord
from scheduler.kinds import Kinds
from scheduler.ticks import Ticks
from scheduler.worker import Rhythm, Worker

Task: TypeAlias = Callable[[datetime], Awaitable[object]]
"""What a tick does."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of work, and the bells that ring where one is added, by the names of their collections."""

    bells: Mapping[str, Bell]
    inbox: InboxRecord
    jobs: JobRecord
    outbox: OutboxRecord


@dataclass(frozen=True, slots=True)
class Worked:
    """How rows are worked on. `owner` names this process in leases; `alone`: no other can have the same record."""

    database: Database
    owner: str
    alone: bool
    clock: Clock
    rhythm: Rhythm
    note: Note = unnoted


def rows_of(database: Database) -> Rows:
    """The rows of this record."""
    bells = {name: Bell() for name in ("inbox", "jobs", "outbox")}
    return Rows(
        bells=bells,
        inbox=InboxRecord(database, bells["inbox"]),
        jobs=JobRecord(database, bells["jobs"]),
        outbox=OutboxRecord(database, bells["outbox"]),
    )


def work_of(
    by: Worked, rows: Rows, kinds: Kinds, late: Late, pump: Pump, tasks: Mapping[str, Task], surfaces: Sequence[str]
) -> Work:
    """What goes on without anybody asking: events left unanswered, jobs, letters, and what comes with time."""
    events = InboxRecord(by.database, rows.bells["inbox"], surfaces)
    letters = OutboxRecord(by.database, rows.bells["outbox"], surfaces)

    async def ring(_: datetime) -> None:
        for bell in rows.bells.values():
            bell.ring()

    return Work(
        late=Worker(events, late.answer, owner=by.owner, now=by.clock, bell=rows.bells["inbox"], rhythm=by.rhythm, note=by.note),
        jobs=Worker(rows.jobs, kinds, owner=by.owner, now=by.clock, bell=rows.bells["jobs"], rhythm=by.rhythm, note=by.note),
        letters=Worker(
            letters, pump.send, owner=by.owner, now=by.clock, bell=rows.bells["outbox"], rhythm=by.rhythm, note=by.note
        ),
        stores=(rows.inbox, rows.jobs, rows.outbox),
        pulse=Ticks({**tasks, "work": ring}, now=by.clock, seconds=by.rhythm.tick_seconds),
        alone=by.alone,
        now=by.clock,
    )
