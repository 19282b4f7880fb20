"""What somebody wants to be reminded of, and when, as they type it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.reminding.when import when_said
from core.reminding.worded import Wish, wanted, wish_said

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 10, 38, tzinfo=LONDON)
"""A Tuesday."""


def at(words: str, now: datetime = NOW) -> str:
    when = when_said(words, now, 9)
    return f"{when.at:%a %d %b %H:%M}" if when else ""


@pytest.mark.parametrize(
    ("words", "then"),
    [
        *(
            (each, "Tue 24 Nov 20:00")
            for each in ("tonight at 8", "at 8", "tonight 8", "today at 8pm", "20:00", "at 20.00", "8 p.m.")
        ),
        *(
            (each, "Wed 25 Nov 09:00")
            for each in ("tomorrow", "tmrw morning", "tomorrow 9", "first thing tomorrow", "at 9am tomorrow")
        ),
        *(
            (each, "Fri 27 Nov 14:00")
            for each in ("on friday at 2", "Friday 14:00", "fri afternoon", "friday 2pm", "friday at two")
        ),
        *((each, "Tue 24 Nov 11:38") for each in ("in an hour", "in 60 mins", "in 1 hr")),
        *(("in half an hour", "Tue 24 Nov 11:08"), ("in two hours", "Tue 24 Nov 12:38"), ("in 3 days", "Fri 27 Nov 09:00")),
        *(("tonight", "Tue 24 Nov 19:00"), ("tomorrow evening", "Wed 25 Nov 18:00"), ("at noon", "Tue 24 Nov 12:00")),
        *(("next week", "Tue 01 Dec 09:00"), ("on the 2nd at 6pm", "Wed 02 Dec 18:00"), ("3 december", "Thu 03 Dec 09:00")),
        *(("half 8 tonight", "Tue 24 Nov 20:30"), ("quarter past 4", "Tue 24 Nov 16:15"), ("at 9", "Tue 24 Nov 21:00")),
        *(("at 6am", "Wed 25 Nov 06:00"), ("in the morning", "Wed 25 Nov 09:00"), ("after lunch", "Tue 24 Nov 14:00")),
        *(("end of the day", "Tue 24 Nov 17:00"), ("tomorrow at 7", "Wed 25 Nov 07:00"), ("tomorrow at 6", "Wed 25 Nov 18:00")),
        *(
            (each, "")
            for each in ("", "soon", "8", "20 orders", "yesterday", "today at 9am", "at 25", "at 8:75", "13pm", "tonight at 3")
        ),
        *(
            (each, "")
            for each in ("every monday", "evenings", "each day at 8", "mondays at 9", "when I am back", "tonight tomorrow")
        ),
    ],
)
def test_a_time_is_read_as_people_say_it(words: str, then: str) -> None:
    assert at(words) == then


def test_a_bare_hour_that_is_over_today_is_the_next_while_people_are_awake() -> None:
    late = NOW.replace(hour=21, minute=30)
    assert at("at 8", late) == "Wed 25 Nov 08:00"
    assert at("tonight", late) == "", "it is over"
    assert at("at 5", NOW.replace(hour=18)) == "Wed 25 Nov 17:00"


def test_the_clock_is_theirs_also_over_the_night_in_which_it_changes() -> None:
    before = datetime(2026, 3, 28, 20, tzinfo=LONDON)
    when = when_said("tomorrow at 10", before, 9)
    assert when is not None
    assert when.at.utcoffset() != before.utcoffset()
    assert f"{when.at:%H:%M}" == "10:00"


@pytest.mark.parametrize(
    ("words", "what", "then"),
    [
        ("tomorrow to call the printer", "call the printer", "Wed 25 Nov 09:00"),
        ("to call the printer tomorrow at 9", "call the printer", "Wed 25 Nov 09:00"),
        ("on friday at 14:00 about the photos", "the photos", "Fri 27 Nov 14:00"),
        ("thursday 3pm: ring Sue", "ring Sue", "Thu 26 Nov 15:00"),
        ("in 20 mins to take the bread out", "take the bread out", "Tue 24 Nov 10:58"),
        ("to email 20 customers on 3 december", "email 20 customers", "Thu 03 Dec 09:00"),
        ("to read module 3 tomorrow", "read module 3", "Wed 25 Nov 09:00"),
        ("tomorrow call Mum", "call Mum", "Wed 25 Nov 09:00"),
        ("call Mum tomorrow", "call Mum", "Wed 25 Nov 09:00"),
        ("tomorrow that I need to pack at 3 boxes", "pack at 3 boxes", "Wed 25 Nov 09:00"),
        ("tonight at 8", "", "Tue 24 Nov 20:00"),
        ("to post", "post", ""),
        ("call the printer", "call the printer", ""),
    ],
)
def test_what_and_when_are_told_apart_in_either_order(words: str, what: str, then: str) -> None:
    found = wanted(words, NOW, 9)
    assert (found.what, f"{found.when.at:%a %d %b %H:%M}" if found.when else "") == (what, then)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("remind me tonight at 8", "tonight at 8"),
        ("Hi, can you remind me tomorrow to call the printer please?", "tomorrow to call the printer"),
        ("pls remind me in an hour, thanks", "in an hour"),
        ("remind me wednesday at noon too", "wednesday at noon"),
        ("nah remind me friday at 10 to pick up the wax", "friday at 10 to pick up the wax"),
        ("set a reminder for thursday 3pm: ring Sue", "thursday 3pm: ring Sue"),
        *((each, None) for each in ("remind me what a hook is", "can you remind me how to tag", "remind me when I am back")),
        ("thanks! remind me tomorrow to post", "tomorrow to post"),
        *((each, None) for each in ("remind me again tomorrow", "remind me later", "remind me about it on friday")),
        *((each, None) for each in ("remind me every monday to log", "remind me evenings around 7", "remind me mondays")),
        *(
            (each, None)
            for each in ("they remind me of jam", "write an email to remind me", "my customers say: remind me tomorrow")
        ),
        ("remind me tomorrow\nand another thing", None),
    ],
)
def test_only_a_wish_for_one_reminder_is_one(text: str, rest: str | None) -> None:
    wish = wish_said(text)
    assert (wish.rest if wish else None) == rest
    assert wish is None or not wish.leaves


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("thats it for now, remind me saturday morning", "saturday morning"),
        ("gotta go can you remind me tonight", "tonight"),
        ("enough for today. remind me tomorrow at 9 to go on", "tomorrow at 9 to go on"),
        ("dinner time - please remind me in 2 hours", "in 2 hours"),
    ],
)
def test_who_stops_here_may_say_so_before_it(text: str, rest: str) -> None:
    assert wish_said(text) == Wish(rest, leaves=True)


@pytest.mark.parametrize("text", ["we ship fridays, remind me thursday night", "36 each. remind me tomorrow to check the price"])
def test_what_says_more_before_it_is_no_wish_alone(text: str) -> None:
    assert wish_said(text) is None
