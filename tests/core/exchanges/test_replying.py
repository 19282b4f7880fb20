"""What somebody says of their own words: for whom they are, whose name is in them, and whether they ask for anything."""

from __future__ import annotations

import pytest

from core.chat.loose import asks_for_nothing
from core.exchanges.replying import NOBODY, UNCLEAR, chosen, is_addressed, is_named


@pytest.mark.parametrize(
    ("words", "to"),
    [
        ("yes", 0), ("Yes, please!", 0), ("y", 0), ("ok send it", 0), ("It's for her", None),
        ("yes for her", 0), ("marit", 0), ("Yes, for Marit", 0),
        ("no", NOBODY), ("No, thanks", NOBODY), ("no it is for you", NOBODY), ("for the agents", NOBODY), ("you", NOBODY),
        ("No, not for Marit", NOBODY), ("no its for her", UNCLEAR), ("it's for you", NOBODY), ("never mind", NOBODY),
        ("thank you", None), ("no they do not mind", None), ("yes it sold twelve", None),
        ("", None),
    ],
)  # fmt: skip
def test_what_answers_the_question(words: str, to: int | None) -> None:
    assert chosen(words, ["Marit Lund"]) == to


@pytest.mark.parametrize(
    ("words", "to"),
    [("yes", UNCLEAR), ("for tove", 1), ("Marit", 0), ("marit or tove", UNCLEAR), ("neither", None), ("no", NOBODY)],
)
def test_of_several_one_is_chosen_by_name(words: str, to: int | None) -> None:
    assert chosen(words, ["Marit Lund", "Tove"]) == to


@pytest.mark.parametrize(
    ("words", "to"),
    [
        ("yes", 0),
        ("both", 0),
        ("yes, both", 0),
        ("marit and tove", 0),
        ("to tove", 2),
        ("Marit", 1),
        ("no", NOBODY),
        ("hardly", None),
    ],
)
def test_of_several_who_spoke_all_or_one_is_chosen(words: str, to: int | None) -> None:
    assert chosen(words, ["Marit Lund and Tove", "Marit Lund", "Tove"]) == to


@pytest.mark.parametrize(
    ("name", "words", "named"),
    [
        ("Marit Lund", "sorry that was for marit: about 20", True),
        ("Marit Lund", "@marit about 20", True),
        ("Marit", "marital things", False),
        ("Will", "Will it sell?", False),
        ("Will", "what will I do", False),
        ("Will", "Thanks, Will", True),
        ("Will", "Will, it did", True),
        ("J", "j", False),
    ],
)
def test_a_name_is_known_in_any_words_unless_it_is_one(name: str, words: str, named: bool) -> None:
    assert is_named(name, words) is named


@pytest.mark.parametrize(
    ("words", "addressed"),
    [
        ("Marit, it did", True),
        ("so marit what next", True),
        ("it did, thank you Marit", True),
        ("sorry that was for marit: about 20", True),
        ("@marit about 20", True),
        ("what did Marit mean by that", False),
        ("my coach Marit said 39, what do you think", False),
        ("it did", False),
        ("can I ask you something about Marit?", False),
        ("I talked with marit", False),
        ("what about that Marit?", True),
    ],
)
def test_to_speak_of_somebody_is_not_to_speak_to_them(words: str, addressed: bool) -> None:
    assert is_addressed("Marit Lund", words) is addressed


def test_a_name_that_is_a_filling_word_is_a_name_all_the_same() -> None:
    assert is_addressed("Oh Minji", "oh")


@pytest.mark.parametrize(
    ("words", "nothing"),
    [
        ("thanks so much!", True), ("thx marit", True), ("ok", True), ("will do, thanks", True), ("Great, got it 👍", True),
        ("got scammed", False), ("ok stuck", False), ("thanks, and for three?", False), ("that", False), ("a lot", False),
        ("ok i will, thanks marit", True), ("ok thanks was a good call!", True), ("thanks, the call was bad", False),
        ("yes", False), ("👍", True), ("haha nice", True), ("ok see you", True), ("i see", False), ("can't see it", False),
    ],
)  # fmt: skip
def test_thanks_and_ok_ask_for_nothing(words: str, nothing: bool) -> None:
    assert asks_for_nothing(words, spare=1) is nothing


@pytest.mark.parametrize(
    ("words", "addressed"),
    [
        ("Hello, Fran gave me this for the course, what do i do", False),
        ("fran told me to ask here", False),
        ("Fran just sent me the link", False),
        ("Fran is my coach", False),
        ("Fran, I gave it to my neighbour", True),
        ("Fran did you see my hook", True),
        ("Fran is the price ok", True),
        ("Thanks Fran, you told me to ask", True),
    ],
)
def test_whoever_says_what_somebody_did_does_not_speak_to_them(words: str, addressed: bool) -> None:
    assert is_addressed("Fran Lee", words) is addressed
