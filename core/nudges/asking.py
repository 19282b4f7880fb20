"""When a promise is asked about, as things stand: the rule and the contract are asked for the days that are to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from core.commitments.model import Commitment
from core.commitments.ports import AskedLater
from core.nudges.known import Known
from core.nudges.model import Kind, Nudge, nudge_id
from core.nudges.promise_rules import ASKED_DAYS, asked_with
from core.nudges.reasons import Reason
from core.nudges.rules import RULES, verdict
from core.nudges.terms import WEEK_DAYS, Moment, Term, terms

DAY = timedelta(days=1)
REMEMBERED = timedelta(days=30)
"""For how long earlier reminders have a say in it."""
NOT_NEEDED = frozenset({"contract", "room", "answers"})
"""Terms that hold nothing back that is asked about on a day which somebody set."""
_RULE = next(each for each in RULES if each.kind is Kind.COMMITMENT)


def asked_later(known: Known, promise: Commitment, at: datetime) -> AskedLater | None:
    """The other day on which the promise is asked about; None where that is its own."""
    first = max(known.today(at), promise.day - (ASKED_DAYS + WEEK_DAYS) * DAY)
    weekly = False
    for ahead in range((promise.day - first).days + ASKED_DAYS + 1):
        day = first + ahead * DAY
        slot = Moment(known, at).slot_on(day)
        if slot is None or slot <= at:
            continue
        moment = Moment(known, slot)
        held = {each.name for each in _held(moment)}
        weekly = weekly or (day == promise.day and "weekly number" in held)
        reason = verdict(_RULE, known, slot).reason
        if reason is None or held or not (moment.own_day or moment.room):
            continue
        if reason.about == promise.id or promise in asked_with(known, reason.about, slot):
            if day == promise.day:
                return None
            beside = next((each.what for each in known.promises if each.id == reason.about != promise.id), "")
            return AskedLater(day, known.wishes.at_most_weekly if weekly else None, beside)
        known = replace(known, sent=(_asked(known, reason, slot), *known.sent))
    return AskedLater(None, known.wishes.at_most_weekly if weekly else None)


def _held(moment: Moment) -> list[Term]:
    return [each for each in terms(moment) if not each.kept and each.name not in NOT_NEEDED]


def _asked(known: Known, reason: Reason, at: datetime) -> Nudge:
    """The question as it will be kept."""
    today = known.today(at).isoformat()
    return Nudge(
        id=nudge_id(known.person.id, today),
        person_id=known.person.id,
        organization_id=known.person.organization_id,
        kind=reason.kind,
        about=reason.about,
        local_date=today,
        template="",
        reason=reason.why,
        created_at=at,
        lettered_at=at,
    )
