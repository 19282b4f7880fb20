"""Pauses with their end, typed in words; what pauses anything else is for others."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.nudges.hearing import StopWords
from core.nudges.pauses import pause_said
from core.nudges.service import Reminders
from core.nudges.views import contract
from core.people.model import Person
from core.plain import message as plain
from core.request import Said
from core.ui import Message
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from tests.core.conftest import ADDRESS, AT, actor

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("words", "until"),
    [
        *(
            (each, date(2026, 11, 30))
            for each in ("no reminders till monday, on vacation", "Pause till Monday", "pause for a week")
        ),
        *((each, date(2026, 12, 1)) for each in ("pause until 1 december please", "no messages before 1 December please")),
        *(
            (each, date(2026, 12, 7))
            for each in ("please pause my reminders for two weeks", "hold the reminders for the next two weeks")
        ),
        ("can you stop the reminders until january 5, please", date(2027, 1, 5)),
        ("im on holiday, no reminders till friday", date(2026, 11, 27)),
        ("don\u2019t remind me until thursday because the kids are ill", date(2026, 11, 26)),
        ("no messages for 10 days thanks", date(2026, 12, 3)),
        ("ok please stop reminding me until friday.", date(2026, 11, 27)),
        ("pause me until sunday, we move house", date(2026, 11, 29)),
        ("stop reminding me for a bit, im flat out till friday", date(2026, 11, 27)),
        ("leave me alone till tuesday pls", date(2026, 11, 24)),
        ("pause my reminders, my mum is here for two weeks", date(2026, 12, 7)),
        ("no reminders till wed night", date(2026, 11, 26)),
        ("no reminders till wed morning", date(2026, 11, 25)),
    ],
)
def test_a_pause_and_its_end_are_read(words: str, until: date) -> None:
    assert pause_said(words, MONDAY) == until


@pytest.mark.parametrize(
    "words",
    [
        *("leave it until friday", "leave the ads alone until friday", "leave me a note until friday"),
        *("no reminders", "pause", "pause until then", "no reminders until when?", "stop the reminders until i say so"),
        *("the ads are on pause until friday", "we pause the campaign until monday", "should i pause my ads until friday"),
        *("no more messages to customers until friday", "don't remind customers until friday", "pause the ads for a week"),
        *("I will not pause until friday", "no orders till monday", "remind me on monday", "is it ok to pause until friday?"),
        *("stop reminding me for a bit", "stop reminding me, the course runs till friday", "leave me the list till friday"),
        *("stop reminding me, i'm not here till friday", "they said stop reminding me im flat out till friday"),
        *("my customers are flat out till tuesday", "leave me alone", "leave me a note, i'm away till friday"),
        *("pause the video for 3 seconds", "not today, pause until friday", "no reminders till monday, " + "x" * 120),
    ],
)
def test_what_pauses_anything_else_is_left(words: str) -> None:
    assert pause_said(words, MONDAY) is None


async def test_it_pauses_as_the_form_does_and_what_is_over_is_left(database: Database, nora: Person) -> None:
    reminders = Reminders(NudgePreferencesRecord(database), NudgeRecord(database), CommitmentRecord(database))
    said = Said(id="ev", actor=actor(), address=ADDRESS, at=AT, text="no reminders till friday, the kids are ill", direct=True)
    answer = await StopWords(reminders).hear(said, nora)
    assert isinstance(answer, Message)
    assert "Friday 6 March" in plain(answer)
    assert (await reminders.of(nora, AT)).paused_until == datetime(2026, 3, 6, tzinfo=UTC)


@pytest.mark.parametrize("words", ["could you leave me in peace until Friday", "pause reminders til friday, at a craft fair pls"])
async def test_a_pause_of_whoever_has_picked_no_time_is_shown_with_the_way_back(
    database: Database, nora: Person, words: str
) -> None:
    reminders = Reminders(NudgePreferencesRecord(database), NudgeRecord(database), CommitmentRecord(database))
    said = Said(id="ev", actor=actor(), address=ADDRESS, at=AT, text=words, direct=True)
    told = await StopWords(reminders).hear(said, nora)
    assert isinstance(told, Message)
    assert "You have not picked your time yet" in plain(told)
    assert "as you chose" not in plain(told)
    shown = plain(contract(nora, await reminders.of(nora, AT), None, AT))
    assert "Paused until Friday 6 March" in shown
    assert "[Start again]" in shown
    assert "[Weekdays at 9]" in shown, "a time can still be picked"
    assert "Paused" not in plain(contract(nora, await reminders.start(nora, AT), None, AT))
    await reminders.choose(nora, {"days": (1,), "hour": 9}, AT)
    again = await StopWords(reminders).hear(said, nora)
    assert isinstance(again, Message)
    assert "Then I go on as you chose." in plain(again)
