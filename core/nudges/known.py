"""What is known of a learner at the moment in which it is decided whether to remind them: the rules look at nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.assets.model import Heading
from core.cohort.timetable import Timetable
from core.commitments.model import Commitment, CommitmentKind
from core.course.model import Standing
from core.kpis.lines import Line
from core.kpis.model import Snapshot
from core.nudges.model import Nudge, NudgePreferences
from core.people.model import Person
from core.ui import Meter

AWAY_DAYS = 7
"""Days without a sign of life, after which coming back is worth a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A learner as the record has them.

    `wishes`: the contract. `timetable`: the cohort's, or their own from the Monday after they joined; `in_cohort` says which, and
    `cohort_over` that it is archived.
    `standings`: each module, with the assets saved for its step. `foundation`: how full each grid is, `foundation_needed` the
    cells that Hook still waits for, each after its grid, in the order in which they are asked, and `foundation_changed_at` when
    they last filled a cell. `snapshots`: latest period first, at most 14. `figures`: those of the
    latest snapshot, beside the equal period before it. `assets`: headings, in the order kept. `commitments`: the open ones, and
    those settled in the last two weeks. `sent`: the last 60 days' reminders, latest first, those held back too. `last_seen_at`:
    their last sign of life. `seen_before_at`: they have come back after a week or more, and were here before that at this time.
    """

    person: Person
    wishes: NudgePreferences
    timetable: Timetable
    in_cohort: bool = False
    cohort_over: bool = False
    standings: Sequence[Standing] = ()
    foundation: Sequence[Meter] = ()
    foundation_needed: Sequence[tuple[str, str]] = ()
    foundation_ready: bool = False
    foundation_changed_at: datetime | None = None
    snapshots: Sequence[Snapshot] = ()
    figures: Sequence[Line] = ()
    assets: Sequence[Heading] = ()
    commitments: Sequence[Commitment] = ()
    sent: Sequence[Nudge] = ()
    last_seen_at: datetime | None = None
    seen_before_at: datetime | None = None

    @property
    def zone(self) -> ZoneInfo:
        """Their time zone."""
        return self.person.zone

    @property
    def promises(self) -> list[Commitment]:
        """What they said they would do, and have neither done nor given up."""
        return [each for each in self.commitments if each.kind is CommitmentKind.PROMISE and each.open]

    def local(self, at: datetime) -> datetime:
        """The time as they know it."""
        return at.astimezone(self.zone)

    def today(self, at: datetime) -> date:
        """The day as they know it."""
        return self.local(at).date()
