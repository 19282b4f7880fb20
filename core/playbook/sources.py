"""What prompts use beside the Foundation: kept assets, figures, and the place in the course."""

from __future__ import annotations

from datetime import datetime

from core.assets.service import Assets
from core.course.service import Progress
from core.course.steps import Step
from core.people.model import Person
from core.playbook.ports import Figures

ASSETS_AT_MOST = 5
ASSET_CHARACTERS = 2_000


class OwnRecords:
    """Implements `core.playbook.ports.Sources`, for the asking person's own records alone."""

    def __init__(self, assets: Assets, progress: Progress, figures: Figures) -> None:
        self._assets = assets
        self._progress = progress
        self._figures = figures

    async def value(self, person: Person, name: str, at: datetime) -> str:
        """The text for `assets.<Step>`, `kpis.latest` or `progress.current`; empty where there is nothing yet."""
        kind, _, which = name.partition(".")
        if kind == "assets":
            return await self._kept(person, Step(which))
        if kind == "kpis":
            return await self._figures.latest_text(person)
        return await self._current(person)

    async def current_step(self, person: Person) -> str:
        """The step of the module that the person is in; Share, the last, when all are completed."""
        place = await self._progress.place(person)
        if place.foundation_first:
            return Step.FOUNDATION
        return place.current.module.step if place.current else Step.SHARE

    async def _kept(self, person: Person, step: Step) -> str:
        found = await self._assets.latest_by_step(person, step, ASSETS_AT_MOST)
        return "\n\n".join(f"[{each.title}]\n{each.content[:ASSET_CHARACTERS]}" for each in found)

    async def _current(self, person: Person) -> str:
        place = await self._progress.place(person)
        if place.current is None:
            return "All ten modules are completed."
        module = place.current.module
        open_items = "\n".join(f"- {item.text}" for _, item in place.current.open_items) or "- none"
        return f"Module {module.number}, {module.title}: {module.objective}\nOpen checklist items:\n{open_items}"
