"""The one door and the page behind it, put together from the features, so that wiring grows no more."""

from __future__ import annotations

from collections.abc import Sequence

from core.app import App
from core.assets.service import Assets
from core.catalog import Catalog
from core.chat.service import Chat
from core.commitments.panel import OpenCommitments
from core.commitments.service import Commitments
from core.course.service import Progress
from core.foundation.service import Foundations
from core.home.panels import Beginning, FoundationMeters, LastFigures, NextStep, RecentAssets, TheCourse
from core.home.ports import Panel
from core.home.service import Home
from core.kpis.service import Snapshots
from core.people.service import People
from core.ports import FormDrafts, Listener, Onlooker
from core.services import Services
from core.sharing.service import Sharing


def home_of(
    progress: Progress,
    foundations: Foundations,
    snapshots: Snapshots,
    assets: Assets,
    commitments: Commitments,
    more: Panel,
    students: Panel,
) -> Home:
    """The page that people begin at; `more` stands last, but for coaches: theirs begins with their `students` and with that."""
    promised, meters, beginning = OpenCommitments(commitments), FoundationMeters(foundations), Beginning(progress)
    panels = (NextStep(progress), promised, meters, LastFigures(snapshots), RecentAssets(assets), more)
    return Home(panels, beginning, (students, more, TheCourse(beginning)))


def door(
    catalog: Catalog,
    services: Services,
    people: People,
    home: Home,
    hearing: Sequence[Listener],
    onlooking: Sequence[Onlooker],
    *,
    drafts: FormDrafts,
    chat: Chat,
    sharing: Sharing,
) -> App:
    """The one door: `hearing` are those that may answer free words, the first of them first."""
    return App(
        catalog=catalog,
        services=services,
        people=people,
        home=home,
        listeners=hearing,
        onlookers=onlooking,
        drafts=drafts,
        corrections=chat,
        sharing=sharing,
    )
