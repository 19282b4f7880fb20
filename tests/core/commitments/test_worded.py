"""A promise as it is typed on a phone: its day is read, and its own words stay."""

from __future__ import annotations

from datetime import date

import pytest

from core.commitments.worded import apart

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("words", "what", "day"),
    [
        ("email dave abt packaging by tmrw", "email dave abt packaging", date(2026, 11, 25)),
        ("call dave tmrw", "call dave", date(2026, 11, 25)),
        ("photo the boxes by thursday, if the light is good", "photo the boxes, if the light is good", date(2026, 11, 26)),
        ("ring u back by friday (if u can)", "ring u back, if u can", date(2026, 11, 27)),
        ("Hook by Friday", "Hook", date(2026, 11, 27)),
    ],
)
def test_the_day_is_read_and_the_words_stay(words: str, what: str, day: date) -> None:
    said, days = apart(words, TUESDAY)
    assert (said, days.clear) == (what, day)


@pytest.mark.parametrize(
    "words",
    [
        "email dave abt packaging",
        "write the ad, if i can",
        "ask ppl abt tmrw's market",
        "call dave, if it rains by noon",
    ],
)
def test_where_no_day_is_said_all_of_it_stays(words: str) -> None:
    said, days = apart(words, TUESDAY)
    assert said == words
    assert days.clear is None
