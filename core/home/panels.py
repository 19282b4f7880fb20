"""The cards of the home page."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.assets.service import Assets
from core.cohort.service import Cohorts
from core.course.service import Progress
from core.course.steps import Step
from core.course.views import next_card
from core.foundation.service import Foundations
from core.home.model import Opener
from core.kpis.lines import Line
from core.kpis.service import Report, Snapshots, said
from core.people.model import Person
from core.roles import COACHING
from core.ui import Button, Buttons, Call, Card, Element, Facts, Meter, Text

MODULES = Button("The ten modules", Call("module list"))
ABILITIES = Opener("What can you do?", "@Director what can you and the others do for me?")
TO_COACHES = (
    Opener("How was the week?", "/cohort digest"),
    Opener("Who asked for a person?", "/cohort asked"),
    Opener("All my students", "/cohort members"),
)
RECENT = 3
FIGURES = 3
"""That the page shows of those that were logged last."""


class NextStep:
    """Where I am, and what is next."""

    def __init__(self, progress: Progress, cohorts: Cohorts) -> None:
        self._progress = progress
        self._cohorts = cohorts

    async def card(self, person: Person, at: datetime) -> Card:
        """The current module, its next item and why, with the buttons that lead there, and where the cohort is by now."""
        place = await self._progress.place(person)
        shown = next_card(place)
        ahead = await self._ahead(person, place.current.module.number, at) if place.current else None
        if ahead is None:
            return shown
        there = f"module {ahead.number}, {ahead.value}"
        words = f"Your cohort is at {there}, this week. This one comes first, and nothing closes behind you."
        return replace(shown, body=(*shown.body[:-1], Text(words), shown.body[-1]))

    async def _ahead(self, person: Person, here: int, at: datetime) -> Step | None:
        """The step of this week in the person's cohort, where that is further on than they are."""
        dated = await self._cohorts.dated(person)
        number = dated.timetable.module_on(at.astimezone(person.zone).date()) if dated.in_cohort and not dated.over else None
        return next((each for each in Step if number is not None and each.number == number > here), None)


class Beginning:
    """Ways to begin a conversation."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    async def openers(self, person: Person) -> tuple[Opener, ...]:
        """Where I am, the step that I am in, and what the agents can do; for those who coach, how their students are."""
        if person.role in COACHING:
            return (*TO_COACHES, ABILITIES)
        place = await self._progress.place(person)
        step = place.current.module.step if place.current else Step.SHARE
        own = (
            Opener("Help me with my Foundation", "@Teacher which cell of my Foundation comes next, and what makes it good?")
            if place.foundation_first or step is Step.FOUNDATION
            else Opener(f"Draft something for {step}", f"@Writer draft something for {step} that I could use today")
        )
        return (
            Opener("Where am I?", "@Guide where am I, and what comes next?"),
            Opener(f"Explain {step}", f"@Teacher explain {step} with an example from my kind of shop"),
            own,
            ABILITIES,
        )

    async def begun(self, person: Person) -> bool:
        """Whether a module was begun."""
        return any(each.progress for each in await self._progress.of(person))


class TheCourse:
    """The way into the course for those who coach it, and have not begun it."""

    def __init__(self, beginning: Beginning) -> None:
        self._beginning = beginning

    async def card(self, person: Person, at: datetime) -> Card | None:
        """What their students see."""
        if await self._beginning.begun(person):
            return None
        return Card("The course", (Text("What your students read and do, module by module."), Buttons((MODULES,))))


class FoundationMeters:
    """How full the Foundation is."""

    def __init__(self, foundations: Foundations) -> None:
        self._foundations = foundations

    async def card(self, person: Person, at: datetime) -> Card:
        """A meter for each grid."""
        shares = self._foundations.shares(await self._foundations.of(person, at))
        meters = tuple(Meter(each.grid.title, len(each.filled), len(each.grid.cells)) for each in shares)
        see = Button("Open it", Call("foundation show"))
        ask = Button("Interview me", Call("foundation interview"))
        is_full = all(not each.missing for each in shares)
        return Card("Your Foundation", (*meters, Buttons((see,) if is_full else (ask, see))))


class RecentAssets:
    """What was kept last."""

    def __init__(self, assets: Assets) -> None:
        self._assets = assets

    async def card(self, person: Person, at: datetime) -> Card | None:
        """The newest assets; nothing before the first."""
        entries = await self._assets.of(person)
        if not entries:
            return None
        rows = tuple((f"{each.number}. {each.heading.title}", each.heading.status.said) for each in entries[:RECENT])
        return Card("Kept last", (Facts(rows), Buttons((Button("All my assets", Call("assets list")),))))


class LastFigures:
    """What was logged last, and what moved."""

    def __init__(self, snapshots: Snapshots) -> None:
        self._snapshots = snapshots

    async def card(self, person: Person, at: datetime) -> Card:
        """Three of the latest figures beside the equal period before; how to begin where nothing is logged."""
        log = Button("Log figures", Call("kpi log"))
        report = await self._snapshots.report(person)
        if report is None:
            words = "Two or three figures a month are enough to see what moves."
            return Card("Your figures", (Text(words), Buttons((log,))))
        rows = tuple(
            (each.metric.title, f"{each.value} ({each.change})" if each.change else each.value) for each in _telling(report)
        )
        shown: tuple[Element, ...] = (Facts(rows),) if rows else (Text("Only notes were kept of this period."),)
        return Card(
            f"Your figures, {said(report.snapshot)}", (*shown, Buttons((log, Button("See the report", Call("kpi report")))))
        )


def _telling(report: Report) -> list[Line]:
    """The figures that the student logs most often, of these first what can be compared, and then what is nearest to the sale
    and beyond; in the order of the funnel."""
    logged = [each for each in report.lines if each.kept is not None]

    def rank(at: int) -> tuple[int, bool, int]:
        times = sum(logged[at].metric.field in each.figures for each in report.history)
        return -times, not logged[at].change, -at

    return [logged[at] for at in sorted(sorted(range(len(logged)), key=rank)[:FIGURES])]
