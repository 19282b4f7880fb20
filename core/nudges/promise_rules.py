"""The rule about what students said that they would do: it is asked about on its day, and what came between is asked with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.commitments.model import Commitment
from core.nudges.known import Known
from core.nudges.model import Kind, Outcome
from core.nudges.reasons import Found, Reason, Theme, day_said, open_module, short
from core.ui import Button, Call

ASKED_DAYS = 14
"""Days after its day for which a promise is still asked about."""
WORDS_AT_MOST = 120
BESIDE_AT_MOST = 40
"""Characters of a promise that is named beside the one that is asked about."""
ALSO_AT_MOST = 2
"""Further promises that are named in a day's one message: of those of the day, and of those that wait."""


def commitment(known: Known, at: datetime) -> Found:
    """The day of something that they said they would do has come."""
    promised = known.promises
    if not promised:
        return "No commitment is open"
    today = known.today(at)
    due = [each for each in promised if 0 <= (today - each.day).days <= ASKED_DAYS]
    if not due:
        return f"The next commitment is for {min(each.local_date for each in promised)}"
    in_order = sorted(due, key=lambda each: (each.day != today, _was_asked(known, each), each.due_at))
    first, *others = in_order  # whose day it is, then what was never asked about
    found = [_promised(known, each, at) for each in (first, *others)]
    if also := asked_with(known, first.id, at):
        of_today = [short(each.what, BESIDE_AT_MOST) for each in also if each.day == today]
        waited = [f"{short(each.what, BESIDE_AT_MOST)}, by {day_said(each.day, today)}" for each in also if each.day != today]
        every = Button("See them all", Call("commitments"))
        why = f"{found[0].why}{_named('Also for today', of_today)}{_named('Not asked about yet', waited)}"
        found[0] = replace(found[0], why=why, steps=(*found[0].steps[:3], every))
    return found


def any_commitment(known: Known, at: datetime) -> Found:
    """What they said they would do, whatever its day."""
    return [_promised(known, each, at) for each in known.promises] or "It is not open any more"


def asked_with(known: Known, about: str | None, at: datetime) -> list[Commitment]:
    """What is named in the message about this promise: a day has one, and each of its promises was to be asked about on it; so
    was each whose day has passed without a question, since the week was full.
    """
    today = known.today(at)
    others = [each for each in sorted(known.promises, key=lambda each: each.due_at) if each.id != about]
    waited = [each for each in others if 0 < (today - each.day).days <= ASKED_DAYS and not _was_asked(known, each)]
    return [*(each for each in others if each.day == today), *waited]


def module_steps(known: Known, each: Commitment) -> tuple[Button, ...]:
    """What opens the module that it is about, or else shows where they are."""
    standing = next((found for found in known.standings if found.module.id == each.module_id), None)
    return (open_module(standing),) if standing else (Button("Where I am", Call("progress"), primary=True),)


def _was_asked(known: Known, promise: Commitment) -> bool:
    """A question came on its day or after it, which named it."""
    since = promise.changed_at or promise.created_at
    asked = [each for each in known.sent if each.kind is Kind.COMMITMENT and each.outcome is not Outcome.UNDELIVERED]
    return any(each.created_at >= since and (each.about == promise.id or each.local_date >= promise.local_date) for each in asked)


def _named(label: str, whats: Sequence[str]) -> str:
    more = f", and {len(whats) - ALSO_AT_MOST} more" if len(whats) > ALSO_AT_MOST else ""
    return f". {label}: {'; '.join(whats[:ALSO_AT_MOST])}{more}" if whats else ""


def _promised(known: Known, each: Commitment, at: datetime) -> Reason:
    """What somebody said they would do, and how they may answer."""
    day = day_said(each.day, known.today(at))
    steps = (
        Button("Done", Call("commit done", {"id": each.id}), primary=True),
        Button("Not yet", Call("commit not-yet", {"id": each.id})),
        Button("New date", Call("commit date", {"id": each.id})),
        *module_steps(known, each)[:1],
    )
    what = short(each.what, WORDS_AT_MOST)
    said = day_said(known.today(each.changed_at or each.created_at), known.today(at))
    why = f"You set this day yourself{'' if said == 'today' else f' on {said}'}"
    return Reason(Kind.COMMITMENT, Theme.COMMITMENT, each.id, why, {"what": what, "day": day}, steps, each.changed_at)
