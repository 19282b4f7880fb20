"""When somebody works on the course, said among other words: what is asked about, and what is about something else."""

from __future__ import annotations

import pytest

from core.nudges.likely_times import hours_chosen, likely_times, speaks_of_times
from core.nudges.said_times import times_said

WEEKDAYS = (1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("words", "days", "hours"),
    [
        *(
            (each, (), (20, 21))
            for each in ("half past eight in the evening", "evenings, eight thirty", "in the evening at 20:30")
        ),
        *((each, (), (8, 9)) for each in ("quarter past 8, mornings", "a quarter to nine in the morning")),
        *((each, (), (20,)) for each in ("eight o'clock in the evening", "8 oclock, evenings")),
        ("monday to friday, 9ish", WEEKDAYS, (9,)),
        ("half past 8", (), (8, 9, 20, 21)),
        ("quarter to one, weekdays", WEEKDAYS, (12, 13)),
    ],
)
def test_hours_are_read_as_they_are_spoken(words: str, days: tuple[int, ...], hours: tuple[int, ...]) -> None:
    times = times_said(words)
    assert times is not None
    assert (times.days, times.hours) == (days, hours)


@pytest.mark.parametrize(
    ("words", "days", "hours"),
    [
        ("evenings after the kids are in bed, like half past 8", (), (20, 21)),
        ("evenings please, after half 8 when the kids are down", (), (20, 21)),
        ("evenings after half 8, when he sleeps", (), (20, 21)),
        ("once the dog is walked, evenings", (), (18,)),
        ("evenings when the shop is closed", (), (18,)),
        ("with coffee in the morning", (), (9,)),
        ("saturday morning with coffee", (6,), (9,)),
        ("friday evening", (5,), (18,)),
        ("mornings or evenings", (), (9, 18)),
        ("tuesdays and thursdays, when he sleeps", (2, 4), ()),
        ("mondays at 9 and tuesdays at 10", (1, 2), (9, 10)),
        ("I can do it in the mornings", (), (9,)),
    ],
)
def test_times_among_other_words_are_likely_meant(words: str, days: tuple[int, ...], hours: tuple[int, ...]) -> None:
    times = likely_times(words)
    assert times is not None
    assert (times.days, times.hours) == (days, hours)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "by friday",
            "friday",
            "friday works for me",
            "the weekend",
            "Hook by Friday at 10",
            "mornings, with Hook done by friday",
        ),
        *("good morning", "Morning!", "evening", "hello", "ok thanks", "yes", "works for me", "half", "i", "or", "with coffee"),
        *("18", "12.5", "about 10", "£24", "with 12", "once 20 sold", "saturdays with 12 sales", "weekdays when we sell 12"),
        *("can we do friday at 10?", "weekdays not weekdays at 8", "not fridays", "half 8 orders in the evening"),
        *("evenings at 18?", "not evenings", "evenings at 10am", "mornings at 18", "tomorrow at 9", "remind me at 7pm"),
        *("sold 12 on saturdays", "I work evenings", "How do evenings work?", "we photograph in the mornings"),
        *("we open weekdays at 9", "my shop is open on saturdays", "the market is on saturdays", "evenings, since we sell then"),
        *("the shop opens in the mornings", "my evening post got 12 likes", "evenings after " + "work " * 40, ""),
    ],
)
def test_what_may_be_about_anything_is_not_taken(words: str) -> None:
    assert likely_times(words) is None


@pytest.mark.parametrize(
    ("words", "hours", "chosen"),
    [
        *(
            (each, (20, 21), (20,))
            for each in ("20:00 is fine", "8 then", "the first", "the earlier one", "ok, 20:00 then", "eight")
        ),
        *((each, (20, 21), (21,)) for each in ("9pm", "9", "the second is fine", "the later one please", "last")),
        *((each, (8, 20), (20,)) for each in ("evening", "in the evening", "8 in the evening", "8pm")),
        *((each, (9,), (9,)) for each in ("yes please", "Yes!", "ok", "that's right")),
        ("8", (8, 20), (8, 20)),
        ("10", (20, 21), (10,)),
        ("7", (20, 21), (7, 19)),
    ],
)
def test_an_hour_is_chosen_of_those_that_were_asked(words: str, hours: tuple[int, ...], chosen: tuple[int, ...]) -> None:
    assert hours_chosen(words, hours) == chosen


@pytest.mark.parametrize(
    "words", ["yes", "i like it", "12 orders", "tuesdays at 8", "the third", "8 or 9", "first of all, thanks", ""]
)
def test_what_says_none_of_them_chooses_none(words: str) -> None:
    assert hours_chosen(words, (8, 20)) == ()


@pytest.mark.parametrize(
    "words",
    [
        "evenings, though I am tired then",
        "half past nine or so I guess",
        "Saturdays suit us, I hope",
        "20u30 I guess",
        "make it 9 instead of 7",
    ],
)
def test_a_try_to_say_it_is_told_from_a_talk(words: str) -> None:
    assert speaks_of_times(words)


@pytest.mark.parametrize(
    "words",
    ["I sold 12 on saturdays", "Should I post in the evening?", "we open at 9:00", "Hook by Friday", "What makes a good hook"],
)
def test_words_about_the_business_are_a_talk(words: str) -> None:
    assert not speaks_of_times(words)
