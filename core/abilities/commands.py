"""What the buttons of a proposal do: save it or run it, change it first, or leave it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from core.abilities import planned
from core.abilities.cards import choices
from core.abilities.proposals import PROPOSAL, Kind, Proposal, ProposalGone, Proposals
from core.assets.forms import EDIT_FIELDS
from core.assets.service import Assets, NothingToKeep, TooLongToKeep
from core.command import Arg, Command, Pace
from core.commitments.service import Commitments
from core.course.closing import Closing
from core.course.service import Progress
from core.course.steps import Step
from core.foundation.history import Source
from core.foundation.service import BadCells, Foundations
from core.foundation.views import cell_field
from core.people.model import Person
from core.playbook.service import Runs
from core.playbook.views import ask_field, kept, missing_form, source_lacking
from core.request import Asked, Typed
from core.ui import Answer, Button, Buttons, Call, Card, Form, Message, Text, Tone


@dataclass(frozen=True, slots=True)
class WhichProposal:
    """A proposal, and what the person typed in place of what was proposed."""

    proposal: Annotated[str, Arg("Proposal", hidden=True, max_length=40)]
    typed: Mapping[str, Typed] = field(default_factory=dict)


async def save(
    asked: Asked,
    person: Person,
    args: WhichProposal,
    proposals: Proposals,
    foundations: Foundations,
    assets: Assets,
    progress: Progress,
) -> Answer:
    """Save what was proposed, or what the person made of it; the form again where it cannot be saved so."""
    held = await proposals.held(person, args.proposal)
    if held.kind not in (Kind.CELL, Kind.ASSET):
        raise ProposalGone()
    try:
        if held.kind is Kind.CELL:
            saved = await _save_cell(asked, person, held, args.typed, foundations)
        else:
            saved = await _save_asset(asked, person, held, args.typed, assets, progress)
    except (BadCells, NothingToKeep, TooLongToKeep) as trouble:
        if asked.submitted:
            return _form(held, foundations, args.typed, trouble.message)
        return Message(cards=(Card(body=(Text(trouble.message), choices(held)), tone=Tone.BAD),), private=True)
    await proposals.release(person, held)
    return saved


async def run(asked: Asked, person: Person, args: WhichProposal, proposals: Proposals, runs: Runs) -> Answer:
    """Run what was proposed, once; what is missing meanwhile is asked for."""
    held = await proposals.held(person, args.proposal)
    if held.kind is not Kind.RUN:
        raise ProposalGone()
    prompt = runs.playbook.named(held.values["code"])
    answers = {each.key: text for each in prompt.ask if (text := _typed(args.typed, each.key, held.values.get(each.key, "")))}
    needs = await runs.needs(prompt, person, answers, asked.at)
    if needs.sources:
        return source_lacking(prompt, needs)
    if needs.cells or needs.asks:
        return missing_form(prompt, needs, answers, submitted=asked.submitted)
    answer = await runs.start(person, prompt, needs, event=held.id, place=asked.aside, at=asked.at)
    await proposals.release(person, held)
    if answer is None:
        words = "It was begun already. Its result comes by itself; /runs lists it too."
        return Message(cards=(Card(body=(Text(words),)),), private=True)
    return answer


async def change(person: Person, args: WhichProposal, proposals: Proposals, foundations: Foundations, runs: Runs) -> Answer:
    """What was proposed in a form, to be changed before it is saved or run."""
    held = await proposals.held(person, args.proposal)
    if held.kind in planned.PLANNED:
        return planned.form(held, {}, "")
    if held.kind is not Kind.RUN:
        return _form(held, foundations, {}, "")
    prompt = runs.playbook.named(held.values["code"])
    known: dict[str, Typed] = {each.key: held.values.get(each.key, "") for each in prompt.ask}
    fields = tuple(ask_field(each) for each in prompt.ask)
    return Form("proposal run", f"Run {prompt.code}", fields, {**known, PROPOSAL: held.id}, {}, prompt.description, submit="Run")


async def note(asked: Asked, person: Person, args: WhichProposal, proposals: Proposals, commitments: Commitments) -> Answer:
    """Note the commitment or the reminder that was proposed; the form again where it cannot be kept so."""
    held = await proposals.held(person, args.proposal)
    if held.kind not in planned.PLANNED:
        raise ProposalGone()
    try:
        noted = await planned.save(asked, person, held, args.typed, commitments)
    except planned.IN_THE_WAY as trouble:
        return planned.form(held, args.typed, trouble.message)
    await proposals.release(person, held)
    return noted


async def leave(person: Person, args: WhichProposal, proposals: Proposals) -> Answer:
    """It is not wanted."""
    await proposals.release(person, await proposals.held(person, args.proposal))
    return Message(cards=(Card(body=(Text("Left as it was: nothing was saved."),), tone=Tone.GOOD),), private=True)


async def _save_cell(
    asked: Asked, person: Person, held: Proposal, typed: Mapping[str, Typed], foundations: Foundations
) -> Message:
    cell = foundations.cells.by_key[held.values["cell"]]
    value = typed.get(cell.key, held.values["value"])
    await foundations.save(person, {cell.key: value}, asked.at, seen=int(held.values["seen"]), source=Source.AGENT)
    words = f"Saved under **{cell.title}**. What stood there before is in the history."
    more = (Button("See it", Call("foundation edit", {"cell": cell.title})), Button("History", Call("foundation history")))
    return Message(cards=(Card(body=(Text(words), Buttons(more)), tone=Tone.GOOD),), private=True)


async def _save_asset(
    asked: Asked, person: Person, held: Proposal, typed: Mapping[str, Typed], assets: Assets, progress: Progress
) -> Message:
    values = {name: _typed(typed, name, value) for name, value in held.values.items()}
    step = Step(held.values["step"])
    closing = await Closing(progress, person, step).before()
    asset = await assets.keep(
        person,
        step=step,
        asset_type=values["asset_type"],
        content=values["content"],
        title=values["title"],
        channel=values["channel"],
        at=asked.at,
        request=held.id,
    )
    return kept(asset, await closing.cards())


def _form(held: Proposal, foundations: Foundations, typed: Mapping[str, Typed], problem: str) -> Form:
    this: dict[str, Typed] = {PROPOSAL: held.id}
    if held.kind is Kind.CELL:
        cell = foundations.cells.by_key[held.values["cell"]]
        values = {cell.key: held.values["value"], **typed, **this}
        return Form(
            "proposal save", cell.title, (cell_field(cell),), values, {cell.key: problem} if problem else {}, cell.meaning
        )
    known: dict[str, Typed] = {each.name: held.values[each.name] for each in EDIT_FIELDS}
    problems = {"content": problem} if problem else {}
    return Form("proposal save", "Save as an asset", EDIT_FIELDS, {**known, **typed, **this}, problems)


def _typed(typed: Mapping[str, Typed], name: str, held: str) -> str:
    """What the person typed there, or what was proposed where they were not asked."""
    text = typed.get(name, held)
    return text if isinstance(text, str) else ", ".join(text)


COMMANDS = (
    Command(name="proposal save", summary="Save it", args=WhichProposal, handler=save, listed=False),
    Command(name="proposal run", summary="Run it", args=WhichProposal, handler=run, pace=Pace.LATER, listed=False),
    Command(name="proposal note", summary="Note it", args=WhichProposal, handler=note, pace=Pace.FORM, listed=False),
    Command(name="proposal change", summary="Change it first", args=WhichProposal, handler=change, pace=Pace.FORM, listed=False),
    Command(name="proposal leave", summary="Leave it", args=WhichProposal, handler=leave, listed=False),
)
