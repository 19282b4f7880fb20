"""A student who was asked about what they promised, and what comes of the words they type below it."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.chat.loose import LooseTalk
from core.commitments.model import Commitment
from core.commitments.service import Commitments
from core.nudges.below import Below
from core.nudges.model import Kind, Nudge, nudge_id
from core.nudges.service import Reminders
from core.nudges.settling import Settling
from core.nudges.words import Templates
from core.people.model import Person
from core.plain import message as plain
from core.request import Asked, Said
from core.ui import Message
from persistence.commitments import CommitmentRecord
from persistence.conversations import ConversationsRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from tests.core.conftest import AT
from tests.core.others import Others
from tests.students import DISCORD


def direct(text: str, minutes: float = 20) -> Said:
    return Said(id="ev", actor=DISCORD, address=DISCORD.direct, at=AT + timedelta(minutes=minutes), text=text)


class Asking(Others):
    """A student who promised things for today and was asked about the first; the test says who else talks with them."""

    def __init__(self, database: Database, student: Person) -> None:
        super().__init__()
        self.reminders = Reminders(NudgePreferencesRecord(database), NudgeRecord(database), CommitmentRecord(database))
        self.commitments = Commitments(CommitmentRecord(database), self.reminders)
        self.nudges, self.student = NudgeRecord(database), student
        self.interviewed: datetime | None = None
        self.passed = 0
        self.beside = ""
        self.settling: Settling | None = None
        self.settled_in_practice = False
        self.posted: dict[str, str] = {}
        self.loose = LooseTalk(ConversationsRecord(database))
        self.below = Below(self.reminders, self, self.loose)

    async def asked_at(self, _: Person) -> datetime | None:
        return self.interviewed

    async def key_of(self, person: Person, posted: str) -> str | None:
        return self.posted.get(posted) if person.id == self.student.id else None

    async def passed_by(self, asked: Asked, person: Person) -> None:
        self.passed += 1

    async def about(self, *promised: str, template: str = "commitment-honest") -> list[Commitment]:
        """Asked at `AT` about these, promised the day before."""
        kept = [await self.commitments.promise(self.student, each, AT.date(), AT - timedelta(days=1), each) for each in promised]
        asked = Nudge(
            id=nudge_id(self.student.id, AT.date().isoformat()),
            person_id=self.student.id,
            organization_id=self.student.organization_id,
            kind=Kind.COMMITMENT,
            about=kept[0].id,
            local_date=AT.date().isoformat(),
            template=template,
            reason=f"You set this day yourself{self.beside}",
            created_at=AT,
            lettered_at=AT,
        )
        await self.nudges.add(self.student, asked)
        self.posted["letter"] = f"nudge:{asked.id}"
        return kept

    async def hears(self, said: Said) -> str:
        """What is answered, or "" where it is for somebody else."""
        if self.settling is None or self.settled_in_practice != self.practice:
            self.settled_in_practice = self.practice
            self.settling = Settling(
                self.reminders, self.commitments, self.meanwhile, self, self, templates=Templates(), below=self.below
            )
        answer = await self.settling.hear(said, self.student)
        assert answer is None or isinstance(answer, Message)
        return plain(answer) if answer else ""
