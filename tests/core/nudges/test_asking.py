"""Whoever says what they will do is asked about it when they were told they would be: nothing of ours takes its place."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.commitments import views
from core.commitments.commands import Words, commit
from core.commitments.model import Commitment, CommitmentKind
from core.commitments.ports import AskedLater, Because
from core.commitments.service import Commitments
from core.nudges import times
from core.nudges.asking import asked_later
from core.nudges.contract import asked_about, next_check
from core.nudges.deciding import decide
from core.nudges.dispatch import afterwards
from core.nudges.known import Known
from core.nudges.model import Kind, Nudge, Outcome
from core.nudges.promise_rules import asked_with
from core.nudges.service import Reminders
from core.nudges.terms import APART, AT_MOST
from core.nudges.words import Templates
from core.people.model import Person
from core.plain import message
from core.request import Asked
from core.ui import Message
from persistence.commitments import CommitmentRecord
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from tests.core import conftest
from tests.core.nudges.learners import AT, DAY, PERSON, WISHES, ago, asset, learner, nudge, promise, snapshot
from tests.core.nudges.test_deciding import STUCK

WEDNESDAY = date(2026, 4, 15)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
IGNORED, ACTED = Outcome.IGNORED, Outcome.ACTED
DAILY = WISHES.model_copy(update={"days": (1, 2, 3, 4, 5), "at_most_weekly": 3})
WORDS = Templates()


def by(*days: int, said: datetime = AT - 4 * HOUR) -> list[Commitment]:
    """A promise for each of these days from today on, made this morning."""
    made = [promise(WEDNESDAY + day * DAY, name=f"cmt_{day}") for day in days]
    return [each.model_copy(update={"created_at": said, "what": f"Thing {each.id[4:]}"}) for each in made]


def lived(known: Known, days: int, outcome: Outcome | None = ACTED, at: datetime = AT) -> list[Nudge]:
    """What comes in these days, as the checks are followed; with what comes of each reminder two days after it."""
    end, came = at + days * DAY, []
    while at < end:
        sent = [each if each.outcome or each.created_at > at - 2 * DAY else _ended(each, outcome) for each in known.sent]
        decision = decide(replace(known, sent=sent), at, words=WORDS)
        came += [decision.nudge] if decision.nudge else []
        known = afterwards(replace(known, sent=sent), decision, at)
        if decision.next_check_at is None:
            break
        at = max(decision.next_check_at, at)
    return came


def _ended(each: Nudge, outcome: Outcome | None) -> Nudge:
    return each.model_copy(update={"outcome": outcome})


def full(day: date | None, weekly: int, beside: str = "") -> AskedLater:
    return AskedLater(day, weekly, beside, Because.WEEKLY)


def told(known: Known, promise: Commitment, at: datetime = AT) -> AskedLater | None:
    """What is said right after the promise was kept, which wakes those who remind."""
    return asked_later(woken(known, at), promise, at)


def woken(known: Known, at: datetime) -> Known:
    """With the time at which they are looked at next, as `Reminders.wake` finds it."""
    asked = [
        each.due_at if each.kind is CommitmentKind.REMINDER else asked_about(known.wishes, known.zone, each.day, at)
        for each in known.commitments
        if each.due_at > at
    ]
    when = next_check(known.wishes, known.zone, at, asked)
    return replace(known, wishes=known.wishes.model_copy(update={"next_check_at": when}))


def questions(came: Sequence[Nudge]) -> dict[str, str]:
    return {each.about or "": each.local_date for each in came if each.kind is Kind.COMMITMENT}


def test_a_full_week_is_told_with_the_day_on_which_it_is_asked_and_then_it_is_asked() -> None:
    of_three = [nudge(Kind.WIN, 0.05, "win:snp", ACTED), nudge(Kind.STALLED, 1, None, ACTED), nudge(Kind.DRAFTS, 2, None, ACTED)]
    known = replace(STUCK, wishes=DAILY, sent=of_three, commitments=by(3, said=AT))
    later = told(known, known.commitments[0])
    assert later == full(date(2026, 4, 20), 3), "Saturday is full; on Monday one of the three is a week ago"
    assert questions(lived(known, 8)) == {"cmt_3": "2026-04-20"}
    room = replace(known, sent=of_three[:2])
    assert told(room, known.commitments[0]) is None
    assert questions(lived(room, 8)) == {"cmt_3": "2026-04-18"}


def test_of_promises_on_five_days_each_is_told_its_question_and_gets_it() -> None:
    known = replace(STUCK, wishes=DAILY, commitments=by(1, 2, 5, 6, 7))
    said = {each.id: told(known, each) for each in known.commitments}
    came = lived(known, 14)
    assert said["cmt_1"] is None
    assert said["cmt_2"] is None
    assert said["cmt_5"] is None
    assert said["cmt_6"] == full(date(2026, 4, 23), 3)
    assert said["cmt_7"] == full(date(2026, 4, 23), 3, "Thing 6")
    assert "Not asked about yet: Thing 7" in next(each.reason for each in came if each.local_date == "2026-04-23")


@pytest.mark.parametrize("new", [False, True], ids=["chosen", "new"])
def test_a_promise_for_tonight_made_after_their_hour_is_not_said_to_be_asked_about_today(new: bool) -> None:
    wishes = DAILY.model_copy(update={"chosen_at": None, "days": ()}) if new else DAILY
    known = replace(STUCK, wishes=wishes, sent=[nudge(Kind.WELCOME, 3)], commitments=by(0, said=AT))
    assert told(known, known.commitments[0]) == AskedLater(date(2026, 4, 16))


def test_who_wants_none_a_week_is_told_that_nothing_is_asked() -> None:
    known = replace(STUCK, wishes=DAILY.model_copy(update={"at_most_weekly": 0}), commitments=by(2))
    assert told(known, known.commitments[0]) == full(None, 0)


def test_nothing_of_ours_comes_so_late_that_the_promise_of_the_next_morning_would_be_too_close() -> None:
    evening = AT + 9 * HOUR
    assert decide(STUCK, evening, words=WORDS).nudge is not None
    assert decide(replace(STUCK, commitments=by(1)), evening, words=WORDS).nudge is None
    new = replace(STUCK, wishes=WISHES.model_copy(update={"chosen_at": None, "days": ()}), commitments=by(1), sent=[])
    assert [each.kind for each in lived(new, 1)] == [Kind.WELCOME, Kind.COMMITMENT], "there is time for both"
    waits = decide(new, evening, words=WORDS)
    assert waits.nudge is None
    assert waits.next_check_at is not None
    asked = decide(new, AT + DAY, words=WORDS)
    assert asked.nudge is not None
    assert asked.nudge.kind is Kind.COMMITMENT
    assert asked.next_check_at is not None
    assert asked.next_check_at < AT + 2 * DAY, "and the day after they are asked for their time"


def test_a_question_that_is_late_does_not_take_the_place_of_one_that_was_promised_for_tomorrow() -> None:
    sent = [nudge(Kind.DRAFTS, day, None, ACTED) for day in (2, 4)]
    known = replace(STUCK, wishes=DAILY, sent=sent, commitments=by(-1, 1, said=ago(3)))
    today, tomorrow = (decide(known, AT + day * DAY, words=WORDS).nudge for day in (0, 1))
    assert today is None
    assert tomorrow is not None
    assert tomorrow.about == "cmt_1"
    assert "Not asked about yet: Thing -1, by Tuesday" in tomorrow.reason


def test_what_was_asked_about_is_not_named_again_with_another() -> None:
    sent = [nudge(Kind.COMMITMENT, 1, "cmt_-1", ACTED)]
    decision = decide(replace(STUCK, wishes=DAILY, sent=sent, commitments=by(-1, 0, said=ago(3))), AT, words=WORDS)
    assert decision.nudge is not None
    assert "Not asked" not in decision.nudge.reason


@pytest.mark.parametrize("weekly", [5, 7])
def test_after_three_without_an_answer_there_is_no_fourth(weekly: int) -> None:
    wishes = DAILY.model_copy(update={"days": (1, 2, 3, 4, 5, 6, 7), "at_most_weekly": weekly})
    known = replace(STUCK, wishes=wishes)
    sent = [nudge(Kind.DRAFTS, day, None, IGNORED if day >= 2 else None) for day in (1, 2, 3)]
    assert decide(replace(known, sent=sent[1:]), AT + 3 * HOUR, words=WORDS).nudge is not None
    assert decide(replace(known, sent=sent), AT + 3 * HOUR, words=WORDS).nudge is None
    answered = [sent[0].model_copy(update={"opened_at": AT - HOUR}), *sent[1:]]
    assert decide(replace(known, sent=answered), AT + 3 * HOUR, words=WORDS).nudge is not None
    promised = replace(known, sent=sent, commitments=by(0), wishes=wishes.model_copy(update={"at_most_weekly": 7}))
    own = decide(promised, AT + 3 * HOUR, words=WORDS).nudge
    assert own is not None
    assert own.kind is Kind.COMMITMENT


def test_whoever_comes_back_and_ignores_again_gets_three_and_not_five() -> None:
    before = [nudge(Kind.DRAFTS, day, None, IGNORED) for day in (20, 22, 24)]
    wishes = DAILY.model_copy(update={"set_aside_at": ago(18), "days": (1, 2, 3, 4, 5, 6, 7), "at_most_weekly": 7})
    drafts = tuple(asset(f"Pains {number}", kind=f"Kind {number}") for number in range(8))
    figures = (snapshot(date(2026, 4, 5)),)
    known = replace(STUCK, wishes=wishes, last_seen_at=ago(0.1), sent=before, assets=drafts, snapshots=figures)
    came = lived(known, 10, IGNORED)
    assert len([each for each in came if each.kind is not Kind.WIN]) == AT_MOST


@pytest.mark.parametrize(
    ("later", "told"),
    [
        (full(date(2026, 4, 20), 3), "three times a week, and that day would be one more, so I ask you about it on"),
        (full(date(2026, 4, 20), 1, "Ring Sam"), "once a week, and that day would be one more, so I ask you about it on"),
        (AskedLater(date(2026, 4, 20), None, "Ring Sam"), "so I ask you about it on Monday 20 April, with Ring Sam."),
        (AskedLater(date(2026, 4, 20)), "It is too late for a question that day, so I ask you about it on Monday 20 April."),
        (
            AskedLater(date(2026, 4, 20), because=Because.CLOSE),
            "That day it would come too soon after my last message, so I ask you about it on Monday 20 April.",
        ),
        (
            AskedLater(date(2026, 4, 20), because=Because.ANOTHER),
            "I write once a day, and that day has its message, so I ask you about it on Monday 20 April.",
        ),
        (AskedLater(None, because=Because.OVER), "Your cohort is over, so I do not ask you about it: your list keeps it."),
        (full(None, 2), "twice a week, and that day would be one more, so I do not ask you about it: your list keeps it."),
    ],
)
def test_it_is_told_why_the_question_comes_on_another_day(later: AskedLater, told: str) -> None:
    said = message(views.made(PERSON, by(3)[0], quiet=later))
    assert told in said
    assert "about it that day" not in said


async def test_the_answer_to_commit_says_when_it_is_asked(database: Database, nora: Person) -> None:
    nudges, now = NudgeRecord(database), conftest.AT
    reminders = Reminders(NudgePreferencesRecord(database), nudges, CommitmentRecord(database))
    commitments = Commitments(CommitmentRecord(database), reminders)
    await reminders.choose(nora, {"days": (1, 2, 3, 4, 5), "hour": 10}, now - 9 * DAY)
    asked = Asked(id="1", actor=conftest.actor(), address=conftest.ADDRESS, at=now, command="commit")

    async def answer(words: str, number: int) -> str:
        said = await commit(replace(asked, id=str(number)), nora, Words(words), commitments)
        assert isinstance(said, Message)
        return message(said)

    assert "I ask you about it that day." in await answer("list 3 bowls on etsy by Saturday", 1)
    for days in (0.1, 1, 2):
        sent = nudge(Kind.WIN, days)
        at = now - days * DAY
        mine = {"person_id": nora.id, "organization_id": nora.organization_id, "created_at": at, "lettered_at": at}
        local = {"local_date": times.local_date(nora.zone, at).isoformat(), "id": f"ndg_{days}"}
        await nudges.add(nora, sent.model_copy(update={**mine, **local}))
    told = await answer("photograph the bowls by Thursday", 2)
    assert "I write at most three times a week, and that day would be one more, so I ask you about it on" in told
    assert "that day." not in told


LISBON = PERSON.model_copy(update={"timezone": "Europe/Lisbon"})
SAME_DAY = "the sixteen hours since the last message end on its very day"


def bare(**known: object) -> Known:
    """Somebody about whom there is nothing to say but what they promised."""
    return learner(person=LISBON, **known)


def test_a_question_that_waits_for_the_hours_since_the_last_message_still_comes_on_its_day() -> None:
    at = datetime(2026, 11, 23, 21, 17, tzinfo=UTC)
    welcome = nudge(Kind.WELCOME, 0, created_at=at - 20 * MINUTE, lettered_at=at - 20 * MINUTE, local_date="2026-11-23")
    wishes = WISHES.model_copy(update={"chosen_at": None, "days": (), "hour": 9})
    known = bare(wishes=wishes, sent=[welcome], commitments=[promise(date(2026, 11, 24), name="cmt_0")])
    assert told(known, known.commitments[0], at) is None, SAME_DAY
    came = followed(known, at)
    assert came == ("2026-11-24", at - 20 * MINUTE + APART)


@pytest.mark.parametrize(
    ("wishes", "sent", "said"),
    [
        ({"quiet_from": 12}, [nudge(Kind.DRAFTS, -0.45, None, ACTED)], AskedLater(date(2026, 4, 17), because=Because.CLOSE)),
        ({"stopped_kinds": (Kind.COMMITMENT,)}, [], AskedLater(None, because=Because.STOPPED)),
        (
            {},
            [nudge(Kind.DRAFTS, day, None, IGNORED) for day in (2, 3, 4)],
            AskedLater(None, because=Because.UNANSWERED),
        ),
        (
            {"snoozed_id": "ndg_off", "snoozed_until": AT + 21 * HOUR},
            [nudge(Kind.DRAFTS, 1, None, ACTED, id="ndg_off")],
            AskedLater(date(2026, 4, 17), because=Because.ANOTHER),
        ),
    ],
    ids=["too close", "stopped", "unanswered", "put off to that day"],
)
def test_what_holds_a_question_back_on_its_day_is_what_is_told(
    wishes: dict[str, object], sent: Sequence[Nudge], said: AskedLater
) -> None:
    daily = DAILY.model_copy(update={"days": (1, 2, 3, 4, 5, 6, 7), **wishes})
    known = learner(wishes=daily, sent=sent, commitments=by(1))
    assert told(known, known.commitments[0], AT + 11 * HOUR if "quiet_from" in wishes else AT) == said


@pytest.mark.parametrize(
    ("sent", "because"),
    [
        ([nudge(Kind.COMMITMENT, 0.04, "cmt_other", ACTED)], Because.ANOTHER),
        ([nudge(Kind.COMMITMENT, 0.04, "cmt_other")], Because.ANOTHER),
        ([nudge(Kind.WELCOME, 0.04)], Because.ANOTHER),
        ([nudge(Kind.DRAFTS, 0.04, occasion="asked")], Because.ANOTHER),
        ([], Because.LATE),
        ([nudge(Kind.COMMITMENT, 1, "cmt_other", ACTED)], Because.LATE),
        ([nudge(Kind.DRAFTS, 0.04, held_back=True)], Because.LATE),
        ([nudge(Kind.DRAFTS, 0.04, None, Outcome.UNDELIVERED)], Because.LATE),
        ([nudge(Kind.REMINDER, 0.04, "cmt_told", occasion="asked")], Because.LATE),
    ],
    ids=["answered", "asked", "welcome", "put off", "none", "yesterday", "held back", "did not arrive", "what they asked for"],
)
@pytest.mark.parametrize("hours", [0, 5, 10], ids=["right after", "in the afternoon", "near the quiet hours"])
def test_of_a_second_promise_for_a_day_that_has_its_message_that_is_what_is_told(
    hours: int, sent: Sequence[Nudge], because: Because
) -> None:
    at = AT + hours * HOUR
    first = promise(WEDNESDAY, name="cmt_other")
    known = learner(wishes=DAILY, sent=sent, commitments=[*by(0, said=at), first])
    assert told(known, known.commitments[0], at) == AskedLater(date(2026, 4, 16), because=because)


def test_of_a_second_promise_before_the_days_message_both_are_asked_about_together() -> None:
    morning = AT - 2 * HOUR
    known = learner(wishes=DAILY, commitments=[*by(0, said=morning), promise(WEDNESDAY, name="cmt_other")])
    assert told(known, known.commitments[0], morning) is None


def followed(known: Known, at: datetime) -> tuple[str, datetime] | None:
    """The day and the time at which those who remind ask about the first promise, doing as `core.nudges.dispatch` does."""
    first, now = known.commitments[0], woken(known, at)
    when = now.wishes.next_check_at
    while when is not None and when < at + 60 * DAY:
        decision = decide(now, when, words=WORDS)
        asked = decision.nudge
        named = asked and (asked.about == first.id or first in asked_with(now, asked.about, when))
        if asked and named and asked.kind is Kind.COMMITMENT and asked.local_date >= first.local_date:
            return asked.local_date, when
        now = afterwards(now, decision, when)
        again = decision.nudge is not None and decision.nudge.occasion == "asked"
        when = when if again else decision.next_check_at
    return None


@given(
    minutes=st.integers(0, 14 * 24 * 60),
    hour=st.integers(0, 23),
    quiet=st.tuples(st.integers(0, 23), st.integers(0, 23)),
    weekly=st.integers(0, 7),
    days=st.sets(st.integers(1, 7)),
    promised=st.lists(st.integers(0, 12), min_size=1, max_size=4, unique=True),
    last=st.lists(st.integers(1, 9 * 24), max_size=4, unique=True),
    asked_at=st.none() | st.integers(1, 100),
    stuck=st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_the_day_that_is_said_is_the_day_on_which_it_is_asked(
    *,
    minutes: int,
    hour: int,
    quiet: tuple[int, int],
    weekly: int,
    days: set[int],
    promised: list[int],
    last: list[int],
    asked_at: int | None,
    stuck: bool,
) -> None:
    at = AT + minutes * MINUTE
    wishes = WISHES.model_copy(
        update={
            "chosen_at": ago(39) if days else None,
            "days": tuple(sorted(days)),
            "hour": hour,
            "quiet_from": quiet[0],
            "quiet_until": quiet[1],
            "at_most_weekly": weekly,
        }
    )
    kinds = itertools.chain([Kind.DRAFTS] if days else [Kind.WELCOME], itertools.repeat(Kind.DRAFTS))
    sent = [_sent(kind, at - hours * HOUR) for kind, hours in zip(kinds, sorted(last), strict=False)]
    today = at.astimezone(LISBON.zone).date()
    made = [promise(today + day * DAY, name=f"cmt_{day}").model_copy(update={"created_at": at}) for day in promised]
    if asked_at is not None:
        due = at + asked_at * HOUR
        made.append(promise(due.date(), kind=CommitmentKind.REMINDER, at=due, name="cmt_asked"))
    known = replace(STUCK if stuck else learner(), person=LISBON, wishes=wishes, sent=sent, commitments=made)
    open_ones = [each for each in made if each.due_at > at]
    assume(open_ones and open_ones[0] is made[0])
    came, said = followed(known, at), told(known, made[0], at)
    expected = made[0].local_date if said is None else said.day and said.day.isoformat()
    assert expected == (came and came[0])


def _sent(kind: Kind, at: datetime) -> Nudge:
    day = at.astimezone(LISBON.zone).date().isoformat()
    return nudge(kind, 0, None, ACTED, created_at=at, lettered_at=at, local_date=day, id=f"ndg_{day}_{kind}")


async def test_who_has_chosen_no_time_is_looked_at_for_what_they_promised_after_the_hour_of_its_day(
    database: Database, nora: Person
) -> None:
    reminders = Reminders(NudgePreferencesRecord(database), NudgeRecord(database), CommitmentRecord(database))
    commitments, late = Commitments(CommitmentRecord(database), reminders), conftest.AT.replace(hour=19)
    await reminders.met(nora, late - 30 * DAY)
    await NudgePreferencesRecord(database).change(nora, {"next_check_at": None}, late)  # they were welcomed
    kept = await commitments.promise(nora, "list 3 bowls", late.astimezone(nora.zone).date(), late, "first")
    tomorrow = kept.day + DAY
    looked = (await reminders.of(nora, late)).next_check_at
    assert looked is not None
    assert looked.astimezone(nora.zone).date() == tomorrow
    assert await commitments.quiet_beyond(nora, kept) == AskedLater(tomorrow)
