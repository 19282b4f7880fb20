"""“Remind me …” in a direct message sets the reminder, says when it comes, and can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.commitments.commands import COMMANDS as COMMITMENTS
from core.commitments.model import Commitment, CommitmentKind
from core.commitments.service import WHAT_AT_MOST, Commitments
from core.nudges.service import Reminders
from core.people.model import Person
from core.people.service import People
from core.plain import message as plain
from core.reminding.commands import COMMANDS, NO_TIME
from core.reminding.hearing import RemindMe
from core.request import Said
from core.ui import Card, Form, Message
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.people import PeopleRecord
from tests.core.course.world import ACTOR, ADDRESS, NOON, Student, student
from tests.core.others import Others, Words


class Asks(Others):
    """A student in London who types at noon (13:00 there); the test says who else talks with them."""

    def __init__(self, database: Database, nora: Student) -> None:
        super().__init__()
        self.nora = nora
        self.reminders = Reminders(NudgePreferencesRecord(database), NudgeRecord(database), CommitmentRecord(database))
        self.commitments = Commitments(CommitmentRecord(database), self.reminders)
        self.interviewed: datetime | None = None
        self.practice = True

    async def asked_at(self, _: Person) -> datetime | None:
        return self.interviewed

    async def leave(self, person: Person, at: datetime) -> Message:
        self.interviewed = None
        return Message(cards=(Card("We stop here"),))

    async def hears(self, text: str, said: Said | None = None) -> Message | None:
        said = said or Said(id=f"evt_{text}", actor=ACTOR, address=ADDRESS, at=NOON, text=text)
        answer = await RemindMe(self.commitments, self.reminders, self, self, self.meanwhile).hear(said, self.nora.person)
        assert answer is None or isinstance(answer, Message)
        return answer

    async def text(self, text: str) -> str:
        answer = await self.hears(text)
        return plain(answer) if answer else ""

    async def kept(self) -> Sequence[Commitment]:
        return await self.commitments.all(self.nora.person, NOON)


@pytest.fixture
async def asks(database: Database) -> Asks:
    people = People(PeopleRecord(database))
    person = await people.meet(ACTOR, NOON)
    found = Asks(database, student(people, person, ()))
    found.nora = student(people, person, (*COMMANDS, *COMMITMENTS), found.commitments, found.reminders)
    return found


async def test_it_is_set_in_their_own_words_and_by_their_own_clock(asks: Asks) -> None:
    told = await asks.text("Can you remind me tonight at 8 to call the Printer please?")
    assert "Noted: call the Printer, on Wednesday 8 April, 20:00. I write to you then." in told
    [kept] = await asks.kept()
    assert (kept.kind, kept.what) == (CommitmentKind.REMINDER, "call the Printer")
    assert kept.due_at == datetime(2026, 4, 8, 19, tzinfo=UTC)


async def test_it_is_taken_back_with_one_tap_and_set_again(asks: Asks) -> None:
    told = await asks.hears("remind me tomorrow to post the mugs")
    assert told is not None
    gone = await asks.nora.press(told, "Take it back")
    assert isinstance(gone, Message)
    assert "post the mugs is off your list; I will not remind you of it." in plain(gone)
    assert not any(each.open for each in await asks.kept())
    form = await asks.nora.press(gone, "Set it again")
    assert isinstance(form, Form)
    assert form.values == {"what": "post the mugs"}


async def test_of_what_is_the_interview_that_waits_or_the_course(asks: Asks) -> None:
    assert "Noted: go on with the course, on Thursday 9 April, 09:00." in await asks.text("remind me tomorrow")
    asks.interviewed = NOON - timedelta(minutes=1)
    told = await asks.text("remind me tonight at 8")
    assert "Noted: go on with your Foundation, on Wednesday 8 April, 20:00." in told
    assert "We stop here" in told
    assert asks.interviewed is None, "its question waits until they are back"


async def test_who_stops_and_says_when_to_go_on_does_both(asks: Asks) -> None:
    asks.interviewed = NOON - timedelta(minutes=1)
    assert "We stop here" not in await asks.text("remind me tomorrow to post the mugs")
    told = await asks.text("thats it for now, remind me saturday morning")
    assert "Noted: go on with your Foundation, on Saturday 11 April, 09:00." in told
    assert "We stop here" in told
    asks.interviewed = NOON - timedelta(minutes=1)
    told = await asks.text("gotta go, can you remind me at 9 tonight to finish the rest?")
    assert "Noted: go on with your Foundation, on Wednesday 8 April, 21:00." in told
    assert "Noted: finish the rest" in await asks.text("remind me tonight to finish the rest"), "no interview waits"
    assert "We stop here" in told


async def test_without_a_time_it_is_asked_when(asks: Asks) -> None:
    shown = await asks.hears("remind me to call the printer")
    assert shown is not None
    assert "When shall I remind you of call the printer?" in plain(shown)
    then = await asks.nora.press(shown, "Tonight")
    assert isinstance(then, Message)
    assert "Noted: call the printer, on Wednesday 8 April, 19:00." in plain(then)


async def test_a_time_in_quiet_hours_is_theirs_to_choose(asks: Asks) -> None:
    told = await asks.text("remind me tomorrow at 6am to feed the starter")
    assert "on Thursday 9 April, 06:00. I write to you then, though your quiet hours go on." in told


async def test_whose_time_is_unknown_is_told_by_which_clock_it_is_read(asks: Asks) -> None:
    elsewhere = replace(ACTOR, timezone=None)
    for text, doubt in (("remind me tonight to post", True), ("remind me in 2 hours to post", False)):
        said = Said(id=f"evt_{text}", actor=elsewhere, address=ADDRESS, at=NOON, text=text)
        told = await asks.hears(text, said)
        assert told is not None
        assert ("I take your time as Europe/London" in plain(told)) == doubt


@pytest.mark.parametrize(
    "text",
    [
        *("remind me at 7", "remind me what a hook is", "remind me again tomorrow", "remind me every monday to log"),
        *("@Writer remind me tomorrow to post", f"remind me tomorrow to {'a' * (WHAT_AT_MOST + 1)}", "remind me"),
    ],
)
async def test_what_may_be_for_somebody_else_is_left(asks: Asks, text: str) -> None:
    assert not await asks.text(text)
    assert not await asks.kept()


async def test_in_a_talk_with_claude_and_below_a_letter_it_is_for_them(asks: Asks) -> None:
    asks.practice, asks.talk = False, [Words(NOON - timedelta(minutes=5))]
    assert not await asks.text("remind me tomorrow to post it")
    assert "Noted: ring Sue" in await asks.text("remind me tomorrow to ring Sue"), "that says all of it"
    asks.interviewed = NOON - timedelta(minutes=2)
    assert "Noted: go on with your Foundation" in await asks.text("remind me tonight at 7 to do the rest"), (
        "the interview asked later"
    )
    asks.talk, asks.interviewed = [], None
    assert "Noted" in await asks.text("remind me tomorrow to post it")
    asks.letters = [NOON - timedelta(minutes=5)]
    assert not await asks.text("remind me tomorrow to call you")


async def test_where_others_read_along_nothing_is_set(asks: Asks) -> None:
    shared = Said(id="evt_1", actor=ACTOR, address=ADDRESS, at=NOON, text="remind me tomorrow to post", direct=False)
    assert await asks.hears("", shared) is None


async def test_what_is_too_long_is_cut_and_said_to_be(asks: Asks) -> None:
    form = await asks.nora.form("reminder", f"{'wrap the large boxes ' * 12}tomorrow")
    assert str(form.values["what"]).endswith("…")
    assert len(str(form.values["what"])) <= WHAT_AT_MOST
    assert "only its beginning" in form.problems["what"]
    assert form.values["when"] == "Thursday 9 April 2026 09:00"


async def test_who_stopped_reminders_is_told_that_it_will_not_come(asks: Asks) -> None:
    await asks.reminders.stop(asks.nora.person, NOON)
    told = await asks.text("remind me tomorrow to post")
    assert "Your reminders are stopped, so it will not come." in told
    assert "Start reminders again" in told


async def test_the_command_takes_both_and_asks_for_what_is_missing(asks: Asks) -> None:
    nora = asks.nora
    assert "Noted: call the printer, on Thursday 9 April, 10:00." in await nora.text(
        "reminder", "call the printer tomorrow at 10"
    )
    form = await nora.form("reminder", "tomorrow at 10")
    assert form.values == {"when": "Thursday 9 April 2026 10:00"}
    sent = await nora.send(form, {"what": "post the mugs"})
    assert isinstance(sent, Message)
    assert "Noted: post the mugs, on Thursday 9 April, 10:00." in plain(sent)
    form = await nora.form("reminder")
    again = await nora.send(form, {"what": "ring Sue", "when": "yesterday"})
    assert isinstance(again, Form)
    assert (again.problems, again.values["what"]) == ({"when": NO_TIME}, "ring Sue")
