"""The sum: what counts, in which week, how often; and weeks in a row."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from core.board.actions import WEEK, Action, Deed, counted, points, streak

PARIS, APIA = ZoneInfo("Europe/Paris"), ZoneInfo("Pacific/Apia")
MONDAY = date(2026, 3, 2)
LATE_ON_SUNDAY = datetime(2026, 3, 8, 22, 59, tzinfo=UTC)


def test_a_week_ends_with_sunday_where_the_cohort_is() -> None:
    deeds = [Deed(Action.ITEM, str(number), LATE_ON_SUNDAY + timedelta(minutes=number)) for number in range(2)]
    assert counted(deeds, PARIS, MONDAY) == {"2026-03-02": (1, 0, 0, 0, 0), "2026-03-09": (1, 0, 0, 0, 0)}
    assert counted(deeds, APIA, MONDAY) == {"2026-03-09": (2, 0, 0, 0, 0)}
    assert counted(deeds, PARIS, MONDAY + WEEK) == {"2026-03-09": (1, 0, 0, 0, 0)}, "what was before the cohort is not its own"


def test_each_action_is_worth_what_the_board_says() -> None:
    assert points((4, 1, 1, 1, 2)) == 4 + 3 + 3 + 2 + 4
    assert points((0, 0, 50, 50, 50)) == 3 * 3 + 3 * 2 + 3 * 2, "what could be made up counts three times a week"
    assert points((30, 10, 0, 0, 0)) == 60, "what the course has so many of counts whenever it is done"
    assert points(()) == 0


def test_one_week_off_breaks_no_streak_and_two_do() -> None:
    def weeks(*ago: int) -> dict[str, tuple[int, ...]]:
        return {(MONDAY - each * WEEK).isoformat(): (1, 0, 0, 0, 0) for each in ago}

    assert streak(weeks(0, 1, 2), MONDAY) == 3
    assert streak(weeks(1, 2), MONDAY) == 2, "this week is not over"
    assert streak(weeks(0, 2, 4, 5), MONDAY) == 4, "a week off does not count, and breaks nothing"
    assert streak(weeks(0, 1, 4, 5), MONDAY) == 2
    assert streak(weeks(2, 3), MONDAY) == 2, "the week before was off"
    assert streak(weeks(3, 4), MONDAY) == 0
    assert streak({}, MONDAY) == 0


@given(st.lists(st.integers(0, 30), max_size=20), st.integers(0, 30))
def test_another_action_never_makes_a_streak_shorter(ago: list[int], more: int) -> None:
    def weeks(numbers: list[int]) -> dict[str, tuple[int, ...]]:
        return {(MONDAY - each * WEEK).isoformat(): (1, 0, 0, 0, 0) for each in numbers}

    assert streak(weeks(ago), MONDAY) <= streak(weeks([*ago, more]), MONDAY) <= len({*ago, more})
