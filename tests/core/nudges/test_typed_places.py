"""Where somebody lives, typed where their time zone is in doubt: when it is taken, and what is left to others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.nudges.typed_places import TypedPlaces
from core.people.model import Person
from core.people.service import People
from core.plain import message as plain
from core.request import Actor
from core.ui import Message
from persistence.documents import Database
from persistence.people import PeopleRecord
from tests.core.conftest import AT
from tests.core.nudges.asking import direct
from tests.core.nudges.test_picking import Newcomer
from tests.core.others import Words
from tests.students import DISCORD, met

UNTOLD = replace(DISCORD, timezone=None)
"""As Discord tells of people: nothing of their time."""


class Abroad(Newcomer):
    """A student whose time is taken as UTC, since nobody has told us another."""

    def __init__(self, database: Database, student: Person) -> None:
        super().__init__(database, student)
        self.people = People(PeopleRecord(database), self.reminders)

    async def says(self, text: str, minutes: float = 20, actor: Actor = UNTOLD) -> str:
        """What is answered, or "" where it is for somebody else."""
        person = await self.people.meet(actor, AT)
        said = replace(direct(text, minutes), actor=actor)
        answer = await TypedPlaces(self.reminders, self.people, self.meanwhile).hear(said, person)
        assert answer is None or isinstance(answer, Message)
        return plain(answer).replace("*", "") if answer else ""

    async def zone(self) -> str:
        return (await self.people.meet(UNTOLD, AT)).timezone


@pytest.fixture
async def abroad(database: Database) -> Abroad:
    return Abroad(database, await met(database, UNTOLD))


@pytest.mark.parametrize(
    ("words", "zone"), [("i live in dakar", "Africa/Dakar"), ("we are in the netherlands", "Europe/Amsterdam")]
)
async def test_within_a_day_of_the_welcome_a_place_is_taken_with_the_answer_of_me(abroad: Abroad, words: str, zone: str) -> None:
    await abroad.welcomed()
    told = await abroad.says(words)
    assert f"Thank you, Nora Discord. I take your time as {zone}, where it is " in told
    assert "[Change]" in told
    assert await abroad.zone() == zone


@pytest.mark.parametrize(
    "words", ["my time zone is amsterdam", "i live in amsterdam, so please use our time", "we are on amsterdam time"]
)
async def test_words_about_their_time_are_taken_whenever_they_come_also_in_a_talk(abroad: Abroad, words: str) -> None:
    await abroad.reminders.met(abroad.student, AT)
    abroad.talk = [Words(AT + timedelta(minutes=15))]
    assert "Europe/Amsterdam" in await abroad.says(words)
    assert await abroad.zone() == "Europe/Amsterdam"


async def test_a_place_whose_time_is_not_known_is_asked_about_and_a_country_or_city_is_taken_next(abroad: Abroad) -> None:
    await abroad.welcomed()
    told = await abroad.says("im in izmir")
    assert "I do not know Izmir's time. Which country is it in, or which big city has the same time?" in told
    assert "[Change]" in told
    assert await abroad.says("what is a hook", 21) == ""
    assert await abroad.zone() == "UTC"
    assert "Europe/Istanbul" in await abroad.says("turkey", 22)
    assert await abroad.says("istanbul", 23) == "", "nothing is asked any more"


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("i live in the us", "US has more than one time. Which big city has the same as you, such as New York or Chicago?"),
        ("my time zone is EST", "EST does not say when your clocks change."),
        ("my time zone is wrong", "Which country do you live in, or which big city has the same time?"),
    ],
)
async def test_what_leaves_the_time_open_is_asked_about(abroad: Abroad, words: str, asked: str) -> None:
    await abroad.welcomed()
    assert asked in await abroad.says(words)
    assert "America/Chicago" in await abroad.says("chicago", 22)


async def test_a_place_alone_is_taken_right_below_the_choice_that_says_by_which_clock_it_is_read(abroad: Abroad) -> None:
    await abroad.welcomed()
    assert await abroad.says("amsterdam", 5) == ""
    assert "I take your time as UTC" in plain(
        await abroad.answered(replace(direct("evenings at 18", 10), actor=UNTOLD)) or Message()
    )
    assert await abroad.says("amsterdam", 10 + 61) == ""
    assert "Europe/Amsterdam" in await abroad.says("amsterdam", 12)


async def test_where_nobody_asked_or_the_zone_is_known_a_place_is_for_others(abroad: Abroad) -> None:
    await abroad.reminders.met(abroad.student, AT)
    assert await abroad.says("i live in dakar") == "", "no welcome came"
    await abroad.welcomed()
    assert await abroad.says("i live in dakar", 60 * 25) == ""
    assert await abroad.says("i live in dakar", actor=replace(UNTOLD, timezone="Europe/Paris")) == "", "the platform tells it"
    assert await abroad.says("Guide, i live in dakar") == ""
    abroad.talk = [Words(AT + timedelta(minutes=5))]
    assert await abroad.says("i live in dakar") == ""
    abroad.talk, abroad.letters = [Words(AT + timedelta(minutes=5), "evenings, I hope")], [AT + timedelta(minutes=5)]
    assert await abroad.says("i live in dakar") == ""
    assert await abroad.says("my time zone is dakar") == "", "whoever wrote may have asked"
    abroad.letters = []
    assert "Africa/Dakar" in await abroad.says("i live in dakar"), "what went before was such a try as well"
    assert await abroad.says("i live in lisbon", 25) == "", "it is known now"
