"""A yes right below a button that offers something does what the button does, and no other yes does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from core.commitments.next_thing import note
from core.commitments.service import Commitments
from core.nudges.below import WeekAsked
from core.nudges.offers import FIND_A_PARTNER, FRESH, NOTE_IT, Does, OfferTaken, takes_up
from core.nudges.service import Reminders
from core.people.model import Person
from core.plain import message as plain
from core.request import Asked, File, Said
from core.ui import Answer, Message
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from tests.core.conftest import AT
from tests.core.nudges.asking import Asking, direct
from tests.students import DISCORD, met

THING = "photograph the boxes by Friday"


class Offered:
    """A student who was offered something; the test says what went to them since."""

    def __init__(self, database: Database, student: Person) -> None:
        self.reminders = Reminders(NudgePreferencesRecord(database), NudgeRecord(database), CommitmentRecord(database))
        self.commitments = Commitments(CommitmentRecord(database), self.reminders)
        self.student = student
        self.sent_at: datetime | None = None
        self.partners = 0
        self.week = WeekAsked(self.reminders, Asking(database, student).below)

    async def sent(self, person: Person, since: datetime) -> object:
        return self.sent_at if self.sent_at and self.sent_at > since else None

    async def finds(self, said: Said, person: Person, _: str) -> Answer:
        self.partners += 1
        return Message("A partner is being looked for")

    async def hears(self, said: Said | str, minutes: float = 2) -> str:
        """What is answered, or "" where the words are for somebody else."""
        does: dict[str, Does] = {NOTE_IT: partial(note, self.commitments), FIND_A_PARTNER: self.finds}
        words = direct(said, minutes) if isinstance(said, str) else said
        answer = await OfferTaken(self.reminders.offers, self.sent, does).hear(words, self.student)
        assert answer is None or isinstance(answer, Message)
        return plain(answer) if answer else ""

    async def open_ones(self) -> list[str]:
        return [each.what for each in await self.commitments.all(self.student, AT) if each.open]


@pytest.fixture
async def offered(database: Database) -> Offered:
    made = Offered(database, await met(database, DISCORD))
    await made.reminders.met(made.student, AT)
    return made


@pytest.mark.parametrize("words", ["yes pls", "yes", "ok do", "go on then", "Yes please!", "note it", "yes note it thanks", "👍"])
async def test_a_yes_below_note_it_notes_it(offered: Offered, words: str) -> None:
    await offered.week.offered(THING, offered.student, AT)
    assert "Noted: photograph the boxes, by Friday 6 March." in (await offered.hears(words)).replace("*", "")
    assert await offered.open_ones() == ["photograph the boxes"]
    assert await offered.hears("yes", 3) == "", "it was taken up"


@pytest.mark.parametrize("words", ["yes find me one", "yes please", "find me one pls", "go on then", "sure", "yes, I'd like one"])
async def test_a_yes_below_find_me_a_partner_finds_one(offered: Offered, words: str) -> None:
    await offered.reminders.offers.make(offered.student, FIND_A_PARTNER, AT)
    assert "looked for" in await offered.hears(words)
    assert (offered.partners, await offered.open_ones()) == (1, [])


@pytest.mark.parametrize(
    "words",
    [
        *(
            "ok",
            "okay thanks",
            "thanks",
            "great",
            "no",
            "no thanks",
            "not now",
            "maybe",
            "later",
            "yes?",
            "yes but not by Friday",
        ),
        *("yes I did it", "done", "yes what should I photograph", "yes by monday", "go on about hooks", "do you know one"),
        *(
            "yes find me a hook",
            "note it down for Monday",
            "help",
            "stop",
            "find me a customer",
            "sure is cold today",
            "do it tomorrow",
        ),
        *("yes leads 14", "save the figures", "why", "yes Teacher, write me a hook", "what is a partner"),
    ],
)
async def test_other_words_are_for_others_and_end_the_offer(offered: Offered, words: str) -> None:
    for line in (f"{NOTE_IT} {THING}", FIND_A_PARTNER):
        await offered.reminders.offers.make(offered.student, line, AT)
        assert await offered.hears(words) == ""
        assert await offered.hears("yes please") == "", "something else was said since"
    assert (offered.partners, await offered.open_ones()) == (0, [])


@pytest.mark.parametrize(("text", "command"), [("find me one", NOTE_IT), ("yes note it", FIND_A_PARTNER)])
def test_each_button_has_words_of_its_own(text: str, command: str) -> None:
    assert not takes_up(text, command)


async def test_a_yes_is_for_an_offer_that_is_new_and_the_last_of_all(offered: Offered) -> None:
    student, offers, yes = offered.student, offered.reminders.offers, direct("yes please", 5)
    assert await offered.hears(yes) == "", "nothing was offered"
    late = replace(yes, at=AT + FRESH + timedelta(minutes=1))
    above = replace(yes, replies_to="m1", replies_to_at=AT - timedelta(hours=1))
    for other in (late, above, replace(yes, replies_to="m1"), replace(yes, files=(File("a.png", "image/png"),))):
        await offers.make(student, FIND_A_PARTNER, AT)
        assert await offered.hears(other) == ""
    await offers.make(student, FIND_A_PARTNER, AT)
    assert await offered.hears(replace(yes, direct=False)) == ""
    assert await offered.hears(replace(yes, replies_to="m1", replies_to_at=AT + timedelta(seconds=5))) != ""


async def test_after_a_command_a_letter_or_a_later_offer_it_is_over(offered: Offered) -> None:
    offers, student = offered.reminders.offers, offered.student
    await offers.make(student, FIND_A_PARTNER, AT)
    asked = Asked(id="c", actor=DISCORD, address=DISCORD.direct, at=AT, command="progress")
    await offered.reminders.passed_by(asked, student)
    assert await offered.hears("yes please") == ""
    await offers.make(student, FIND_A_PARTNER, AT)
    offered.sent_at = AT + timedelta(minutes=1)
    assert await offered.hears("yes please") == "", "it may be for whoever wrote"
    offered.sent_at = None
    await offers.make(student, FIND_A_PARTNER, AT)
    await offers.make(student, f"{NOTE_IT} {THING}", AT)
    assert "Noted" in await offered.hears("yes please")
    assert offered.partners == 0


async def test_whoever_was_never_met_is_offered_nothing_in_words(database: Database) -> None:
    stranger = Offered(database, await met(database, DISCORD))
    await stranger.reminders.offers.make(stranger.student, FIND_A_PARTNER, AT)
    assert await stranger.hears("yes please") == ""
