"""Where somebody lives, in words: what is read of them, and what is about something else."""

from __future__ import annotations

from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.people.said_places import Place, place_said


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("im in zutphen", Place("Zutphen")),
        ("That is not so, I live in Zutphen.", Place("Zutphen")),
        ("We live in a village near Zutphen", Place("Zutphen")),
        ("we're on zutphen time", Place("Zutphen")),
        ("i live in the hague", Place("The Hague", "Europe/Amsterdam")),
        ("my time zone is zutphen", Place("Zutphen", sure=True)),
        ("my time zone is amsterdam", Place("Amsterdam", "Europe/Amsterdam", sure=True)),
        ("set my timezone to Europe/Amsterdam", Place("Europe/Amsterdam", "Europe/Amsterdam", sure=True)),
        ("please use amsterdam time", Place("Amsterdam", "Europe/Amsterdam", sure=True)),
        ("my timezone is CET", Place("CET", "CET", sure=True)),
        ("my time zone is EST", Place("EST", short=True, sure=True)),
        ("my time zone is utc+2", Place("UTC+2", short=True, sure=True)),
        ("my time zone is wrong", Place("", sure=True)),
        ("i live in lisbon, so please use our time", Place("Lisbon", "Europe/Lisbon", sure=True)),
        ("we are on paris time", Place("Paris", "Europe/Paris", sure=True)),
        ("i live in dakar", Place("Dakar", "Africa/Dakar")),
        ("Hi! I live in Bogotá", Place("Bogotá", "America/Bogota")),
        ("it's in the netherlands", Place("The Netherlands", "Europe/Amsterdam")),
        ("I'm in Izmir, Turkey", Place("Izmir", "Europe/Istanbul")),
        ("i live in the us", Place("US", several=True)),
        ("i'm in canada, toronto", Place("Toronto", "America/Toronto")),
        ("we live in toronto, canada", Place("Toronto", "America/Toronto")),
        ("Spain, Madrid", Place("Madrid", "Europe/Madrid", plain=True)),
        ("i live in canada, paris", Place("Canada", several=True)),
        ("i live in lisbon, portugal", Place("Lisbon", "Europe/Lisbon")),
        ("i live in trinidad and tobago", Place("Trinidad And Tobago", "America/Port_of_Spain")),
        ("Zutphen, the Netherlands", Place("Zutphen", "Europe/Amsterdam", plain=True)),
        ("istanbul", Place("Istanbul", "Europe/Istanbul", plain=True)),
        ("paris time please", Place("Paris", "Europe/Paris", plain=True)),
        ("i live in lyon", Place("Lyon", "Europe/Paris")),
        ("im in manchester", Place("Manchester", "Europe/London")),
        ("i live near leeds", Place("Leeds", "Europe/London")),
        ("i live in leeds uk", Place("Leeds Uk", "Europe/London")),
        ("i live in perth, scotland", Place("Perth", "Europe/London")),
        ("we live in cambridge, ma", Place("Cambridge", "America/New_York")),
        ("i live in cambridge", Place("Cambridge", several=True)),
        ("i live in texas", Place("Texas", several=True)),
        ("i live in houston, texas", Place("Houston", "America/Chicago")),
        ("i live in florence", Place("Florence", "Europe/Rome")),
        ("i'm from reading", Place("Reading", "Europe/London")),
        ("i live in nice", Place("Nice", "Europe/Paris")),
        ("nice, france", Place("Nice", "Europe/Paris", plain=True)),
        ("hull", Place("Hull", "Europe/London", plain=True)),
        ("charlotte", Place("Charlotte", "America/New_York", plain=True)),
        ("München", Place("München", "Europe/Berlin", plain=True)),
        ("edinburgh", Place("Edinburgh", "Europe/London", plain=True)),
    ],
)
def test_a_place_is_read_as_people_say_it(words: str, place: Place) -> None:
    assert place_said(words) == place


@pytest.mark.parametrize(
    "words",
    [
        *(
            "im in bed",
            "i am in the shop",
            "i'm in",
            "i am in love",
            "i'm in two minds",
            "we are in module 2",
            "i live in a hurry",
        ),
        *(
            "i am on time",
            "our time is limited",
            "use time well",
            "i take my time in paris",
            "what time zone am i in?",
            "use my time zone",
        ),
        *(
            "my customers are in paris",
            "we sell in paris",
            "i ship to germany",
            "my shop is in paris",
            "make my headline about paris",
        ),
        *(
            "i live in lisbon and ship to spain",
            "i live in lisbon and ship to spain, what should i write",
            "i live in lisbon, what should i charge",
            "i live in lisbon, my shop is in porto",
            "i live in lisbon. how do i begin",
            "we are in paris until friday",
            "im in paris this week",
            "i live in lisbon with a dog",
            "i live in lisbon and work",
        ),
        *("help", "thanks", "hook", "use hook", "its great", "take care", "i'm on instagram", "zutphen", "evenings at 18", ""),
        *("nice", "it's nice", "that's nice", "reading", "in bath", "use bath", "take bath", "split", "use split", "hue", "male"),
        *(
            "im on mobile",
            "we're on mobile",
            "use mobile",
            "mobile",
            "use buffalo",
            "orange",
            "it's orange",
            "it's derby",
            "solo",
            "mesa",
        ),
        *("it's charlotte", "it's florence", "that is austin", "use jackson", "take victoria", "it's sydney", "use chelsea"),
        *("hamilton is my husband", "charlotte here to help", "ask florence", "my name is austin", "call me savannah"),
        *("lisbon ok", "made in france", "leeds in", "made in leeds uk", "my mum is from cork", "lyon or"),
        *("we are from 9 to 5", "set my price to 20", "change my focus to candles", "a " * 80),
    ],
)
def test_words_about_anything_else_name_no_place(words: str) -> None:
    assert place_said(words) is None


@given(st.text(max_size=130))
def test_whatever_is_typed_is_read_or_left(typed: str) -> None:
    place = place_said(typed)
    assert place is None or place.zone == "" or place.zone in available_timezones()
