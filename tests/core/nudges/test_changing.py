"""Another hour, quiet hours and days off, typed in words: what names reminders is heard whatever came since."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.nudges.changing import TypedChanges, change_said, hour_wished
from core.nudges.commands import Chosen, at_hour
from core.nudges.foresight import Foresight
from core.nudges.service import Reminders
from core.nudges.spoken_times import as_read
from core.people.model import Person
from core.plain import message as plain
from core.request import Asked
from core.ui import Message
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.people import PeopleRecord
from tests.core.conftest import AT
from tests.core.nudges.asking import direct
from tests.core.nudges.test_preview import Learners, nothing
from tests.core.others import Others, Words
from tests.students import DISCORD, met

WEEKDAYS = (1, 2, 3, 4, 5)


class Reminded(Others):
    """A student who is reminded on weekdays at 20:00, as they chose at `AT`; the test says who else talks with them."""

    def __init__(self, database: Database, student: Person) -> None:
        super().__init__()
        self.student = student
        self.reminders = Reminders(NudgePreferencesRecord(database), NudgeRecord(database), CommitmentRecord(database))
        self.foresight = Foresight(PeopleRecord(database), Learners(), nothing)

    async def chose(self, days: str = "12345", hour: str = "20") -> None:
        asked = Asked(id="chose", actor=DISCORD, address=DISCORD.direct, at=AT, command="nudges at")
        await at_hour(asked, self.student, Chosen(days, hour), self.reminders, self.foresight)

    async def hears(self, text: str, minutes: float = 20) -> str:
        answer = await TypedChanges(self.reminders, self.foresight, self.meanwhile).hear(direct(text, minutes), self.student)
        assert answer is None or isinstance(answer, Message)
        return plain(answer) if answer else ""

    async def agreed(self) -> tuple[tuple[int, ...], int, int, int]:
        wishes = await self.reminders.of(self.student, AT)
        return wishes.days, wishes.hour, wishes.quiet_from, wishes.quiet_until


@pytest.fixture
async def reminded(database: Database) -> Reminded:
    found = Reminded(database, await met(database, DISCORD))
    await found.chose()
    return found


@pytest.mark.parametrize(
    ("words", "days", "hour"),
    [
        *((each, WEEKDAYS, 19) for each in ("can u remind me at 7 instead of 8", "remind me at 7pm instead of 8")),
        *((each, WEEKDAYS, 19) for each in ("change my reminders to 7pm", "move my reminders from 8 to 7 please")),
        *((each, WEEKDAYS, 18) for each in ("Can you change my reminders to 6?", "switch the reminders to evenings, thanks")),
        ("set my reminders to tuesdays at 7pm", (2,), 19),
        ("change my reminder time to 7am on weekends", (6, 7), 7),
    ],
)
async def test_another_hour_for_reminders_is_kept_also_after_an_agent_spoke(
    reminded: Reminded, words: str, days: tuple[int, ...], hour: int
) -> None:
    reminded.talk = [Words(AT + timedelta(hours=40, minutes=-2))]
    assert "Kept." in await reminded.hears(words, 60 * 40)
    assert (await reminded.agreed())[:2] == (days, hour)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "remind me at 7",
            "remind me at 7 to ring Sam",
            "remind me at 7 instead of 8 to ring Sam",
            "remind me at 5 instead of 6",
        ),
        *("remind me tomorrow at 7 instead of 8", "move my reminder to tomorrow", "move my reminders to friday"),
        *("change my reminders to weekly", "change my reminder for the hook to 7pm", "change the price from 8 to 7"),
        *("should I change my reminders to 7pm or not?", "make it 7 instead", "7 instead of 8", "can you change my name"),
        *("@Guide remind me at 7 instead of 8", "Teacher, change my reminders to 7pm", "they changed my reminders to 7pm"),
    ],
)
async def test_what_is_no_other_hour_for_them_is_left(reminded: Reminded, words: str) -> None:
    assert await reminded.hears(words) == ""
    assert (await reminded.agreed())[:2] == (WEEKDAYS, 20)


async def test_an_hour_that_may_be_two_is_asked_about(reminded: Reminded) -> None:
    await reminded.chose(hour="9")
    told = await reminded.hears("change my reminders to 7:30pm")
    assert "19:00" in told
    assert "20:00" in told
    assert (await reminded.agreed())[1] == 9


async def test_whoever_just_got_a_letter_or_wants_no_reminders_is_left(reminded: Reminded) -> None:
    reminded.letters = [AT + timedelta(minutes=5)]
    assert await reminded.hears("remind me at 7 instead of 8") == ""
    reminded.letters = []
    await reminded.reminders.stop(reminded.student, AT)
    assert await reminded.hears("remind me at 7 instead of 8") == ""


@pytest.mark.parametrize(
    ("words", "agreed"),
    [
        ("quiet hours from 10 to 7 and tuesdays off", ((1, 3, 4, 5), 20, 22, 7)),
        ("quiet hours 10pm-7am please", (WEEKDAYS, 20, 22, 7)),
        ("Mondays and tuesdays off", ((3, 4, 5), 20, 21, 8)),
        ("tuesdays off, quiet from 22:00 till 9", ((1, 3, 4, 5), 20, 22, 9)),
    ],
)
async def test_quiet_hours_and_days_off_are_kept_right_below_what_was_chosen(
    reminded: Reminded, words: str, agreed: tuple[object, ...]
) -> None:
    assert await reminded.hears(words, 90) == "", "it stands above no more"
    reminded.talk = [Words(AT + timedelta(minutes=15))]
    assert await reminded.hears(words) == "", "an agent was asked since"
    reminded.talk = []
    assert "Kept." in await reminded.hears(words)
    assert await reminded.agreed() == agreed


@pytest.mark.parametrize(
    "words",
    [
        *("the week off", "I have tuesdays off", "tuesday off", "evenings off", "10 percent off", "switch off", "day off"),
        *("quiet hours from 1 to 3", "quiet hours", "quiet week from 3 to 5 customers", "no quiet hours", "what are quiet hours"),
        *("quiet hours from 10 to 7 and prices off", "mondays, tuesdays, wednesdays, thursdays and fridays off"),
    ],
)
async def test_what_is_no_such_wish_is_left(reminded: Reminded, words: str) -> None:
    assert await reminded.hears(words) == ""
    assert await reminded.agreed() == (WEEKDAYS, 20, 21, 8)


def test_what_is_long_or_is_both_is_read_as_neither() -> None:
    assert hour_wished(as_read("quiet hours from 10 to 7")) is None
    assert change_said(as_read("change my reminders to 7pm")) is None
