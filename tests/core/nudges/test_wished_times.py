"""A wish for reminders that says when, with and without our question above it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.nudges.commands import show
from core.nudges.wished_times import wish_said
from persistence.documents import Database
from tests.core.conftest import AT
from tests.core.nudges.test_picking import EVERY_DAY, WEEKDAYS, Newcomer, pressed
from tests.core.others import Words
from tests.students import DISCORD, met


@pytest.fixture
async def newcomer(database: Database) -> Newcomer:
    return Newcomer(database, await met(database, DISCORD))


@pytest.mark.parametrize(
    "words",
    [
        *("remind me evenings around 7", "remind me evenings after 8 pls kids", "can you remind me every day at 9"),
        *("reminders every day at 9 please", "please write to me weekdays at 12", "nudge me in the evening at 8pm"),
    ],
)
def test_a_wish_that_says_when_is_read(words: str) -> None:
    assert wish_said(words)


@pytest.mark.parametrize(
    "words",
    [
        *("remind me at 7", "remind me friday at 7", "remind me tomorrow at 9", "remind me evenings at 7 to call mum"),
        *("remind me what evenings are for", "remind customers in the evening at 7", "evenings around 7", "remind me"),
        *("write me an ad for evenings", "do reminders in the evening sell more?"),
    ],
)
def test_what_is_wished_once_or_of_something_is_left(words: str) -> None:
    assert wish_said(words) == ""


async def test_a_wish_that_nobody_asked_for_is_offered_and_one_word_takes_it(newcomer: Newcomer) -> None:
    await newcomer.reminders.met(newcomer.student, AT)
    told = await newcomer.hears("remind me evenings around 7", 5)
    assert "Shall I remind you every day at 19:00?" in told
    assert "[Every day at 19:00]" in told
    assert await newcomer.chosen() is None
    assert await newcomer.hears("evenings around 7", 60 * 24 * 9) == "", "words without a wish need a question"
    assert "Kept." in await newcomer.hears("yes", 6)
    assert await newcomer.chosen() == (EVERY_DAY, 19)


async def test_a_wish_after_a_letter_or_a_stop_or_to_an_agent_is_left(newcomer: Newcomer) -> None:
    await newcomer.reminders.met(newcomer.student, AT)
    assert await newcomer.hears("Guide remind me evenings around 7") == ""
    newcomer.letters = [AT]
    assert await newcomer.hears("remind me evenings around 7") == ""
    newcomer.letters = []
    await newcomer.reminders.stop(newcomer.student, AT)
    assert await newcomer.hears("remind me evenings around 7") == ""


async def test_an_exact_time_below_a_talk_with_an_agent_is_offered_while_our_question_is_open(newcomer: Newcomer) -> None:
    await newcomer.welcomed()
    newcomer.talk = [Words(AT + timedelta(minutes=5))]
    for words in ("weekdays at 8", "friday", "saturday morning with coffee", "what sells in the evenings"):
        assert await newcomer.hears(words) == "", words
    newcomer.letters = [AT + timedelta(minutes=6)]
    assert await newcomer.hears("evenings around 8") == "", "a person may have asked"
    newcomer.letters = []
    assert "Shall I remind you every day at 20:00?" in await newcomer.hears("evenings around 8")
    assert await newcomer.chosen() is None


async def test_once_a_time_is_chosen_words_below_a_talk_are_for_the_agent(newcomer: Newcomer) -> None:
    await newcomer.welcomed()
    assert "Kept." in await newcomer.hears("evenings at 18", 5)
    newcomer.talk = [Words(AT + timedelta(minutes=10))]
    assert await newcomer.hears("evenings around 8") == ""


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ("evenings pls", (EVERY_DAY, 18)),
        ("evenings after 8 pls", (EVERY_DAY, 20)),
        ("weekdays 9am plz", (WEEKDAYS, 9)),
        ("remind me evenings around 7 pls", (EVERY_DAY, 19)),
    ],
)
@pytest.mark.parametrize("shown", [False, True])
async def test_a_phones_spelling_is_kept_below_either_question(
    newcomer: Newcomer, words: str, chosen: tuple[tuple[int, ...], int], shown: bool
) -> None:
    if shown:
        await newcomer.reminders.met(newcomer.student, AT)
        await show(pressed(2), newcomer.student, newcomer.reminders, newcomer.foresight)
    else:
        await newcomer.welcomed()
    assert "Kept." in await newcomer.hears(words, 10)
    days, hour = chosen
    assert await newcomer.chosen() == ((EVERY_DAY if shown and not days else days), hour)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("weekdays 8:30am pls", "[On weekdays at 08:00] [On weekdays at 09:00]"),
        ("remind me evenings after 8 pls kids", "at 20:00?"),
    ],
)
async def test_a_phones_spelling_that_is_not_exact_is_asked_about(newcomer: Newcomer, words: str, asked: str) -> None:
    await newcomer.welcomed()
    assert asked in await newcomer.hears(words)
    assert await newcomer.chosen() is None
