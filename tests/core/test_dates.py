"""By when: what is clear is read, and what may be two days is asked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates import AHEAD, Days, day_read, day_said, parted

THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("today", "2026-11-26"),
        ("Tomorrow", "2026-11-27"),
        ("by tomorrow.", "2026-11-27"),
        ("the day after tomorrow", "2026-11-28"),
        ("Friday", "2026-11-27"),
        ("by Fri", "2026-11-27"),
        ("weds", "2026-12-02"),
        ("Wednesday", "2026-12-02"),
        ("by tomorow", "2026-11-27"),
        ("fryday", "2026-11-27"),
        ("wendesday", "2026-12-02"),
        ("next Monday", "2026-11-30"),
        ("wed night", "2026-12-02"),
        ("by friday noon", "2026-11-27"),
        ("sat am", "2026-11-28"),
        ("tues eve", "2026-12-01"),
        ("tomorrow morning", "2026-11-27"),
        ("Sunday in the afternoon", "2026-11-29"),
        ("this Sunday", "2026-11-29"),
        ("in 3 days", "2026-11-29"),
        ("in two weeks", "2026-12-10"),
        ("in a month", "2026-12-26"),
        ("end of the week", "2026-11-29"),
        ("end of the month", "2026-11-30"),
        ("2026-12-01", "2026-12-01"),
        ("1 December", "2026-12-01"),
        ("1st of Dec", "2026-12-01"),
        ("Dec 1, 2026", "2026-12-01"),
        ("1.12.", "2026-12-01"),
        ("24/12", "2026-12-24"),
        ("3/12", "2026-12-03"),
        ("12/25", "2026-12-25"),
        ("12/12/2026", "2026-12-12"),
        ("3 February", "2027-02-03"),
    ],
)
def test_a_day_is_read_as_people_say_it(said: str, day: str) -> None:
    assert day_said(said, THURSDAY).clear == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("Thursday", ["2026-11-26", "2026-12-03"]),
        ("next Friday", ["2026-12-04", "2026-11-27"]),
        ("8/9", ["2027-09-08", "2027-08-09"]),
        ("12/1", ["2027-01-12", "2026-12-01"]),
        ("next week", ["2026-12-04", "2026-12-06"]),
    ],
)
def test_what_may_be_two_days_is_not_guessed(said: str, days: list[str]) -> None:
    found = day_said(said, THURSDAY)
    assert [each.isoformat() for each in found.found] == days
    assert found.clear is None


@pytest.mark.parametrize(
    "said",
    [
        *("", "soon", "when I can", "32/13", "in many days", "mañana", "the", "0000-00-00", "in 0 days"),
        *("market night", "I am", "the am"),
    ],
)
def test_what_is_no_day_is_none(said: str) -> None:
    found = day_said(said, THURSDAY)
    assert not found.found
    assert not found.past


@pytest.mark.parametrize("said", ["2026-11-25", "2028-01-01", "1 December 2025", "16 November", "3/11", "Tuesday 25 Nov"])
def test_a_day_that_is_over_or_far_away_is_said_to_be(said: str) -> None:
    assert day_said(said, THURSDAY).past


def test_a_date_beside_another_days_weekday_is_asked_about_and_said_to_be_what_it_is() -> None:
    said, days = parted("finish the hook by Tue 30 Nov", THURSDAY)
    assert (said, days.slip) == ("finish the hook", "30 November 2026 is a Monday")
    assert [each.isoformat() for each in days.found] == ["2026-11-30", "2026-12-01"]
    with pytest.raises(ValueError, match=r"30 November 2026 is a Monday\. Write 30 November 2026 without a weekday"):
        day_read("Tue 30 Nov", THURSDAY)


@pytest.mark.parametrize(
    ("words", "what", "day"),
    [
        ("Hook by Friday", "Hook", "2026-11-27"),
        ("finish the gift page tomorrow", "finish the gift page", "2026-11-27"),
        ("step by step guide by next Monday", "step by step guide", "2026-11-30"),
        ("write to five suppliers in 3 days", "write to five suppliers", "2026-11-29"),
        ("the sale page, before 2026-12-01", "the sale page", "2026-12-01"),
        ("pick a focus product by friday noon", "pick a focus product", "2026-11-27"),
    ],
)
def test_what_and_by_when_are_told_apart(words: str, what: str, day: str) -> None:
    said, days = parted(words, THURSDAY)
    assert (said, days.clear) == (what, date.fromisoformat(day))


def test_words_without_a_day_stay_whole() -> None:
    assert parted("step by step guide", THURSDAY)[0] == "step by step guide"


@pytest.mark.parametrize(
    ("said", "to_come", "over"),
    [
        ("30 November", "2026-11-30", "2025-11-30"),
        ("Thu 24 December", "2026-12-24", "2026-12-24"),
        ("30-11-2026", "2026-11-30", "2026-11-30"),
        ("03/12/2026", "2026-12-03", "2026-03-12"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("tomorrow", "2026-11-27", "2026-11-27"),
        ("yesterday", "2026-11-25", "2026-11-25"),
        ("Monday", "2026-11-30", "2026-11-23"),
        ("last Friday", "2026-11-20", "2026-11-20"),
        ("3 days ago", "2026-11-23", "2026-11-23"),
        ("a month ago", "2026-10-26", "2026-10-26"),
    ],
)
def test_a_day_is_read_whenever_it_is(said: str, to_come: str, over: str | None) -> None:
    assert day_read(said, THURSDAY).isoformat() == to_come
    if over:
        assert day_read(said, THURSDAY, gone=True).isoformat() == over


@pytest.mark.parametrize(
    ("said", "day"),
    [("3 days", "2026-11-29"), ("a week", "2026-12-03"), ("for two weeks", "2026-12-10"), ("a month", "2026-12-26")],
)
def test_how_long_it_lasts_is_a_day_where_that_is_asked_and_nowhere_else(said: str, day: str) -> None:
    assert day_read(said, THURSDAY, lasts=True).isoformat() == day
    assert day_read("tomorrow", THURSDAY, lasts=True).isoformat() == "2026-11-27"
    assert not day_said(said, THURSDAY).found
    assert parted(f"write each customer {said}", THURSDAY) == (f"write each customer {said}", Days())
    with pytest.raises(ValueError, match="no day that I can read"):
        day_read(said, THURSDAY)


def test_a_day_that_is_over_may_be_two_where_the_month_first_is_nearer() -> None:
    assert day_read("9/11/2026", THURSDAY, gone=True).isoformat() == "2026-11-09"
    for said in ("11/9", "11/9/2026"):
        with pytest.raises(ValueError, match="Friday 11 September 2026 or Monday 9 November 2026"):
            day_read(said, THURSDAY, gone=True)


@pytest.mark.parametrize("said", ["Thursday", "8/9", "16 November", "next Friday"])
def test_a_day_that_may_be_two_is_told_to_be(said: str) -> None:
    with pytest.raises(ValueError, match=r"may be [A-Z]\w+day \d.* or [A-Z]\w+day \d.*Write the one that you mean"):
        day_read(said, THURSDAY)


@pytest.mark.parametrize("said", ["soon", "Tuesday 32 December", "32/13/2026"])
def test_what_is_no_day_is_told_with_one_to_go_by(said: str) -> None:
    with pytest.raises(ValueError, match="Write it like 3 December 2026, or 2026-12-03"):
        day_read(said, THURSDAY)


@given(st.text(max_size=60), st.booleans())
def test_whatever_is_typed_is_a_day_or_refused_in_words(words: str, gone: bool) -> None:
    try:
        found: date | str = day_read(words, THURSDAY, gone=gone)
    except ValueError as unread:
        found = str(unread)
    assert isinstance(found, date) or "Write" in found


SAID = ("write", "the page", "by", "on", "next", "Friday", "tomorrow", "5", "March", "2027-03-05", "in three days", "2 weeks ago")


@given(
    st.text(max_size=60) | st.lists(st.sampled_from(SAID), max_size=8).map(" ".join),
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
)
def test_whatever_is_typed_a_day_that_is_read_is_to_come(words: str, today: date) -> None:
    what, days = parted(words, today)
    assert all(today <= each <= today + AHEAD for each in days.found)
    assert len(what) <= len(words)
    assert not (days.found and days.past)
