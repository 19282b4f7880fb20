"""Progress: starting modules, ticking their items, completing them, and what is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.course.model import ModuleProgress, ModuleStatus, Standing, current
from core.course.modules import Course, Item, Module
from core.course.ports import FoundationShare, Made, ModuleWatcher, ProgressStore, StepAssets
from core.course.steps import Step
from core.errors import Refusal
from core.people.model import Person
from core.ui import Meter

NOTES_AT_MOST = 4_000


class NoSuchItem(Refusal):
    """The checklist has no such item. /module shows it."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A module that could be completed all the same: what is still open."""

    standing: Standing

    @property
    def question(self) -> str:
        """What the student is asked."""
        standing = self.standing
        left = standing.total - standing.done
        if not left:
            return f"Every item is done, but nothing from {standing.module.step.value} is saved yet. Complete it all the same?"
        verb = "is" if left == 1 else "are"
        return f"{left} of {standing.total} items {verb} open. Complete it all the same?"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a student is in the course: the current module, its next item, and why this is next."""

    current: Standing | None
    """The module to work on, or None when all are completed."""
    next_item: tuple[int, Item] | None
    why: str
    standings: tuple[Standing, ...]
    foundation_first: bool = False
    """The Foundation still lacks cells that everything later reads from."""

    @property
    def completed(self) -> int:
        """How many modules are completed."""
        return sum(each.completed for each in self.standings)

    @property
    def share(self) -> float:
        """How much of the whole course is done, 0 to 1: each module counts the same, by its ticked items."""
        shares = [1.0 if each.completed else each.done / each.total for each in self.standings]
        return sum(shares) / len(shares)


class Progress:
    """How far each student has come."""

    def __init__(
        self,
        store: ProgressStore,
        course: Course,
        assets: StepAssets,
        foundation: FoundationShare,
        watchers: Sequence[ModuleWatcher] = (),
    ) -> None:
        self._store = store
        self._course = course
        self._assets = assets
        self._foundation = foundation
        self._watchers = tuple(watchers)

    async def of(self, person: Person) -> tuple[Standing, ...]:
        """How the person stands in each of the modules, in order."""
        kept = {each.module_id: each for each in await self._store.of(person)}
        return tuple(Standing(module, kept.get(module.id)) for module in self._course.modules())

    async def in_module(self, person: Person, module: Module) -> Standing:
        """How the person stands in one module, with the number of assets saved for it."""
        kept = {each.module_id: each for each in await self._store.of(person)}
        return Standing(module, kept.get(module.id), await self._assets.saved(person, module.step))

    async def in_step(self, person: Person, step: Step) -> Standing:
        """How the person stands in the step's module."""
        return await self.in_module(person, self._course.of_step(step))

    async def start(self, person: Person, module: Module, at: datetime) -> Standing:
        """Begin the module; a module that was begun before stays as it is."""
        return await self._with_assets(person, module, await self._store.start(person, module.id, at))

    async def tick(self, person: Person, module: Module, item: int, at: datetime) -> Standing:
        """Tick an item, and complete the module when that was the last and something of its step is saved.

        Raises:
            NoSuchItem: the checklist has no item of that number.
        """
        _refuse_unknown(module, item)
        standing = await self._with_assets(person, module, await self._store.tick(person, module.id, item, at))
        return await self._completed_if_done(person, standing, at)

    async def untick(self, person: Person, module: Module, item: int, at: datetime) -> Standing:
        """Take a tick back; a completed module is in progress again.

        Raises:
            NoSuchItem: the checklist has no item of that number.
        """
        _refuse_unknown(module, item)
        return await self._with_assets(person, module, await self._store.untick(person, module.id, item, at))

    async def complete(
        self, person: Person, module: Module, at: datetime, *, all_the_same: bool = False
    ) -> Standing | Unfinished:
        """Complete the module; where something is open and it is not wanted all the same, what is."""
        standing = await self.in_module(person, module)
        ready = not standing.open_items and standing.saved > 0
        if not (ready or all_the_same or standing.completed):
            return Unfinished(standing)
        return await self._with_assets(person, module, await self._close(person, module, at))

    async def note(self, person: Person, module: Module, text: str, at: datetime) -> Standing:
        """Keep notes on the module, in place of the ones before."""
        return await self._with_assets(person, module, await self._store.note(person, module.id, text, at))

    async def answer(self, person: Person, module: Module, answers: Mapping[str, str], at: datetime) -> Standing:
        """Keep the answers to the module's worksheet, by the questions' names."""
        return await self._with_assets(person, module, await self._store.answer(person, module.id, answers, at))

    async def asset_kept(self, person: Person, step: Step, at: datetime) -> None:
        """An asset was kept: a module whose checklist was only waiting for one is completed."""
        standing = await self.in_step(person, step)
        await self._completed_if_done(person, standing, at)

    async def place(self, person: Person, made: Made | None = None) -> Place:
        """Where the person is, what is next, and why; with what they have `made`, where that is known, nothing is counted."""
        standings = await self.of(person)
        here = current(standings)
        if here is None:
            why = "All modules are completed. Measure, find the weakest step, and improve one thing at a time."
            return Place(None, None, why, standings)
        step = here.module.step
        saved = await self._assets.saved(person, step) if made is None else made.by_step.get(step.value, 0)
        here = Standing(here.module, here.progress, saved)
        next_item = here.open_items[0] if here.open_items else None
        waiting = await self.waits_for_foundation(person, here.module)
        return Place(here, next_item, _why(here, standings, waiting), standings, waiting)

    async def waits_for_foundation(self, person: Person, module: Module) -> bool:
        """The module reads from Foundation cells that are still empty."""
        return module.number > 0 and not await self._foundation.unlocked(person)

    async def made(self, person: Person) -> Made:
        """What the person has kept, and when it went live."""
        return await self._assets.made(person)

    async def foundation(self, person: Person) -> Sequence[Meter]:
        """How much of each Foundation grid is filled."""
        return await self._foundation.of(person)

    async def _with_assets(self, person: Person, module: Module, progress: ModuleProgress) -> Standing:
        return Standing(module, progress, await self._assets.saved(person, module.step))

    async def _completed_if_done(self, person: Person, standing: Standing, at: datetime) -> Standing:
        if standing.completed or standing.open_items or not standing.saved:
            return standing
        return Standing(standing.module, await self._close(person, standing.module, at), standing.saved)

    async def _close(self, person: Person, module: Module, at: datetime) -> ModuleProgress:
        progress = await self._store.complete(person, module.id, at)
        for watcher in self._watchers:
            await watcher.module_closed(person, module, at)
        return progress


def _refuse_unknown(module: Module, item: int) -> None:
    if not 1 <= item <= len(module.checklist):
        raise NoSuchItem(f"Module {module.number} has items 1 to {len(module.checklist)}. /module {module.number} shows them.")


def _why(here: Standing, standings: Sequence[Standing], foundation_first: bool) -> str:
    module = here.module
    if foundation_first:
        return "Some Foundation cells that every later prompt reads from are still empty. Fill them first."
    if here.status is ModuleStatus.IN_PROGRESS and not here.open_items:
        kept = "Complete it." if here.saved else f"Save one piece of work from {module.step.value} to complete it."
        return f"Every item of {module.step.value} is done. {kept}"
    if here.status is ModuleStatus.IN_PROGRESS and not here.done:
        return f"You have opened {module.step.value}, and ticked nothing of it yet."
    if here.status is ModuleStatus.IN_PROGRESS:
        return f"You are in the middle of {module.step.value}: {here.done} of {here.total} items done."
    if module.number == 0:
        return "Everything later reads from the Foundation, so it comes first."
    before = next((each for each in reversed(standings) if each.module.number < module.number and each.completed), None)
    handed = f" What it needs is ready: {before.module.step.value} is completed." if before else ""
    return f"{module.step.value} is the next step in order.{handed}"
