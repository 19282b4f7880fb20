"""When reminders come, by every clock of the world."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.nudges import times
from core.nudges.model import NudgePreferences
from core.nudges.times import DAY, Snooze
from tests.core.nudges.clocks import FROM, UNTIL, clocks, zones

BERLIN = ZoneInfo("Europe/Berlin")
SECONDS = int((UNTIL - FROM).total_seconds())


def wish(days: tuple[int, ...] = (), hour: int = 9, quiet: tuple[int, int] = (21, 8)) -> NudgePreferences:
    return NudgePreferences(
        id="per_1", person_id="per_1", organization_id="org", days=days, hour=hour, quiet_from=quiet[0], quiet_until=quiet[1],
        changed_at=FROM,
    )  # fmt: skip


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


WISHES = st.builds(
    wish,
    days=st.sets(st.integers(1, 7)).map(lambda days: tuple(sorted(days))),
    hour=st.integers(0, 23),
    quiet=st.tuples(st.integers(0, 23), st.integers(0, 23)),
)


@st.composite
def somewhere(draw: st.DrawFn) -> tuple[ZoneInfo, datetime]:
    """A zone and a time there, mostly near a change of its clocks."""
    everywhere = list(clocks().items())
    zone, moments = draw(st.sampled_from(everywhere))
    near = draw(st.integers(0, 3)) > 0
    if moments and near:
        return zone, draw(st.sampled_from(moments)) + timedelta(seconds=draw(st.integers(-3 * 86_400, 3 * 86_400)))
    return zone, FROM + timedelta(seconds=draw(st.integers(0, SECONDS)))


def test_every_zone_of_the_database_is_among_the_clocks() -> None:
    assert len(zones()) > 590
    assert 60 < len(clocks()) < len(zones())


def test_every_hour_near_every_change_comes_once_and_first_or_moves_on_by_the_gap() -> None:
    for zone, moments in clocks().items():
        for change in moments:
            gap = change.astimezone(zone).utcoffset() or timedelta()
            gap -= (change - timedelta(seconds=1)).astimezone(zone).utcoffset() or timedelta()
            today = times.local_date(zone, change)
            for day, hour in ((today + n * DAY, hour) for n in (-1, 0) for hour in range(24)):
                at = times.moment(zone, day, hour)
                wanted = datetime(day.year, day.month, day.day, hour)
                shown = at.astimezone(zone).replace(tzinfo=None)
                if shown != wanted:
                    assert (at, gap > timedelta()) == (change, True), (zone, wanted, at)
                    assert wanted < shown <= wanted + gap, (zone, wanted, at)
                else:
                    assert (at - abs(gap)).astimezone(zone).replace(tzinfo=None) != wanted, (zone, wanted, at)


@settings(max_examples=400, deadline=None)
@given(somewhere(), WISHES)
def test_a_slot_is_on_a_chosen_day_at_the_hour_after_now_and_never_quiet(
    where: tuple[ZoneInfo, datetime], wishes: NudgePreferences
) -> None:
    zone, after = where
    slot = times.next_slot(wishes, zone, after, "per_1")
    local = slot.astimezone(zone)
    assert slot > after
    assert not wishes.days or local.isoweekday() in wishes.days
    assert not times.in_quiet_hours(wishes, zone, slot)
    exact = slot - times.spread("per_1")
    asked = times.moment(zone, local.date(), times.hour_of(wishes))
    assert exact == times.quiet_ends(wishes, zone, asked)
    assert asked.astimezone(zone).hour == times.hour_of(wishes) or asked in clocks()[zone]
    assert slot - after <= (8 if wishes.days else 2) * DAY + timedelta(hours=25) or wishes.hour == 23


@settings(max_examples=200, deadline=None)
@given(somewhere(), WISHES)
def test_slots_come_once_a_local_day_and_later_for_whoever_asks_later(
    where: tuple[ZoneInfo, datetime], wishes: NudgePreferences
) -> None:
    zone, after = where
    slots = [after]
    for _ in range(5):
        slots.append(times.next_slot(wishes, zone, slots[-1], "per_1"))
    days = [times.local_date(zone, each) for each in slots[1:]]
    assert days == sorted(set(days))
    for earlier, later in pairwise(slots):
        assert times.next_slot(wishes, zone, later - timedelta(seconds=1), "per_1") == later
        assert times.next_slot(wishes, zone, earlier + (later - earlier) / 2, "per_1") == later


def test_quiet_hours_end_where_the_clocks_go_back_to_before_them() -> None:
    troll, at = ZoneInfo("Antarctica/Troll"), datetime(2024, 10, 27, 0, 59, 59, 500, tzinfo=UTC)
    assert times.quiet_ends(wish(quiet=(2, 3)), troll, at) == datetime(2024, 10, 27, 1, tzinfo=UTC)


@settings(max_examples=300, deadline=None)
@given(somewhere(), WISHES)
def test_quiet_hours_end_when_they_end_and_not_before(where: tuple[ZoneInfo, datetime], wishes: NudgePreferences) -> None:
    zone, at = where
    end = times.quiet_ends(wishes, zone, at)
    assert not times.in_quiet_hours(wishes, zone, end)
    if end > at:
        assert times.in_quiet_hours(wishes, zone, end - timedelta(seconds=1))
        between = (at + (end - at) * n / 20 for n in range(20))
        assert all(times.in_quiet_hours(wishes, zone, each) for each in between)


@settings(max_examples=300, deadline=None)
@given(somewhere(), WISHES)
def test_a_persons_hours_end_with_the_day_or_where_it_turns_quiet(
    where: tuple[ZoneInfo, datetime], wishes: NudgePreferences
) -> None:
    zone, at = where
    at = times.quiet_ends(wishes, zone, at)
    end = times.hours_end(wishes, zone, at)
    today = times.local_date(zone, at)
    assert end > at
    assert times.in_quiet_hours(wishes, zone, end) or times.local_date(zone, end) != today
    for each in (at + (end - at) * n / 20 for n in range(20)):
        assert times.local_date(zone, each) == today
        assert not times.in_quiet_hours(wishes, zone, each)


@settings(max_examples=200, deadline=None)
@given(somewhere(), WISHES, st.sampled_from(Snooze))
def test_what_is_put_off_comes_later_and_never_in_quiet_hours(
    where: tuple[ZoneInfo, datetime], wishes: NudgePreferences, until: Snooze
) -> None:
    zone, at = where
    again = times.snoozed(until, wishes, zone, at)
    assert again > at
    assert not times.in_quiet_hours(wishes, zone, again)


@pytest.mark.parametrize(
    ("zone", "day", "hour", "expected"),
    [
        ("Europe/Berlin", "2026-03-29", 2, "2026-03-29T01:00"),  # 02:00 does not exist: 03:00 summer time
        ("Europe/Berlin", "2026-10-25", 2, "2026-10-25T00:00"),  # 02:00 comes twice: the first
        ("Australia/Lord_Howe", "2026-10-04", 2, "2026-10-03T15:30"),  # half an hour is left out
        ("Africa/Cairo", "2026-04-24", 0, "2026-04-23T22:00"),  # the day begins at 01:00
    ],
)
def test_an_hour_that_is_left_out_moves_on_and_one_that_comes_twice_comes_first(
    zone: str, day: str, hour: int, expected: str
) -> None:
    assert times.moment(ZoneInfo(zone), date.fromisoformat(day), hour) == utc(expected)


def test_a_day_without_its_last_hour_and_a_day_that_is_left_out_have_no_slot() -> None:
    late = wish(hour=23, quiet=(0, 0))
    assert times.slot_on(late, ZoneInfo("America/Scoresbysund"), date(2026, 3, 28), "per_1") is None
    assert times.slot_on(wish(), ZoneInfo("Pacific/Apia"), date(2011, 12, 30), "per_1") is None
    fridays = wish(days=(5,))
    slot = times.next_slot(fridays, ZoneInfo("Pacific/Apia"), utc("2011-12-29T12:00"), "per_1")
    assert times.local_date(ZoneInfo("Pacific/Apia"), slot) == date(2012, 1, 6)


@pytest.mark.parametrize(
    ("quiet", "hour", "expected"),
    [((21, 8), 20, False), ((21, 8), 21, True), ((21, 8), 7, True), ((21, 8), 8, False), ((1, 5), 0, False), ((1, 5), 4, True),
     ((1, 5), 5, False), ((9, 9), 9, False), ((9, 9), 3, False), ((0, 23), 23, False), ((0, 23), 22, True)],
)  # fmt: skip
def test_quiet_hours_go_over_midnight_or_not_and_equal_ones_are_none(quiet: tuple[int, int], hour: int, expected: bool) -> None:
    assert times.quiet_hour(wish(quiet=quiet), hour) is expected


def test_an_hour_within_the_quiet_hours_is_the_one_in_which_they_end() -> None:
    slot = times.next_slot(wish(hour=23), BERLIN, utc("2026-01-05T12:00"), "per_1")
    assert (slot - times.spread("per_1")).astimezone(BERLIN).hour == 8


def test_everyone_at_nine_is_spread_over_ten_minutes() -> None:
    minutes = [times.spread(f"per_{n}").total_seconds() // 60 for n in range(10_000)]
    counts = [minutes.count(each) for each in range(10)]
    assert sum(counts) == 10_000
    assert max(counts) < 1_150


@pytest.mark.parametrize(
    ("until", "at", "expected"),
    [
        (Snooze.HOUR, "2026-01-05T09:00", "2026-01-05T10:00"),
        (Snooze.HOUR, "2026-01-05T19:30", "2026-01-06T07:00"),  # 21:30 is quiet: 08:00
        (Snooze.TONIGHT, "2026-01-05T09:00", "2026-01-05T18:00"),
        (Snooze.TONIGHT, "2026-01-05T18:30", "2026-01-06T08:00"),  # it is over: tomorrow at nine
        (Snooze.TOMORROW, "2026-01-05T09:00", "2026-01-06T08:00"),
        (Snooze.NEXT_WEEK, "2026-03-23T09:00", "2026-03-30T07:00"),  # nine, by summer time
    ],
)
def test_what_is_put_off_comes_when_the_button_says(until: Snooze, at: str, expected: str) -> None:
    assert times.snoozed(until, wish(), BERLIN, utc(at)) == utc(expected)


def test_tonight_is_none_where_the_evening_is_quiet() -> None:
    assert times.tonight(wish(quiet=(18, 8)), BERLIN, utc("2026-01-05T09:00")) is None


def test_a_change_of_zone_counts_from_now() -> None:
    now = utc("2026-01-05T12:00")
    assert times.next_slot(wish(), ZoneInfo("America/New_York"), now, "p").astimezone(ZoneInfo("America/New_York")).hour == 9
    assert times.next_slot(wish(), ZoneInfo("Asia/Tokyo"), now, "p") < times.next_slot(wish(), BERLIN, now, "p")
