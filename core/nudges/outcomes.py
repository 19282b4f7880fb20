"""What came of a reminder: judged from what is known of the learner, when they are next looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from core.commitments.model import CommitmentKind
from core.course.steps import Step
from core.nudges import times
from core.nudges.known import Known
from core.nudges.model import Kind, Nudge, Outcome

WINDOW = timedelta(hours=48)
"""For so long at least what is done counts as come of the reminder."""
NOTHING_TO_DO = frozenset({Kind.WIN, Kind.REMINDER})
"""What asks for nothing, so that nobody can ignore it: whoever shows up has heard it."""


def time_is_up_at(nudge: Nudge, known: Known) -> datetime:
    """Until when what they do counts as come of the reminder: 48 hours, or the next slot that they chose where that is later,
    since days that are none of theirs are no silence. What is done after that came of something else.
    """
    ends = nudge.created_at + WINDOW
    if not known.wishes.days:
        return ends
    return max(ends, times.next_slot(known.wishes, known.zone, nudge.created_at, known.person.id))


def outcome_of(nudge: Nudge, known: Known, at: datetime) -> Outcome | None:
    """What came of it by now; None where nothing more can be said yet.

    One that was held back is judged too, as if it had been seen: what would have come of it anyway is what the others are
    compared with.
    """
    if nudge.outcome not in (None, Outcome.OPENED):
        return None
    if nudge.lettered_at is None and not nudge.held_back:
        return Outcome.UNDELIVERED if nudge.local_date < known.today(at).isoformat() else None
    ends = time_is_up_at(nudge, known)

    def in_time(moved_at: datetime | None) -> bool:
        return moved_at is not None and nudge.created_at <= moved_at <= ends

    if in_time(known.wishes.stopped_at) or nudge.kind in known.wishes.stopped_kinds:
        return Outcome.STOPPED
    if any(map(in_time, _moves(nudge, known))):
        return Outcome.ACTED
    if nudge.outcome is None and nudge.opened_at is not None:
        return Outcome.OPENED
    return Outcome.IGNORED if nudge.outcome is None and at >= ends else None


def _moves(nudge: Nudge, known: Known) -> Iterator[datetime | None]:
    """When whatever the reminder was about last moved."""
    match nudge.kind:
        case Kind.WELCOME:
            yield known.wishes.chosen_at
        case Kind.FOUNDATION:
            yield known.foundation_changed_at
        case Kind.NOT_STARTED | Kind.STALLED | Kind.NEARLY_DONE:
            yield from _in_module(nudge, known)
        case Kind.KPI_DUE | Kind.NOT_MEASURED | Kind.REVIEW:
            yield from (each.changed_at or each.created_at for each in known.snapshots)
        case Kind.DRAFTS:
            yield from (each.last_updated_at for each in known.assets)
        case Kind.COMMITMENT:
            yield from (each.changed_at for each in known.commitments if each.id == nudge.about)
        case Kind.RECOMMIT:
            yield from (each.created_at for each in known.commitments if each.kind is CommitmentKind.PROMISE)
        case Kind.WIN | Kind.REMINDER:
            yield known.last_seen_at


def _in_module(nudge: Nudge, known: Known) -> Iterator[datetime | None]:
    """Ticks and answers of the module, and what was made for its step."""
    steps: set[Step] = set()
    for each in known.standings:
        if each.module.id == nudge.about:
            steps.add(each.module.step)
            if each.progress is not None:
                yield each.progress.changed_at
                yield each.progress.completed_at
    yield from (each.last_updated_at for each in known.assets if each.elevate_step in steps)
