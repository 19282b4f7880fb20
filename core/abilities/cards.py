"""How a proposal looks: what is there, what would be, and what can be pressed."""

from __future__ import annotations

from core.abilities.proposals import PROPOSAL, Kind, Proposal
from core.course.model import Standing
from core.foundation.cells import Cell
from core.playbook.prompts import Prompt
from core.ui import Button, Buttons, Call, Card, Element, Facts, Text, Tone

SHOWN_AT_MOST = 1_500
"""Characters of a text that is to be saved; all of it is in the form behind Change."""

DOES = {
    Kind.RUN: ("Run it", "proposal run"),
    Kind.COMMITMENT: ("Save", "proposal note"),
    Kind.REMINDER: ("Save", "proposal note"),
}
"""What the first button says and does, where that is not to save."""


def cell_card(proposal: Proposal, cell: Cell, before: str, after: str) -> Card:
    """A new value for a cell, beside the old one."""
    texts = (Text(f"**Now**\n\n{_shown(before) or '*(empty)*'}"), Text(f"**Proposed**\n\n{_shown(after) or '*(empty)*'}"))
    return Card(f"Save under {cell.title}?", (*texts, choices(proposal)))


def asset_card(proposal: Proposal, title: str) -> Card:
    """A text that may become an asset."""
    values = proposal.values
    facts = Facts((("Step", values["step"]), ("What it is", values["asset_type"]), ("Channel", values["channel"] or "none yet")))
    return Card(f"Save as an asset: {title}", (facts, Text(_shown(values["content"])), choices(proposal)))


def run_card(proposal: Proposal, prompt: Prompt, answers: tuple[tuple[str, str], ...]) -> Card:
    """A prompt that may be run, and the answers that it would be given."""
    body: list[Element] = [Text(prompt.description)]
    if answers:
        body.append(Facts(tuple((question, _shown(answer)) for question, answer in answers)))
    return Card(f"Run {prompt.code}, {prompt.title}?", (*body, choices(proposal, changeable=bool(prompt.ask))))


def planned_card(proposal: Proposal, what: str, when: str) -> Card:
    """Something that they may commit to, or be reminded of."""
    if proposal.kind is Kind.REMINDER:
        return Card("Remind you of this?", (Facts((("What", what), ("When", when))), choices(proposal)))
    return Card("Commit to this?", (Facts((("What", what), ("By when", when))), choices(proposal)))


def ticked_card(standing: Standing, item: int) -> Card:
    """An item that was ticked, and the way back."""
    here = standing.module
    words = (
        f"Ticked: {here.checklist[item - 1].text.strip()}\n\n{standing.done} of {standing.total} items of {here.step.value} done."
    )
    undo = Button("Undo", Call("module untick", {"module": str(here.number), "item": str(item)}))
    return Card(body=(Text(words), Buttons((undo,))), tone=Tone.GOOD)


def choices(proposal: Proposal, *, changeable: bool = True) -> Buttons:
    """Do it, change it first, or leave it."""
    this = {PROPOSAL: proposal.id}
    label, command = DOES.get(proposal.kind, ("Save", "proposal save"))
    yes = Button(label, Call(command, this), primary=True)
    change = (Button("Change", Call("proposal change", this)),) if changeable else ()
    return Buttons((yes, *change, Button("Leave it", Call("proposal leave", this))))


def _shown(text: str) -> str:
    return text if len(text) <= SHOWN_AT_MOST else f"{text[:SHOWN_AT_MOST].rstrip()} …"
