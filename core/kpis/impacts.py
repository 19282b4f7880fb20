"""What each asset's figures did after it went live, for the student whose they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.alike import folded
from core.assets.model import AssetStatus, Entry, Heading
from core.assets.service import Assets
from core.errors import Refusal
from core.kpis.impact import Launch, Logged, dated, figures_of, logged, outcome
from core.kpis.marks import launches
from core.kpis.metrics import Metric, Metrics
from core.kpis.model import Snapshot
from core.kpis.service import Snapshots
from core.kpis.verdict import Outcome
from core.kpis.windows import NEAR
from core.listing import Leaf, leaf_of, sought
from core.people.model import Person


class Order(StrEnum):
    """What the list is sorted by."""

    LATEST = "latest live"
    OLDEST = "oldest live"
    TITLE = "title"


class NotLiveYet(Refusal):
    """This asset is not live, so there is no before and after. /assets implement says that it is."""


@dataclass(frozen=True, slots=True)
class Impact:
    """An asset that went live, the figure that tells most of its step, and the others of the step that were ever logged.

    `main` is None where the course has no figure for the step. `together` is what else went live, where that is why nothing can
    be said.
    """

    entry: Entry
    live_on: date
    main: Outcome | None
    others: tuple[Outcome, ...] = ()
    together: tuple[Entry, ...] = ()


class Following:
    """Looks at what figures did after something went live. It keeps nothing: every answer is reckoned anew."""

    def __init__(self, snapshots: Snapshots, assets: Assets) -> None:
        self._snapshots = snapshots
        self._assets = assets

    async def page(
        self, person: Person, at: datetime, search: str = "", order: Order = Order.LATEST, page: int = 1
    ) -> Leaf[Impact]:
        """A page of the implemented assets whose title or step holds the searched words, compared in memory."""
        headings = await self._assets.every(person)
        live = {each.id: each for each in headings if each.status is AssetStatus.IMPLEMENTED}
        found = [each for each in launches(headings, person.zone) if each.id in live]
        fitting = sought(found, search, lambda each: f"{live[each.id].title} {live[each.id].elevate_step.value}")
        newest = sorted(fitting, key=lambda each: (each.on, each.id), reverse=order is not Order.OLDEST)
        if order is Order.TITLE:
            newest = sorted(newest, key=lambda each: folded(live[each.id].title))
        leaf = leaf_of(newest, page)
        looking = _Looking(person, headings, await self._history(person, leaf.rows), self._snapshots.metrics, at)
        return Leaf(tuple(looking.at_one(each) for each in leaf.rows), leaf.number, leaf.pages, leaf.count)

    async def of(self, person: Person, reference: str, at: datetime) -> Impact:
        """What followed one asset; one that was archived since is looked at too.

        Raises:
            NoSuchAsset: none is named so.
            NotLiveYet: it is a draft.
        """
        opened = await self._assets.show(person, reference)
        headings = await self._assets.every(person)
        launch = next((each for each in launches(headings, person.zone) if each.id == opened.asset.id), None)
        if launch is None:
            raise NotLiveYet()
        return _Looking(person, headings, await self._history(person, [launch]), self._snapshots.metrics, at).at_one(launch)

    async def among(
        self, person: Person, headings: Sequence[Heading], chosen: Collection[str], at: datetime
    ) -> Mapping[str, Impact]:
        """What followed each of the `chosen` assets that went live, by id; `headings` are all that the person kept, in order."""
        found = [each for each in launches(headings, person.zone) if each.id in chosen]
        looking = _Looking(person, headings, await self._history(person, found), self._snapshots.metrics, at)
        return {each.id: looking.at_one(each) for each in found}

    async def assets(self, person: Person) -> Sequence[Heading]:
        """All that the student kept, for the marks on a trend (`core.kpis.marks`)."""
        return await self._assets.every(person)

    async def _history(self, person: Person, chosen: Sequence[Launch]) -> Sequence[Snapshot]:
        """What was logged near one of these days."""
        if not chosen:
            return ()
        days = [each.on for each in chosen]
        first, last = min(days) - NEAR, max(days) + NEAR
        return [each for each in await self._snapshots.history(person) if first <= each.snapshot_date.date() <= last]


class _Looking:
    """One look at one student's assets and figures: what was logged of a figure is gathered once."""

    def __init__(
        self, person: Person, headings: Sequence[Heading], history: Sequence[Snapshot], metrics: Metrics, at: datetime
    ) -> None:
        self._person = person
        self._entries = {each.id: Entry(number, each) for number, each in enumerate(headings, start=1)}
        self._launches = launches(headings, person.zone)
        self._history = dated(history)
        self._metrics = metrics.file.metrics
        self._today = at.astimezone(person.zone).date()
        self._logged: dict[str, Logged] = {}

    def at_one(self, launch: Launch) -> Impact:
        """What followed the launch."""
        found = [outcome(self._of(each), launch, self._launches, self._today) for each in figures_of(launch.step, self._metrics)]
        known = [each for each in found if each.before] + [each for each in found if each.sense] + found
        told = known[0] if known else None
        others = tuple(each for each in found if each is not told and each.sense)
        together = tuple(self._entries[each] for each in told.together) if told else ()
        return Impact(self._entries[launch.id], launch.on, told, others, together)

    def _of(self, metric: Metric) -> Logged:
        if metric.field not in self._logged:
            self._logged[metric.field] = logged(metric, self._history, self._person.settings)
        return self._logged[metric.field]
