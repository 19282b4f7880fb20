"""Whoever asks that somebody call, or look at it with them, is led to a person; what only sounds like that is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.exchanges.hearing import Wishes
from core.people.model import Person
from core.plain import message
from core.request import Said
from core.ui import Message
from tests.core.conftest import AT, actor
from tests.core.exchanges.office import Office


@pytest.mark.parametrize(
    "words",
    [
        "can someone call me?", "can someone ring me", "is anybody there who can call me", "could a coach ring me",
        "please call me", "i want someone to look at it with me", "Hi, can somebody please call me back?",
        "can you get someone to call me",
        "is there somebody who could call me?", "My shop was closed over night. Can someone call me?", "call me please",
        "I'd like somebody to go through my numbers with me", "can i get a call from a coach", "i want to speak to someone",
        "could one of the coaches look at this with me?", "Can anyone phone me tomorrow please",
    ],
)  # fmt: skip
async def test_whoever_asks_that_somebody_calls_is_led_to_a_person(office: Office, nora: Person, words: str) -> None:
    await office.coach("omar")
    wish = Said(id="e1", actor=actor(), address=actor().direct, at=AT, text=words)
    shown = await Wishes(office.exchanges).hear(wish, nora)
    assert isinstance(shown, Message)
    assert "[I would like a person]" in message(shown)


@pytest.mark.parametrize(
    "words",
    [
        "can someone call me a taxi", "how do i get customers to call me?", "can someone explain hooks", "please call me Anna",
        "someone called me yesterday about an order", "can customers call me from my page?", "what if someone calls me",
        "call me", "write a line that says please call me", "i want customers to call me", "nobody called me back",
        "is anybody there?", "can someone look at my headline", "could someone call my page boring?", "i want someone to buy it",
        "can a person buy two",
        "please call me when the page is live", "Write an ad for jam. Can someone call me?", "can i get a call to action",
    ],
)  # fmt: skip
async def test_what_is_no_wish_for_a_person_goes_where_it_went(office: Office, nora: Person, words: str) -> None:
    await office.coach("omar")
    said = Said(id="e1", actor=actor(), address=actor().direct, at=AT, text=words, direct=True)
    assert await Wishes(office.exchanges).hear(said, nora) is None


async def test_please_call_me_below_a_letter_is_for_its_writer(office: Office, nora: Person) -> None:
    omar, hearing = await office.coach("omar"), Wishes(office.exchanges)
    said = Said(id="e1", actor=actor(), address=actor().direct, at=AT + timedelta(hours=1), text="please call me", direct=True)
    assert await hearing.hear(said, nora) is not None
    await office.exchanges.write(omar, nora, "Shall we talk?", AT, event_id="e2")
    assert await hearing.hear(said, nora) is None, "of that they are asked"
    assert await hearing.hear(replace(said, text="can someone call me?"), nora) is not None
