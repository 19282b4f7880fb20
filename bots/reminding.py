"""What reminding is built of: who is due and what is known comes from the record, and letters go into the outbox."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import partial

from core.assets.service import Assets
from core.cohort.service import Cohorts
from core.commitments.service import Commitments
from core.course.service import Progress
from core.foundation.service import Foundations
from core.holding import Clock
from core.kpis.service import Snapshots
from core.nudges.deciding import decide
from core.nudges.dispatch import Dispatch, Given
from core.nudges.foresight import Foresight
from core.nudges.gathering import Gathering, Sources
from core.nudges.ports import NudgeStore, Quiet
from core.nudges.preview import Previews
from core.nudges.words import Templates
from core.outbox import Outbox
from persistence.documents import Database
from persistence.nudge_preferences import NudgePreferencesRecord
from persistence.nudges import NudgeRecord
from persistence.people import PeopleRecord


class Reminding:
    """Reminds people, and says what would go out. `holdout` is the share of students who are held back for comparison."""

    def __init__(self, database: Database, sources: Sources, words: Templates, holdout: float) -> None:
        self._wishes = NudgePreferencesRecord(database)
        self._nudges = NudgeRecord(database)
        self._people = PeopleRecord(database)
        self.learners = Gathering(sources)
        self._decide = partial(decide, words=words, holdout=holdout)
        self.foresight = Foresight(self._people, self.learners, self._decide)
        self.previews = Previews(self._wishes, self._people, self.learners, self._decide)

    def dispatch(
        self, outbox: Outbox, quiet: Quiet, served: Sequence[str], *, now: Clock, chance: Callable[[], float] = random.random
    ) -> Dispatch:
        """What reminds those who are written to on one of these surfaces (`core.request.Address.surface`)."""
        surfaces = frozenset(served)
        return Dispatch(
            Given(
                wishes=self._wishes,
                nudges=self._nudges,
                people=self._people,
                learners=self.learners,
                quiet=quiet,
                outbox=outbox,
                decide=self._decide,
                serves=surfaces.__contains__,
                now=now,
                chance=chance,
            )
        )


def sources_of(
    nudges: NudgeStore,
    progress: Progress,
    foundations: Foundations,
    snapshots: Snapshots,
    assets: Assets,
    commitments: Commitments,
    cohorts: Cohorts,
) -> Sources:
    """Where it is known from how somebody stands."""
    return Sources(
        progress=progress,
        foundations=foundations,
        snapshots=snapshots,
        assets=assets,
        commitments=commitments,
        nudges=nudges,
        cohorts=cohorts,
    )
