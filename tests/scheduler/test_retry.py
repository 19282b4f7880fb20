"""Pauses grow, differ, and end."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.leases import MOST_ATTEMPTS
from scheduler.retry import again_at, pause_after
from tests.records import NOON

CHANCES = st.floats(0, 1, exclude_max=True)


@given(st.integers(1, MOST_ATTEMPTS - 2), CHANCES, CHANCES)
def test_each_pause_is_longer_than_the_one_before_whatever_the_chance(attempts: int, one: float, other: float) -> None:
    assert pause_after(attempts, one) < pause_after(attempts + 1, other)


def test_the_pauses_are_about_five_twenty_eighty_and_three_hundred_and_twenty_seconds() -> None:
    assert [pause_after(each, 0.5).total_seconds() for each in range(1, MOST_ATTEMPTS)] == [5, 20, 80, 320]


def test_after_five_attempts_there_is_no_other() -> None:
    assert again_at(4, NOON, 0.5) == NOON + timedelta(seconds=320)
    assert again_at(5, NOON, 0.5) is None
    assert again_at(6, NOON, 0.5) is None
