"""What figures may be an answer to, read from the record: the reminders and letters that went to people by themselves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bots.measured import AskedLately, CameLately
from bots.sent_since import SentSince
from core.chat.loose import LooseTalk
from core.exchanges.service import Exchanges
from core.kpis.ports import AskedFor, Wrote
from core.nudges.below import Below
from core.nudges.model import Kind, Nudge, nudge_id
from core.nudges.service import Reminders
from core.outbox import new_letter
from core.people.model import Person
from core.people.service import People
from core.request import Said
from core.roles import Role
from core.ui import Message
from persistence.commitments import CommitmentRecord
from persistence.conversations import ConversationsRecord
from persistence.exchanges import ExchangeRecord
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.outbox import OutboxRecord
from persistence.people import PeopleRecord
from tests.blank import record_in
from tests.core.conftest import AT
from tests.core.exchanges.office import Quiet
from tests.students import DISCORD, OMAR, met

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Sent:
    """A student, and what went to them."""

    student: Person
    nudges: NudgeRecord
    outbox: OutboxRecord
    people: People
    exchanges: Exchanges
    came: CameLately

    async def reminder(self, kind: Kind, hours_ago: int, about: str | None = None) -> str:
        at = AT - hours_ago * HOUR
        day = (AT - timedelta(days=hours_ago)).date().isoformat()
        ids = {
            "id": nudge_id(self.student.id, day),
            "person_id": self.student.id,
            "organization_id": self.student.organization_id,
        }
        told = {"template": "t", "reason": "r", "local_date": day, "created_at": at, "lettered_at": at}
        await self.nudges.add(self.student, Nudge.model_validate({**ids, **told, "kind": kind, "about": about}))
        return ids["id"]

    async def letter(self, key: str, hours_ago: int, posted: str = "m1") -> None:
        at, org = AT - hours_ago * HOUR, self.student.organization_id
        letter = new_letter(key, DISCORD.direct, Message("Hello"), organization_id=org, person_id=self.student.id, at=at)
        await self.outbox.add(letter)
        for row in await self.outbox.claim("prc", at, HOUR, 9):
            await self.outbox.done(row, at, posted)


@pytest.fixture
async def sent(tmp_path: Path) -> AsyncIterator[Sent]:
    database = await record_in(tmp_path)
    student = await met(database, DISCORD)
    nudges, outbox = NudgeRecord(database), OutboxRecord(database)
    reminders = Reminders(NudgePreferencesRecord(database), nudges, CommitmentRecord(database))
    await reminders.choose(student, {"days": (1,)}, AT - timedelta(days=9))
    people = People(PeopleRecord(database))
    exchanges = Exchanges(ExchangeRecord(database), people, outbox, Quiet(), Quiet())
    yield Sent(
        student,
        nudges,
        outbox,
        people,
        exchanges,
        CameLately(reminders, outbox, exchanges, Below(reminders, outbox, LooseTalk(ConversationsRecord(database)))),
    )
    await database.close()


@pytest.mark.parametrize(
    ("kind", "for_figures"), [(Kind.KPI_DUE, True), (Kind.NOT_MEASURED, True), (Kind.RECOMMIT, False), (Kind.COMMITMENT, False)]
)
async def test_the_latest_reminder_says_whether_it_asked_for_figures(sent: Sent, kind: Kind, *, for_figures: bool) -> None:
    await sent.reminder(Kind.WELCOME, 5)
    await sent.reminder(kind, 2)
    assert await sent.came.reminded(sent.student, AT - 3 * HOUR) == (AT - 2 * HOUR, for_figures)
    assert await sent.came.reminded(sent.student, AT - HOUR) is None


async def test_the_latest_reminder_that_asked_for_a_period_is_known_and_the_one_that_is_replied_to(sent: Sent) -> None:
    earlier = await sent.reminder(Kind.KPI_DUE, 50, "kpi:snp_1")
    await sent.letter(f"nudge:{earlier}", 50, "first")
    await sent.reminder(Kind.KPI_DUE, 26, "kpi:snp_2")
    other = await sent.reminder(Kind.WIN, 2)
    await sent.letter(f"nudge:{other}", 2, "second")
    said = Said(id="evt", actor=DISCORD, address=DISCORD.direct, at=AT, text="leads 14")
    asked = AskedFor(AT - 26 * HOUR, "snp_2")
    assert await sent.came.asked_for(said, sent.student, AT - 30 * HOUR) == asked
    assert await sent.came.asked_for(said, sent.student, AT - HOUR) is None
    lately = AskedLately(sent.came.reminders)
    assert await lately(sent.student, AT - 30 * HOUR) == asked, "for what is typed behind /kpi log"
    assert await lately(sent.student, AT - HOUR) is None
    below = replace(said, replies_to="first")
    assert await sent.came.asked_for(below, sent.student, AT - HOUR) == AskedFor(AT - 50 * HOUR, "snp_1", replied=True)
    assert await sent.came.asked_for(replace(said, replies_to="second"), sent.student, AT - 30 * HOUR) is None


async def test_a_letter_to_everybody_counts_until_something_else_goes_to_them(sent: Sent) -> None:
    assert not await sent.came.wrote_to_all(sent.student, AT - 12 * HOUR)
    await sent.letter("ann_one:per_1", 3)
    assert await sent.came.wrote_to_all(sent.student, AT - 12 * HOUR)
    assert not await sent.came.wrote_to_all(sent.student, AT - 2 * HOUR)
    await sent.letter("nudge:ndg_1", 1)
    assert not await sent.came.wrote_to_all(sent.student, AT - 12 * HOUR)


async def test_letters_are_told_with_who_wrote_them(sent: Sent) -> None:
    coach = await sent.people.appoint(await sent.people.meet(OMAR, AT), Role.COACH)
    written = await sent.exchanges.write(coach, sent.student, "Lovely photos", AT - 3 * HOUR, event_id="e1")
    await sent.exchanges.answer(sent.student, written.id, "Thank you, Omar", AT - HOUR)
    mine = Wrote("Thank you, Omar", AT - HOUR, own=True)
    assert await sent.came.letters(sent.student, AT - 4 * HOUR) == [Wrote("Lovely photos", AT - 3 * HOUR, own=False), mine]
    assert await sent.came.letters(sent.student, AT - 2 * HOUR) == [mine]
    assert await sent.came.letters(sent.student, AT) == []


async def test_a_reply_to_what_came_since_is_no_reply_to_what_stood_before(sent: Sent) -> None:
    """What is noted once a letter is out is later than the letter's own time on its platform."""
    since = SentSince(sent.came.reminders, sent.outbox)
    assert await since(sent.student, AT - 9 * HOUR) is None
    await sent.reminder(Kind.COMMITMENT, 3)
    await sent.letter("nudge:1", 2)
    came_at, posted = await since(sent.student, AT - 9 * HOUR), AT - 2 * HOUR - timedelta(seconds=5)
    assert came_at is not None
    assert AT - 3 * HOUR < came_at <= posted
    assert await since(sent.student, AT - HOUR) is None
    await sent.letter("exc_1:line", 1)
    assert await since(sent.student, AT - 1.5 * HOUR) is None, "whom words after a letter of a person are for, is asked"
