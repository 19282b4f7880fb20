"""What the record keeps of the course: the published modules, and each student's progress in them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from pydantic import Field

from core.course.modules import Item, Module
from core.course.steps import Step
from core.record import Kept


class ModuleStatus(StrEnum):
    """How far a student is in a module, in the schema's words."""

    NOT_STARTED = "Not Started"
    IN_PROGRESS = "In Progress"
    COMPLETED = "Completed"

    @property
    def said(self) -> str:
        """As people read it."""
        return self.value.capitalize()


class CourseModule(Kept):
    """A module as it is published from its file. Ours: `digest`, by which an unchanged one is known."""

    module_number: int
    step: Step
    title: str
    objective: str
    video_url: str | None = None
    text_content: str | None = None
    grid_definition: Mapping[str, Any] | None = None
    checklist_items: tuple[str, ...] = ()
    worksheet_url: str | None = None
    example_image_url: str | None = None
    example_text: str | None = None
    implementation_guide: str | None = None
    digest: str = ""

    @classmethod
    def from_file(cls, module: Module) -> Self:
        """The document for a module's file."""
        made = cls(
            id=module.id,
            module_number=module.number,
            step=module.step,
            title=module.title,
            objective=module.objective,
            text_content="\n\n".join(f"## {each.title}\n\n{each.text.strip()}" for each in module.lessons),
            grid_definition=module.grid.model_dump(mode="json"),
            checklist_items=tuple(each.text for each in module.checklist),
            example_text=f"## {module.example.title}\n\n{module.example.text.strip()}",
            implementation_guide=module.implementation,
        )
        text = json.dumps(made.model_dump(mode="json"), sort_keys=True)
        return made.model_copy(update={"digest": hashlib.sha256(text.encode()).hexdigest()[:16]})


class ModuleProgress(Kept):
    """How far a student is in a module.

    Ours: `ticked_items` (numbers of checklist items, from 1), `worksheet` (answers by the questions' names), `started_at`,
    `changed_at`, `organization_id`.
    """

    user_id: str
    organization_id: str
    module_id: str
    status: ModuleStatus = ModuleStatus.NOT_STARTED
    completed_at: datetime | None = None
    notes: str | None = None
    ticked_items: tuple[int, ...] = Field(default=())
    worksheet: Mapping[str, str] = Field(default_factory=dict)
    started_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A module and how a student stands in it. Item numbers count from 1."""

    module: Module
    progress: ModuleProgress | None
    saved: int = 0
    """How many assets of the module's step the student has saved; counted only where it matters."""

    @property
    def status(self) -> ModuleStatus:
        """Not started until something was done."""
        return self.progress.status if self.progress else ModuleStatus.NOT_STARTED

    @property
    def ticked(self) -> frozenset[int]:
        """The ticked items that the checklist still has."""
        if self.progress is None:
            return frozenset()
        known = range(1, self.total + 1)
        return frozenset(each for each in self.progress.ticked_items if each in known)

    @property
    def done(self) -> int:
        """How many items are ticked."""
        return len(self.ticked)

    @property
    def total(self) -> int:
        """How many items there are."""
        return len(self.module.checklist)

    @property
    def open_items(self) -> tuple[tuple[int, Item], ...]:
        """The items that are not ticked, with their numbers, in order."""
        ticked = self.ticked
        return tuple((at, each) for at, each in enumerate(self.module.checklist, start=1) if at not in ticked)

    @property
    def completed(self) -> bool:
        """The module is closed."""
        return self.status is ModuleStatus.COMPLETED


def current(standings: Sequence[Standing]) -> Standing | None:
    """The module to work on, of all in order: the first in progress that has an open item, else the first in progress, else the
    first that is not completed. One that only waits to be closed holds nobody back who works in another; None: all are completed.
    """
    unfinished = [each for each in standings if not each.completed]
    begun = [each for each in unfinished if each.status is ModuleStatus.IN_PROGRESS]
    return next(iter([*(each for each in begun if each.open_items), *begun, *unfinished]), None)
