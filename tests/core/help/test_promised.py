"""Of what somebody says that they will do, the thing alone is the promise: not that it is next, nor that they want it."""

from __future__ import annotations

from datetime import date

import pytest

from core.commitments.next_thing import next_thing
from core.help.taken import promised

MONDAY = date(2026, 3, 2)
THING = "photograph the boxes by Friday"


@pytest.mark.parametrize(
    "lead",
    [
        *("next i want to", "Next, I want to", "next I'd like to", "next id like to", "next i'll", "next we’ll"),
        *("next i have to", "then i'll", "then gonna", "next up:", "next up", "next:", "Next –", "now i want to", "first i will"),
        *("First,", "after that i'll", "afterwards i want to", "i want to", "I'd like to", "id like to", "i wanna", "i need to"),
        *("gonna", "I'm gonna", "im gonna", "i am gonna", "we’re gonna", "going to", "next im going to", "next I'm going to"),
        *("want to", "need to", "wanna", "the next thing is to", "next thing i want to do is", "ok, so next i will", "to"),
    ],
)
def test_what_leads_to_a_promise_is_no_part_of_it(lead: str) -> None:
    assert next_thing(f"{lead} {THING}", MONDAY) == THING
    if lead != "to":  # which only an answer begins with
        assert promised(f"{lead} {THING}") == THING


@pytest.mark.parametrize(
    ("said", "thing"),
    [
        ("next friday i will ship the boxes", "ship the boxes next friday"),
        ("Next Friday, I'll ship the boxes", "ship the boxes Next Friday"),
        ("next week i'm going to ship the boxes", "ship the boxes next week"),
        ("i'm gonna ship the boxes tomorrow", "ship the boxes tomorrow"),
        ("next i'll ship the boxes on friday", "ship the boxes on friday"),
        ("write the next post by friday", "write the next post by friday"),
        ("next post goes live by friday", "next post goes live by friday"),
        ("post the first photo by friday", "post the first photo by friday"),
        ("going to the market by friday", "going to the market by friday"),
        ("first aid course by friday", "first aid course by friday"),
    ],
)
def test_a_day_and_a_thing_keep_their_words(said: str, thing: str) -> None:
    assert promised(said) == thing


@pytest.mark.parametrize(
    "said",
    [
        *(
            "next i want to photograph the boxes",
            "next i want to know what a hook is by friday",
            "i want to write one by friday, how do i begin",
            "what is next by friday?",
        ),
        *("next week", "next friday", "next up", "next", "gonna", "going to", "going to bed tonight", "gonna be away on friday"),
        *("i'm gonna be away by friday", "im gonna be late on friday", "next i will not ship by friday", "we were going to"),
        *(
            "next the market opens by friday",
            "first, people come by friday",
            "then it rains by friday",
            "now they ship by friday",
        ),
        *(
            "going to the market on friday",
            "the next thing is that it opens by friday",
            "gonna rain tomorrow",
            "i'm next on friday",
        ),
        *("next i have no idea", "how do i plan to ship by friday", "next i'm not gonna ship by friday"),
    ],
)
def test_what_promises_nothing_is_none(said: str) -> None:
    assert promised(said) == ""
