"""Who fits whom: by the clock and the place in the course, within one cohort, and anybody after a week."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.pairs.matching import NEAR, Seeker, distance, hours_between, matches, may_meet

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)


def seeker(name: str, zone: str = "Europe/London", module: int = 3, days: float = 0, cohort: str = "coh_1") -> Seeker:
    return Seeker(f"per_{name}", f"usr_{name}", cohort, ZoneInfo(zone), module, NOW - days * DAY)


NORA = seeker("nora")


@pytest.mark.parametrize(
    ("one", "other", "hours"),
    [
        ("Europe/London", "Europe/Paris", 1),
        ("Asia/Kolkata", "Europe/London", 5.5),
        ("Pacific/Auckland", "Pacific/Honolulu", 1),  # 13 ahead and 10 behind: 23 hours by the offsets, one by the clock
        ("Asia/Tokyo", "America/New_York", 10),
    ],
)
def test_a_clock_goes_round(one: str, other: str, hours: float) -> None:
    assert hours_between(ZoneInfo(one), ZoneInfo(other), NOW) == hours


@given(ZONES, ZONES, st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))
def test_hours_are_the_same_from_both_sides_and_twelve_at_most(one: ZoneInfo, other: ZoneInfo, at: datetime) -> None:
    assert 0 <= hours_between(one, other, at) == hours_between(other, one, at) <= 12


def test_three_modules_count_as_much_as_six_hours() -> None:
    assert distance(NORA, seeker("omar", module=6), NOW) == NEAR == distance(NORA, seeker("ana", "Asia/Dhaka"), NOW)


def test_the_nearest_comes_first_and_of_equals_whoever_waits_longest() -> None:
    far, near = seeker("ana", "Asia/Kolkata"), seeker("ben", "Europe/Paris")
    longer = seeker("cas", "Europe/Paris", days=2)
    assert matches(NORA, [far, near, longer], NOW) == [longer, near, far]


def test_whoever_is_far_is_taken_only_after_a_week() -> None:
    tokyo = seeker("emi", "Asia/Tokyo")
    assert matches(NORA, [tokyo], NOW) == []
    for waiting in (replace(NORA, since=NOW - 7 * DAY), NORA):
        other = tokyo if waiting is not NORA else replace(tokyo, since=NOW - 7 * DAY)
        assert matches(waiting, [other], NOW) == [other], "it is enough that one of them has waited"


def test_nobody_meets_another_cohort_themselves_or_whom_they_have_parted_from() -> None:
    old = [seeker("ana", days=30, cohort="coh_2"), replace(seeker("ben", days=30), user_id=NORA.user_id)]
    parted = replace(NORA, apart=frozenset({"per_cas"}))
    cas = seeker("cas", days=30)
    assert matches(parted, [*old, cas], NOW) == []
    assert not may_meet(cas, parted)
    assert may_meet(cas, NORA)
