"""What a coach is shown of a student: noted before it is read, and without what only the student may press."""

from __future__ import annotations

from datetime import datetime

from core.assets.service import Assets
from core.foundation.service import Foundations
from core.kpis import commands
from core.kpis.impacts import Following
from core.kpis.service import Snapshots
from core.openness import views
from core.openness.asking import TheirAssets
from core.openness.model import Part
from core.openness.service import Openness
from core.people.model import Person
from core.sharing.service import for_everybody
from core.ui import Message


class Sights:
    """Shows coaches what students opened to them. Each look is noted before it shows anything, or refused (`Openness.look`)."""

    def __init__(self, openness: Openness, foundations: Foundations, snapshots: Snapshots, assets: Assets) -> None:
        self._openness = openness
        self._foundations = foundations
        self._snapshots = snapshots
        self._assets = assets

    async def foundation(self, coach: Person, student: Person, at: datetime) -> Message:
        """The student's grids."""
        await self._openness.look(coach, student, Part.FOUNDATION, at)
        kept = await self._foundations.kept(student)
        return views.foundation(student, kept, self._foundations.shares(kept) if kept else ())

    async def figures(self, coach: Person, student: Person, at: datetime) -> Message:
        """The student's report."""
        await self._openness.look(coach, student, Part.FIGURES, at)
        if await self._snapshots.latest(student) is None:
            return views.figures(student, None)
        report = await commands.report_of(student, self._snapshots, Following(self._snapshots, self._assets))
        return views.figures(student, Message(cards=for_everybody(report.cards)))

    async def assets(self, coach: Person, student: Person, at: datetime, asset: str = "") -> Message:
        """The first page of the student's list, or one asset, by its id, whole.

        Raises:
            NotFound: the student has no such asset.
        """
        if not asset:
            return await self.assets_listed(coach, student, at, TheirAssets(student=student.id))
        self._openness.refuse_closed(coach, student, Part.ASSETS)
        shown = await self._assets.show(student, asset)
        await self._openness.look(coach, student, Part.ASSETS, at, shown.asset.title)
        return views.asset(student, shown)

    async def assets_listed(self, coach: Person, student: Person, at: datetime, asking: TheirAssets) -> Message:
        """A page of the student's list."""
        await self._openness.look(coach, student, Part.ASSETS, at)
        return views.assets(student, await self._assets.listed(student, asking.words, asking.order), asking)
