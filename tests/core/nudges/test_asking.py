"""Whoever says what they will do is asked about it when they were told they would be: nothing of ours takes its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from core.commitments import views
from core.commitments.commands import Words, commit
from core.commitments.model import Commitment
from core.commitments.ports import AskedLater
from core.commitments.service import Commitments
from core.nudges import times
from core.nudges.asking import asked_later
from core.nudges.deciding import decide
from core.nudges.dispatch import afterwards
from core.nudges.known import Known
from core.nudges.model import Kind, Nudge, Outcome
from core.nudges.service import Reminders
from core.nudges.terms import AT_MOST
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
from tests.core.nudges.learners import AT, DAY, PERSON, WISHES, ago, asset, nudge, promise, snapshot
from tests.core.nudges.test_deciding import STUCK

WEDNESDAY = date(2026, 4, 15)
HOUR = timedelta(hours=1)
IGNORED, ACTED = Outcome.IGNORED, Outcome.ACTED
DAILY = WISHES.model_copy(update={"days": (1, 2, 3, 4, 5), "at_most_weekly": 3})
WORDS = Templates()


def by(*days: int, said: datetime = AT - 4 * HOUR) -> list[Commitment]:
    """A promise for each of these days from today on, made this morning."""
    made = [promise(WEDNESDAY + day * DAY, name=f"cmt_{day}") for day in days]
    return [each.model_copy(update={"created_at": said, "what": f"Thing {each.id[4:]}"}) for each in made]


def lived(known: Known, days: int, outcome: Outcome | None = ACTED) -> list[Nudge]:
    """What comes in these days, as the checks are followed; with what comes of each reminder two days after it."""
    at, end, came = AT, AT + days * DAY, []
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


def questions(came: Sequence[Nudge]) -> dict[str, str]:
    return {each.about or "": each.local_date for each in came if each.kind is Kind.COMMITMENT}


def test_a_full_week_is_told_with_the_day_on_which_it_is_asked_and_then_it_is_asked() -> None:
    full = [nudge(Kind.WIN, 0.05, "win:snp", ACTED), nudge(Kind.STALLED, 1, None, ACTED), nudge(Kind.DRAFTS, 2, None, ACTED)]
    known = replace(STUCK, wishes=DAILY, sent=full, commitments=by(3, said=AT))
    later = asked_later(known, known.commitments[0], AT)
    assert later == AskedLater(date(2026, 4, 20), 3), "Saturday is full; on Monday one of the three is a week ago"
    assert questions(lived(known, 8)) == {"cmt_3": "2026-04-20"}
    room = replace(known, sent=full[:2])
    assert asked_later(room, known.commitments[0], AT) is None
    assert questions(lived(room, 8)) == {"cmt_3": "2026-04-18"}


def test_of_promises_on_five_days_each_is_told_its_question_and_gets_it() -> None:
    known = replace(STUCK, wishes=DAILY, commitments=by(1, 2, 5, 6, 7))
    told = {each.id: asked_later(known, each, AT) for each in known.commitments}
    came = lived(known, 14)
    assert told["cmt_1"] is None
    assert told["cmt_2"] is None
    assert told["cmt_5"] is None
    assert told["cmt_6"] == AskedLater(date(2026, 4, 23), 3, "")
    assert told["cmt_7"] == AskedLater(date(2026, 4, 23), 3, "Thing 6")
    assert "Not asked about yet: Thing 7" in next(each.reason for each in came if each.local_date == "2026-04-23")


@pytest.mark.parametrize("new", [False, True], ids=["chosen", "new"])
def test_a_promise_for_tonight_made_after_their_hour_is_not_said_to_be_asked_about_today(new: bool) -> None:
    wishes = DAILY.model_copy(update={"chosen_at": None, "days": ()}) if new else DAILY
    known = replace(STUCK, wishes=wishes, sent=[nudge(Kind.WELCOME, 3)], commitments=by(0, said=AT))
    assert asked_later(known, known.commitments[0], AT) == AskedLater(date(2026, 4, 16))


def test_who_wants_none_a_week_is_told_that_nothing_is_asked() -> None:
    known = replace(STUCK, wishes=DAILY.model_copy(update={"at_most_weekly": 0}), commitments=by(2))
    assert asked_later(known, known.commitments[0], AT) == AskedLater(None, 0)


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
        (AskedLater(date(2026, 4, 20), 3), "three times a week, and that day would be one more, so I ask you about it on"),
        (AskedLater(date(2026, 4, 20), 1, "Ring Sam"), "once a week, and that day would be one more, so I ask you about it on"),
        (AskedLater(date(2026, 4, 20), None, "Ring Sam"), "so I ask you about it on Monday 20 April, with Ring Sam."),
        (AskedLater(date(2026, 4, 20)), "It is too late for a question that day, so I ask you about it on Monday 20 April."),
        (AskedLater(None, 2), "twice a week, and that day would be one more, so I do not ask you about it: your list keeps it."),
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
