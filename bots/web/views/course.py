"""My course: the path of ten modules, what is next, and checklists that are ticked where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from bots.web.pages import Shown, Visit, WebPage
from core.course.model import ModuleStatus, Standing
from core.course.service import Place, Progress
from core.people.model import Person


@dataclass(frozen=True, slots=True)
class Stop:
    """A module on the path. `open`: it is the one to work on, and is shown in full at first."""

    standing: Standing
    open: bool

    @property
    def mark(self) -> str:
        """How it stands, for the style sheet."""
        if self.standing.completed:
            return "done"
        return "begun" if self.standing.status is ModuleStatus.IN_PROGRESS else "ahead"


async def show(visit: Visit, person: Person, progress: Progress) -> Shown:
    """The path, with the module to work on in full; `?module=3` opens another."""
    place = await progress.place(person)
    wanted = visit.query.get("module", "")
    return Shown("course.html", {"place": place, "stops": _stops(place, wanted), "filled": await progress.foundation(person)})


def _stops(place: Place, wanted: str) -> tuple[Stop, ...]:
    here = wanted or (str(place.current.module.number) if place.current else "")
    return tuple(Stop(each, str(each.module.number) == here) for each in place.standings)


PAGE = WebPage("/", "My course", show)
