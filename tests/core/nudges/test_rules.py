"""Every rule, with learners for whom it speaks and others for whom it just does not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest

from core.assets.model import AssetStatus
from core.cohort.timetable import Timetable
from core.commitments.model import Commitment, CommitmentKind, CommitmentState
from core.kpis.periods import Span
from core.nudges import course_rules
from core.nudges.known import Known
from core.nudges.model import Kind, Outcome
from core.nudges.reasons import PLACEHOLDERS, Reason
from core.nudges.rules import RULES, Verdict, once_more, verdict
from core.roles import Role
from core.ui import Meter
from tests.core.nudges.learners import (
    AT,
    FULL,
    PERSON,
    WISHES,
    ago,
    asset,
    learner,
    line,
    nudge,
    promise,
    snapshot,
    standing,
    standings,
)

TODAY = date(2026, 4, 15)
MONDAY = datetime(2026, 4, 13, 9, 15, tzinfo=AT.tzinfo)
MAY = datetime(2026, 5, 1, 9, 15, tzinfo=AT.tzinfo)
HALF = (*FULL[:1], Meter("Market", 5, 9), Meter("Customer", 7, 9))
NEEDED = (("Customer", "Said pains"), ("Customer", "Said goals"))
"""Of the six empty cells."""
OPEN = standings(standing(0))
"""The Foundation is not completed, and nothing else has begun."""
AHEAD = standings(standing(0), standing(1, begun=True))
"""Hook has begun all the same."""
EARLY = Timetable(date(2026, 4, 6), ())
"""Module 0 has the week from 6 April, module 1 the one from 13 April, which is the present one."""
NEW = WISHES.model_copy(update={"chosen_at": None, "days": ()})
AT_A_TERMINAL = PERSON.model_copy(update={"role": Role.ADMIN, "identities": ("terminal:terminal:nora",)})
SUNDAYS, SUNDAY = WISHES.model_copy(update={"days": (7,)}), datetime(2026, 4, 19, 9, 15, tzinfo=AT.tzinfo)
REMINDER = CommitmentKind.REMINDER


def of(kind: Kind, known: Known, at: datetime = AT) -> Verdict:
    return verdict(next(each for each in RULES if each.kind is kind), known, at)


def kept(day: date) -> Commitment:
    """Done on its day."""
    return promise(day).model_copy(update={"state": CommitmentState.DONE})


class Case(NamedTuple):
    """A learner, and what a rule says of them."""

    kind: Kind
    known: Known
    says: str
    at: datetime = AT


FIRES: list[Case] = [
    Case(Kind.WELCOME, learner(wishes=NEW), "You are new here"),
    Case(Kind.REMINDER, learner(commitments=[promise(TODAY, kind=REMINDER, at=AT)]), "You asked on Sunday to be reminded"),
    Case(
        Kind.REMINDER,
        learner(commitments=[promise(TODAY, kind=REMINDER, at=AT).model_copy(update={"created_at": AT - timedelta(minutes=9)})]),
        "You asked today to be reminded",
    ),
    Case(Kind.COMMITMENT, learner(commitments=[promise(TODAY)]), "You set this day yourself on Sunday"),
    Case(
        Kind.COMMITMENT,
        learner(commitments=[promise(TODAY), promise(TODAY).model_copy(update={"id": "cmt_2", "what": "Photograph jars"})]),
        "You set this day yourself on Sunday. Also for today: Photograph jars",
    ),
    Case(
        Kind.COMMITMENT,
        learner(commitments=[promise(TODAY).model_copy(update={"changed_at": ago(1)})]),
        "You set this day yourself on Tuesday",
    ),
    Case(Kind.COMMITMENT, learner(commitments=[promise(TODAY - timedelta(days=14))]), "You set this day yourself on Sunday"),
    Case(Kind.WIN, learner(standings=standings(standing(1, 7, 7, closed=True))), "You completed Module 1, Hook on 8 April"),
    Case(
        Kind.WIN,
        learner(snapshots=[snapshot(TODAY, days=7)], figures=[line("hook_AvgCTR", 2.5, 2.1)]),
        "Click-through rate moved the right way",
    ),
    Case(
        Kind.WIN, learner(snapshots=[snapshot(TODAY)], figures=[line("hook_CPC", 80, 120)]), "Cost per click moved the right way"
    ),
    Case(Kind.WIN, learner(seen_before_at=ago(8), last_seen_at=ago(1)), "You are back; before that, you were here on 7 April"),
    Case(Kind.KPI_DUE, learner(snapshots=[snapshot(date(2026, 4, 7))]), "Your last figures are for the last 7 days to 7 April"),
    Case(Kind.KPI_DUE, learner(snapshots=[snapshot(date(2026, 2, 28), Span.MONTH)]), "Your last figures are for February 2026"),
    Case(Kind.REVIEW, learner(), "April is over", MAY),
    Case(Kind.RECOMMIT, learner(timetable=EARLY), "A new week, and no day is set in it yet", MONDAY),
    Case(Kind.RECOMMIT, learner(timetable=EARLY), "You have set no day for anything this week yet"),
    Case(
        Kind.RECOMMIT,
        learner(timetable=EARLY, commitments=[promise(TODAY - timedelta(days=1))]),
        "Your day of this week has passed, and no other is set",
    ),
    Case(
        Kind.RECOMMIT,
        learner(timetable=EARLY, wishes=SUNDAYS),
        "A new week begins on Monday, and no day is set in it yet",
        SUNDAY,
    ),
    Case(Kind.NEARLY_DONE, learner(standings=standings(standing(1, 6, 2))), "6 of 8 items of Module 1, Hook are done"),
    Case(Kind.NEARLY_DONE, learner(standings=standings(standing(1, 8, 2))), "Every item of Module 1, Hook is ticked"),
    Case(
        Kind.FOUNDATION,
        learner(timetable=EARLY, standings=OPEN, foundation=HALF, foundation_needed=NEEDED, foundation_ready=False),
        "Hook opens once your Foundation has what it needs: “Said pains” and “Said goals”",
    ),
    Case(
        Kind.FOUNDATION,
        learner(timetable=EARLY, foundation=HALF, foundation_needed=NEEDED, foundation_ready=False),
        "2 cells of your Foundation that prompts read are still empty: “Said pains” and “Said goals”",
    ),
    Case(
        Kind.FOUNDATION,
        learner(timetable=EARLY, standings=AHEAD, foundation=HALF, foundation_needed=NEEDED[:1], foundation_ready=False),
        "1 cell of your Foundation that prompts read is still empty: “Said pains”",
    ),
    Case(
        Kind.STALLED,
        learner(timetable=EARLY, standings=standings(standing(1, 2, 5))),
        "Module 1, Hook has had no tick for 5 days",
    ),
    Case(Kind.NOT_STARTED, learner(timetable=EARLY), "This is the week of Module 1, Hook"),
    Case(Kind.NOT_STARTED, learner(timetable=EARLY, foundation_ready=False), "This is the week of Module 1, Hook"),
    Case(Kind.NOT_STARTED, learner(timetable=Timetable(date(2026, 3, 2))), "Module 1, Hook is the next one"),
    Case(
        Kind.NOT_MEASURED, learner(assets=[asset(live=14, days=20)]), "“Ten pains” has been live for 14 days, with no Hook figure"
    ),
    Case(Kind.DRAFTS, learner(assets=[asset(days=7)]), "“Ten pains” has waited as a draft for 7 days"),
    Case(Kind.WELCOME, learner(wishes=NEW, person=AT_A_TERMINAL), "You are new here"),
]

NOT: list[Case] = [
    Case(Kind.WELCOME, learner(wishes=NEW, person=AT_A_TERMINAL.model_copy(update={"cohort_id": "coh_1"})), "They coach"),
    Case(Kind.WELCOME, learner(), "They chose their time"),
    Case(Kind.WELCOME, learner(wishes=NEW, person=PERSON.model_copy(update={"role": Role.COACH})), "They coach"),
    Case(Kind.WELCOME, learner(wishes=NEW, sent=[nudge(Kind.WELCOME, 3)]), "have not answered yet"),
    Case(
        Kind.REMINDER,
        learner(commitments=[promise(TODAY, kind=REMINDER, at=AT + timedelta(seconds=1))]),
        "no reminder whose time",
    ),
    Case(Kind.REMINDER, learner(commitments=[promise(TODAY, kind=REMINDER, at=ago(2.1))]), "long over"),
    Case(
        Kind.REMINDER,
        learner(commitments=[promise(TODAY, kind=REMINDER, at=AT)], sent=[nudge(Kind.REMINDER, 0, "cmt_1")]),
        "no reminder",
    ),
    Case(Kind.COMMITMENT, learner(), "No commitment is open"),
    Case(Kind.COMMITMENT, learner(commitments=[promise(TODAY + timedelta(days=1))]), "The next commitment is for 2026-04-16"),
    Case(Kind.COMMITMENT, learner(commitments=[promise(TODAY - timedelta(days=15))]), "The next commitment is for"),
    Case(
        Kind.COMMITMENT, learner(commitments=[promise(TODAY)], sent=[nudge(Kind.COMMITMENT, 6, "cmt_1")]), "The same came up on"
    ),
    Case(Kind.WIN, learner(standings=standings(standing(1, 7, 8, closed=True))), "Nothing was won"),
    Case(
        Kind.WIN,
        learner(standings=standings(standing(1, 7, 7, closed=True)), sent=[nudge(Kind.WIN, 5, "win:mod_1")]),
        "told already",
    ),
    Case(Kind.WIN, learner(snapshots=[snapshot(TODAY)], figures=[line("hook_CPC", 120, 80)]), "Nothing was won"),
    Case(
        Kind.WIN,
        learner(snapshots=[snapshot(TODAY)], figures=[line("hook_AvgCTR", 2.1, 2.1), line("sell_ConversionRate", 5, None)]),
        "Nothing",
    ),
    Case(Kind.WIN, learner(snapshots=[snapshot(TODAY, days=8)], figures=[line("hook_AvgCTR", 2.5, 2.1)]), "Nothing was won"),
    Case(
        Kind.WIN,
        learner(snapshots=[snapshot(date(2026, 4, 7), days=7)], figures=[line("hook_AvgCTR", 2.5, 2.1)]),
        "Nothing was won",
    ),
    Case(Kind.WIN, learner(seen_before_at=ago(7), last_seen_at=ago(1)), "Nothing was won"),
    Case(Kind.WIN, learner(seen_before_at=ago(30), last_seen_at=ago(4)), "Nothing was won"),
    Case(Kind.KPI_DUE, learner(), "no rhythm is known"),
    Case(Kind.KPI_DUE, learner(snapshots=[snapshot(date(2026, 4, 8))]), "the latest that can be had"),
    Case(Kind.KPI_DUE, learner(snapshots=[snapshot(date(2026, 3, 31), Span.MONTH)]), "the latest that can be had"),
    Case(Kind.KPI_DUE, learner(snapshots=[snapshot(date(2026, 3, 16), Span.DAYS_30)]), "the latest that can be had"),
    Case(Kind.REVIEW, learner(), "in its first week"),
    Case(Kind.REVIEW, learner(sent=[nudge(Kind.REVIEW, -16)]), "looked at already", MAY),
    Case(Kind.RECOMMIT, learner(), "has not begun"),
    Case(Kind.RECOMMIT, learner(timetable=EARLY), "on its first day", AT + timedelta(days=1)),
    Case(Kind.RECOMMIT, learner(timetable=EARLY, commitments=[promise(TODAY)]), "promised already"),
    Case(
        Kind.RECOMMIT,
        learner(timetable=EARLY, wishes=SUNDAYS, commitments=[promise(SUNDAY.date() + timedelta(days=2))]),
        "promised already",
        SUNDAY,
    ),
    Case(Kind.RECOMMIT, learner(timetable=EARLY, commitments=[kept(TODAY - timedelta(days=1))]), "promised already"),
    Case(Kind.RECOMMIT, learner(timetable=EARLY, sent=[nudge(Kind.RECOMMIT, 2)]), "asked for this week already"),
    Case(Kind.RECOMMIT, learner(timetable=EARLY, standings=[standing(n, 7, closed=True) for n in range(10)]), "Every module is"),
    Case(Kind.NEARLY_DONE, learner(standings=standings(standing(1, 5, 3))), "No checklist in progress is nearly done"),
    Case(Kind.NEARLY_DONE, learner(standings=standings(standing(1, 6, 1))), "worked on within the last 2 days"),
    Case(Kind.NEARLY_DONE, learner(standings=standings(standing(1, 7, 3, closed=True))), "No checklist in progress"),
    Case(Kind.FOUNDATION, learner(timetable=EARLY, foundation=HALF), "has what Hook needs"),
    Case(Kind.FOUNDATION, learner(foundation=HALF, foundation_needed=NEEDED, foundation_ready=False), "The course has not begun"),
    Case(
        Kind.FOUNDATION,
        learner(timetable=EARLY, foundation=HALF, foundation_needed=NEEDED, foundation_ready=False, foundation_changed_at=ago(1)),
        "1 day ago",
    ),
    Case(Kind.STALLED, learner(timetable=EARLY, standings=standings(standing(1, 2, 4))), "within the last 5 days"),
    Case(Kind.STALLED, learner(timetable=EARLY, standings=standings(standing(2, 2, 9))), "No module whose week has come"),
    Case(
        Kind.STALLED,
        learner(timetable=EARLY, standings=standings(standing(1, 2, 9)), assets=[asset(days=4)]),
        "within the last 5",
    ),
    Case(Kind.STALLED, learner(timetable=EARLY, standings=standings(standing(1, 6, 9))), "nearly done"),
    Case(
        Kind.STALLED,
        learner(timetable=EARLY, standings=standings(standing(1, 2, 9)), sent=[nudge(Kind.STALLED, 6, "mod_1")]),
        "not moved",
    ),
    Case(Kind.STALLED, learner(timetable=EARLY, standings=standings(standing(1, 2, 90))), "left long ago"),
    Case(Kind.NOT_STARTED, learner(), "has its week from 2026-12-14"),
    Case(Kind.NOT_STARTED, learner(timetable=EARLY), "has its week from 2026-04-13", AT - timedelta(days=1)),
    Case(Kind.NOT_STARTED, learner(timetable=Timetable(date(2026, 3, 2)), standings=standings(standing(1, 1))), "Another module"),
    Case(
        Kind.NOT_STARTED,
        learner(timetable=Timetable(date(2026, 3, 2)), standings=standings(standing(1, 7, 1, closed=True))),
        "1 day ago",
    ),
    Case(Kind.NOT_MEASURED, learner(assets=[asset(live=13, days=20)]), "Nothing went live"),
    Case(Kind.NOT_MEASURED, learner(assets=[asset(live=14)], snapshots=[snapshot(TODAY, days=1)]), "has figures since"),
    Case(
        Kind.NOT_MEASURED,
        learner(assets=[asset(live=14)], sent=[nudge(Kind.NOT_MEASURED, 13, "ast_other")]),
        "One of these came on",
    ),
    Case(Kind.DRAFTS, learner(), "There are no drafts"),
    Case(Kind.DRAFTS, learner(assets=[asset(days=6)]), "No draft has waited"),
    Case(Kind.DRAFTS, learner(assets=[asset(days=61)]), "No draft has waited"),
    Case(Kind.DRAFTS, learner(assets=[asset(days=9), asset("Better pains", live=3)]), "something of its kind is live"),
    Case(Kind.DRAFTS, learner(assets=[asset(days=9).model_copy(update={"status": AssetStatus.ARCHIVED})]), "There are no drafts"),
    *(Case(kind, learner(wishes=WISHES.model_copy(update={"stopped_kinds": (kind,)})), "They stopped these") for kind in Kind),
]


def name(case: Case) -> str:
    return f"{case.kind}: {case.says}"


@pytest.mark.parametrize("case", FIRES, ids=name)
def test_a_rule_speaks_and_says_why(case: Case) -> None:
    found = of(case.kind, case.known, case.at)
    assert found.reason is not None, found.why
    assert found.why.startswith(case.says)
    assert found.reason.kind is case.kind
    assert set(found.reason.values) == PLACEHOLDERS[found.reason.theme]
    assert found.reason.steps or case.kind is Kind.WELCOME


@pytest.mark.parametrize("case", NOT, ids=name)
def test_a_rule_keeps_quiet_and_says_why(case: Case) -> None:
    found = of(case.kind, case.known, case.at)
    assert found.reason is None, found.why
    assert case.says in found.why


def test_all_kinds_have_one_rule_each_and_every_rule_is_planted() -> None:
    assert sorted(each.kind for each in RULES) == sorted(Kind)
    assert {each.kind for each in FIRES} == {each.kind for each in NOT} == set(Kind)


def test_nobody_about_whom_there_is_nothing_to_say_hears_anything() -> None:
    assert [each.kind for each in RULES if of(each.kind, learner()).reason] == []


def test_the_foundation_is_brought_up_by_the_cells_that_hook_waits_for() -> None:
    few = learner(timetable=EARLY, standings=OPEN, foundation=HALF, foundation_needed=NEEDED, foundation_ready=False)
    reason = next(iter(course_rules.foundation(few, AT)))
    assert isinstance(reason, Reason)
    assert reason.values == {"grid": "Customer", "cell": "“Said pains”", "left": "2 cells"}
    many = learner(timetable=EARLY, foundation_needed=(*NEEDED, *NEEDED), foundation_ready=False)
    reason = next(iter(course_rules.foundation(many, AT)))
    assert isinstance(reason, Reason)
    assert reason.why.endswith(": “Said pains”, “Said goals” and 2 more")


def test_what_moved_since_may_come_up_again_within_the_week() -> None:
    moved = promise(TODAY).model_copy(update={"changed_at": ago(1)})
    before = nudge(Kind.COMMITMENT, 2, "cmt_1")
    assert of(Kind.COMMITMENT, learner(commitments=[promise(TODAY)], sent=[before])).reason is None
    assert of(Kind.COMMITMENT, learner(commitments=[moved], sent=[before])).reason is not None


def test_what_did_not_arrive_was_not_told() -> None:
    stuck = {"timetable": EARLY, "standings": standings(standing(1, 2, 9))}
    lost = nudge(Kind.STALLED, 2, "mod_1", Outcome.UNDELIVERED)
    assert of(Kind.STALLED, learner(**stuck, sent=[lost])).reason is not None


def test_a_draft_is_brought_up_once_and_then_another() -> None:
    drafts = [asset("Old", days=40), asset("Young", days=30)]
    found = of(Kind.DRAFTS, learner(assets=drafts, sent=[nudge(Kind.DRAFTS, 15, "ast_Young")]))
    assert found.reason is not None
    assert found.reason.about == "ast_Old"
    assert dict(found.reason.steps[0].call.values) == {"asset": "1"}


def test_figures_are_asked_for_the_period_that_is_next_and_last_times_are_named() -> None:
    known = learner(snapshots=[snapshot(date(2026, 2, 28), Span.MONTH)], figures=[line("hook_AvgCTR", 2.1, None)])
    reason = of(Kind.KPI_DUE, known).reason
    assert reason is not None
    assert dict(reason.values) == {"period": "March 2026", "last": "CTR 2.1%"}
    assert dict(reason.steps[0].call.values) == {"level": "Again", "span": "A month", "end": "2026-03-31"}


@pytest.mark.parametrize(
    ("last", "due"),
    [(date(2026, 3, 29), "2026-04-12"), (date(2026, 4, 5), "2026-04-12"), (date(2026, 4, 7), "2026-04-14")],
)
def test_a_week_is_asked_for_that_ends_on_the_weekday_of_the_last_one(last: date, due: str) -> None:
    reason = of(Kind.KPI_DUE, learner(snapshots=[snapshot(last)])).reason
    assert reason is not None
    assert reason.steps[0].call.values["end"] == due


def test_a_review_says_what_moved_in_the_month_before() -> None:
    known = learner(standings=standings(standing(1, 7, 9, closed=True)), assets=[asset(days=5, live=3), asset("Two", days=4)])
    reason = of(Kind.REVIEW, known, MAY).reason
    assert reason is not None
    assert reason.values["moved"] == "1 module completed, 2 assets kept, 1 asset gone live"


def test_a_review_counts_all_that_somebody_did_who_began_late_in_the_month() -> None:
    new = PERSON.model_copy(update={"created_at": datetime(2026, 4, 14, 9, tzinfo=UTC)})
    cells = {"foundation": (Meter("Company", 6, 9), Meter("Market", 4, 9)), "foundation_changed_at": ago(0)}
    done = promise(TODAY, name="cmt_2").model_copy(update={"state": CommitmentState.DONE, "changed_at": ago(0)})
    begun = standings(standing(0, 1, 35), standing(1, 2, 1))
    known = learner(person=new, standings=begun, **cells, commitments=[promise(TODAY + timedelta(days=30)), done])
    reason = of(Kind.REVIEW, known, MAY).reason
    assert reason is not None
    told = "1 module begun, 10 cells of your Foundation filled, 1 promise kept, 1 promise made"
    assert reason.values["moved"] == told
    later = learner(standings=begun, **{**cells, "foundation_changed_at": MAY})
    assert of(Kind.REVIEW, later, MAY).reason is not None


def test_a_review_of_a_month_in_which_nothing_was_done_says_no_more_or_does_not_come_to_who_had_just_begun() -> None:
    reason = of(Kind.REVIEW, learner(foundation_changed_at=ago(60)), MAY).reason
    assert reason is not None
    assert reason.values["moved"] == "a quiet month in the course"
    some = of(Kind.REVIEW, learner(foundation_changed_at=ago(2)), MAY).reason
    assert some is not None
    assert some.values["moved"] == "some steps further in the course", "how many cells is not known"
    new = PERSON.model_copy(update={"created_at": datetime(2026, 4, 14, 9, tzinfo=UTC)})
    idle = learner(person=new, standings=standings(standing(0)))
    assert of(Kind.REVIEW, idle, MAY).why == "They had only just begun in the month that is over"


@pytest.mark.parametrize("kind", list(Kind))
def test_what_was_put_off_comes_again_while_it_is_true(kind: Kind) -> None:
    case = next(each for each in FIRES if each.kind is kind)
    known, at = case.known, case.at
    reason = of(kind, known, at).reason
    assert reason is not None
    told = nudge(kind, 1, reason.about)
    later = learner(**{name: getattr(known, name) for name in known.__dataclass_fields__} | {"sent": [told]})
    again = once_more(told, later, at)
    assert not isinstance(again, str), again
    assert again.about == reason.about


def test_what_was_put_off_and_is_settled_does_not_come_again() -> None:
    assert once_more(nudge(Kind.STALLED, 1, "mod_1"), learner(), AT) == "No module whose week has come is in progress"
    assert (
        once_more(nudge(Kind.COMMITMENT, 1, "cmt_9"), learner(commitments=[promise(TODAY)]), AT) == "What it was about is settled"
    )
    week = learner(timetable=EARLY, commitments=[promise(TODAY + timedelta(days=2))])
    assert once_more(nudge(Kind.RECOMMIT, 1, "2026-W16"), week, AT) == "Something is promised already"


@pytest.mark.parametrize(("what", "label"), [("log my numbers", "Log figures"), ("call the printer", "Where I am")])
def test_what_they_asked_for_leads_to_where_it_is_done(what: str, label: str) -> None:
    asked = promise(TODAY, kind=REMINDER, at=AT).model_copy(update={"what": what, "module_id": None})
    reason = of(Kind.REMINDER, learner(commitments=[asked])).reason
    assert reason is not None
    assert reason.steps[0].label == label
