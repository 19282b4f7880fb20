"""Weeks in a row with something live, by the person's own calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.course.streak import Streak, streak

LONDON, TOKYO, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")
WEDNESDAY = datetime(2026, 4, 8, 12, tzinfo=UTC)


def days_ago(*days: int) -> list[datetime]:
    return [WEDNESDAY - timedelta(days=each) for each in days]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ((), Streak(0, this_week=False)),
        ((0,), Streak(1, this_week=True)),
        ((0, 1, 2), Streak(1, this_week=True)),
        ((0, 7, 14), Streak(3, this_week=True)),
        ((3, 10), Streak(2, this_week=False)),
        ((0, 14), Streak(1, this_week=True)),
        ((10,), Streak(0, this_week=False)),
        ((2, 3), Streak(2, this_week=True)),
    ],
)
def test_a_week_counts_from_monday_and_the_present_one_breaks_nothing(days: tuple[int, ...], found: Streak) -> None:
    assert streak(days_ago(*days), LONDON, WEDNESDAY) == found


def test_the_week_is_that_of_the_person_s_own_zone() -> None:
    sunday_evening = datetime(2026, 4, 5, 22, 30, tzinfo=UTC)  # Monday in Tokyo
    assert streak([sunday_evening], LONDON, WEDNESDAY) == Streak(1, this_week=False)
    assert streak([sunday_evening], TOKYO, WEDNESDAY) == Streak(1, this_week=True)


def test_the_weeks_in_which_clocks_change_are_weeks_too() -> None:
    mondays = [datetime(2026, 3, day, 4, 30, tzinfo=UTC) for day in (2, 9, 16, 23, 30)]
    assert streak(mondays, NEW_YORK, datetime(2026, 4, 5, 23, tzinfo=UTC)).weeks == 4  # the first was a Sunday there
    assert streak([*mondays, datetime(2026, 4, 6, 5, tzinfo=UTC)], LONDON, WEDNESDAY).weeks == 6


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Streak(0, this_week=False), "none yet"),
        (Streak(1, this_week=True), "1 week"),
        (Streak(4, this_week=False), "4 weeks; this week has until Sunday"),
    ],
)
def test_it_says_what_keeps_it_up(found: Streak, words: str) -> None:
    assert found.words.startswith(words)
