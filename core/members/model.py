"""Where a member of a cohort stands, rolled up from all that is kept of them: counts and times, and no words of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Self, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import Field

from core.commitments.model import CommitmentKind
from core.nudges.known import Known
from core.nudges.terms import Moment
from core.record import Kept
from core.roles import Role

Tried: TypeAlias = tuple[int, int, int]
"""How often somebody ran a prompt: all runs, those that were answered, and the answers that they kept as assets."""


class Member(Kept):
    """A person of an organization, in one document, so that a coach's list is one query however many there are.

    The id is the person's. `shares`: how much of each module's checklist is ticked, in percent, by module number; `completed`:
    the numbers of those that are closed. `module` is the number of the first that is not, None when all are; `module_begun_at`
    when they began it, and `module_moved_at` when they last did something in any module. `closed` and `closed_at`: the module
    that they closed last, and when. `periods` counts the snapshots that the reminders look at (at most 14). `ignored`: reminders
    in a row, the latest, that nothing came of. `promises_late`: what they said they would do by a day that is over. `prompts`:
    their runs here, by the prompts' codes. `rolled_at`: as of when this is so.
    """

    organization_id: str
    name: str
    role: Role = Role.STUDENT
    cohort_id: str | None = None
    timezone: str = "UTC"
    joined_at: datetime
    shares: tuple[int, ...] = ()
    completed: tuple[int, ...] = ()
    module: int | None = None
    module_begun_at: datetime | None = None
    module_moved_at: datetime | None = None
    closed: int | None = None
    closed_at: datetime | None = None
    foundation: int = 0
    seen_at: datetime | None = None
    assets: int = 0
    shipped: int = 0
    shipped_at: datetime | None = None
    periods: int = 0
    logged_at: datetime | None = None
    promises: int = 0
    promises_late: int = 0
    ignored: int = 0
    paused_until: datetime | None = None
    stopped_at: datetime | None = None
    silent_until: datetime | None = None
    prompts: Mapping[str, Tried] = Field(default_factory=dict)
    rolled_at: datetime

    def days_since(self, moment: datetime, at: datetime) -> int:
        """How many days ago it was by the member's own calendar: 0 today, 1 yesterday."""
        zone = ZoneInfo(self.timezone)
        return (at.astimezone(zone).date() - moment.astimezone(zone).date()).days

    @classmethod
    def rolled_up(cls, known: Known, at: datetime, prompts: Mapping[str, Tried] | None = None) -> Self:
        """What is known of a learner, in short, with what they ran."""
        person, standings = known.person, known.standings
        current = next((each for each in standings if not each.completed), None)
        moved = [each.progress.changed_at or each.progress.started_at for each in standings if each.progress]
        moved += [each.progress.completed_at for each in standings if each.progress]
        ends = ((each.progress.completed_at, each.module.number) for each in standings if each.progress)
        closed = max(((when, number) for when, number in ends if when), default=None)
        shipped = [each.implemented_at for each in known.assets if each.implemented_at]
        logged = [each.changed_at or each.created_at for each in known.snapshots]
        cells = sum(each.total for each in known.foundation)
        return cls(
            id=person.id,
            organization_id=person.organization_id,
            name=person.name,
            role=person.role,
            cohort_id=person.cohort_id,
            timezone=person.timezone,
            joined_at=person.created_at,
            shares=tuple(100 if each.completed else each.done * 100 // max(1, each.total) for each in standings),
            completed=tuple(each.module.number for each in standings if each.completed),
            module=current.module.number if current else None,
            module_begun_at=current.progress.started_at if current and current.progress else None,
            module_moved_at=max((each for each in moved if each), default=None),
            closed=closed[1] if closed else None,
            closed_at=closed[0] if closed else None,
            foundation=sum(each.done for each in known.foundation) * 100 // cells if cells else 0,
            seen_at=known.last_seen_at,
            assets=len(known.assets),
            shipped=len(shipped),
            shipped_at=max(shipped, default=None),
            periods=len(known.snapshots),
            logged_at=max(logged, default=None),
            promises=len(known.promises),
            promises_late=sum(each.kind is CommitmentKind.PROMISE and each.due_at < at for each in known.promises),
            ignored=Moment(known, at).ignored,
            paused_until=known.wishes.paused_until,
            stopped_at=known.wishes.stopped_at,
            silent_until=known.wishes.silent_until,
            prompts=prompts or {},
            rolled_at=at,
        )
