"""Who may need a person, on planted members: each fact gives its points and its reason, and nothing else does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core.cohort.timetable import Timetable
from core.members.model import Member
from core.members.risk import Level, risk_of

AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
PLAN = Timetable(date(2026, 3, 16), ())
"""Module 4's week is the present one."""


def ago(days: float) -> datetime:
    return AT - timedelta(days=days)


RESTING: dict[str, object] = {"module_moved_at": ago(8), "worked_at": ago(2)}
"""Nothing done in a module for a week, and figures logged the day before yesterday."""


def member(**more: object) -> Member:
    """Somebody who keeps up, but for what is given."""
    plain: dict[str, object] = {
        "id": "per_1",
        "organization_id": "org_1",
        "name": "Nora Byrne",
        "timezone": "Europe/London",
        "joined_at": ago(40),
        "completed": (0, 1, 2, 3),
        "module": 4,
        "module_begun_at": ago(2),
        "module_moved_at": ago(1),
        "seen_at": ago(1),
        "rolled_at": AT,
    }
    return Member.model_validate(plain | more)


def test_who_keeps_up_is_fine() -> None:
    risk = risk_of(member(), PLAN, AT)
    assert (risk.points, risk.reasons, risk.level) == (0, (), Level.FINE)


@pytest.mark.parametrize(
    ("facts", "points", "reason"),
    [
        ({"seen_at": ago(6)}, 0, ""),
        ({"seen_at": ago(9)}, 2, "no sign of life for 9 days"),
        ({"seen_at": ago(14)}, 3, "no sign of life for 14 days"),
        ({"module_moved_at": ago(9)}, 1, "no work on the course for 9 days"),
        ({"module_moved_at": ago(20)}, 2, "no work on the course for 20 days"),
        ({"module_moved_at": ago(20), "worked_at": ago(3)}, 0, ""),
        ({"module_moved_at": ago(20), "worked_at": ago(9)}, 1, "no work on the course for 9 days"),
        ({"ignored": 1}, 0, ""),
        ({"ignored": 2}, 1, "two reminders ignored"),
        ({"ignored": 3}, 2, "three reminders ignored"),
        ({"stopped_at": ago(20)}, 0, ""),
        ({"stopped_at": ago(20), "seen_at": ago(6), "module_moved_at": ago(6)}, 0, ""),
        ({"stopped_at": ago(20), "ignored": 3}, 2, "three reminders ignored"),
        ({"module_begun_at": ago(13), **RESTING}, 0, ""),
        ({"module_begun_at": ago(14), **RESTING}, 1, "stuck in Engage since 1 April"),
        ({"module_begun_at": ago(29), **RESTING}, 2, "stuck in Engage since 17 March"),
        ({"module_begun_at": ago(29), "module_moved_at": ago(6)}, 0, ""),
        ({"module_begun_at": ago(29), "module_worked_at": ago(13), **RESTING}, 0, ""),
        ({"module_begun_at": ago(40), "module_worked_at": ago(15), **RESTING}, 1, "stuck in Engage since 31 March"),
        ({"completed": (0, 1, 2), "module": 3}, 0, ""),
        ({"completed": (0, 1), "module": 2}, 0, ""),
        ({"completed": (0,), "module": 1}, 1, "two modules behind the plan"),
        ({"completed": (), "module": 0}, 1, "three modules behind the plan"),
        ({"promises_late": 1}, 1, "a promise whose day is over"),
        ({"promises_late": 2}, 1, "two promises whose days are over"),
    ],
)
def test_each_fact_has_its_points_and_its_words(facts: dict[str, object], points: int, reason: str) -> None:
    risk = risk_of(member(**facts), PLAN, AT)
    assert (risk.points, risk.reasons) == (points, (reason,) if reason else ())


def test_the_weightiest_reason_is_told_first() -> None:
    stuck = {"completed": (0,), "module": 1, "module_begun_at": ago(20), "module_moved_at": ago(9), "seen_at": ago(9)}
    risk = risk_of(member(**stuck, ignored=2), PLAN, AT)
    assert risk.level is Level.NEEDS_A_PERSON
    assert risk.reasons == (
        "no sign of life and no work on the course for 9 days",
        "two reminders ignored",
        "stuck in Hook since 26 March",
        "two modules behind the plan",
    )


@pytest.mark.parametrize(
    "quiet",
    [
        {"seen_at": ago(9)},
        {"seen_at": ago(14)},
        {"module_moved_at": ago(9)},
        {"seen_at": ago(8), "module_moved_at": ago(8)},
        {"seen_at": ago(8), "module_moved_at": ago(20)},
        {"seen_at": ago(13), "completed": (), "module": 0, "module_begun_at": None, "module_moved_at": None},
    ],
)
def test_who_stopped_their_reminders_and_is_quiet_ranks_no_lower_than_who_ignores_them(quiet: dict[str, object]) -> None:
    stopped, ignoring = (risk_of(member(**quiet, **more), PLAN, AT) for more in ({"stopped_at": ago(13)}, {"ignored": 3}))
    assert stopped.points >= ignoring.points > risk_of(member(**quiet), PLAN, AT).points
    assert "stopped their reminders on 2 April" in stopped.reasons[:2], "a list has room for two"
    both = risk_of(member(**quiet, stopped_at=ago(13), ignored=3), PLAN, AT)
    assert both == stopped, "what is stopped is ignored no more"


def test_the_day_on_which_somebody_stopped_is_their_own() -> None:
    late = member(seen_at=ago(9), stopped_at=datetime(2026, 4, 5, 23, 30, tzinfo=UTC))
    assert "stopped their reminders on 6 April" in risk_of(late, PLAN, AT).reasons


def test_who_has_never_begun_is_told_so_once_the_course_goes_on() -> None:
    never = member(completed=(), module=0, module_begun_at=None, module_moved_at=None, seen_at=None)
    plan = Timetable(date(2026, 4, 7), ())
    assert risk_of(never, plan, AT).reasons == ("no sign of life and nothing begun in 8 days of the course",)
    assert risk_of(never, Timetable(date(2026, 4, 9), ()), AT).points == 0


def test_who_only_started_a_module_is_not_told_of_a_tick() -> None:
    started = {"completed": (), "module": 0, "shares": (0,) * 10, "module_begun_at": ago(8), "module_moved_at": ago(8)}
    plan = Timetable(date(2026, 4, 7), ())
    assert risk_of(member(**started), plan, AT).reasons == ("nothing done in Foundation since starting it 8 days ago",)
    ticked = member(**{**started, "shares": (14, *(0,) * 9)})
    assert risk_of(ticked, plan, AT).reasons == ("no work on the course for 8 days",)


def test_who_only_started_a_module_and_logged_figures_since_is_not_told_that_nothing_was_done() -> None:
    started = {"completed": (), "module": 0, "shares": (0,) * 10, "module_begun_at": ago(10), "module_moved_at": ago(10)}
    risk = risk_of(member(**started, worked_at=ago(8)), Timetable(date(2026, 4, 5), ()), AT)
    assert risk.reasons == ("no work on the course for 8 days",)


@pytest.mark.parametrize(
    ("day", "closed", "reasons"),
    [
        (0, (), ()),
        (6, (), ()),
        (7, (), ("two modules behind the plan",)),
        (7, (0,), ()),
        (14, (0,), ("two modules behind the plan",)),
        (35, (0,), ("four modules behind the plan",)),
    ],
)
def test_the_plans_moving_on_to_gift_puts_nobody_behind_that_morning(
    day: int, closed: tuple[int, ...], reasons: tuple[str, ...]
) -> None:
    """A course of ten modules with weeks to catch up, from 23 November; Gift's week begins on 7 December."""
    at = datetime(2026, 12, 7, 8, 0, tzinfo=UTC) + timedelta(days=day)
    lately = {"seen_at": at, "module_moved_at": at - timedelta(days=6), "joined_at": at - timedelta(days=90)}
    there = member(**lately, completed=closed, module=len(closed), module_begun_at=at - timedelta(days=14))
    assert risk_of(there, Timetable(date(2026, 11, 23)), at).reasons == reasons


def test_after_the_course_every_module_counts() -> None:
    last = member(completed=tuple(range(8)), module=8, joined_at=ago(200))
    assert risk_of(last, Timetable(date(2025, 12, 1)), AT).reasons == ("two modules behind the plan",)


def test_who_joined_late_has_a_week() -> None:
    late = member(completed=(), module=0, module_begun_at=None, module_moved_at=None, seen_at=None, joined_at=ago(5))
    assert risk_of(late, PLAN, AT).points == 0


def test_who_has_closed_everything_needs_nothing() -> None:
    assert risk_of(member(module=None, completed=tuple(range(10)), seen_at=ago(60)), PLAN, AT).level is Level.FINE


@pytest.mark.parametrize(
    ("facts", "more"),
    [
        ({}, ()),
        ({"seen_at": ago(20)}, ("no sign of life for 20 days",)),
        ({"module": None, "completed": tuple(range(10)), "seen_at": ago(60)}, ()),
        ({"joined_at": ago(1), "seen_at": None}, ()),
    ],
)
def test_who_waits_for_an_answer_needs_a_person_before_all_others(facts: dict[str, object], more: tuple[str, ...]) -> None:
    """At half past eleven at night by UTC it is the next day in London: the day is the member's own."""
    risk = risk_of(member(**facts), PLAN, AT, datetime(2026, 4, 9, 23, 30, tzinfo=UTC))
    assert risk.reasons == ("waits for an answer since Friday 10 April", *more)
    assert (risk.level, risk.waits, risk.only_waits) == (Level.NEEDS_A_PERSON, True, not more)
    worst = member(seen_at=ago(60), module_moved_at=ago(60), ignored=9, module_begun_at=ago(60), promises_late=3, completed=())
    assert risk.points > risk_of(worst, PLAN, AT).points


def test_days_are_the_members_own() -> None:
    """At 9:00 UTC on the 15th it is the 15th in London and still the 14th in Honolulu, where seven days are not over."""
    seen = datetime(2026, 4, 8, 11, 0, tzinfo=UTC)
    assert risk_of(member(seen_at=seen), PLAN, AT).points == 2
    assert risk_of(member(seen_at=seen, timezone="Pacific/Honolulu"), PLAN, AT).points == 0


def test_without_dates_of_the_cohort_the_plan_is_their_own() -> None:
    behind = member(joined_at=ago(40), completed=(0, 1), module=2)
    assert risk_of(behind, None, AT).reasons == ("two modules behind the plan",)


def test_nobody_is_silent_before_the_course_has_begun_for_a_week() -> None:
    quiet = member(seen_at=ago(12), joined_at=ago(20), completed=(), module=0, module_begun_at=None, module_moved_at=None)
    assert risk_of(quiet, PLAN, AT).silent
    assert not risk_of(quiet, Timetable(AT.date() + timedelta(days=14), ()), AT).silent
    assert not risk_of(member(), PLAN, AT).silent
