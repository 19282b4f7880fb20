"""Whether somebody is reminded at a moment, of what, and when they are next looked at: pure, and with a reason for every rule."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from core.commitments.model import CommitmentKind
from core.nudges import times
from core.nudges.decision import Decision, Why
from core.nudges.known import Known
from core.nudges.model import Kind, Nudge, nudge_id
from core.nudges.own_rules import LATE, USEFUL, may_come
from core.nudges.reasons import Reason
from core.nudges.rules import RULES, Verdict, once_more, verdict
from core.nudges.terms import Moment, Term, quiet_terms, standing_terms, terms
from core.nudges.words import Template, Templates, message

OWED = frozenset({Kind.WELCOME, Kind.REMINDER, Kind.COMMITMENT})
"""What was promised to the student, so that it is never held back for comparison."""
OURS = frozenset({"contract", "room", "answers"})
"""Terms that are for what is due by a rule of ours alone, and not for a day that they set themselves."""
UNSNOOZED: Mapping[str, object] = {"snoozed_id": None, "snoozed_until": None}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to go out. `asked` names what was asked for by the student besides the one of the day."""

    reason: Reason
    asked: str = ""

    @property
    def occasion(self) -> Literal["due", "asked"]:
        return "asked" if self.asked else "due"


def decide(
    known: Known, at: datetime, *, words: Templates, holdout: float = 0.0, undisturbed_until: datetime | None = None
) -> Decision:
    """Decide for one person.

    `holdout` is the share, 0 to 1, of students whose reminders are held back for comparison. `undisturbed_until`: the platform
    says not to disturb them before then.
    """
    moment = Moment(known, at, undisturbed_until)
    verdicts = tuple(verdict(rule, known, at) for rule in RULES)
    held = terms(moment)
    why = (*_explained((_going(known), *held)), *(Why(each.rule.kind, each.reason is not None, each.why) for each in verdicts))
    if not _going(known).kept:
        return Decision(why=why)
    snoozed = _snoozed(moment)
    wanted = _asked(moment, verdicts, snoozed) or _first(moment, verdicts) or _due(moment, verdicts, held)
    changes = _changes(moment, wanted, snoozed)
    next_check = min(_checks(moment, verdicts, held, wanted, changes), default=None)
    if wanted is None:
        return Decision(next_check_at=next_check, why=why, changes=changes)
    nudge, template = _nudge(moment, wanted, words, holdout)
    text = None if nudge.held_back else message(template, wanted.reason, nudge.id, known, at)
    return Decision(nudge, text, _until(moment, wanted), next_check, why, changes)


def _going(known: Known) -> Term:
    """They want reminders at all, and as this person."""
    wishes = known.wishes
    if wishes.stopped_at is not None:
        return Term("going", False, f"They stopped all reminders on {known.today(wishes.stopped_at).isoformat()}")
    if wishes.replaced_by is not None:
        return Term("going", False, "Another person of the same account is reminded instead")
    return Term("going", True, "They have not stopped")


def _snoozed(moment: Moment) -> Reason | str | None:
    """What they put off until now, as it stands; or why that is of no use any more; None where nothing has come."""
    wishes = moment.known.wishes
    if wishes.snoozed_until is None or wishes.snoozed_until > moment.at:
        return None
    put_off = next((each for each in moment.known.sent if each.id == wishes.snoozed_id), None)
    return once_more(put_off, moment.known, moment.at) if put_off else "It is not there any more"


def _asked(moment: Moment, verdicts: Sequence[Verdict], snoozed: Reason | str | None) -> _Wanted | None:
    """What the student asked for, for this time: their own reminder first, then what they put off."""
    own = next((each.reason for each in verdicts if each.rule.asked and each.reason), None)
    if own is not None and own.about:
        return _Wanted(own, own.about)
    if isinstance(snoozed, Reason) and all(each.kept for each in quiet_terms(moment)):
        return _Wanted(snoozed, f"{moment.known.wishes.snoozed_id}:{moment.known.wishes.snoozed_until}")
    return None


def _first(moment: Moment, verdicts: Sequence[Verdict]) -> _Wanted | None:
    """Asking somebody new for their time; not on a day that they set for something, of which they are told instead, and not in
    its place."""
    if _is_kept_free(moment) or _promise_waits(verdicts):
        return None
    welcome = next((each.reason for each in verdicts if each.rule.kind is Kind.WELCOME and each.reason), None)
    held = (*standing_terms(moment), *quiet_terms(moment))
    if welcome is None or any(not each.kept for each in held if each.name not in ("contract", "set aside")):
        return None
    return _Wanted(welcome)


def _due(moment: Moment, verdicts: Sequence[Verdict], held: Sequence[Term]) -> _Wanted | None:
    """The one that matters most, if the contract lets one through. A day that they set is for what they set it for, and is
    asked about as it was said to be, also before they chose their time, or while three have no answer. One that has passed takes
    no other's place.
    """
    if not all(each.kept for each in held if each.name not in OURS):
        return None
    fired = (each.reason for each in verdicts if each.reason and each.rule.kind not in (Kind.WELCOME, Kind.REMINDER))
    chosen = all(each.kept for each in held if each.name in OURS) and moment.chosen_day
    promised = moment.own_day or moment.room
    first = next((each for each in fired if (promised if each.kind is Kind.COMMITMENT else chosen)), None)
    return _Wanted(first) if first else None


def _changes(moment: Moment, wanted: _Wanted | None, snoozed: Reason | str | None) -> dict[str, object]:
    """What is to be set in the contract."""
    wishes = moment.known.wishes
    changes: dict[str, object] = {}
    if moment.back:
        changes |= {"set_aside_at": None, "back_at": moment.at}
    elif moment.set_aside and wishes.set_aside_at is None:
        changes["set_aside_at"] = moment.at
    if isinstance(snoozed, str) or (wanted and snoozed is wanted.reason):
        changes |= UNSNOOZED
    if wishes.away_since and wanted and wanted.occasion == "due" and wanted.reason.kind not in OWED:
        changes["away_since"] = None  # told now, or too late to tell: a win comes before all that is not owed
    return changes


def _checks(
    moment: Moment,
    verdicts: Sequence[Verdict],
    held: Sequence[Term],
    wanted: _Wanted | None,
    changes: Mapping[str, object],
) -> Iterator[datetime]:
    """The times at which something may be due next."""
    known, at = moment.known, moment.at
    wishes, zone = known.wishes.model_copy(update=dict(changes)), known.zone
    free = times.quiet_ends(wishes, zone, max(at, moment.undisturbed_until or at))
    yield from _reminders(moment, wanted)
    if wishes.snoozed_until is not None:
        yield times.quiet_ends(wishes, zone, max(wishes.snoozed_until, free if wanted is None else at))
    floor = max(each for each in (at, wishes.paused_until, wishes.silent_until) if each is not None)
    if wishes.chosen_at is None:
        asks = any(each.reason for each in verdicts if each.rule.kind is Kind.WELCOME)
        if asks and not (wanted and wanted.reason.kind is Kind.WELCOME):
            rest = times.midnight_after(zone, at) if _is_kept_free(moment) or _promise_waits(verdicts) else at
            yield times.quiet_ends(wishes, zone, max(floor, free, rest))
    slots = (moment.slot_on(each.day) for each in known.promises)
    yield from (each for each in slots if each is not None and each > floor)
    if wishes.chosen_at is None and not (wanted is None and _promise_waits(verdicts)):
        return
    yield moment.next_slot(floor)
    yield from _later_today(moment, held, wanted) if any(each.reason for each in verdicts) else ()


def _is_kept_free(moment: Moment) -> bool:
    """Whether this day has had its own or they set it for something, or the next one that may come is for a day that they set."""
    if moment.had_today:
        return True
    return Kind.COMMITMENT not in moment.known.wishes.stopped_kinds and (moment.own_day or not moment.room)


def _promise_waits(verdicts: Sequence[Verdict]) -> bool:
    return any(each.reason for each in verdicts if each.rule.kind is Kind.COMMITMENT)


def _reminders(moment: Moment, wanted: _Wanted | None) -> Iterator[datetime]:
    """When what they asked for comes."""
    known, at = moment.known, moment.at
    if Kind.REMINDER in known.wishes.stopped_kinds:
        return
    over = {each.about for each in known.sent if each.kind is Kind.REMINDER} | {wanted.reason.about if wanted else None}
    for each in known.commitments:
        if each.kind is CommitmentKind.REMINDER and each.open and each.id not in over and at - each.due_at <= USEFUL:
            yield max(each.due_at, at) if may_come(known, each, at) else times.quiet_ends(known.wishes, known.zone, at)


def _later_today(moment: Moment, held: Sequence[Term], wanted: _Wanted | None) -> Iterator[datetime]:
    """What only waits for an hour of today is looked at then."""
    waits = [each for each in (moment.undisturbed_until, moment.apart_at) if each is not None and each > moment.at]
    blocked = {each.name for each in held if not each.kept} - OURS
    if wanted or not waits or not blocked <= {"do not disturb", "apart"}:
        return
    if max(waits) < times.hours_end(moment.known.wishes, moment.known.zone, moment.at):
        yield max(waits)


def _nudge(moment: Moment, wanted: _Wanted, words: Templates, holdout: float) -> tuple[Nudge, Template]:
    """The reminder as it is kept, and its template."""
    known, reason = moment.known, wanted.reason
    today = moment.today.isoformat()
    template = words.pick(reason.theme, known.wishes.tone, known.sent)
    made = Nudge(
        id=nudge_id(known.person.id, today, wanted.asked),
        person_id=known.person.id,
        user_id=known.person.user_id,
        organization_id=known.person.organization_id,
        kind=reason.kind,
        about=reason.about,
        local_date=today,
        template=template.name,
        reason=reason.why,
        occasion=wanted.occasion,
        created_at=moment.at,
    )
    compared = wanted.occasion == "due" and reason.kind not in OWED
    return made.model_copy(update={"held_back": compared and _lot(known.person.id) < holdout}), template


def _lot(person_id: str) -> float:
    """A number from 0 to 1 that belongs to this person for ever: who is held back stays so, or their days would mix."""
    return int.from_bytes(hashlib.sha256(f"holdout:{person_id}".encode()).digest()[:6]) / 2**48


def _until(moment: Moment, wanted: _Wanted) -> datetime:
    """When it is of no use any more; what they asked for has an hour at least."""
    end = times.hours_end(moment.known.wishes, moment.known.zone, moment.at)
    return end if wanted.occasion == "due" else max(end, moment.at + LATE)


def _explained(held: Sequence[Term]) -> list[Why]:
    return [Why(each.name, each.kept, each.reason) for each in held]
