"""Abilities about prompts and what comes of them: finding, filling and proposing to run one, and proposing to keep a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from core.abilities.ability import knows, reads, saves
from core.abilities.cards import asset_card, run_card
from core.abilities.proposals import Kind, Proposals
from core.assets.service import CONTENT_AT_MOST, TITLE_AT_MOST, NothingToKeep, title_from
from core.chat.ports import Asker, Used
from core.course.steps import Step
from core.errors import Refusal
from core.playbook.needs import Needs, lacking
from core.playbook.prompts import Prompt
from core.playbook.rocket import fill
from core.playbook.service import Runs

LISTED_AT_MOST = 20
CODE = Field(description="Its code, such as H1", max_length=80)
NO_ANSWERS: Mapping[str, str] = {}
ANSWERS = Field(description="Answers to the prompt's questions, by their names as list_prompts gives them")
Answers = Mapping[str, Annotated[str, Field(max_length=20_000)]]


class NotReady(Refusal):
    """The prompt cannot be run yet."""


@knows("Looking through the playbook")
async def list_prompts(
    runs: Runs,
    *,
    step: Annotated[Step | None, Field(description="Only those of this step")] = None,
    words: Annotated[str, Field(description="What it should do, or a part of its code or title", max_length=200)] = "",
) -> Used:
    """List prompts of the playbook with their codes, what each makes, and the names of the questions it asks."""
    found = [each for each in runs.playbook.like(words) if step is None or each.step == step.value][:LISTED_AT_MOST]
    lines = [f"- {each.code}, {each.title} ({each.step}): {each.description}{_questions(each)}" for each in found]
    return Used("\n".join(lines) or "No prompt fits. Ask again without words, or for another step.")


@reads("Filling a prompt from your Foundation")
async def render_prompt(
    asker: Asker, runs: Runs, *, code: Annotated[str, CODE], answers: Annotated[Answers, ANSWERS] = NO_ANSWERS
) -> Used:
    """Fill a prompt of the playbook from the student's own Foundation and records, and read it complete, so as to work by it."""
    prompt, needs, _ = await _ready(asker, runs, code, answers)
    return Used(fill(prompt.body, needs.values))


@saves("Preparing a run")
async def run_prompt(
    asker: Asker,
    runs: Runs,
    proposals: Proposals,
    *,
    code: Annotated[str, CODE],
    answers: Annotated[Answers, ANSWERS] = NO_ANSWERS,
) -> Used:
    """Propose to run a prompt of the playbook on the student's own Foundation. It runs only when they press Run it, and the
    result then comes to them by itself: do not write it yourself, and do not say that it runs.
    """
    prompt, _, given = await _ready(asker, runs, code, answers)
    held = await proposals.hold(asker, Kind.RUN, {"code": prompt.code, **given})
    shown = tuple((each.question, given[each.key]) for each in prompt.ask if each.key in given)
    return Used(f"Proposed: {prompt.code}. It runs once the student presses Run it.", (run_card(held, prompt, shown),))


@saves("Preparing a draft to keep")
async def save_asset(
    asker: Asker,
    proposals: Proposals,
    *,
    step: Annotated[Step, Field(description="The step of the course that it belongs to")],
    kind: Annotated[str, Field(description="What it is: headlines, email, landing page", min_length=1, max_length=60)],
    text: Annotated[str, Field(description="All of the text that is to be kept, as it is", max_length=CONTENT_AT_MOST)],
    title: Annotated[str, Field(description="What to call it; without one, by its first line", max_length=TITLE_AT_MOST)] = "",
    channel: Annotated[str, Field(description="Where it will be used, such as Instagram", max_length=60)] = "",
) -> Used:
    """Propose to keep a text among the student's assets. They see it, and it is saved only when they press Save: say so, and
    never that it is saved.
    """
    if not text.strip():
        raise NothingToKeep()
    values = {"step": step.value, "asset_type": kind, "content": text, "title": title, "channel": channel}
    held = await proposals.hold(asker, Kind.ASSET, values)
    return Used(
        "Proposed. The student sees the text, and decides. Nothing is saved yet.", (asset_card(held, title_from(title or text)),)
    )


async def _ready(asker: Asker, runs: Runs, code: str, answers: Mapping[str, str]) -> tuple[Prompt, Needs, dict[str, str]]:
    """The prompt, what it is made of, and the answers that it takes.

    Raises:
        NotReady: something is missing, or an answer is to no question of the prompt.
    """
    prompt = runs.playbook.named(code)
    given = {f"ask.{name.removeprefix('ask.')}": text.strip() for name, text in answers.items() if text.strip()}
    unknown = given.keys() - {each.key for each in prompt.ask}
    if unknown:
        raise NotReady(f"{prompt.code} has no question called {', '.join(sorted(unknown))}.{_questions(prompt)}")
    for each in prompt.ask:
        if each.choices and each.key in given and given[each.key] not in each.choices:
            raise NotReady(f"{each.name} is one of: {', '.join(each.choices)}.")
    needs = await runs.needs(prompt, asker.person, given, asker.at)
    if not needs.complete:
        raise NotReady(f"{prompt.code} {lacking(needs)}. Ask the student for what is missing.{_questions(prompt)}")
    return prompt, needs, given


def _questions(prompt: Prompt) -> str:
    """The questions, each with its name."""
    asked = "; ".join(
        f"{each.name}{'' if each.required else ' (may be left out)'}: {each.question}"
        + (f" One of {', '.join(each.choices)}." if each.choices else "")
        for each in prompt.ask
    )
    return f" Questions: {asked}" if asked else ""
