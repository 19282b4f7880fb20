"""How long a coach of 2,000 waits: `python benchmarks/cohort.py`; exits with 1 where it is too long.

`/cohort members` is asked at the door of the whole program, as a surface asks it, the look written down included: the first page,
a name that is searched, and the last page by place; and `/cohort board`, on which all of them agreed to be, for a whole course.
Beside it stand the list of who may need a person without the door, and the rival: the same 2,000 documents read with the standard
library alone, which is what any list of them costs at least. They take turns, so that a busy machine slows all of them.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from bots.backing import now
from bots.run import settle_in
from bots.settings import Settings
from bots.wiring import Program, build
from core.board.actions import monday_of
from core.board.model import Tally, tally_id
from core.cohort.model import Cohort
from core.cohort.service import Cohorts
from core.course.steps import Step
from core.exchanges.model import Exchange, Line
from core.ids import new_id
from core.members.model import Member
from core.members.service import Members
from core.people.invitation import Invitation
from core.people.model import Person
from core.request import Actor, Asked, Platform, Typed
from core.roles import Role
from persistence.embedded_json import encode

STUDENTS, ROUNDS, PROMISED_MS = 2_000, 25, 300.0
WAITING, ITEMS = 200, 8
"""Students who wait for an answer, which is as many as are read at once; and items of each checklist."""
IDA = Actor(Platform.SLACK, "T1", "U9", "Ida", "Europe/London", installer=True)
NAMES = ("Nora", "Omar", "Zoë", "Ben", "Maya", "Aoife", "Priya", "Chen", "Fatima", "Lucía", "Kwame")
SURNAMES = ("Byrne", "Khan", "Silva", "Novak", "Tanaka", "Rossi", "Haddad")
ASKED: Mapping[str, Mapping[str, Typed]] = {
    "first page": {},
    "searched": {"search": "nora", "order": "name"},
    "last page": {"order": "place", "page": str(STUDENTS // 10)},
}
DIGEST, DIGEST_MS = "the week's digest", 5_000.0
"""As the tick makes it on Monday, and `/cohort digest` on any day."""
BOARD = "the board, whole course"
WEEKS = 13
"""Of the course, those to catch up included."""
HUB = "the cohort on one card"
PROMISES = {**dict.fromkeys((*ASKED, BOARD, HUB), PROMISED_MS), DIGEST: DIGEST_MS}


def member(number: int, organization_id: str, at: datetime) -> Member:
    """Somebody who is somewhere in the course: some are quiet, some behind, some through."""
    closed, quiet = number % 11, number * 7 % 30
    here = [] if closed == len(Step) else [number * 13 % 100, *(0 for _ in range(len(Step) - 1 - closed))]
    last = at - timedelta(days=quiet, hours=3)
    shares = (*(100 for _ in range(closed)), *here)
    return Member(
        id=f"per_{number:06}",
        user_id=f"usr_{number:06}",
        organization_id=organization_id,
        name=f"{NAMES[number % len(NAMES)]} {SURNAMES[number % len(SURNAMES)]} {number}",
        timezone="Europe/London",
        joined_at=at - timedelta(days=70),
        shares=shares,
        ticked=tuple((each * ITEMS // 100, ITEMS) for each in shares),
        completed=tuple(range(closed)),
        begun=(closed,) if closed < len(Step) else (),
        closings=tuple((each, last) for each in range(closed)),
        module=closed if closed < len(Step) else None,
        module_begun_at=last - timedelta(days=number % 20),
        module_worked_at=last,
        module_moved_at=last,
        seen_at=last,
        assets=number % 12,
        shipped=number % 4,
        shipped_at=last,
        periods=number % 7,
        logged_at=last,
        promises_late=number % 2,
        ignored=number % 4,
        prompts={f"H{code}": (number % 5 + 1, number % 5, number % 3) for code in range(1, number % 9 + 1)},
        rolled_at=at,
    )


def waiting(member: Member, at: datetime) -> Exchange:
    """What the student asked a person, and has no answer to."""
    line = Line(by_person_id=member.id, name=member.name, words="Which price should I take?", at=at)
    whose = {"person_id": member.id, "organization_id": member.organization_id, "name": member.name}
    times = {"created_at": at, "changed_at": at, "shown_at": at}
    return Exchange.model_validate({"id": f"exc_{member.id}", **whose, **times, "lines": (line,)})


def on_the_board(member: Member, cohort: Cohort) -> tuple[Person, Tally]:
    """The same student, who agreed to be on the board, with something done in each week."""
    number = int(member.id.removeprefix("per_"))
    monday = monday_of(cohort.created_at, cohort.zone)
    weeks = {
        (monday - each * timedelta(days=7)).isoformat(): (number * each % 9, 0, number % 3, 1, each % 2) for each in range(WEEKS)
    }
    person = Person(
        id=member.id,
        user_id=f"usr_{number:06}",
        organization_id=member.organization_id,
        name=member.name,
        cohort_id=cohort.id,
        boards=(cohort.id,),
        created_at=member.joined_at,
    )
    whose = {"person_id": member.id, "organization_id": member.organization_id, "cohort_id": cohort.id}
    return person, Tally.model_validate({"id": tally_id(member.id, cohort.id), **whose, "weeks": weeks})


async def filled(folder: Path) -> None:
    """A record with a coach and all those students, as the ticks would have rolled them up."""
    async with build(Settings.model_validate({"ELEVATE_DATA_DIR": folder})) as program:
        coach = await program.people.meet(IDA, now())

        async def begun(cohorts: Cohorts) -> Cohort:
            return (await cohorts.create(coach, "Spring", None, (), now()))[0]

        cohort = await program.services.call(begun)
    assert coach.role is Role.ADMIN
    members = list(_members(coach))
    asked = [waiting(each, now()) for each in members[:WAITING]]
    persons, tallies = zip(*(on_the_board(each, cohort) for each in members), strict=True)
    about = {"organization_id": coach.organization_id, "cohort_id": cohort.id, "created_at": now()}
    expected = [
        Invitation.model_validate({"id": f"slack:T1:U{each}", "name": f"Person {each}", **about}) for each in range(STUDENTS)
    ]
    tables = {"members": members, "persons": persons, "tallies": tallies, "invitations": expected, "exchanges": asked}
    with closing(sqlite3.connect(folder / "elevate.db")) as connection, connection:
        for name, kept in tables.items():
            connection.executemany(f'INSERT INTO "{name}" VALUES (?, ?)', [(each.id, encode(each.document())) for each in kept])


def _members(coach: Person) -> Iterator[Member]:
    at = now()
    return (member(number, coach.organization_id, at) for number in range(STUDENTS))


def bare(folder: Path) -> int:
    """The documents themselves, read by SQLite and the standard library's JSON alone; returns how many."""
    with closing(sqlite3.connect(folder / "elevate.db")) as connection:
        return len([json.loads(text) for (text,) in connection.execute('SELECT document FROM "members"')])


async def measured(folder: Path) -> bool:
    """Print what each takes; whether all at the door keep the promise."""
    await filled(folder)
    async with build(Settings.model_validate({"ELEVATE_DATA_DIR": folder})) as program:
        coach = await program.people.meet(IDA, now())

        async def listing(members: Members) -> int:
            return len(await members.at_risk(coach, now()))

        async def read() -> object:
            return await asyncio.to_thread(bare, folder)

        sides: dict[str, Callable[[], Awaitable[object]]] = {name: _door(program, values) for name, values in ASKED.items()}
        sides |= {DIGEST: _door(program, {}, "cohort digest", "The week to")}
        sides |= {HUB: _door(program, {}, "cohort show", "Spring")}
        sides |= {BOARD: _door(program, {"span": "cohort"}, "cohort board", "The board of Spring")}
        sides |= {"who may need a person": lambda: program.services.call(listing), "bare documents": read}
        taken: dict[str, list[float]] = {name: [] for name in sides}
        settle_in()  # as `elevate run` does once it is up
        for _ in range(ROUNDS):
            for name, ask in sides.items():
                began = time.perf_counter()
                assert await ask()
                taken[name].append((time.perf_counter() - began) * 1000)
    return _told(taken)


def _door(
    program: Program, values: Mapping[str, Typed], command: str = "cohort members", title: str = "Your students"
) -> Callable[[], Awaitable[object]]:
    async def ask() -> object:
        event = Asked(id=new_id("evt"), actor=IDA, address=IDA.direct, at=now(), command=command, values=values, direct=True)
        answer = await program.app.handle(event)
        assert title in repr(answer), "the list came"
        return answer

    return ask


def _told(taken: Mapping[str, list[float]]) -> bool:
    print(f"/cohort members among {STUDENTS:,}, {ROUNDS} times each, in ms")
    print(f"{'':28}{'first':>9}{'median':>9}{'95 of 100':>11}{'slowest':>9}")
    kept = True
    for name, each in taken.items():
        first, median, most = each[0], statistics.median(each), statistics.quantiles(each, n=20)[-1]
        missed = most > PROMISES.get(name, most)
        kept = kept and not missed
        mark = f"   promised {PROMISES[name]:.0f}{': MISSED' if missed else ''}" if name in PROMISES else ""
        print(f"{name:28}{first:9.1f}{median:9.1f}{most:11.1f}{max(each):9.1f}{mark}")
    print("promises kept" if kept else "promises NOT kept")
    return kept


def main() -> int:
    """Measure in a folder that is removed afterwards."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with tempfile.TemporaryDirectory(prefix="elevate-bench-") as name:
        return 0 if asyncio.run(measured(Path(name))) else 1


if __name__ == "__main__":
    sys.exit(main())
