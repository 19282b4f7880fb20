"""/run: a prompt of the playbook on the student's own Foundation; and what is done with the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated

from core.command import Arg, Command, Pace
from core.foundation.checking import summary_form
from core.foundation.history import Source
from core.foundation.service import BadCells, Foundations
from core.listing import SEARCH_AT_MOST, Listing
from core.people.model import Person
from core.playbook import saving
from core.playbook.batch import run_batch
from core.playbook.batches import PREFIX, batch_in
from core.playbook.conflicts import findings, shown
from core.playbook.model import Order
from core.playbook.prompts import CODE, STEPS, Prompt
from core.playbook.refined import REWRITER
from core.playbook.saving import WhichRun, response_of
from core.playbook.service import Runs
from core.playbook.views import found_list, missing_form, outcome_cards, prompt_list, refused_form, run_list, source_lacking
from core.request import Asked, Typed
from core.ui import Answer, Message, Option

FOUND_AT_MOST = 8


async def codes(typed: str, person: Person, runs: Runs) -> Sequence[Option]:
    """Prompts like what is typed, by code, title or purpose; before anything is typed, those of the present step come first.

    Who types `step:` is shown the steps.
    """
    wanted = typed.strip().casefold()
    if wanted.startswith(PREFIX[:3]):
        named = [each for each in STEPS if f"{PREFIX}{each}".casefold().startswith(wanted)]
        whole = [Option(f"{PREFIX}{each}", f"All ready prompts of {each}") for each in named]
        return [*whole, *(Option(each.code, f"{each.code} {each.title}") for each in runs.playbook.like(typed))]
    found = list(runs.playbook.like(typed))
    if not wanted:
        step = await runs.current_step(person)
        found.sort(key=lambda each: each.step != step)
    return [Option(each.code, f"{each.code} {each.title}") for each in found]


@dataclass(frozen=True, slots=True)
class WhichPrompt:
    """A prompt, and what was answered for it: cells by their keys and questions as `ask.name`.

    `seen` is the version of the Foundation in which the cells were missing.
    """

    code: Annotated[
        str | None,
        Arg("Prompt", "A code such as H1, a step, or step:Hook for all of its prompts", suggest=codes, max_length=80),
    ] = None
    words: Annotated[str | None, Arg("Answer", "For a prompt with one question: its answer", max_length=500)] = None
    seen: Annotated[int | None, Arg("Seen", hidden=True)] = None
    answers: Mapping[str, Typed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wish:
    """What should change in a run's answer."""

    run: Annotated[str, Arg("Run", hidden=True, max_length=40)]
    wish: Annotated[str, Arg("What should change?", "For example: shorter, warmer, for Instagram", max_length=500)]


@dataclass(frozen=True, slots=True)
class Ran(Listing):
    """Which runs."""

    search: Annotated[str, Arg("Prompt or step", "A code such as H1, or words of its title", max_length=SEARCH_AT_MOST)] = ""
    order: Annotated[Order, Arg("Sorted by")] = Order.NEWEST


async def run(asked: Asked, person: Person, args: WhichPrompt, runs: Runs, foundations: Foundations) -> Answer:
    """Run a prompt, or several, or with `step:` a step's ready ones; without a code, show the ones of the present step."""
    batch = batch_in(args.code, args.words, runs.playbook)
    if batch is not None:
        return await run_batch(asked, person, batch, args.answers, runs)
    if args.code is None or args.code.capitalize() in STEPS:
        step = args.code.capitalize() if args.code else await runs.current_step(person)
        prompts = runs.playbook.of_step(step)
        checked = [(each, await runs.needs(each, person, {}, asked.at)) for each in prompts]
        return prompt_list(step, checked, STEPS)
    if not runs.playbook.means_one(args.code):
        whole = f"{args.code} {args.words or ''}".strip()
        if not runs.playbook.means_one(whole):
            return await _found(whole, asked, person, runs)
        args = replace(args, code=whole, words=None)
    assert args.code is not None
    prompt = runs.playbook.named(args.code)
    answers = _answers(prompt, args)
    cells = {key: typed for key, typed in args.answers.items() if key in foundations.cells.by_key and typed}
    try:
        await foundations.save(person, cells, asked.at, seen=args.seen, source=Source.RUN)
    except BadCells as trouble:
        needs = await runs.needs(prompt, person, answers, asked.at)
        wrong = [foundations.cells.by_key[key] for key in trouble.problems]
        return refused_form(missing_form(prompt, needs, answers, submitted=False), wrong, cells, trouble.problems)
    return await _run(prompt, answers, asked, person, runs)


async def _found(wanted: str, asked: Asked, person: Person, runs: Runs) -> Answer:
    """The prompts that fit these words; what looks like a code, and is none, is answered with those near it."""
    near = runs.playbook.like(wanted)[:FOUND_AT_MOST]
    if not near or CODE.fullmatch(wanted.upper()):
        runs.playbook.named(wanted)
    return found_list(wanted, [(each, await runs.needs(each, person, {}, asked.at)) for each in near])


async def _run(prompt: Prompt, answers: dict[str, str], asked: Asked, person: Person, runs: Runs) -> Answer:
    needs = await runs.needs(prompt, person, answers, asked.at)
    if needs.sources:
        return source_lacking(prompt, needs)
    if needs.cells or needs.asks:
        return missing_form(prompt, needs, answers, submitted=asked.submitted)
    return await runs.start(person, prompt, needs, event=asked.id, place=asked.aside, at=asked.at)


async def again(asked: Asked, person: Person, args: WhichRun, runs: Runs) -> Answer:
    """Run the same prompt with the same answers on the Foundation as it is now."""
    before = await runs.find(person, args.run)
    prompt = runs.playbook.named(before.prompt_code)
    answers = {f"ask.{name}": text for name, text in before.answers.items()}
    return await _run(prompt, answers, asked, person, runs)


async def refine(asked: Asked, person: Person, args: Wish, runs: Runs) -> Answer:
    """Have the rewriter rework a run's answer; both versions are kept."""
    before = await runs.find(person, args.run)
    prompt = runs.playbook.named(REWRITER)
    answers = {"ask.text": response_of(before), "ask.wish": args.wish}
    needs = await runs.needs(prompt, person, answers, asked.at)
    return await runs.start(person, prompt, needs, event=asked.id, place=asked.aside, at=asked.at, refines=before)


async def show(person: Person, args: WhichRun, runs: Runs, foundations: Foundations) -> Answer:
    """A run as it was kept."""
    execution = await runs.find(person, args.run)
    prompt = runs.playbook.named(execution.prompt_code)
    cards = outcome_cards(prompt, execution, foundations.cells, practice=runs.practice)
    return Message(execution.ai_response or "Nothing came of this run.", cards, private=True)


async def conflicts(asked: Asked, person: Person, args: WhichRun, runs: Runs, foundations: Foundations) -> Answer:
    """What an alignment check found, and the cells that it names."""
    execution = await runs.find(person, args.run)
    found = findings(runs.playbook.named(execution.prompt_code), execution, foundations.cells)
    return shown(found, execution, await foundations.of(person, asked.at))


async def summary(asked: Asked, person: Person, args: WhichRun, runs: Runs, foundations: Foundations) -> Answer:
    """The summary that an alignment check drafted, to be changed before it is kept."""
    execution = await runs.find(person, args.run)
    found = findings(runs.playbook.named(execution.prompt_code), execution, foundations.cells)
    foundation = await foundations.of(person, asked.at)
    return summary_form(foundation, foundations.cells.file.alignment, found.summary)


async def listed(person: Person, args: Ran, runs: Runs) -> Answer:
    """A page of the runs."""
    found = await runs.listed(person, args.words, args.order, args.page)
    local = [
        each.model_copy(update={"ai_request_timestamp": each.ai_request_timestamp.astimezone(person.zone)}) for each in found.rows
    ]
    titles = {code: prompt.title for code, prompt in runs.playbook.by_code.items()}
    return run_list(replace(found, rows=local), titles, args)


def _answers(prompt: Prompt, args: WhichPrompt) -> dict[str, str]:
    given = {
        each.key: typed if isinstance(typed, str) else ", ".join(typed)
        for each in prompt.ask
        if (typed := args.answers.get(each.key, ""))
    }
    open_questions = [each for each in prompt.ask if each.required and each.key not in given]
    if args.words and open_questions:
        given[open_questions[0].key] = args.words
    return given


RUN = Command(name="run", summary="Run a prompt on your own business", args=WhichPrompt, handler=run, pace=Pace.LATER)
COMMANDS = (
    RUN,
    Command(name="runs", summary="Your runs and what came of them", args=Ran, handler=listed, reads=True),
    *saving.COMMANDS,
    Command(name="run conflicts", summary="See the conflicts", args=WhichRun, handler=conflicts, listed=False),
    Command(name="run summary", summary="Keep the summary", args=WhichRun, handler=summary, pace=Pace.FORM, listed=False),
    Command(name="run again", summary="Run it again", args=WhichRun, handler=again, pace=Pace.LATER, listed=False),
    Command(name="run refine", summary="Refine it", args=Wish, handler=refine, pace=Pace.LATER, listed=False),
    Command(name="run show", summary="Show a run", args=WhichRun, handler=show, listed=False),
)
