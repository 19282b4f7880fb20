"""What is decided for a learner at a moment: what the contract lets through, what matters most, and when to look again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.cohort.timetable import Timetable
from core.commitments.model import Commitment, CommitmentKind
from core.nudges import times
from core.nudges.deciding import decide
from core.nudges.decision import Decision
from core.nudges.known import Known
from core.nudges.model import Kind, NudgePreferences, Outcome, Tone
from core.nudges.rules import RULES
from core.nudges.terms import Moment, moved_because
from core.nudges.words import Templates
from core.ports import VIA
from core.ui import Button, Buttons
from tests.core.nudges.learners import (
    AT,
    DAY,
    PERSON,
    WISHES,
    ago,
    asset,
    learner,
    nudge,
    promise,
    snapshot,
    standing,
    standings,
)

WORDS = Templates()
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
TODAY = date(2026, 4, 15)
THURSDAY = AT + DAY
SLOT = datetime(2026, 4, 15, 9, tzinfo=UTC) + times.spread("per_1")
"""Ten in London, and the seconds that belong to this person."""
STUCK = learner(timetable=Timetable(date(2026, 3, 9), ()), standings=standings(standing(1, 2, 9)))
"""Module 1 stands still, and a new week can be planned."""
IGNORED = Outcome.IGNORED


def wish(**changes: object) -> NudgePreferences:
    return WISHES.model_copy(update=changes)


def decided(known: Known, at: datetime = AT, **given: datetime) -> Decision:
    return decide(known, at, words=WORDS, undisturbed_until=given.get("undisturbed_until"))


def held(decision: Decision) -> list[str]:
    """The terms of the contract that were not kept."""
    kinds = {each.value for each in Kind}
    return [each.kind for each in decision.why if not each.fired and each.kind not in kinds]


def buttons(decision: Decision) -> list[Button]:
    assert decision.message is not None
    rows = (each for card in decision.message.cards for each in card.body if isinstance(each, Buttons))
    return [each for row in rows for each in row.items if isinstance(each, Button)]


def test_what_matters_most_goes_out_with_its_reason_its_step_and_a_way_to_put_it_off_or_stop_it() -> None:
    decision = decided(STUCK)
    assert decision.nudge is not None
    assert (decision.nudge.kind, decision.nudge.occasion, decision.nudge.local_date) == (Kind.RECOMMIT, "due", "2026-04-15")
    assert decision.message is not None
    assert decision.message.text.endswith("_Why now: You have set no day for anything this week yet._")
    step, *others = buttons(decision)
    assert step.call.values[VIA] == decision.nudge.id
    assert step.primary
    later = [each.call.values["until"] for each in others if each.call.command == "nudges later"]
    assert later == ["1h", "tonight", "tomorrow", "next-week"]
    assert others[-1].call.command == "nudges stop"
    assert decision.until == datetime(2026, 4, 15, 20, tzinfo=UTC)
    assert decision.next_check_at == datetime(2026, 4, 17, 9, tzinfo=UTC) + times.spread("per_1")


def test_every_rule_and_every_term_is_explained_whatever_is_decided() -> None:
    for known in (STUCK, learner(), replace(STUCK, wishes=wish(stopped_at=AT))):
        kinds = [each.kind for each in decided(known).why]
        assert kinds[-len(RULES) :] == [each.kind.value for each in RULES]
        assert {"going", "contract", "quiet hours", "weekly number"} <= set(kinds)


NOT_NOW = [
    ("going", replace(STUCK, wishes=wish(stopped_at=ago(1))), AT),
    ("going", replace(STUCK, wishes=wish(replaced_by="per_2")), AT),
    ("contract", replace(STUCK, wishes=wish(chosen_at=None), sent=[nudge(Kind.WELCOME, 3)]), AT),
    ("pause", replace(STUCK, wishes=wish(paused_until=AT + MINUTE)), AT),
    ("coach", replace(STUCK, wishes=wish(silent_until=AT + MINUTE)), AT),
    ("day and hour", STUCK, THURSDAY),
    ("day and hour", STUCK, SLOT - timedelta(seconds=1)),
    ("quiet hours", STUCK, datetime(2026, 4, 15, 20, tzinfo=UTC)),
    ("one a day", replace(STUCK, sent=[nudge(Kind.DRAFTS, 0.01)]), AT),
    ("one a day", replace(STUCK, sent=[nudge(Kind.STALLED, 0.01, occasion="asked"), nudge(Kind.STALLED, 1)]), AT + 9 * HOUR),
    ("apart", replace(STUCK, sent=[nudge(Kind.DRAFTS, 15.9 / 24)]), AT),
    ("weekly number", replace(STUCK, sent=[nudge(Kind.DRAFTS, day) for day in (1, 3, 6)]), AT),
    (
        "room",
        replace(STUCK, sent=[nudge(Kind.DRAFTS, day) for day in (1, 3)], commitments=[promise(TODAY + timedelta(days=2))]),
        AT,
    ),
    ("set aside", replace(STUCK, last_seen_at=ago(1), sent=[nudge(Kind.DRAFTS, day, None, IGNORED) for day in (7, 9, 11)]), AT),
    ("set aside", replace(STUCK, wishes=wish(set_aside_at=ago(1)), last_seen_at=ago(2)), AT),
]


@pytest.mark.parametrize(("term", "known", "at"), NOT_NOW, ids=[f"{n}: {term}" for n, (term, *_) in enumerate(NOT_NOW)])
def test_each_term_of_the_contract_holds_back_what_is_due_by_a_rule(term: str, known: Known, at: datetime) -> None:
    decision = decided(known, at)
    assert decision.nudge is None
    assert term in held(decision)


JUST = [
    (replace(STUCK, wishes=wish(paused_until=AT)), AT),
    (replace(STUCK, wishes=wish(silent_until=AT)), AT),
    (STUCK, SLOT),
    (STUCK, datetime(2026, 4, 15, 19, 59, tzinfo=UTC)),
    (replace(STUCK, sent=[nudge(Kind.DRAFTS, 16.1 / 24)]), AT),
    (replace(STUCK, sent=[nudge(Kind.DRAFTS, day, None, Outcome.ACTED) for day in (1, 3, 7)]), AT),
    (replace(STUCK, sent=[nudge(Kind.DRAFTS, day, None, Outcome.UNDELIVERED) for day in (0.1, 1, 3, 6)]), AT),
    (replace(STUCK, sent=[nudge(Kind.REMINDER, day, occasion="asked") for day in (0.1, 1, 3, 6)]), AT),
    (replace(STUCK, sent=[nudge(Kind.DRAFTS, 1)], commitments=[promise(TODAY + timedelta(days=2))]), AT),
    (
        replace(
            STUCK,
            sent=[nudge(Kind.DRAFTS, day) for day in (1, 3)],
            commitments=[promise(TODAY + timedelta(days=2))],
            wishes=wish(stopped_kinds=(Kind.COMMITMENT,)),
        ),
        AT,
    ),
    (replace(STUCK, sent=[nudge(Kind.DRAFTS, day) for day in (1, 3)], commitments=[promise(TODAY)]), AT),
    (replace(STUCK, wishes=wish(back_at=ago(5)), sent=[nudge(Kind.DRAFTS, day, None, IGNORED) for day in (7, 9, 11)]), AT),
    (replace(STUCK, wishes=wish(set_aside_at=ago(3)), last_seen_at=ago(2)), AT),
]


@pytest.mark.parametrize(("known", "at"), JUST, ids=range(len(JUST)))
def test_what_just_keeps_to_the_contract_goes_out(known: Known, at: datetime) -> None:
    decision = decided(known, at)
    assert decision.nudge is not None, held(decision)


def test_whoever_is_new_is_asked_for_their_time_once_and_hears_nothing_else() -> None:
    new = replace(STUCK, wishes=wish(chosen_at=None, days=()))
    decision = decided(new)
    assert decision.nudge is not None
    assert decision.nudge.kind is Kind.WELCOME
    assert decision.next_check_at is None
    assert [each.call.command for each in buttons(decision)][:4] == [*["nudges pick"] * 3, "nudges change"]
    assert decided(replace(new, sent=[decision.nudge]), AT + 7 * DAY).next_check_at is None
    night = decided(new, datetime(2026, 4, 15, 22, tzinfo=UTC))
    assert night.nudge is None
    assert night.next_check_at == datetime(2026, 4, 16, 7, tzinfo=UTC)


def test_a_reminder_that_they_put_into_the_night_themselves_comes_in_the_night() -> None:
    night = datetime(2026, 4, 15, 22, 30, tzinfo=UTC)
    asked = promise(TODAY, kind=CommitmentKind.REMINDER, at=night)
    sent = [nudge(Kind.DRAFTS, day) for day in (0.01, 1, 3)]
    known = learner(commitments=[asked], sent=sent, wishes=wish(paused_until=AT + 9 * DAY))
    assert decided(known).next_check_at == night
    decision = decided(known, night)
    assert decision.nudge is not None
    assert (decision.nudge.kind, decision.nudge.occasion) == (Kind.REMINDER, "asked")
    late = decided(known, night + 2 * HOUR)
    assert late.nudge is None
    assert late.next_check_at == datetime(2026, 4, 16, 7, tzinfo=UTC)
    assert decided(replace(known, wishes=wish(stopped_at=AT)), night).nudge is None


def test_two_reminders_of_one_minute_both_come() -> None:
    both = [promise(TODAY, kind=CommitmentKind.REMINDER, at=AT, name=f"cmt_{n}") for n in (1, 2)]
    first = decided(learner(commitments=both))
    assert first.nudge is not None
    assert first.next_check_at == AT
    second = decided(learner(commitments=both, sent=[first.nudge]))
    assert second.nudge is not None
    assert {first.nudge.about, second.nudge.about} == {"cmt_1", "cmt_2"}
    assert first.nudge.id != second.nudge.id


def test_what_was_put_off_comes_besides_what_is_due_but_not_in_quiet_hours_and_not_once_it_is_settled() -> None:
    stalled = nudge(Kind.STALLED, 0.1, "mod_1")
    snooze = wish(snoozed_id=stalled.id, snoozed_until=AT)
    known = replace(STUCK, wishes=snooze, sent=[stalled])
    decision = decided(known)
    assert decision.nudge is not None
    assert (decision.nudge.about, decision.nudge.occasion) == ("mod_1", "asked")
    assert decision.nudge.id != stalled.id
    assert decision.changes == {"snoozed_id": None, "snoozed_until": None}
    night = decided(known, datetime(2026, 4, 15, 22, tzinfo=UTC))
    assert night.nudge is None
    assert night.changes == {}
    assert night.next_check_at == datetime(2026, 4, 16, 7, tzinfo=UTC)
    settled = decided(
        replace(known, standings=standings(standing(1, 8, 0, closed=True)), sent=[stalled, *[nudge(Kind.WIN, 0.1)]])
    )
    assert settled.nudge is None
    assert settled.changes == {"snoozed_id": None, "snoozed_until": None}


def test_a_promise_is_asked_about_on_its_own_day_whichever_days_they_chose() -> None:
    known = learner(commitments=[promise(TODAY + timedelta(days=1))], timetable=STUCK.timetable, standings=STUCK.standings)
    assert decided(known).next_check_at == datetime(2026, 4, 16, 9, tzinfo=UTC) + times.spread("per_1")
    decision = decided(known, THURSDAY)
    assert decision.nudge is not None
    assert decision.nudge.kind is Kind.COMMITMENT
    assert [each.label for each in buttons(decision)][:3] == ["Done", "Not yet", "New date"]
    assert decided(known, THURSDAY + DAY).nudge is not None  # Friday: still open, and one of their days
    assert decided(known, THURSDAY + 2 * DAY).nudge is None  # Saturday: neither


def test_a_promise_is_asked_about_as_it_was_said_to_be_also_before_they_chose_their_time() -> None:
    new = wish(chosen_at=None, days=())
    asked = [nudge(Kind.WELCOME, 0.02)]
    known = replace(STUCK, wishes=new, sent=asked, commitments=[promise(TODAY), promise(TODAY + timedelta(days=1))])
    too_soon = decided(known)
    assert (too_soon.nudge, too_soon.next_check_at) == (None, datetime(2026, 4, 16, 9, tzinfo=UTC) + times.spread("per_1"))
    decision = decided(known, THURSDAY)
    assert decision.nudge is not None
    assert (decision.nudge.kind, decision.nudge.about) == (Kind.COMMITMENT, "cmt_1")
    settled = replace(known, sent=[decision.nudge, *asked])
    assert decided(settled, THURSDAY + DAY).nudge is None
    assert decided(replace(settled, commitments=[]), THURSDAY + DAY).next_check_at is None


def test_on_a_day_that_somebody_new_set_they_are_told_of_that_and_asked_for_their_time_the_day_after() -> None:
    new = replace(STUCK, wishes=wish(chosen_at=None, days=()), sent=[], commitments=[promise(TODAY)])
    early = decided(new, AT - 3 * HOUR)
    assert early.nudge is None
    assert early.next_check_at is not None
    assert early.next_check_at > AT - 3 * HOUR
    told = decided(new, AT)
    assert told.nudge is not None
    assert told.nudge.kind is Kind.COMMITMENT
    after = decided(replace(new, sent=[told.nudge]), AT + DAY)
    assert after.nudge is not None
    assert after.nudge.kind is Kind.WELCOME


def test_a_promise_whose_day_fell_into_silence_is_asked_about_before_somebody_new_is_asked_for_their_time() -> None:
    silent = wish(chosen_at=None, days=(), silent_until=AT - HOUR)
    new = replace(STUCK, wishes=silent, sent=[], commitments=[promise(TODAY - DAY)])
    late = decided(new)
    assert late.nudge is not None
    assert late.nudge.kind is Kind.COMMITMENT
    told = replace(new, sent=[late.nudge])
    again = decided(told, AT + HOUR)
    assert again.nudge is None, "one a day, also where something else has them looked at once more"
    assert again.next_check_at == datetime(2026, 4, 16, 7, tzinfo=UTC), "when the night is over"
    assert decided(told, AT + DAY).nudge is not None, "and then they are asked"


def test_what_is_for_today_comes_before_what_was_for_another_day() -> None:
    late = promise(TODAY - DAY).model_copy(update={"id": "cmt_0"})
    decision = decided(replace(STUCK, commitments=[late, promise(TODAY)]))
    assert decision.nudge is not None
    assert decision.nudge.about == "cmt_1"


def test_who_is_not_to_be_disturbed_is_looked_at_again_when_that_ends_if_it_is_still_their_day() -> None:
    soon = decided(STUCK, undisturbed_until=AT + HOUR)
    assert soon.nudge is None
    assert soon.next_check_at == AT + HOUR
    tomorrow = decided(STUCK, undisturbed_until=AT + DAY)
    assert tomorrow.next_check_at == datetime(2026, 4, 17, 9, tzinfo=UTC) + times.spread("per_1")


def test_what_comes_late_on_its_day_is_sent_and_the_next_day_it_waits_for_the_next_slot() -> None:
    assert decided(STUCK, AT + 9 * HOUR).nudge is not None
    assert decided(STUCK, AT + DAY).nudge is None
    assert decided(STUCK, AT + DAY).next_check_at == datetime(2026, 4, 17, 9, tzinfo=UTC) + times.spread("per_1")


def test_two_ignored_in_a_row_bring_another_time_and_another_template() -> None:
    first = decided(STUCK)
    assert first.nudge is not None
    sent = [nudge(Kind.RECOMMIT, 7, None, IGNORED, first.nudge.template), nudge(Kind.DRAFTS, 9, None, IGNORED)]
    known = replace(STUCK, sent=sent)
    assert decided(known).nudge is None
    assert decided(known).next_check_at == SLOT + 3 * HOUR
    second = decided(known, SLOT + 3 * HOUR)
    assert second.nudge is not None
    assert second.nudge.template != first.nudge.template
    assert moved_because(Moment(known, SLOT)) == "My last two had no answer at 10:00, so I try 13:00 now"
    assert moved_because(Moment(STUCK, SLOT)) == ""


def test_three_ignored_in_a_row_set_them_aside_until_there_is_a_sign_of_life() -> None:
    sent = [nudge(Kind.DRAFTS, day, None, IGNORED) for day in (2, 5, 7)]
    for seen in (ago(8), ago(1)):  # what else they did meanwhile does not matter
        decision = decided(replace(STUCK, sent=sent, last_seen_at=seen))
        assert decision.nudge is None
        assert decision.changes == {"set_aside_at": AT}
        assert decision.next_check_at is not None
    still = replace(STUCK, sent=sent, wishes=wish(set_aside_at=AT - DAY), last_seen_at=AT - 2 * DAY)
    assert (decided(still).nudge, decided(still).changes) == (None, {})
    back = decided(replace(still, last_seen_at=AT - HOUR))
    assert back.changes == {"set_aside_at": None, "back_at": AT}
    assert back.nudge is not None


def test_after_they_came_back_only_three_more_in_a_row_set_them_aside_again() -> None:
    before = [nudge(Kind.DRAFTS, day, None, IGNORED) for day in (20, 22, 24)]
    back = replace(STUCK, wishes=wish(back_at=ago(15)), last_seen_at=ago(15))
    for count, days in enumerate(((2,), (2, 5), (2, 5, 7)), start=1):
        known = replace(back, sent=[*(nudge(Kind.DRAFTS, day, None, IGNORED) for day in days), *before])
        assert ("set_aside_at" in decided(known, AT + 3 * HOUR).changes) == (count == 3)


@pytest.mark.parametrize("between", [Outcome.ACTED, Outcome.OPENED])
def test_an_answer_in_between_begins_the_count_anew_and_a_win_cannot_be_ignored(between: Outcome) -> None:
    days = [nudge(Kind.DRAFTS, 2, None, IGNORED), nudge(Kind.WIN, 4, "win:mod_0", IGNORED), nudge(Kind.DRAFTS, 7, None, between)]
    known = replace(STUCK, sent=[*days, nudge(Kind.DRAFTS, 9, None, IGNORED), nudge(Kind.DRAFTS, 11, None, IGNORED)])
    assert decided(replace(known, last_seen_at=ago(20))).changes == {}
    assert decided(known).nudge is not None


def test_held_back_are_those_of_the_share_and_never_what_is_owed() -> None:
    people = [PERSON.model_copy(update={"id": f"per_{n}"}) for n in range(400)]
    decisions = [decide(replace(STUCK, person=each), AT, words=WORDS, holdout=0.25) for each in people]
    back = [each for each in decisions if each.nudge and each.nudge.held_back]
    assert 60 < len(back) < 140
    assert all(each.message is None for each in back)
    owed = learner(commitments=[promise(TODAY)])
    all_back = [decide(replace(owed, person=each), AT, words=WORDS, holdout=1.0) for each in people]
    assert not any(each.nudge.held_back for each in all_back if each.nudge)


WISH = st.builds(
    wish,
    chosen_at=st.sampled_from([None, ago(30), ago(30), ago(30)]),
    days=st.sets(st.integers(1, 7), min_size=1).map(lambda days: tuple(sorted(days))),
    hour=st.integers(0, 23),
    quiet_from=st.integers(0, 23),
    quiet_until=st.integers(0, 23),
    at_most_weekly=st.integers(0, 4),
    tone=st.sampled_from(Tone),
    paused_until=st.sampled_from([None, None, ago(1), AT + DAY]),
    silent_until=st.sampled_from([None, None, AT + 2 * DAY]),
    stopped_at=st.sampled_from([None, None, None, ago(1)]),
    stopped_kinds=st.sets(st.sampled_from(Kind), max_size=3).map(tuple),
    set_aside_at=st.sampled_from([None, None, ago(1), ago(9)]),
)
PROMISES: st.SearchStrategy[list[Commitment]] = st.lists(
    st.builds(
        promise,
        st.integers(-3, 6).map(lambda days: TODAY + timedelta(days=days)),
        kind=st.sampled_from(CommitmentKind),
        at=st.integers(-80, 80).map(lambda hours: AT + hours * HOUR),
        name=st.sampled_from(["cmt_1", "cmt_2", "cmt_3"]),
    ),
    max_size=3,
    unique_by=lambda each: each.id,
)
STANDS = {"stuck": standings(standing(1, 2, 9)), "won": standings(standing(1, 7, 3)), "new": standings()}
ZONES = ["Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "Africa/Cairo"]


@dataclass(frozen=True, slots=True)
class Somebody:
    """A learner in a few words, which a test that fails can print."""

    stands: str
    zone: str
    begun: bool
    made: bool
    logged: bool
    wishes: NudgePreferences
    commitments: Sequence[Commitment]
    last_seen_at: datetime | None

    @property
    def known(self) -> Known:
        """The same at length."""
        return learner(
            standings=STANDS[self.stands],
            person=PERSON.model_copy(update={"timezone": self.zone}),
            timetable=Timetable(date(2026, 3, 2) if self.begun else date(2026, 12, 7)),
            assets=(asset(), asset("Live", live=20, kind="Advert")) if self.made else (),
            snapshots=(snapshot(date(2026, 4, 5)),) if self.logged else (),
            wishes=self.wishes,
            commitments=self.commitments,
            last_seen_at=self.last_seen_at,
        )


LEARNER = st.builds(
    Somebody,
    stands=st.sampled_from(list(STANDS)),
    zone=st.sampled_from(ZONES),
    begun=st.booleans(),
    made=st.booleans(),
    logged=st.booleans(),
    wishes=WISH,
    commitments=PROMISES,
    last_seen_at=st.sampled_from([None, ago(1), ago(20)]),
)


@settings(max_examples=60, deadline=None)
@given(LEARNER, st.sampled_from([None, IGNORED, Outcome.ACTED]))
def test_over_two_weeks_nobody_is_reminded_against_their_contract(somebody: Somebody, outcome: Outcome | None) -> None:
    """The checks are followed as the machinery follows them; every reminder is held against the contract itself."""
    known, at = somebody.known, AT
    zone = known.zone
    due: list[datetime] = []
    for _ in range(60):
        decision = decided(known, at)
        wishes = known.wishes
        if decision.nudge is not None:
            _keeps_to(known, decision, at, due, zone)
            due += [at] if decision.nudge.occasion == "due" else []
            told = decision.nudge.model_copy(update={"outcome": outcome, "lettered_at": at})
            known = replace(known, sent=(told, *known.sent))
        known = replace(known, wishes=known.wishes.model_copy(update=dict(decision.changes)))
        if wishes.stopped_at is not None:
            assert decision.next_check_at is None
        if decision.next_check_at is None or decision.next_check_at > AT + 14 * DAY:
            break
        assert decision.next_check_at > at or decision.nudge is not None, "nothing would ever change"
        at = max(decision.next_check_at, at)
    else:
        pytest.fail("so many checks in two weeks are no plan")


def _keeps_to(known: Known, decision: Decision, at: datetime, due: list[datetime], zone: ZoneInfo) -> None:
    wishes, nudge = known.wishes, decision.nudge
    assert nudge is not None
    assert wishes.stopped_at is None
    assert nudge.kind not in wishes.stopped_kinds
    assert nudge.id not in {each.id for each in known.sent}
    assert decision.until is not None
    assert decision.until > at
    if nudge.occasion == "asked":
        assert nudge.kind is Kind.REMINDER
        return
    assert not times.in_quiet_hours(wishes, zone, at)
    assert wishes.chosen_at is not None or nudge.kind in (Kind.WELCOME, Kind.COMMITMENT)
    assert wishes.paused_until is None or wishes.paused_until <= at
    assert wishes.silent_until is None or wishes.silent_until <= at
    days = [times.local_date(zone, each) for each in due]
    today = times.local_date(zone, at)
    assert today not in days
    if nudge.kind is Kind.WELCOME:
        return
    assert sum((today - each).days < 7 for each in days) < wishes.at_most_weekly
    assert not due or at - due[-1] >= 16 * HOUR
    own = {each.day for each in known.commitments if each.kind is CommitmentKind.PROMISE}
    assert today.isoweekday() in wishes.days or (nudge.kind is Kind.COMMITMENT and today in own)
    slot = times.slot_on(wishes, zone, today, known.person.id)
    assert slot is not None
    assert at >= slot - 3 * HOUR
