"""What the course asks of the record and of its neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from core.course.model import ModuleProgress
from core.course.modules import Module
from core.course.steps import Step
from core.people.model import Person
from core.ui import Meter


class ModuleWatcher(Protocol):
    """Whoever wants to know when somebody closes a module. It may be told of the same again."""

    async def module_closed(self, person: Person, module: Module, at: datetime) -> None:
        """The person closed it."""
        ...


class ProgressStore(Protocol):
    """How far students are. Every method is for one person, and every change is repeatable."""

    async def of(self, person: Person) -> Sequence[ModuleProgress]:
        """The person's progress in every module that they have touched."""
        ...

    async def start(self, person: Person, module_id: str, at: datetime) -> ModuleProgress:
        """In Progress from now on, if it was Not Started."""
        ...

    async def tick(self, person: Person, module_id: str, item: int, at: datetime) -> ModuleProgress:
        """Tick an item; the first tick starts the module."""
        ...

    async def untick(self, person: Person, module_id: str, item: int, at: datetime) -> ModuleProgress:
        """Take a tick back; a completed module is In Progress again."""
        ...

    async def complete(self, person: Person, module_id: str, at: datetime) -> ModuleProgress:
        """Completed from now on, if it was not before."""
        ...

    async def note(self, person: Person, module_id: str, text: str, at: datetime) -> ModuleProgress:
        """Keep these notes in place of the ones before."""
        ...

    async def answer(self, person: Person, module_id: str, answers: Mapping[str, str], at: datetime) -> ModuleProgress:
        """Keep the worksheet's answers in place of the ones before."""
        ...


@dataclass(frozen=True, slots=True)
class Made:
    """What someone made: how many assets have which status and step, by the schema's words, and when each went live that did."""

    by_status: Mapping[str, int]
    by_step: Mapping[str, int] = field(default_factory=dict)
    went_live: tuple[datetime, ...] = ()


class StepAssets(Protocol):
    """What the course needs to know of the assets."""

    async def made(self, person: Person) -> Made:
        """All that the person has kept, of every step."""
        ...

    async def saved(self, person: Person, step: Step) -> int:
        """How many assets of the step the person has kept, whatever became of them."""
        ...


class FoundationShare(Protocol):
    """What the course needs to know of the Foundation."""

    async def of(self, person: Person) -> Sequence[Meter]:
        """How much of each grid is filled."""
        ...

    async def unlocked(self, person: Person) -> bool:
        """The cells that must be filled before Hook opens, are."""
        ...
