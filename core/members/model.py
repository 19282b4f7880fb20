"""Where a member of a cohort stands, rolled up from all that is kept of them: counts and times, and no words of theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Self, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import Field

from core.commitments.model import CommitmentKind, CommitmentState
from core.course.model import ModuleStatus, current
from core.nudges.course_rules import worked_at
from core.nudges.known import Known
from core.nudges.terms import Moment
from core.record import Kept
from core.roles import Role

Tried: TypeAlias = tuple[int, int, int]
"""How often somebody ran a prompt: all runs, those that were answered, and the answers that they kept as assets."""

Ticked: TypeAlias = tuple[int, int]
"""How many items of a checklist are ticked, and how many there are."""

Closing: TypeAlias = tuple[int, datetime]
"""A module, by its number, and when it was closed."""


class Member(Kept):
    """A person of an organization, in one document, so that a coach's list is one query however many there are.

    The id is the person's. `shares`: how much of each module's checklist is ticked, in percent, by module number, closed or not;
    `ticked`: the same in items, empty for who was rolled up before that was kept. `completed`: the numbers of the modules that
    are closed; `begun`: of those in progress. `module` is the number of the one where they are, as they read it themselves, None
    when all are closed; `module_begun_at` when they began it, `module_worked_at` when they last did something in it, and
    `module_moved_at` when they last did something in any module: started it, wrote in it, ticked an item or closed it, ran a
    prompt, kept an asset or changed one, or filled a cell of the Foundation. `worked_at`: when they last did that, logged figures
    themselves or kept a promise. `closings`: the modules that they closed, in the order of the course; `closed` and `closed_at`:
    the one that they closed last, and when.
    `periods` counts the snapshots that the reminders look at (at most 14). `ignored`: reminders in a row, the latest, that
    nothing came of. `promises_late`: what they said they would do by a day that is over. `prompts`: their runs here, by the
    prompts' codes. `rolled_at`: as of when this is so.
    """

    organization_id: str
    name: str
    role: Role = Role.STUDENT
    cohort_id: str | None = None
    timezone: str = "UTC"
    joined_at: datetime
    shares: tuple[int, ...] = ()
    ticked: tuple[Ticked, ...] = ()
    completed: tuple[int, ...] = ()
    begun: tuple[int, ...] = ()
    module: int | None = None
    module_begun_at: datetime | None = None
    module_worked_at: datetime | None = None
    module_moved_at: datetime | None = None
    worked_at: datetime | None = None
    closings: tuple[Closing, ...] = ()
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

    @property
    def last_work_at(self) -> datetime | None:
        """When they last worked on the course; who was rolled up before that was kept has only their work in the modules."""
        return _last(self.worked_at, self.module_moved_at)

    def closed_since(self, moment: datetime) -> tuple[int, ...]:
        """The modules that they closed after that time, in the order of the course."""
        return tuple(number for number, at in self.closings if at > moment)

    @property
    def only_started(self) -> bool:
        """They started the module where they are, and have done nothing for the course since."""
        ticked = self.module is not None and self.module < len(self.shares) and self.shares[self.module]
        return self.module_begun_at is not None and self.module_begun_at == self.last_work_at and not ticked

    def days_since(self, moment: datetime, at: datetime) -> int:
        """How many days ago it was by the member's own calendar: 0 today, 1 yesterday."""
        zone = ZoneInfo(self.timezone)
        return (at.astimezone(zone).date() - moment.astimezone(zone).date()).days

    @classmethod
    def rolled_up(
        cls,
        known: Known,
        at: datetime,
        prompts: Mapping[str, Tried] | None = None,
        *,
        ran: datetime | None = None,
        logged: datetime | None = None,
    ) -> Self:
        """What is known of a learner, in short, with what they ran; `ran` and `logged`: when they last did so themselves."""
        person, standings = known.person, known.standings
        here, moved, closings = current(standings), _last(ran, *_moves(known)), tuple(_closings(known))
        last = max(closings, key=lambda each: (each[1], each[0]), default=None)
        shipped = [each.implemented_at for each in known.assets if each.implemented_at]
        return cls(
            id=person.id,
            organization_id=person.organization_id,
            name=person.name,
            role=person.role,
            cohort_id=person.cohort_id,
            timezone=person.timezone,
            joined_at=person.created_at,
            shares=tuple(each.done * 100 // max(1, each.total) for each in standings),
            ticked=tuple((each.done, each.total) for each in standings),
            completed=tuple(each.module.number for each in standings if each.completed),
            begun=tuple(each.module.number for each in standings if each.status is ModuleStatus.IN_PROGRESS),
            module=here.module.number if here else None,
            module_begun_at=here.progress.started_at if here and here.progress else None,
            module_worked_at=worked_at(known, here) if here and here.progress else None,
            module_moved_at=moved,
            worked_at=_last(moved, logged, *_kept(known)),
            closings=closings,
            closed=last[0] if last else None,
            closed_at=last[1] if last else None,
            foundation=sum(each.done for each in known.foundation) * 100 // max(1, sum(each.total for each in known.foundation)),
            seen_at=_last(known.last_seen_at, ran, logged),
            assets=len(known.assets),
            shipped=len(shipped),
            shipped_at=max(shipped, default=None),
            periods=len(known.snapshots),
            logged_at=max((each.changed_at or each.created_at for each in known.snapshots), default=None),
            promises=len(known.promises),
            promises_late=sum(each.kind is CommitmentKind.PROMISE and each.due_at < at for each in known.promises),
            ignored=Moment(known, at).ignored,
            paused_until=known.wishes.paused_until,
            stopped_at=known.wishes.stopped_at,
            silent_until=known.wishes.silent_until,
            prompts=prompts or {},
            rolled_at=at,
        )


def _moves(known: Known) -> Iterator[datetime | None]:
    """When they did something in the modules. A Foundation that was only opened holds nothing yet."""
    for standing in known.standings:
        if standing.progress is not None:
            yield standing.progress.changed_at or standing.progress.started_at
            yield standing.progress.completed_at
    if any(each.done for each in known.foundation):
        yield known.foundation_changed_at
    for asset in known.assets:
        yield from (asset.created_at, asset.last_updated_at)


def _kept(known: Known) -> Iterator[datetime | None]:
    """When they kept what they had promised, of the last two weeks."""
    yield from (each.changed_at for each in known.commitments if each.promised and each.state is CommitmentState.DONE)


def _closings(known: Known) -> Iterator[Closing]:
    for each in known.standings:
        if each.progress is not None and each.progress.completed_at is not None:
            yield each.module.number, each.progress.completed_at


def _last(*moments: datetime | None) -> datetime | None:
    return max((each for each in moments if each is not None), default=None)
