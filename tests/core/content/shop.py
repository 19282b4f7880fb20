"""The example shop: its whole Foundation, what it answers when a prompt asks, and each prompt as it is sent for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from core.contents import SHIPPED
from core.foundation.cells import Cells
from core.foundation.service import Foundations
from core.foundation.typed import write_cell
from core.people.model import Person
from core.playbook.needs import Needs, needs_of
from core.playbook.prompts import Ask, Playbook, Prompt
from core.playbook.rocket import fill

NOON = datetime(2026, 4, 8, 12, tzinfo=UTC)
CELLS, PLAYBOOK = Cells(SHIPPED), Playbook(SHIPPED)
PROMPTS = tuple(PLAYBOOK.by_code.values())
RECORDS = {
    "kpis.latest": "March: click-through rate 1.4%, 129 leads, 150 orders of €55.12 on average.",
    "progress.current": "Module 1, Make the right person stop.\nOpen checklist items:\n- Keep three to five hooks and save them.",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """Implements `core.playbook.ports.Sources`: what a shop has kept in every step, or, `empty`, nothing at all."""

    empty: bool = False

    async def value(self, person: Person, name: str, at: datetime) -> str:
        """A text for every record that a prompt may name."""
        return "" if self.empty else RECORDS.get(name, f"[Kept]\nFuzzy jar? It wasn't you, it was the lid. ({name})")

    async def current_step(self, person: Person) -> str:
        """The first."""
        return "Hook"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A prompt as it is sent: with everything there is, and with nothing but what it requires."""

    prompt: Prompt
    full: str
    bare: str
    needs: Needs
    """What it needs of somebody who has written nothing yet."""


def answer(ask: Ask) -> str:
    """What the shop answers: a choice, a number, or the example that the question gives."""
    return ask.choices[0] if ask.choices else "5" if ask.kind == "number" else ask.hint or ask.question


async def fill_in(foundations: Foundations, person: Person) -> None:
    """Write the example of every cell into the person's Foundation, as somebody types it."""
    await foundations.save(person, {key: write_cell(cell, cell.example) for key, cell in CELLS.by_key.items()}, NOON)


async def rendered(foundations: Foundations, shop: Person, newcomer: Person) -> Mapping[str, Rendered]:
    """Every prompt, by its code."""
    found = {}
    for prompt in PROMPTS:
        answers = {ask.key: answer(ask) for ask in prompt.ask}
        full = await needs_of(prompt, shop, answers, NOON, foundations, Kept())
        wanted = {*prompt.requires, *(ask.key for ask in prompt.ask if ask.required)}
        bare = {name: value for name, value in full.values.items() if name in wanted}
        needs = await needs_of(prompt, newcomer, {}, NOON, foundations, Kept(empty=True))
        assert full.complete, (prompt.code, full.cells, full.asks, full.sources)
        found[prompt.code] = Rendered(prompt, fill(prompt.body, full.values), fill(prompt.body, bare), needs)
    return found
