"""The rules by which students are reminded: all of them, in the order in which they matter.

Each looks only at what is known and at the time, and gives its reasons, or in words why there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeAlias

from core.nudges import asset_rules as made
from core.nudges import course_rules as course
from core.nudges import own_rules as own
from core.nudges import promise_rules as promised
from core.nudges.known import Known
from core.nudges.model import Kind, Nudge, Outcome
from core.nudges.reasons import Found, Reason

AGAIN_DAYS = 7
"""Days before the same thing is brought up again, unless it moved."""
REST_DAYS = 14
"""Days between two reminders of those kinds of which there is always another."""
AGAIN = "You asked me to come back to this now"
"""Why something comes that was put off: what made it come first may have been so days ago."""

Look: TypeAlias = Callable[[Known, datetime], Found]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of reminder.

    `again`: what is still true of it when it was put off, though its day is over or it was told. `rest`: days between two of its
    kind. `asked`: it was asked for, so that neither the day's nor the week's number holds it.
    """

    kind: Kind
    look: Look
    again: Look | None = None
    rest: int = 0
    asked: bool = False


RULES: tuple[Rule, ...] = (
    Rule(Kind.WELCOME, own.welcome, own.any_welcome),
    Rule(Kind.REMINDER, own.reminder, own.any_reminder, asked=True),
    Rule(Kind.COMMITMENT, promised.commitment, promised.any_commitment),
    Rule(Kind.WIN, own.win, own.wins),
    Rule(Kind.KPI_DUE, made.kpi_due),
    Rule(Kind.REVIEW, own.review, own.reviewed),
    Rule(Kind.RECOMMIT, own.recommit, own.planned),
    Rule(Kind.NEARLY_DONE, course.nearly_done),
    Rule(Kind.FOUNDATION, course.foundation),
    Rule(Kind.STALLED, course.stalled),
    Rule(Kind.NOT_STARTED, course.not_started),
    Rule(Kind.NOT_MEASURED, made.not_measured, rest=REST_DAYS),
    Rule(Kind.DRAFTS, made.drafts, made.unused, rest=REST_DAYS),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says now: its first reason that may be told, or why there is none."""

    rule: Rule
    reason: Reason | None
    why: str


def verdict(rule: Rule, known: Known, at: datetime) -> Verdict:
    """What this rule says now."""
    if rule.kind in known.wishes.stopped_kinds:
        return Verdict(rule, None, "They stopped these")
    found = rule.look(known, at)
    if isinstance(found, str):
        return Verdict(rule, None, found)
    today = known.today(at)
    latest = next((each for each in _heard(known) if each.kind is rule.kind), None) if rule.rest else None
    if latest is not None and _days(latest, today) < rule.rest:
        return Verdict(rule, None, f"One of these came on {latest.local_date}")
    before = None
    for reason in found:
        before = None if rule.asked else _told(reason, known, today)
        if before is None:
            return Verdict(rule, reason, reason.why)
    return Verdict(rule, None, f"The same came up on {before.local_date if before else today}, and has not moved since")


def once_more(put_off: Nudge, known: Known, at: datetime) -> Reason | str:
    """A reminder that was put off, as it stands now; or why it is of no use any more."""
    rule = next(each for each in RULES if each.kind is put_off.kind)
    if rule.kind in known.wishes.stopped_kinds:
        return "They stopped these"
    found = (rule.again or rule.look)(known, at)
    if isinstance(found, str):
        return found
    general = put_off.about is None or rule.kind in (Kind.RECOMMIT, Kind.REVIEW)
    now = next((each for each in found if general or each.about == put_off.about), None)
    return replace(now, why=AGAIN) if now else "What it was about is settled"


def _told(reason: Reason, known: Known, today: date) -> Nudge | None:
    """The reminder of the same thing in the last week, if it has not moved since."""
    for each in _heard(known):
        if reason.about is not None and each.about == reason.about and _days(each, today) < AGAIN_DAYS:
            return each if reason.moved_at is None or reason.moved_at <= each.created_at else None
    return None


def _heard(known: Known) -> Iterator[Nudge]:
    """What was sent or held back, latest first; what did not arrive was not heard."""
    return (each for each in known.sent if each.outcome is not Outcome.UNDELIVERED)


def _days(sent: Nudge, today: date) -> int:
    return (today - date.fromisoformat(sent.local_date)).days
