"""A dispatch over a record, with what is decided written by the test."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from core.cohort.timetable import Timetable
from core.nudges.decision import Decision
from core.nudges.dispatch import Dispatch, Given
from core.nudges.known import Known
from core.nudges.model import Kind, Nudge, NudgePreferences, nudge_id
from core.outbox import Letter
from core.people.model import Person
from core.request import Actor, Address, Platform
from core.ui import Message
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.outbox import OutboxRecord
from persistence.people import PeopleRecord
from tests.students import met

NINE = datetime(2026, 4, 8, 9, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SLACK = Actor(Platform.SLACK, "T1", "U1", "Nora", "UTC")


class Decided:
    """Decides for a reminder a day, unless it was sent; the test may change what it is about, or hold it back."""

    def __init__(self) -> None:
        self.kind = Kind.STALLED
        self.held_back = False
        self.nothing = False
        self.wanted: list[str] = []
        """What they asked for, for this very time, and comes first."""
        self.asked: list[tuple[Known, datetime | None]] = []

    def __call__(self, known: Known, at: datetime, *, undisturbed_until: datetime | None = None) -> Decision:
        self.asked.append((known, undisturbed_until))
        today = known.today(at).isoformat()
        asked = next((each for each in self.wanted if all(nudge.about != each for nudge in known.sent)), "")
        if self.nothing or (not asked and any(each.local_date == today and each.occasion == "due" for each in known.sent)):
            return Decision(next_check_at=at + DAY)
        if undisturbed_until is not None:
            return Decision(next_check_at=undisturbed_until)
        nudge = Nudge(
            id=nudge_id(known.person.id, today, asked),
            person_id=known.person.id,
            user_id=known.person.user_id,
            organization_id=known.person.organization_id,
            kind=self.kind,
            about=asked or "mod_1",
            occasion="asked" if asked else "due",
            local_date=today,
            template=f"{self.kind.value}-1",
            reason="it is so",
            held_back=self.held_back,
            created_at=at,
        )
        message = None if self.held_back else Message(f"about {self.kind.value}")
        return Decision(
            nudge,
            message,
            until=at + 12 * 60 * MINUTE,
            next_check_at=at + DAY,
            changes={"set_aside_at": at} if known.sent else {},
        )


class KnowsWhatWasSent:
    """Implements `core.nudges.ports.Learners`."""

    def __init__(self, nudges: NudgeRecord) -> None:
        self._nudges = nudges

    async def known(self, person: Person, wishes: NudgePreferences, at: datetime) -> Known:
        sent = await self._nudges.since(person, at - 60 * DAY)
        return Known(person=person, wishes=wishes, timetable=Timetable(date(2026, 4, 6)), sent=sent)


@dataclass(slots=True)
class Resting:
    """Implements `core.nudges.ports.Quiet`."""

    until: datetime | None = None
    asked: list[Address] = field(default_factory=list)
    meanwhile: Callable[[], Awaitable[object]] | None = None
    """What happens while the platform is asked."""

    async def undisturbed_until(self, to: Address, at: datetime) -> datetime | None:
        self.asked.append(to)
        if self.meanwhile is not None:
            await self.meanwhile()
        return self.until


class Room:
    """A record in which people wait to be reminded, and processes that do so."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.decided = Decided()
        self.resting = Resting()
        self.at = NINE
        self.wishes = NudgePreferencesRecord(database)
        self.nudges = NudgeRecord(database)
        self.outbox = OutboxRecord(database)

    def process(self, database: Database | None = None, serves: Sequence[str] = ("slack",)) -> Dispatch:
        """One that reminds."""
        over = database or self.database
        return Dispatch(
            Given(
                wishes=NudgePreferencesRecord(over),
                nudges=NudgeRecord(over),
                people=PeopleRecord(over),
                learners=KnowsWhatWasSent(NudgeRecord(over)),
                quiet=self.resting,
                outbox=OutboxRecord(over),
                decide=self.decided,
                serves=lambda surface: surface in serves,
                now=lambda: self.at,
                chance=lambda: 0.5,
            )
        )

    async def tick(self, database: Database | None = None, serves: Sequence[str] = ("slack",)) -> int:
        """A tick of a process of its own."""
        return await self.process(database, serves).tick(self.at)

    async def student(self, actor: Actor = SLACK, at: datetime = NINE) -> Person:
        """Somebody who is due then."""
        person = await met(self.database, actor, NINE - 9 * DAY)
        wishes = NudgePreferences(
            id=f"npf_{person.id}",
            person_id=person.id,
            user_id=person.user_id,
            organization_id=person.organization_id,
            chosen_at=NINE - 8 * DAY,
            next_check_at=at,
            changed_at=NINE - 8 * DAY,
        )
        await self.wishes.meet(person, wishes)
        return person

    async def contract(self, person: Person) -> NudgePreferences:
        """Their contract."""
        found = await self.wishes.of(person)
        assert found is not None
        return found

    async def sent(self, person: Person) -> Sequence[Nudge]:
        """Their reminders."""
        return await self.nudges.since(person, NINE - 99 * DAY)

    async def letters(self) -> Sequence[Letter]:
        """All that stands in the outbox."""
        return [Letter.of(each) for each in await self.database.collection("outbox").find({})]
