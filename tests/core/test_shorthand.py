"""What people write on a phone, written out for whoever recognises it."""

from __future__ import annotations

import pytest

from core.shorthand import WRITTEN_OUT, spelled_out


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("evenings pls", "evenings please"),
        ("remind me tmrw, pls.", "remind me tomorrow, please."),
        ("What do u know about me", "What do you know about me"),
        ("Whats a hook again", "what's a hook again"),
        ("480 visits lst wk", "480 visits last week"),
        ("mums w/ rescue dogs", "mums with rescue dogs"),
        ("TMRW", "tomorrow"),
    ],
)
def test_a_phones_spelling_is_written_out(said: str, meant: str) -> None:
    assert spelled_out(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "",
        "I am ill",
        "u-bend soap",
        "https://u.example/wk?u=1&ur=2",
        "me@pls.example",
        "wk.example",
        "@u and #wk",
        "the U's shape of a muslin",
        "plain words, and nothing short",
        "w/o sugar",
    ],
)
def test_links_names_and_words_of_their_own_are_left(said: str) -> None:
    assert spelled_out(said) == said


def test_what_is_written_out_is_written_out_to_the_end() -> None:
    assert {each for each in WRITTEN_OUT.values() if spelled_out(each) != each} == set()
