"""The one door and the page behind it, put together from the features, so that wiring grows no more."""

from __future__ import annotations

from collections.abc import Sequence

from bots.tended import Tended
from core.app import App
from core.assets.service import Assets
from core.catalog import Catalog
from core.cohort.panel import BeforeTheStart
from core.cohort.service import Cohorts
from core.commitments.panel import OpenCommitments
from core.commitments.service import Commitments
from core.course.service import Progress
from core.foundation.service import Foundations
from core.home.panels import Beginning, FoundationMeters, LastFigures, NextStep, RecentAssets, TheCourse
from core.home.service import Home
from core.kpis.service import Snapshots
from core.people.model import Person
from core.people.service import People
from core.ports import Corrections, FormDrafts, Listener, Onlooker
from core.request import Reworded, Withdrawn
from core.services import Services
from core.sharing.service import Sharing


def following_of(progress: Progress, cohorts: Cohorts) -> BeforeTheStart:
    """The card that says what comes next for somebody, wherever they ask."""
    return BeforeTheStart(NextStep(progress, cohorts), cohorts, progress)


def home_of(
    progress: Progress,
    cohorts: Cohorts,
    foundations: Foundations,
    snapshots: Snapshots,
    assets: Assets,
    commitments: Commitments,
    coaching: Tended,
) -> Home:
    """The page that people begin at; who to talk to stands last, but for coaches: theirs begins with students and with that."""
    more, students = coaching.panel, coaching.students
    promised, meters, beginning = OpenCommitments(commitments), FoundationMeters(foundations), Beginning(progress)
    panels = (promised, meters, LastFigures(snapshots), RecentAssets(assets), more)
    return Home(following_of(progress, cohorts), panels, beginning, students, (more, TheCourse(beginning)))


class Corrected:
    """Implements `core.ports.Corrections` with all of these: a change is for whoever keeps the words."""

    def __init__(self, keepers: Sequence[Corrections]) -> None:
        self._keepers = tuple(keepers)

    async def reworded(self, change: Reworded, person: Person) -> None:
        """They changed what they had said."""
        for each in self._keepers:
            await each.reworded(change, person)

    async def withdrawn(self, change: Withdrawn, person: Person) -> None:
        """They deleted what they had said."""
        for each in self._keepers:
            await each.withdrawn(change, person)


def door(
    catalog: Catalog,
    services: Services,
    people: People,
    home: Home,
    hearing: Sequence[Listener],
    onlooking: Sequence[Onlooker],
    *,
    drafts: FormDrafts,
    correcting: Sequence[Corrections],
    sharing: Sharing,
) -> App:
    """The one door: `hearing` are those that may answer free words, the first of them first; `correcting` those who keep it."""
    return App(
        catalog=catalog,
        services=services,
        people=people,
        home=home,
        listeners=hearing,
        onlookers=onlooking,
        drafts=drafts,
        corrections=Corrected(correcting),
        sharing=sharing,
    )
