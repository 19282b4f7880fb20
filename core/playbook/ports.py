"""What the playbook asks of the record."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from core.people.model import Person
from core.playbook.model import Execution, Order, Status


class ExecutionStore(Protocol):
    """Runs of prompts, each a person's own."""

    async def add(self, person: Person, execution: Execution) -> None:
        """Keep a new run."""
        ...

    async def find(self, person: Person, execution_id: str) -> Execution | None:
        """The person's run with this id, or None."""
        ...

    async def listed(
        self, person: Person, until: int, codes: Collection[str] | None = None, order: Order = Order.NEWEST
    ) -> Sequence[Execution]:
        """The first of the person's runs in this order, without their texts; with `codes`, of these prompts alone."""
        ...

    async def count(self, person: Person, codes: Collection[str] | None = None) -> int:
        """How many runs the person has; with `codes`, of these prompts alone."""
        ...

    async def note_progress(self, person: Person, execution_id: str, response: str) -> None:
        """Keep what has come so far of a pending run, so that a crash does not lose it."""
        ...

    async def finish(
        self,
        person: Person,
        execution_id: str,
        *,
        status: Status,
        response: str,
        at: datetime,
        error: str | None = None,
        tokens: tuple[int, int] = (0, 0),
        cost_micros: int | None = None,
        model: str = "",
    ) -> None:
        """Record the outcome of a pending run; one that is finished already stays as it is.

        `tokens` are input and output, `cost_micros` what they cost in millionths of a US dollar, `model` the one that answered,
        where it says so.
        """
        ...

    async def link(self, person: Person, execution_id: str, asset_id: str) -> None:
        """Name the asset that was made of the run."""
        ...


class Figures(Protocol):
    """What prompts use of the KPIs."""

    async def latest_text(self, person: Person) -> str:
        """The last snapshot in lines, with its period, the change since the one before and the benchmarks; "" without one."""
        ...


class Sources(Protocol):
    """What prompts use beside the Foundation and the student's answers."""

    async def value(self, person: Person, name: str, at: datetime) -> str:
        """The text for `assets.<Step>`, `kpis.latest` or `progress.current`; empty where there is nothing yet."""
        ...

    async def current_step(self, person: Person) -> str:
        """The step of the module that the person is in."""
        ...
