"""Where somebody lives, typed where their time zone is in doubt: when it is taken, and what is left to others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.nudges.commands import show
from core.nudges.model import Kind
from core.nudges.typed_places import TypedPlaces
from core.people.model import Person
from core.plain import message as plain
from core.request import Actor
from core.ui import Message
from persistence.documents import Database
from tests.core.conftest import AT
from tests.core.nudges.asking import direct
from tests.core.nudges.test_picking import Newcomer, pressed
from tests.core.others import Words
from tests.students import DISCORD, met

UNTOLD = replace(DISCORD, timezone=None)
"""As Discord tells of people: nothing of their time."""


class Abroad(Newcomer):
    """A student whose time is taken as UTC, since nobody has told us another."""

    def __init__(self, database: Database, student: Person, actor: Actor = UNTOLD) -> None:
        super().__init__(database, student, actor)

    async def says(self, text: str, minutes: float = 20, actor: Actor = UNTOLD) -> str:
        """What is answered, or "" where it is for somebody else."""
        person = await self.people.meet(actor, AT)
        said = replace(direct(text, minutes), actor=actor)
        answer = await TypedPlaces(self.reminders, self.meanwhile, self.placing).hear(said, person)
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
    told = await abroad.says("im in zonguldak")
    assert "I do not know Zonguldak's time. Which country is it in, or which big city has the same time?" in told
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


async def test_where_nobody_asked_or_somebody_else_is_talked_with_a_place_is_for_others(abroad: Abroad) -> None:
    await abroad.reminders.met(abroad.student, AT)
    assert await abroad.says("i live in dakar") == "", "no welcome came"
    await abroad.welcomed()
    assert await abroad.says("i live in dakar", 60 * 25) == ""
    assert await abroad.says("Guide, i live in dakar") == ""
    abroad.talk = [Words(AT + timedelta(minutes=5))]
    assert await abroad.says("i live in dakar") == ""
    abroad.talk, abroad.letters = [Words(AT + timedelta(minutes=5), "evenings, I hope")], [AT + timedelta(minutes=5)]
    assert await abroad.says("i live in dakar") == ""
    assert await abroad.says("my time zone is dakar") == "", "whoever wrote may have asked"
    abroad.letters = []
    assert "Africa/Dakar" in await abroad.says("i live in dakar"), "what went before was such a try as well"
    assert await abroad.says("lisbon", 25) == "", "it is known now"


async def test_what_was_taken_wrongly_is_put_right_below_its_card_and_no_later(abroad: Abroad) -> None:
    await abroad.welcomed()
    await abroad.says("i live in dakar", 60 * 24 - 5)
    assert "Europe/Lisbon" in await abroad.says("sorry, i live in lisbon", 60 * 24 + 5)
    assert await abroad.says("i live in madrid", 60 * 26) == ""


async def test_what_they_have_just_told_us_is_not_heard_twice(abroad: Abroad) -> None:
    await abroad.people.live_in(abroad.student, "Europe/Lisbon", AT)
    assert await abroad.says("hi, i live in lisbon", 5) == "", "it may be for an agent"
    assert "Europe/Madrid" in await abroad.says("no, i live in madrid", 6)


@pytest.mark.parametrize(
    ("said", "then", "zone"),
    [
        ("evenings at 8, im in lisbon", "no, madrid", "Europe/Madrid"),
        ("mondays at 7, im in lisbon", "i live in madrid", "Europe/Madrid"),
        ("7am, i live in the us", "chicago", "America/Chicago"),
        ("mondays at 7, i live in zutphen", "the netherlands", "Europe/Amsterdam"),
    ],
)
async def test_below_a_time_and_a_place_that_were_said_together_the_place_is_put_right(
    abroad: Abroad, said: str, then: str, zone: str
) -> None:
    await abroad.welcomed()
    assert await abroad.hears(said) != ""
    assert zone in await abroad.says(then, 25)
    assert await abroad.zone() == zone


class Told(Abroad):
    """A student whose platform tells their time: Europe/Paris."""

    def __init__(self, database: Database, student: Person) -> None:
        super().__init__(database, student, DISCORD)

    async def says(self, text: str, minutes: float = 20, actor: Actor = DISCORD) -> str:
        return await super().says(text, minutes, actor)

    async def zone(self) -> str:
        return (await self.people.meet(DISCORD, AT)).timezone


@pytest.fixture
async def told(database: Database) -> Told:
    return Told(database, await met(database, DISCORD))


async def test_where_the_platform_tells_another_time_a_place_below_the_welcome_is_taken_and_stays(told: Told) -> None:
    await told.welcomed()
    assert "I take your time as Europe/Brussels" in await told.says("i live in belgium"), "as they call it"
    answer = await told.says("i live in lisbon", 25)
    assert "I take your time as Europe/Lisbon, where it is " in answer
    assert "[Change]" in answer
    assert await told.zone() == "Europe/Lisbon", "the platform goes on to tell its own"


@pytest.mark.parametrize("words", ["i live in paris", "we are in france", "my time zone is paris"])
async def test_what_is_so_already_is_said_to_be_so(told: Told, words: str) -> None:
    await told.welcomed()
    assert "That is your time already: I take it as Europe/Paris, where it is " in await told.says(words)
    assert await told.zone() == "Europe/Paris"


async def test_a_country_of_several_times_is_so_already_where_theirs_is_one_of_them(told: Told) -> None:
    await told.welcomed()
    assert "Spain has more than one time" not in await told.says("i live in spain"), "Madrid has the time of Paris"
    assert "US has more than one time" in await told.says("i live in the us", 22)
    assert "America/Chicago" in await told.says("chicago", 23)


async def test_shortly_after_a_card_that_named_the_time_a_place_is_taken(told: Told) -> None:
    await told.welcomed()
    await show(pressed(60 * 30), told.student, told.reminders, told.foresight)
    assert await told.says("i live in lisbon", 60 * 30 + 61) == "", "an hour later"
    assert "Europe/Lisbon" in await told.says("lisbon", 60 * 30 + 5)


@pytest.mark.parametrize(
    "words",
    [
        *("i live in lisbon and ship to spain, what should I write", "i live in lisbon and ship to spain", "lisbon"),
        *("i live in lisbon, my shop is in spain", "i live in lisbon, what should i charge", "we are in paris until friday"),
        *("im in therapy", "i live in zutphen", "Guide, i live in lisbon", "my customers live in lisbon", "we sell in lisbon"),
    ],
)
async def test_what_may_be_said_to_an_agent_is_left_to_agents_where_the_time_is_known(told: Told, words: str) -> None:
    await told.welcomed()
    assert await told.says(words) == ""
    assert await told.zone() == "Europe/Paris"


async def test_where_the_time_is_known_nothing_is_taken_out_of_a_talk(told: Told) -> None:
    await told.welcomed()
    told.talk = [Words(AT + timedelta(minutes=5))]
    assert await told.says("i live in lisbon", 60 * 5) == "", "they went on with an agent"
    told.talk = [Words(AT - timedelta(minutes=5))]
    assert await told.says("i live in lisbon") == "", "an agent may have asked just before"
    told.talk, told.letters = [], [AT + timedelta(minutes=5)]
    assert await told.says("i live in lisbon") == ""
    told.letters = []
    await told.gets(Kind.COMMITMENT, 10)
    assert await told.says("i live in lisbon") == "", "it asked something else"


async def test_with_the_practice_model_nobody_was_in_a_talk(told: Told) -> None:
    await told.welcomed()
    told.talk, told.practice = [Words(AT - timedelta(minutes=5))], True
    assert "Europe/Lisbon" in await told.says("i live in lisbon")
