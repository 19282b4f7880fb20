"""My course: the path of ten modules, what is next, and checklists that are ticked where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from bots.web.pages import Shown, Visit, WebPage
from core.commitments.panel import OpenCommitments
from core.commitments.service import Commitments
from core.course.model import ModuleStatus, Standing
from core.course.service import Place, Progress
from core.exchanges.panel import APerson
from core.exchanges.service import Exchanges
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


async def show(visit: Visit, person: Person, progress: Progress, commitments: Commitments, exchanges: Exchanges) -> Shown:
    """The path, with the module to work on in full; `?module=3` opens another."""
    place = await progress.place(person)
    wanted = visit.query.get("module", "")
    cards = [await each.card(person, visit.at) for each in (OpenCommitments(commitments), APerson(exchanges))]
    return Shown(
        "course.html",
        {
            "place": place,
            "stops": _stops(place, wanted),
            "filled": await progress.foundation(person),
            "beside": [visit.draw.card(each) for each in cards if each],
        },
    )


def _stops(place: Place, wanted: str) -> tuple[Stop, ...]:
    here = wanted or (str(place.current.module.number) if place.current else "")
    return tuple(Stop(each, str(each.module.number) == here) for each in place.standings)


PAGE = WebPage("/", "My course", show)
