"""A coach who writes reads which promise the student is asked about later, since the bot keeps quiet meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core.chat.loose import LooseTalk
from core.commitments.model import CommitmentState
from core.commitments.service import Commitments
from core.exchanges.commands import Answering, WritingFirst, answer, write
from core.exchanges.hearing import Replies
from core.exchanges.model import Exchange
from core.exchanges.postponed import Postponed
from core.exchanges.service import Exchanges
from core.nudges.model import Kind, Nudge, Outcome, nudge_id
from core.nudges.service import Reminders
from core.openness.service import Openness
from core.people.model import Person
from core.people.service import People
from core.plain import message
from core.request import Asked, Said
from core.roles import Role
from core.ui import Answer, Message
from persistence.commitments import CommitmentRecord
from persistence.conversations import ConversationsRecord
from persistence.documents import Database
from persistence.exchanges import ExchangeRecord
from persistence.looks import LookRecord
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.outbox import OutboxRecord
from tests.core.conftest import AT, actor
from tests.core.exchanges.office import Quiet

DAY = timedelta(days=1)
TOLD = "I keep quiet for them for three days"


class Desk:
    """A coach who writes to Nora, and what Nora promised."""

    def __init__(self, database: Database, people: People) -> None:
        self.database, self.people, self.openness = database, people, Openness(LookRecord(database), people)
        self.reminders = Reminders(NudgePreferencesRecord(database), NudgeRecord(database), CommitmentRecord(database))
        self.commitments = Commitments(CommitmentRecord(database), self.reminders)
        self.letters = OutboxRecord(database)
        postponed = Postponed(self.commitments, self.openness)
        self.exchanges = Exchanges(ExchangeRecord(database), people, self.letters, Quiet(), self.reminders, postponed)

    async def promises(self, student: Person, what: str, ahead: int, **changes: str) -> None:
        person = student.model_copy(update=changes)
        await self.commitments.promise(person, what, (AT + ahead * DAY).date(), AT, what)

    async def ignored(self, student: Person, at: datetime) -> None:
        day = at.date().isoformat()
        asked = Nudge(
            id=nudge_id(student.id, day),
            person_id=student.id,
            organization_id=student.organization_id,
            kind=Kind.STALLED,
            local_date=day,
            template="",
            reason="",
            created_at=at,
            lettered_at=at,
            outcome=Outcome.IGNORED,
        )
        await NudgeRecord(self.database).add(student, asked)

    async def writes(self, coach: Person, student: Person, at: datetime = AT) -> str:
        asked = Asked(id=f"w{at}", actor=actor("cora"), address=actor("cora").direct, at=at, command="cohort write")
        return told(await write(asked, coach, WritingFirst(student.name, "Well done"), self.exchanges, self.people))


def told(answer: Answer) -> str:
    assert isinstance(answer, Message)
    return message(answer)


@pytest.fixture
def desk(database: Database, people: People) -> Desk:
    return Desk(database, people)


@pytest.fixture
async def cora(people: People) -> Person:
    return await people.appoint(await people.meet(actor("cora"), AT), Role.COACH)


async def test_what_was_promised_for_a_quiet_day_is_named_with_the_day_on_which_it_is_asked_about(
    desk: Desk, cora: Person, nora: Person
) -> None:
    await desk.promises(nora, "photograph the boxes", 2)
    shown = await desk.writes(cora, nora)
    assert TOLD in shown
    told = "What Nora promised for Wednesday 4 March, photograph the boxes, I ask about once they are over, as things stand on"
    assert f"{told} Thursday 5 March." in shown
    later = await desk.commitments.quiet_beyond(nora, (await desk.commitments.all(nora, AT))[0])
    assert later == (AT + 3 * DAY).date(), "as the student is told who promises it now"


async def test_the_look_at_it_is_noted_for_the_student(desk: Desk, cora: Person, nora: Person) -> None:
    await desk.writes(cora, nora)
    assert await desk.openness.looks(nora) == [], "nothing of theirs was shown"
    await desk.promises(nora, "photograph the boxes", 1)
    await desk.writes(cora, nora, AT + timedelta(minutes=5))
    [seen] = await desk.openness.looks(nora)
    assert (seen.by, seen.about) == (cora.name, "where you are in the course")


@pytest.mark.parametrize("ahead", [4, 9])
async def test_what_is_promised_for_another_day_is_not_named(desk: Desk, cora: Person, nora: Person, ahead: int) -> None:
    await desk.promises(nora, "photograph the boxes", ahead)
    assert (await desk.writes(cora, nora)).count("I ask about") == 0


async def test_an_hour_that_moved_since_nobody_answered_puts_no_question_off_that_comes_at_their_own(
    desk: Desk, cora: Person, nora: Person
) -> None:
    """The silence ends between 15:00, when they are written to for now, and 18:00: they are asked on the very day."""
    await desk.reminders.choose(nora, {"days": (1, 2, 3, 4, 5), "hour": 18}, AT - 30 * DAY)
    for ago in (3, 4):
        await desk.ignored(nora, AT - ago * DAY)
    await desk.promises(nora, "pick a focus product", 3)
    assert "I ask about" not in await desk.writes(cora, nora, AT.replace(hour=16, minute=30))
    later = await desk.writes(cora, nora, AT.replace(hour=18, minute=30))
    assert "I ask about once they are over, as things stand on Friday 6 March." in later


async def test_what_a_coach_may_not_read_or_nobody_is_asked_about_is_not_named(desk: Desk, cora: Person, nora: Person) -> None:
    await desk.promises(nora, "write the hook", 1)
    [kept] = await desk.commitments.all(nora, AT)
    await desk.commitments.settle(nora, kept.id, CommitmentState.DONE, AT)
    await desk.promises(nora, "ring my sister", 1, organization_id="org_elsewhere")
    await desk.commitments.remind(nora, "buy glue", AT + DAY, AT, "r1")
    assert "I ask about" not in await desk.writes(cora, nora)
    await desk.promises(nora, "photograph the boxes", 1)
    await desk.reminders.stop(nora, AT)
    assert "I ask about" not in await desk.writes(cora, nora, AT + timedelta(minutes=5))


async def test_an_answer_and_a_reply_tell_it_too_and_a_student_is_told_nothing_of_it(
    desk: Desk, cora: Person, nora: Person
) -> None:
    await desk.promises(nora, "photograph the boxes", 2)
    kept = await desk.exchanges.ask(nora, "Which price?", actor().direct, AT, event_id="e1", show=False)
    asked = Asked(id="a1", actor=actor("cora"), address=actor("cora").direct, at=AT, command="cohort answer")
    assert "photograph the boxes" in told(await answer(asked, cora, Answering(kept.id, "39"), desk.exchanges))
    replies = Replies(desk.exchanges, desk.people, Posted(kept), LooseTalk(ConversationsRecord(desk.database)))
    shown = await replies.hear(reply("And 22 for the pot", "cora"), cora)
    assert isinstance(shown, Message)
    assert "photograph the boxes" in message(shown)
    assert shown.reaction is None, "a sign alone would not tell it"
    shown = await replies.hear(reply("Thank you, I will", "nora"), nora)
    assert isinstance(shown, Message)
    assert "photograph the boxes" not in message(shown)
    assert shown.reaction


class Posted:
    """Every message was a letter of this exchange."""

    def __init__(self, exchange: Exchange) -> None:
        self.key = f"{exchange.id}:line-1:x"

    async def key_of(self, person: Person, posted: str) -> str | None:
        return self.key

    async def latest(self, person: Person, since: datetime) -> tuple[str, datetime] | None:
        return None


def reply(words: str, who: str) -> Said:
    at = AT + timedelta(hours=1)
    return Said(id=words, actor=actor(who), address=actor(who).direct, at=at, text=words, direct=True, replies_to="m1")
