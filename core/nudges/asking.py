"""When a promise is asked about, as things stand: those who remind are followed through the days that are to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.commitments.model import Commitment
from core.commitments.ports import AskedLater, Because
from core.nudges import times
from core.nudges.deciding import UNSNOOZED, decide
from core.nudges.decision import Decision
from core.nudges.dispatch import MOST_AT_ONCE, afterwards
from core.nudges.known import Known
from core.nudges.model import Kind, Nudge, Tone, nudge_id
from core.nudges.promise_rules import ASKED_DAYS, asked_with
from core.nudges.reasons import Theme
from core.nudges.terms import WEEK_DAYS, Moment, quiet_terms
from core.nudges.words import Template, Templates

DAY = timedelta(days=1)
REMEMBERED = timedelta(days=30)
"""For how long earlier reminders have a say in it."""
LOOKS_AT_MOST = 200
"""Some five weeks, with what they asked for on each day."""
THEIRS = frozenset({Kind.WELCOME, Kind.REMINDER, Kind.COMMITMENT})
"""What is followed. All others leave room for a day that somebody set."""
_HELD = (
    ("cohort", Because.OVER),
    ("set aside", Because.UNANSWERED),
    ("one a day", Because.ANOTHER),
    ("apart", Because.CLOSE),
    ("weekly number", Because.WEEKLY),
)
"""The terms that may hold a question back on its very day, and what is told of each: the first that does counts."""


class _Wordless(Templates):
    """It is only asked when something comes, so that no file is read for it."""

    def pick(self, theme: Theme, tone: Tone, sent: Sequence[Nudge]) -> Template:
        """Nothing is said."""
        return Template("", "")


_WORDS = _Wordless()


def asked_later(known: Known, promise: Commitment, at: datetime) -> AskedLater | None:
    """The other day on which the promise is asked about; None where that is its own. They are looked at from the contract's
    `next_check_at` on.
    """
    if Kind.COMMITMENT in known.wishes.stopped_kinds:
        return AskedLater(None, because=Because.STOPPED)
    because = Because.ANOTHER if _has_its_message(known, promise, at) else Because.LATE
    for then, when, decision in _looks(known, promise, at):
        today, asked = then.today(when), decision.nudge
        if asked is not None and today >= promise.day and _names(asked, promise, then, when):
            if today == promise.day:
                return None
            beside = next((each.what for each in known.promises if each.id == asked.about != promise.id), "")
            return _later(known, because, AskedLater(today, beside=beside))
        if today == promise.day:
            because = _because(decision) or because
    return _later(known, because, AskedLater(None))


def _looks(known: Known, promise: Commitment, at: datetime) -> Iterator[tuple[Known, datetime, Decision]]:
    """Each time at which they will be looked at, with what is known and decided then, if they do nothing until then."""
    others = {each for each in Kind if each not in THEIRS}
    stopped = tuple(others | set(known.wishes.stopped_kinds))
    now = replace(known, wishes=known.wishes.model_copy(update={"stopped_kinds": stopped}))
    first = times.moment(known.zone, promise.day - (ASKED_DAYS + WEEK_DAYS) * DAY, 0)
    ends = times.moment(known.zone, promise.day + (ASKED_DAYS + 1) * DAY, 0)
    when = known.wishes.next_check_at
    for _ in range(LOOKS_AT_MOST):
        if when is None or (when := max(when, at, first)) >= ends:
            return
        now = _put_off(now, when)
        for _ in range(MOST_AT_ONCE):  # as `core.nudges.dispatch` does it: what they asked for, and then their own time
            decision = decide(now, when, words=_WORDS)
            yield now, when, decision
            now = afterwards(now, decision, when)
            if decision.nudge is None or decision.nudge.occasion == "due":
                break
        after = decision.next_check_at
        when = after if after is None or after > when else None


def _names(asked: Nudge, promise: Commitment, known: Known, when: datetime) -> bool:
    """It is the question about this promise, or names it beside another."""
    about = asked.kind is Kind.COMMITMENT
    return about and (asked.about == promise.id or promise in asked_with(known, asked.about, when))


def _put_off(known: Known, when: datetime) -> Known:
    """What they put off until then, of those that are not followed, is taken to have come again."""
    wishes = known.wishes
    again = next((each for each in known.sent if each.id == wishes.snoozed_id and each.kind not in THEIRS), None)
    due = wishes.snoozed_until is not None and wishes.snoozed_until <= when
    if again is None or not due or not all(each.kept for each in quiet_terms(Moment(known, when))):
        return known
    day, asked = known.today(when).isoformat(), f"{wishes.snoozed_id}:{wishes.snoozed_until}"
    new = {"id": nudge_id(known.person.id, day, asked), "local_date": day, "occasion": "asked", "created_at": when}
    sent = again.model_copy(update={**new, "lettered_at": when, "opened_at": None, "outcome": None})
    return replace(known, wishes=wishes.model_copy(update=dict(UNSNOOZED)), sent=(sent, *known.sent))


def _has_its_message(known: Known, promise: Commitment, at: datetime) -> bool:
    """Whether its day is today, and has had its one message: then no look at this day follows. What was held back nobody saw."""
    seen = [each for each in known.sent if not each.held_back]
    moment = Moment(replace(known, sent=seen), at)
    return promise.day == moment.today and moment.had_today


def _because(decision: Decision) -> Because | None:
    """What held a question back at a look on its day, once their hour had come."""
    broken = {each.kind for each in decision.why if not each.fired}
    if "day and hour" in broken:
        return None
    return next((because for name, because in _HELD if name in broken), None)


def _later(known: Known, because: Because, later: AskedLater) -> AskedLater:
    """The same with why it is not asked about on its own day."""
    if because is Because.WEEKLY:
        return replace(later, weekly=known.wishes.at_most_weekly, because=because)
    return replace(later, because=because)
