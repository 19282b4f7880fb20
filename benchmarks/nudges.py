"""How long a tick takes among few and among many learners: `python benchmarks/nudges.py`; exits with 1 where it is too long.

1,000 students are due, among 10,000 and among 1,000,000, on the embedded record as it ships. In a tick each of them is claimed,
what is known of them is gathered, it is decided that nothing is due, and they get their next time; the claims alone, each with
its end, are measured beside it. The rounds take turns, so that a busy machine slows both. The others are written in bulk into
the file before the indexes are made, which takes seconds and not an hour.
"""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from bots.reminding import Reminding, sources_of
from bots.written import read_course
from core.assets.service import Assets
from core.cohort.service import Cohorts
from core.commitments.service import Commitments
from core.contents import SHIPPED
from core.course.service import Progress
from core.foundation.service import Foundations
from core.foundation.share import Share
from core.kpis.service import Snapshots
from core.nudges.dispatch import AT_ONCE, BATCH, CLAIM, Dispatch
from core.nudges.model import NudgePreferences
from core.nudges.service import Reminders
from core.people.model import Organization, Person
from core.people.service import People
from core.request import Address
from persistence.assets import AssetRecord
from persistence.cohorts import CohortRecord
from persistence.commitments import CommitmentRecord
from persistence.drafts import FormDraftRecord
from persistence.embedded import EmbeddedDatabase, open_embedded
from persistence.embedded_json import encode
from persistence.foundation import FoundationRecord
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.outbox import OutboxRecord
from persistence.people import PeopleRecord
from persistence.progress import ProgressRecord
from persistence.snapshots import SnapshotRecord

FEW, MANY, DUE = 10_000, 1_000_000, 1_000
ROUNDS = 7
TIMES = 5_000
"""Different times at which the others are looked at."""
RATIO_AT_MOST, CLAIMS_AT_LEAST = 1.3, 500
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
NINE = MONDAY + timedelta(hours=9, minutes=10)
"""Everybody's hour is over, with the ten minutes over which they are spread."""
WEEK = timedelta(days=7)


class Restful:
    """Nobody has asked their platform for quiet. Implements `core.nudges.ports.Quiet`."""

    async def undisturbed_until(self, to: Address, at: datetime) -> datetime | None:
        """They may be written to."""
        return None


def person(number: int) -> Person:
    """A student."""
    return Person(
        id=f"per_{number:08}",
        user_id=f"usr_{number:08}",
        organization_id="org_1",
        name=f"Student {number}",
        identities=(f"slack:T1:U{number:08}",),
        created_at=MONDAY,
    )


def contract(number: int, later: int | None) -> NudgePreferences:
    """Their contract: Mondays at nine, at most none a week, so that all is looked at and nothing is sent.

    They are due, or `later` names the second, in ten years, at which they are looked at.
    """
    return NudgePreferences(
        id=f"npf_{number:08}",
        person_id=f"per_{number:08}",
        user_id=f"usr_{number:08}",
        organization_id="org_1",
        chosen_at=MONDAY,
        days=(1,),
        at_most_weekly=0,
        next_check_at=MONDAY + (timedelta(hours=9) if later is None else timedelta(days=3650, seconds=later)),
        changed_at=MONDAY,
    )


def rows(size: int, make: str) -> Iterator[tuple[str, str]]:
    """Ids and documents, those who are due scattered among the others. What differs is put into texts that were written once."""
    if make == "persons":
        every, written = 1, [encode(person(0).document())]
    else:
        every, written = size // DUE, [encode(contract(0, number).document()) for number in range(TIMES)]
    due = written[0] if make == "persons" else encode(contract(0, None).document())
    mark = "per" if make == "persons" else "npf"
    for number in range(size):
        text = due if number % every == 0 else written[number % len(written)]
        yield f"{mark}_{number:08}", text.replace("00000000", f"{number:08}")


async def filled(folder: Path, size: int) -> EmbeddedDatabase:
    """A record with so many learners. The rows are written before the indexes are made."""
    database = await open_embedded(folder)
    with closing(sqlite3.connect(folder / "elevate.db")) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        for table, make in (("persons", "persons"), ("nudgePreferences", "contracts")):
            connection.executemany(f'INSERT INTO "{table}" VALUES (?, ?)', rows(size, make))
    await database.prepare()
    organization = Organization(id="org_1", name="T1", owner_id="usr_00000000", platform="slack", workspace="T1")
    await PeopleRecord(database).add_organization(organization)
    return database


class Clocked:
    """A process that reminds, and its clock, which stands until a round begins."""

    def __init__(self, database: EmbeddedDatabase) -> None:
        self.at = NINE
        self.database = database
        self.dispatch = self._dispatch(database)

    def _dispatch(self, database: EmbeddedDatabase) -> Dispatch:
        course, foundation = read_course(SHIPPED), FoundationRecord(database)
        foundations, nudges, assets = Foundations(foundation, course.cells), NudgeRecord(database), AssetRecord(database)
        commitments = CommitmentRecord(database)
        waking = Reminders(NudgePreferencesRecord(database), nudges, commitments)
        known_by = sources_of(
            nudges,
            Progress(ProgressRecord(database), course.modules, assets, Share(foundation, foundations)),
            foundations,
            Snapshots(SnapshotRecord(database), course.metrics, People(PeopleRecord(database)), FormDraftRecord(database)),
            Assets(assets),
            Commitments(commitments, waking),
            Cohorts(CohortRecord(database), PeopleRecord(database)),
        )
        reminding = Reminding(database, known_by, course.reminders, 0.0)
        return reminding.dispatch(OutboxRecord(database), Restful(), ["slack"], now=lambda: self.at)

    async def tick(self) -> float:
        """A tick, a week after the last one; the seconds that it took."""
        began = time.perf_counter()
        looked = await self.dispatch.tick(self.at)
        took = time.perf_counter() - began
        assert looked == DUE, f"{looked} were looked at"
        self.at += WEEK
        return took

    async def claim(self) -> float:
        """Claim all who are due, sixteen at a time, and give them their next time; the seconds that it took."""
        wishes, until, after = NudgePreferencesRecord(self.database), self.at + CLAIM, self.at + timedelta(hours=1)
        began, claimed = time.perf_counter(), 0
        while due := list(await wishes.due(self.at, BATCH)):

            async def some(waiting: list[NudgePreferences]) -> int:
                taken = 0
                while waiting:
                    one = waiting.pop()
                    held = await wishes.claim(one, until)
                    taken += held is not None and await wishes.settle(held, until, after)
                return taken

            claimed += sum(await asyncio.gather(*(some(due) for _ in range(AT_ONCE))))
        took = time.perf_counter() - began
        assert claimed == DUE, f"{claimed} were claimed"
        self.at = after
        return took


async def measured(folder: Path) -> bool:
    """Print what a tick takes; whether that is little enough."""
    sides = {}
    for size in (FEW, MANY):
        began = time.perf_counter()
        sides[size] = Clocked(await filled(folder / str(size), size))
        print(f"filled with {size:,} learners in {time.perf_counter() - began:.0f} s")
    ticks: dict[int, list[float]] = {size: [] for size in sides}
    claimed: dict[int, list[float]] = {size: [] for size in sides}
    for number in range(ROUNDS + 1):
        for size, side in sides.items():
            claim, tick = await side.claim(), await side.tick()
            if number:  # the first reads the course and warms the caches
                claimed[size].append(claim)
                ticks[size].append(tick)
    print(f"\nA tick with {DUE:,} due\n{'among':>10}{'time':>12}{'looked at a second':>20}{'claimed a second':>18}")
    medians = {size: statistics.median(each) for size, each in ticks.items()}
    rates = {size: DUE / statistics.median(each) for size, each in claimed.items()}
    for size, seconds in medians.items():
        print(f"{size:10,}{seconds * 1000:9.0f} ms{DUE / seconds:20,.0f}{rates[size]:18,.0f}")
    ratio, claims = medians[MANY] / medians[FEW], min(rates.values())
    kept = (ratio <= RATIO_AT_MOST, claims >= CLAIMS_AT_LEAST)
    print(f"ratio {ratio:.2f} (at most {RATIO_AT_MOST}){'' if kept[0] else '   MISSED'}")
    print(f"claims a second {claims:,.0f} (at least {CLAIMS_AT_LEAST}){'' if kept[1] else '   MISSED'}")
    for side in sides.values():
        await side.database.close()
    return all(kept)


def main() -> int:
    """Measure in a folder that is removed afterwards."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with tempfile.TemporaryDirectory(prefix="elevate-bench-") as name:
        return 0 if asyncio.run(measured(Path(name))) else 1


if __name__ == "__main__":
    sys.exit(main())
