"""A time and a place in one sentence: what is read of them, how both are kept and told in one card, what is left to others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.nudges.said_both import time_and_place
from core.people.said_places import Place
from persistence.documents import Database
from tests.core.conftest import AT
from tests.core.nudges.test_picking import EVERY_DAY, WEEKDAYS, Newcomer
from tests.core.others import Words
from tests.students import DISCORD, met

UNTOLD = replace(DISCORD, timezone=None)


@pytest.mark.parametrize(
    ("words", "time", "zone"),
    [
        ("mondays at 7, im in lisbon btw", "mondays at 7", "Europe/Lisbon"),
        ("mondays at 7 and im in lisbon", "mondays at 7", "Europe/Lisbon"),
        ("mon wed fri at 7pm pls im in bristol", "mon wed fri at 7pm", "Europe/London"),
        ("evenings around 8 (i'm in canada, toronto)", "evenings around 8", "America/Toronto"),
        ("evenings around 8 – toronto, canada", "evenings around 8", "America/Toronto"),
        ("weekdays at 6pm lisbon time", "weekdays at 6pm", "Europe/Lisbon"),
        ("weekdays at 6pm New York time please", "weekdays at 6pm", "America/New_York"),
        ("Lisbon time, weekdays at 6pm", "weekdays at 6pm", "Europe/Lisbon"),
        ("weekdays at 6pm in lisbon", "weekdays at 6pm", "Europe/Lisbon"),
        ("evenings at 8 CET", "evenings at 8", "CET"),
        ("i live in lisbon, evenings please", "evenings please", "Europe/Lisbon"),
        ("Hi! I'm in Bogotá. Mondays at 9 please", "Mondays at 9 please", "America/Bogota"),
        ("im in paris and evenings at 8 work best", "evenings at 8 work best", "Europe/Paris"),
        ("I'm based in the Netherlands so mornings at 9", "mornings at 9", "Europe/Amsterdam"),
        ("weekdays, we live in dakar", "weekdays", "Africa/Dakar"),
        (
            "tuesday evenings after the kids are in bed, i'm in lisbon",
            "tuesday evenings after the kids are in bed",
            "Europe/Lisbon",
        ),
    ],
)
def test_the_words_of_a_time_and_a_place_are_read_apart(words: str, time: str, zone: str) -> None:
    both = time_and_place(words)
    assert both is not None
    assert (both[0], both[1].zone) == (time, zone)


@pytest.mark.parametrize(
    ("words", "time", "place"),
    [
        ("7am, i live in spain", "7am", Place("Spain", several=True)),
        ("weekdays at 6pm EST", "weekdays at 6pm", Place("EST", short=True, sure=True)),
        ("weekdays 9am (utc+2)", "weekdays 9am", Place("UTC+2", short=True, sure=True)),
        ("evenings at 8, i live in zutphen", "evenings at 8", Place("Zutphen")),
        ("evenings at 8 (canada, paris)", "evenings at 8", Place("canada", several=True, plain=True)),
    ],
)
def test_a_place_that_is_not_clear_is_read_as_such(words: str, time: str, place: Place) -> None:
    both = time_and_place(words)
    assert both is not None
    assert both[0] == time
    assert replace(both[1], name=both[1].name.casefold()) == replace(place, name=place.name.casefold())


@pytest.mark.parametrize(
    "words",
    [
        *("mondays at 7", "i live in lisbon", "evenings", "weekdays at 6pm my time", "every day at 7 in the morning", ""),
        *(
            "saturdays, i'm in paris",
            "on saturdays i'm in paris",
            "friday in paris",
            "saturday, i'm in paris",
            "i'm in paris on fridays",
        ),
        *("evenings at 8 in the shop", "mondays at 9 in module 2", "weekdays at 6 lunch time", "mornings, i'm in bed late"),
        *("evenings at 8, im in a hurry", "i'm in love, evenings at 8", "evenings at 8, thanks", "evening, i live in lisbon"),
        *("we open weekdays at 9 in paris", "sold 12 on saturdays in paris", "my customers are in paris, evenings at 8"),
        *(
            "mondays at 9, we ship to spain",
            "the webinar is at 6pm lisbon time",
            "by friday at 10, paris",
            "tomorrow at 9, i'm in paris",
        ),
        *("i'm in lisbon, the shop opens at 9", "evenings at 18, i live in lisbon?", "im in paris until friday, evenings at 8"),
        *(
            "i live in lisbon and ship to spain, evenings",
            "evenings at 8, what should i post in lisbon",
            "good morning, i'm in lisbon",
        ),
        "evenings at 8, i'm in lisbon " + "so " * 60,
    ],
)
def test_one_of_them_alone_and_words_about_anything_else_are_left(words: str) -> None:
    assert time_and_place(words) is None


@pytest.fixture
async def abroad(database: Database) -> Newcomer:
    """A student whose time nobody told."""
    return Newcomer(database, await met(database, UNTOLD), UNTOLD)


async def zone(newcomer: Newcomer) -> str:
    return (await newcomer.people.meet(newcomer.actor, AT)).timezone


@pytest.mark.parametrize(
    ("words", "days", "hour", "place"),
    [
        ("evenings around 8 (i'm in canada, toronto)", EVERY_DAY, 20, "America/Toronto"),
        ("weekdays at 6pm lisbon time", WEEKDAYS, 18, "Europe/Lisbon"),
        ("im in dakar, mondays at 10am", (1,), 10, "Africa/Dakar"),
    ],
)
async def test_both_are_kept_and_told_in_one_card(
    abroad: Newcomer, words: str, days: tuple[int, ...], hour: int, place: str
) -> None:
    await abroad.welcomed()
    told = await abroad.hears(words)
    assert f"Kept. I take your time as {place}, where it is " in told
    assert "If anything is wrong, type it here, or press Change." in told
    assert f"at {hour:02d}:00, your time" in told
    assert f"Your time: {place}" in told
    assert "[Change]" in told
    assert await abroad.chosen() == (days, hour)
    assert await zone(abroad) == place


async def test_below_the_card_of_a_choice_both_are_changed(abroad: Newcomer) -> None:
    await abroad.welcomed()
    await abroad.hears("evenings at 18")
    assert "Europe/Lisbon" in await abroad.hears("no, mondays at 7pm, im in lisbon", 30)
    assert await abroad.chosen() == ((1,), 19)
    assert await abroad.hears("mondays at 7pm, im in rome", 120) == "", "an hour later"


async def test_an_hour_that_is_not_clear_is_asked_with_the_place_taken(abroad: Newcomer) -> None:
    await abroad.welcomed()
    told = await abroad.hears("mondays at 7, im in lisbon btw")
    assert "I take your time as Europe/Lisbon, where it is " in told
    assert "Which one do you mean?" in told
    assert "[On Monday at 07:00] [On Monday at 19:00]" in told
    assert await zone(abroad) == "Europe/Lisbon"
    assert "these now end at 07:00" in await abroad.hears("the first", 21)
    assert await abroad.chosen() == ((1,), 7)


async def test_a_place_that_is_not_clear_is_asked_about_with_the_time_kept(abroad: Newcomer) -> None:
    await abroad.welcomed()
    told = await abroad.hears("7am, i live in spain")
    assert "Kept. Spain has more than one time. Which big city has the same as you, such as Madrid or Canary?" in told
    assert "Please type it here, or press Change. Until then I take your time as UTC." in told
    assert await abroad.chosen() == (EVERY_DAY, 7)
    assert await zone(abroad) == "UTC"
    assert (await abroad.reminders.of(abroad.student, AT)).place_asked_at == AT + timedelta(minutes=20)


async def test_what_is_neither_clear_is_asked_in_one_answer(abroad: Newcomer) -> None:
    await abroad.welcomed()
    told = await abroad.hears("mondays at 7, i live in zutphen")
    assert "I do not know Zutphen's time." in told
    assert "[On Monday at 07:00] [On Monday at 19:00]" in told
    assert await abroad.chosen() is None


async def test_where_the_platform_tells_the_time_only_a_place_that_is_known_changes_it(database: Database) -> None:
    told = Newcomer(database, await met(database, DISCORD))
    await told.welcomed()
    assert "I take your time as Europe/Paris, where it is " in await told.hears("evenings at 8, i'm in therapy")
    assert "Europe/Paris" in await told.hears("evenings at 8, i live in spain", 21), "Madrid has the time of Paris"
    assert "Europe/Lisbon" in await told.hears("evenings at 8, i live in lisbon", 22)
    assert await zone(told) == "Europe/Lisbon", "the platform goes on to tell its own"
    assert await told.chosen() == (EVERY_DAY, 20)


async def test_where_nobody_asked_or_somebody_else_spoke_both_are_for_others(abroad: Newcomer) -> None:
    words = "weekdays at 6pm lisbon time"
    assert await abroad.hears(words) == ""
    await abroad.welcomed()
    abroad.letters = [AT + timedelta(minutes=5)]
    assert await abroad.hears(words) == ""
    abroad.letters, abroad.talk = [], [Words(AT + timedelta(minutes=5))]
    assert await abroad.hears(words) == ""
    abroad.talk = []
    assert await abroad.hears(f"Guide, {words}") == ""
    assert (await abroad.chosen(), await zone(abroad)) == (None, "UTC")
