"""What the agents are told of the student who asks: their own Foundation, place in the course and figures, nobody else's."""

from __future__ import annotations

from core.agents.agent import Agent
from core.course.service import Progress
from core.foundation.service import Foundations
from core.foundation.typed import write_cell
from core.people.model import Person
from core.playbook.ports import Figures


class StudentContext:
    """Implements `core.chat.ports.Context`."""

    def __init__(self, foundations: Foundations, progress: Progress, figures: Figures) -> None:
        self._foundations = foundations
        self._progress = progress
        self._figures = figures

    async def of(self, person: Person, agent: Agent) -> str:
        """Markdown for the model to read: an agent that somebody made is told what it was given leave to read, and no more."""
        parts = (("read_progress", self._place), ("read_foundation", self._foundation), ("read_snapshots", self._last_figures))
        may = [part for tool, part in parts if not agent.own or tool in agent.tools]
        return "\n\n".join([f"Name: {person.name}", *[await part(person) for part in may]])

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
