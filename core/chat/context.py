"""What the agents are told of the student who asks: their own Foundation, place in the course and figures, nobody else's."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.agents.agent import Agent
from core.course.service import Progress
from core.foundation.service import Foundations
from core.foundation.typed import write_cell
from core.people.model import Person
from core.playbook.model import Execution, Status
from core.playbook.ports import Figures

RUN_AT_MOST = 5_000
"""Characters of what the last run gave: people speak of it by number right after they have read it."""


class LastRun(Protocol):
    """Whoever runs prompts."""

    async def latest(self, person: Person) -> Execution | None:
        """The person's last run, whole; None where there is none."""
        ...


class Pending(Protocol):
    """Whoever knows what stands between the person and this bot."""

    async def told(self, person: Person, at: datetime) -> str:
        """What they promised, what they were asked, and what waits for their yes, in markdown."""
        ...


class StudentContext:
    """Implements `core.chat.ports.Context`."""

    def __init__(self, foundations: Foundations, progress: Progress, figures: Figures, runs: LastRun, pending: Pending) -> None:
        self._foundations = foundations
        self._progress = progress
        self._figures = figures
        self._runs = runs
        self._pending = pending

    async def of(self, person: Person, agent: Agent, at: datetime) -> str:
        """Markdown for the model to read: an agent that somebody made is told what it was given leave to read, and no more."""
        parts = (("read_progress", self._place), ("read_foundation", self._foundation), ("read_snapshots", self._last_figures))
        may = [part for tool, part in parts if not agent.own or tool in agent.tools]
        told = [f"Name: {person.name}", *[await part(person) for part in may]]
        told += [] if agent.own else [await self._last_run(person), await self._pending.told(person, at)]
        return "\n\n".join(filter(None, told))

    async def _last_run(self, person: Person) -> str:
        run = await self._runs.latest(person)
        if run is None or run.status is not Status.SUCCESS or not run.ai_response:
            return ""
        text = run.ai_response if len(run.ai_response) <= RUN_AT_MOST else f"{run.ai_response[:RUN_AT_MOST]} […]"
        when = (run.ai_response_timestamp or run.ai_request_timestamp).astimezone(person.zone)
        saved = (
            "It is saved as an asset."
            if run.refined_output_asset_id
            else "Nothing of it is saved: Save what it gave you, below it, does."
        )
        return f"## Last run of a prompt\n{run.prompt_code}, {when.day} {when:%B}, {when:%H:%M}. {saved} It gave:\n{text}"

    async def _last_figures(self, person: Person) -> str:
        return f"## Last figures\n{await self._figures.latest_text(person) or 'None logged yet.'}"

    async def _place(self, person: Person) -> str:
        place = await self._progress.place(person)
        if place.current is None:
            return "## Place in the course\nAll ten modules are completed."
        module = place.current.module
        open_items = "\n".join(f"- {item.text}" for _, item in place.current.open_items) or "- none"
        return (
            f"## Place in the course\nModule {module.number}, {module.title}. {place.completed} of {len(place.standings)} "
            f"modules completed. {place.why}\nOpen checklist items:\n{open_items}"
        )

    async def _foundation(self, person: Person) -> str:
        kept = await self._foundations.kept(person)
        if kept is None:
            return "## Foundation\nNothing is filled in yet."
        lines = []
        for grid in self._foundations.cells.grids:
            lines.append(f"## Foundation: {grid.title}")
            shown: set[str] = set()
            for cell in (*grid.cells, *grid.extras):
                if cell.field in shown:
                    continue
                whole = self._foundations.cells.by_field[cell.field]
                text = write_cell(whole, kept.value(cell.field)).replace("\n", "; ")
                shown.add(cell.field)
                lines.append(f"- {cell.title}: {text or '(empty)'}")
        if kept.strategic_blueprint_summary:
            lines.append(f"## Summary\n{kept.strategic_blueprint_summary}")
        return "\n".join(lines)
