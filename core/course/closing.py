"""Telling that what was just saved has completed a module."""

from __future__ import annotations

from core.course.service import Progress
from core.course.steps import Step
from core.course.views import completed
from core.people.model import Person
from core.ui import Card


class Closing:
    """Looks before something is saved and after it; a module that was completed between has its cards shown."""

    def __init__(self, progress: Progress, person: Person, step: Step) -> None:
        self._progress = progress
        self._person = person
        self._step = step
        self._was_completed = True

    async def before(self) -> Closing:
        """Look now, before it is saved."""
        self._was_completed = (await self._progress.in_step(self._person, self._step)).completed
        return self

    async def cards(self) -> tuple[Card, ...]:
        """What is said of the module, where it is completed since then."""
        if self._was_completed:
            return ()
        standing = await self._progress.in_step(self._person, self._step)
        if not standing.completed:
            return ()
        return completed(standing, await self._progress.place(self._person)).cards
