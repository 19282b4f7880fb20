"""A cohort that is simulated: students all over the world who keep to their days, and processes that remind them and die.

Time stands still but where the simulation moves it: to what a student does next, or to the next tick at which somebody is due.
"""

from __future__ import annotations

import asyncio
import hashlib
import heapq
import itertools
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

from structlog.testing import capture_logs

from bots.outbox import Pump
from bots.reminding import Reminding, sources_of
from bots.written import read_course
from core.assets.service import Assets
from core.cohort.service import Cohorts
from core.commitments.model import Commitment, CommitmentState
from core.commitments.service import Commitments
from core.contents import SHIPPED
from core.course.service import Progress
from core.foundation.service import Foundations
from core.foundation.share import Share
from core.kpis.service import Snapshots
from core.leases import LEASE
from core.nudges.dispatch import Dispatch
from core.nudges.model import NudgePreferences
from core.nudges.service import Reminders, Settled
from core.nudges.times import Snooze
from core.outbox import Letter
from core.people.model import Person, User
from core.people.service import People
from core.request import Actor, Address, Platform
from core.ui import Message
from persistence.assets import AssetRecord
from persistence.cohorts import CohortRecord
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.drafts import FormDraftRecord
from persistence.foundation import FoundationRecord
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.outbox import OutboxRecord
from persistence.people import PeopleRecord
from persistence.progress import ProgressRecord
from persistence.snapshots import SnapshotRecord
from tests.crashing import Crashing

ZONES = (
    *("Pacific/Honolulu", "America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York", "America/St_Johns"),
    *("America/Santiago", "America/Sao_Paulo", "Atlantic/Azores", "Europe/London", "Europe/Berlin", "Africa/Cairo"),
    *("Africa/Casablanca", "Asia/Beirut", "Asia/Tehran", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Shanghai"),
    *("Asia/Tokyo", "Australia/Adelaide", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Apia"),
)
"""24; from 23 February to 17 May the clocks go forward in the north, and back in the south."""
STARTS = datetime(2037, 2, 23, tzinfo=UTC)
"""A Monday to come: what was sent 30 days ago by its own clock, a server removes within the minute, in the middle of a story."""
TICK = timedelta(minutes=5)
"""Seldomer than in life, to be done in time: nobody is due twice in that."""
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PROCESSES = 3
LETTERS = 64
"""Taken to be sent at once."""


@dataclass(slots=True)
class Student:
    """A student, and what they have told us, as the test knows it: nothing here is read back from the record."""

    person: Person
    days: tuple[int, ...]
    hour: int
    quiet: tuple[int, int]
    weekly: int
    chosen: bool
    zones: list[tuple[datetime, str]]
    stopped_at: datetime | None = None
    paused: list[tuple[datetime, datetime]] = field(default_factory=list)
    promised: list[tuple[date, datetime]] = field(default_factory=list)
    open: list[Commitment] = field(default_factory=list)
    kept: dict[date, datetime] = field(default_factory=dict)
    answers: bool = True


class Post:
    """Implements `core.ports.Messenger`: what arrived, by its key."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.arrived: dict[str, datetime] = {}
        self.twice: list[str] = []

    async def post(self, to: Address, message: Message, key: str = "") -> str:
        if key in self.arrived:
            self.twice.append(key)
        self.arrived[key] = self._now()
        return key

    async def find(self, to: Address, key: str) -> str | None:
        return key if key in self.arrived else None

    async def edit(self, to: Address, posted: str, message: Message) -> None:
        """Nothing is edited here."""


class Restful:
    """Implements `core.nudges.ports.Quiet`: nobody has asked their platform for quiet."""

    async def undisturbed_until(self, to: Address, at: datetime) -> datetime | None:
        return None


class Simulated:
    """The cohort, its record and its processes."""

    def __init__(self, database: Database, seed: int, size: int, days: int) -> None:
        self.database = database
        self.random = Random(seed)
        self.size, self.ends = size, STARTS + days * DAY
        self.at = STARTS
        self.post = Post(lambda: self.at)
        self.students: dict[str, Student] = {}
        self.killed = 0
        self.ticks = 0
        self.course = read_course(SHIPPED)
        self.nudges, self.wishes = NudgeRecord(database), NudgePreferencesRecord(database)
        commitments = CommitmentRecord(database)
        self.reminders = Reminders(self.wishes, self.nudges, commitments)
        self.commitments = Commitments(commitments, self.reminders)
        self.people = People(PeopleRecord(database), self.reminders)
        self.processes: list[Dispatch | None] = [self.process(database) for _ in range(PROCESSES)]
        self._events: list[tuple[datetime, int, Callable[[], Awaitable[None]]]] = []
        self._order = itertools.count()

    def process(self, database: Database) -> Dispatch:
        """One that reminds, over its own way to the record."""
        foundation, figures, assets = FoundationRecord(database), SnapshotRecord(database), AssetRecord(database)
        foundations, nudges = Foundations(foundation, self.course.cells), NudgeRecord(database)
        sources = sources_of(
            nudges,
            Progress(ProgressRecord(database), self.course.modules, assets, Share(foundation, foundations)),
            foundations,
            Snapshots(figures, self.course.metrics, self.people, FormDraftRecord(database)),
            Assets(assets),
            Commitments(CommitmentRecord(database), self.reminders),
            Cohorts(CohortRecord(database), PeopleRecord(database)),
        )
        reminding = Reminding(database, sources, self.course.reminders, 0.0)
        return reminding.dispatch(
            OutboxRecord(database), Restful(), ["slack"], now=lambda: self.at, chance=Random(self.random.random()).random
        )

    def then(self, at: datetime, does: Callable[[], Awaitable[None]]) -> None:
        """Have this happen at that time, if it is within the simulation."""
        if at < self.ends:
            heapq.heappush(self._events, (at, next(self._order), does))

    async def begin(self) -> None:
        """Everybody joins, makes their contract, and begins their life."""
        for number in range(self.size):
            await self._join(number)
        for day in range((self.ends - STARTS).days):
            self.then(STARTS + day * DAY + self.random.random() * DAY, self.kill)

    async def run(self) -> None:
        """Let time pass until the end."""
        while True:
            due = await self.wishes.due(self.ends, 1)
            looked = max(due[0].next_check_at, self.at) if due and due[0].next_check_at else self.ends
            tick = STARTS + -((STARTS - looked) // TICK) * TICK
            event = self._events[0][0] if self._events else self.ends
            if min(event, tick) >= self.ends:
                return
            if event <= tick:
                self.at = event
                await heapq.heappop(self._events)[2]()
            else:
                self.at = tick
                await self.tick()

    async def tick(self) -> None:
        """One or two of the processes that live tick at the same time; letters go out at once."""
        self.ticks += 1
        living = [each for each in self.processes if each is not None]
        count = 2 if self.random.random() < 0.1 else 1
        await asyncio.gather(*(each.tick(self.at) for each in self.random.sample(living, min(count, len(living)))))
        await self._send(self.database)

    async def _send(self, database: Database) -> None:
        outbox, pump = OutboxRecord(database), Pump(self.post, lambda: self.at, self.process_for_letters().unsent)
        rows = await outbox.claim("sender", self.at, LEASE, LETTERS)
        while rows:
            for row in rows:
                fresh = row.key not in self.post.arrived
                await outbox.done(row, self.at, await pump.send(row))
                if fresh:
                    self.came(row)
            rows = await outbox.claim("sender", self.at, LEASE, LETTERS) if len(rows) == LETTERS else []

    def process_for_letters(self) -> Dispatch:
        """Any that lives: which one hears of a letter that came too late is all the same."""
        return next(each for each in self.processes if each is not None)

    def came(self, letter: Letter) -> None:
        """What the student does about a reminder, some time after it came."""
        student = self.students[str(letter.person_id)]
        nudge_id, came_on = letter.key.removeprefix("nudge:"), self.at.astimezone(student.person.zone).date()
        if not student.answers:
            return

        async def answer() -> None:
            person = student.person
            await self.reminders.came_by(nudge_id, person, self.at)
            for each in [each for each in student.open if each.day <= came_on]:
                student.open.remove(each)
                student.kept.setdefault(each.day, self.at)
                await self.commitments.settle(person, each.id, CommitmentState.DONE, self.at)
            if self.random.random() < 0.05 and student.stopped_at is None:
                with suppress(Settled):
                    await self.reminders.later(person, nudge_id, self.random.choice(list(Snooze)), self.at)

        self.then(self.at + timedelta(minutes=self.random.randint(1, 90)), answer)

    async def kill(self) -> None:
        """One of the processes dies in the midst of its next tick, after some writes, and is started again later."""
        number = self.random.randrange(PROCESSES)
        if sum(each is not None for each in self.processes) < PROCESSES:
            return
        dying = self.process(Crashing(self.database, self.random.randint(0, 30)))
        await dying.tick(self.at)
        self.killed += 1
        self.processes[number] = None

        async def restart() -> None:
            self.processes[number] = self.process(self.database)

        self.then(self.at + timedelta(minutes=self.random.randint(1, 1200)), restart)

    async def _join(self, number: int) -> None:
        random, zone = self.random, ZONES[number % len(ZONES)]
        person = await self._person(number, zone)
        quiet = random.choice([(21, 8), (21, 8), (22, 7), (0, 6), (18, 10)])
        awake = [hour for hour in range(24) if (hour - quiet[0]) % 24 >= (quiet[1] - quiet[0]) % 24]
        student = Student(
            person=person,
            days=tuple(sorted(random.sample(range(1, 8), random.choice([1, 1, 1, 2, 2, 3])))),
            hour=random.choice([9, 9, 9, *awake]) if 9 in awake else random.choice(awake),
            quiet=quiet,
            weekly=random.choice([1, 2, 3, 3, 3, 7]),
            chosen=random.random() > 0.03,
            zones=[(STARTS - DAY, zone)],
            answers=random.random() < 0.7,
        )
        self.students[person.id] = student
        await self._contract(student)
        self._live(student)

    def actor(self, number: int, zone: str) -> Actor:
        """Their account on a platform."""
        return Actor(Platform.SLACK, "T1", f"U{number:04}", f"Student {number}", zone)

    async def _person(self, number: int, zone: str) -> Person:
        """Somebody whose id is the same in every run, since their minute of the hour depends on it."""
        actor = self.actor(number, zone)
        mark = hashlib.sha256(str(number).encode()).hexdigest()[:26]
        person = Person(
            id=f"per_{mark}",
            user_id=f"usr_{mark}",
            organization_id="org_t1",
            name=actor.name,
            identities=(actor.identity,),
            timezone=zone,
            created_at=STARTS - DAY,
        )
        return await PeopleRecord(self.database).add(User(id=person.user_id, name=person.name), person)

    async def _contract(self, student: Student) -> None:
        wishes: dict[str, object] = {
            "days": student.days,
            "hour": student.hour,
            "quiet_from": student.quiet[0],
            "quiet_until": student.quiet[1],
            "at_most_weekly": student.weekly,
        }
        await self.reminders.of(student.person, STARTS - DAY)
        if student.chosen:
            await self.reminders.choose(student.person, wishes, STARTS - HOUR)
        else:
            first: NudgePreferences = await self.reminders.of(student.person, STARTS)
            student.quiet = (first.quiet_from, first.quiet_until)

    def _live(self, student: Student) -> None:
        """What they will do: promises, a pause, a journey, a stop."""
        random = self.random
        days = (self.ends - STARTS).days
        for week in range(days // 7):
            if student.chosen and student.answers and random.random() < 0.4:
                self.then(STARTS + (7 * week + random.random() * 5) * DAY, self._promising(student, random.randint(1, 4)))
        if random.random() < 0.1:
            self.then(STARTS + random.random() * days * DAY, self._pausing(student, random.randint(2, 10)))
        if random.random() < 0.1:
            self.then(STARTS + random.random() * days * DAY, self._moving(student, random.choice(ZONES)))
        if random.random() < 0.1:
            self.then(STARTS + random.random() * days * DAY, self._stopping(student))

    def _promising(self, student: Student, ahead: int) -> Callable[[], Awaitable[None]]:
        async def does() -> None:
            day = self.at.astimezone(student.person.zone).date() + ahead * DAY
            event = f"{self.at}{student.person.id}"
            student.open.append(await self.commitments.promise(student.person, "The hook is written", day, self.at, event))
            student.promised.append((day, self.at))

        return does

    def _pausing(self, student: Student, days: int) -> Callable[[], Awaitable[None]]:
        async def does() -> None:
            await self.reminders.pause(student.person, self.at + days * DAY, self.at)
            student.paused.append((self.at, self.at + days * DAY))

        return does

    def _moving(self, student: Student, zone: str) -> Callable[[], Awaitable[None]]:
        async def does() -> None:
            moved = await self.people.introduce(student.person, name=student.person.name, timezone=zone, at=self.at)
            student.person = moved
            student.zones.append((self.at, zone))

        return does

    def _stopping(self, student: Student) -> Callable[[], Awaitable[None]]:
        async def does() -> None:
            await self.reminders.stop(student.person, self.at)
            student.stopped_at = self.at

        return does


async def simulated(database: Database, *, seed: int, size: int, days: int) -> Simulated:
    """A cohort whose time has passed."""
    cohort = Simulated(database, seed, size, days)
    with capture_logs():  # every death would be told with all that its program had at hand
        await cohort.begin()
        await cohort.run()
    return cohort
