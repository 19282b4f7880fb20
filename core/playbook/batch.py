"""Several prompts one after the other: which can be run, what they still ask, and the answer that grows run by run."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from core.people.model import Person
from core.plans import Step
from core.playbook.batch_views import over, questions
from core.playbook.batches import Batch
from core.playbook.model import Execution, Status
from core.playbook.needs import Needs, lacking
from core.playbook.prompts import Ask, Prompt
from core.playbook.service import Runs, run_id
from core.request import Asked, Typed
from core.ui import Answer, Began, Ended, Grew, Live, Update


@dataclass(frozen=True, slots=True)
class Plan:
    """What a batch will do. `skipped` says why; `open_asks` are the questions of prompts that lack nothing else, by field."""

    batch: Batch
    ready: tuple[tuple[Prompt, Needs], ...]
    skipped: tuple[tuple[Prompt, str], ...]
    open_asks: Mapping[str, tuple[Ask, tuple[str, ...]]]


async def run_batch(asked: Asked, person: Person, batch: Batch, typed: Mapping[str, Typed], runs: Runs) -> Answer:
    """Run those that are ready; first ask in one form what they ask. A question left empty leaves its prompts out."""
    plan = await planned(runs, person, batch, typed, asked.at)
    if plan.open_asks and not asked.submitted:
        return questions(batch, plan.open_asks)
    if not plan.ready:
        return over(batch, (), plan.skipped, ())
    return Live(_updates(asked, person, plan, runs))


async def planned(runs: Runs, person: Person, batch: Batch, typed: Mapping[str, Typed], at: datetime) -> Plan:
    """What can be run of the batch with these answers, by the fields of the form."""
    ready, skipped = [], []
    open_asks: dict[str, tuple[Ask, tuple[str, ...]]] = {}
    fields = _fields(batch)
    for prompt in batch.prompts:
        answers = {each.key: _words(typed.get(fields[each], "")) for each in prompt.ask if each.required}
        needs = await runs.needs(prompt, person, answers, at)
        if needs.complete:
            ready.append((prompt, needs))
            continue
        skipped.append((prompt, lacking(needs)))
        if needs.asks and not needs.cells and not needs.sources:
            for each in needs.asks:
                field = fields[each]
                codes = open_asks[field][1] if field in open_asks else ()
                open_asks[field] = (each, (*codes, prompt.code))
    return Plan(batch, tuple(ready), tuple(skipped), open_asks)


def _fields(batch: Batch) -> Mapping[Ask, str]:
    """The name of the field for each required question of a batch: prompts that ask the same are answered once."""
    names: dict[tuple[str, str, tuple[str, ...]], str] = {}
    fields = {}
    for prompt in batch.prompts:
        for each in prompt.ask:
            fields[each] = names.setdefault((each.question, each.kind, each.choices), f"{prompt.code}.{each.name}")
    return fields


async def _updates(asked: Asked, person: Person, plan: Plan, runs: Runs) -> AsyncGenerator[Update, None]:
    """Each run as it grows, with its own receipt and buttons, and at the end what became of all.

    Each is a run with a job of its own, begun when its turn comes. Where the process dies, the run that was under way is finished
    by its job, and the request, which is answered again, goes on with those that had not begun. Closing it stops the run that is
    under way, and begins no other.
    """
    ended: list[tuple[Prompt, Execution]] = []
    waiting = list(plan.ready)
    for prompt, _ in waiting:
        yield _step(prompt, "waiting")
    while waiting:
        prompt, needs = waiting.pop(0)
        yield _step(prompt, "running")
        event = f"{asked.id} {prompt.code}"
        live = await runs.start(person, prompt, needs, event=event, place=asked.aside, at=asked.at)
        if live is not None:
            async with aclosing(live.updates) as updates:
                async for update in updates:
                    for each in _headed(prompt, update):
                        yield each
        execution = await runs.find(person, run_id(person, asked.aside, event))
        ended.append((prompt, execution))
        yield _step(prompt, "failed" if execution.status is Status.ERROR else "done")
        if execution.status is Status.ERROR and not execution.ai_response:  # what kept this one from beginning, keeps the others
            break
    yield Began(None)
    yield Ended(over(plan.batch, ended, plan.skipped, [prompt for prompt, _ in waiting]))


def _headed(prompt: Prompt, update: Update) -> Sequence[Update]:
    """An update of a run, whose words begin with the prompt's title, since others stand above and below."""
    head = f"**{prompt.code} {prompt.title}**\n\n"
    match update:
        case Began():
            return (update, Grew(head))
        case Ended(message):
            return (Ended(replace(message, text=head + message.text)),)
        case _:
            return (update,)


def _step(prompt: Prompt, state: Literal["waiting", "running", "done", "failed"]) -> Step:
    return Step(prompt.code, f"{prompt.code} {prompt.title}", state)


def _words(typed: Typed) -> str:
    return typed if isinstance(typed, str) else ", ".join(typed)
