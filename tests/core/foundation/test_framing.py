"""What stands before and behind an answer and is none of it."""

from __future__ import annotations

import pytest

from core.foundation.framing import after_back, introduces, leaves_with_a_reason, without_asides


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("back. soft wax, and the scent is gone after a week", "soft wax, and the scent is gone after a week"),
        ("ok back, here is my answer: warm, plain", "warm, plain"),
        ("Ok, I’m back: a curry in 25 minutes", "a curry in 25 minutes"),
        ("here's my answer: middle. 45 euro", "middle. 45 euro"),
        ("ok so my answer is: warm", "warm"),
        ("Answer: 42 of them", "42 of them"),
        ("i'm back\nstale, and nobody answers", "stale, and nobody answers"),
        ("back. what was the question", "what was the question"),
        ("stale on arrival. gotta go now, kids", "stale on arrival."),
        ("We roast it the same day! brb phone", "We roast it the same day!"),
    ],
)
def test_the_answer_in_the_words_is_left(words: str, answer: str) -> None:
    assert without_asides(words) == answer


@pytest.mark.parametrize(
    "words",
    [
        *(
            "Back. Neck. Shoulders.",
            "back, neck and shoulders ache after a day",
            "Back: sore after a day of digging in the garden",
        ),
        *("back in stock every friday", "middle. 45 euro", "brb", "ok back", "Thanks. Come back soon!", "The answer is wax"),
        *("sorry, too dear: they say", "Come back tomorrow. More bread then"),
    ],
)
def test_what_is_a_part_of_the_answer_stays(words: str) -> None:
    assert without_asides(words) == words


def test_what_follows_back_is_told_apart_from_back_alone_and_from_other_words() -> None:
    assert after_back("ok back") == ""
    assert after_back("ok back, here is my answer: warm") == "here is my answer: warm"
    assert after_back("back in stock: soap") is None
    assert introduces("here is my answer: warm")
    assert not introduces("warm: never loud")


@pytest.mark.parametrize("words", ["need sleep now. tomorrow more", "order came in, back later", "kids, gotta go"])
def test_who_leaves_with_a_reason_is_understood(words: str) -> None:
    assert leaves_with_a_reason(words)


@pytest.mark.parametrize("words", ["two secs, someone at the door", "sorry, customer in the shop", "warm, plain"])
def test_a_reason_alone_says_not_that_they_leave(words: str) -> None:
    assert not leaves_with_a_reason(words)
