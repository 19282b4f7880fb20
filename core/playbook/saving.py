"""Keeping what came of a run: whole, edited, or item by item; and having it reworked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from core.assets.model import Asset
from core.command import Arg, Command, Pace
from core.course.closing import Closing
from core.course.service import Progress
from core.course.steps import Step
from core.errors import NotFound
from core.foundation.service import Foundations
from core.foundation.sorting import Sorting
from core.foundation.sorting_views import proposals
from core.people.model import Person
from core.playbook.items import items_in
from core.playbook.model import Execution
from core.playbook.refined import work_in
from core.playbook.service import Runs
from core.playbook.views import kept, kept_items
from core.request import Asked
from core.ui import Answer, Field, Form, Kind, Option

TEXT_AT_MOST = 50_000
KIND_AT_MOST = 60
CHANNEL_AT_MOST = 60
ITEMS_AT_MOST = 25
"""As many as Discord's menus hold."""
OPTION_AT_MOST = 75
"""As long as Slack's options may be."""
CHANNEL = Field(
    "channel", "Channel", hint="Where it will be used, for example Instagram", required=False, max_length=CHANNEL_AT_MOST
)
KIND = Field("asset_type", "What it is", hint="Headlines, email, landing page …", required=False, max_length=KIND_AT_MOST)


@dataclass(frozen=True, slots=True)
class WhichRun:
    """A run of a prompt."""

    run: Annotated[str, Arg("Run", hidden=True, max_length=40)]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is to be kept of a run; without a text, the answer as it came."""

    run: Annotated[str, Arg("Run", hidden=True, max_length=40)]
    content: Annotated[str | None, Arg("Text", "Change what you like before it is saved", Kind.LONG, TEXT_AT_MOST)] = None
    asset_type: Annotated[str | None, Arg("What it is", max_length=KIND_AT_MOST)] = None
    channel: Annotated[str | None, Arg("Channel", max_length=CHANNEL_AT_MOST)] = None


@dataclass(frozen=True, slots=True)
class Picked:
    """Which items of a run's answer are to be kept, by their numbers."""

    run: Annotated[str, Arg("Run", hidden=True, max_length=40)]
    items: Annotated[tuple[str, ...], Arg("Items", kind=Kind.CHOICES)] = ()
    asset_type: Annotated[str | None, Arg("What each of them is", max_length=KIND_AT_MOST)] = None
    channel: Annotated[str | None, Arg("Channel", max_length=CHANNEL_AT_MOST)] = None


async def keep(asked: Asked, person: Person, args: Kept, runs: Runs, progress: Progress) -> Answer:
    """Keep a run's answer as an asset."""
    execution = await runs.find(person, args.run)
    content = args.content or ("" if runs.practice or asked.submitted else response_of(execution))
    if not content:
        return await _form(person, execution, runs, "", {"content": "This is needed."} if asked.submitted else {})
    before = await runs.saved_before(person, execution, content)
    if before is not None:
        return kept(before, again=True)
    closing = await Closing(progress, person, Step(execution.elevate_step)).before()
    asset = await runs.keep(
        person, execution, content, asset_type=args.asset_type, channel=args.channel, at=asked.at, request=asked.id
    )
    return kept(asset, await closing.cards())


async def edit(person: Person, args: WhichRun, runs: Runs) -> Answer:
    """The answer in a form, to be changed before it is kept."""
    execution = await runs.find(person, args.run)
    return await _form(person, execution, runs, response_of(execution), {})


async def sort(asked: Asked, person: Person, args: WhichRun, runs: Runs, sorting: Sorting, foundations: Foundations) -> Answer:
    """Sort what a synthesis found into cells, to be chosen from."""
    found = await sorting.sort(person, response_of(await runs.find(person, args.run)), asked.at)
    return proposals(found, await foundations.of(person, asked.at), foundations.cells)


async def pick(asked: Asked, person: Person, args: Picked, runs: Runs, progress: Progress) -> Answer:
    """Keep items of a run's answer, each as an asset of its own; first ask which."""
    execution = await runs.find(person, args.run)
    items = items_in(response_of(execution))
    if not items:
        raise NotFound("There is no list in this answer. Save it whole, or edit it first.")
    chosen = [int(each) - 1 for each in args.items if each.isdecimal() and 1 <= int(each) <= len(items)]
    if not chosen:
        return await _choice(person, execution, runs, items, {"items": "Choose at least one."} if asked.submitted else {})
    closing = await Closing(progress, person, Step(execution.elevate_step)).before()
    assets: list[Asset] = []
    for nth, at in enumerate(dict.fromkeys(chosen)):
        asset = await runs.keep(
            person,
            execution,
            items[at],
            title=items[at],
            asset_type=args.asset_type,
            channel=args.channel,
            at=asked.at + timedelta(milliseconds=nth),  # so that they stand in this order in every list
            request=f"{asked.id} {at}",
        )
        assets.append(asset)
    return kept_items(assets, await closing.cards())


def response_of(execution: Execution) -> str:
    """What came of the run, for use.

    Raises:
        NotFound: nothing did.
    """
    if not execution.ai_response:
        raise NotFound("Nothing came of this run, so there is nothing to keep. Run it again.")
    return work_in(execution)


async def _form(person: Person, execution: Execution, runs: Runs, content: str, problems: dict[str, str]) -> Form:
    text = Field("content", "Text", Kind.LONG, "Change what you like before it is saved", max_length=TEXT_AT_MOST)
    values = {"run": execution.id, "content": content, "asset_type": await runs.asset_type(person, execution)}
    return Form("run keep", "Save what came out", (text, KIND, CHANNEL), values, problems)


async def _choice(person: Person, execution: Execution, runs: Runs, items: tuple[str, ...], problems: dict[str, str]) -> Form:
    options = tuple(Option(str(number), _label(each)) for number, each in enumerate(items[:ITEMS_AT_MOST], start=1))
    left = (
        f"These are the first {ITEMS_AT_MOST} of {len(items)}; the others are in the whole answer."
        if items[ITEMS_AT_MOST:]
        else ""
    )
    which = Field("items", "Which ones?", Kind.CHOICES, "Each becomes an asset of its own", options=options)
    values = {"run": execution.id, "asset_type": await runs.asset_type(person, execution)}
    return Form("run pick", "Save items", (which, KIND, CHANNEL), values, problems, left)


def _label(item: str) -> str:
    """The item's first line, without marks, as long as a menu's option may be."""
    first = next((line for line in item.replace("**", "").splitlines() if line.strip()), "").strip()
    return first if len(first) <= OPTION_AT_MOST else first[: OPTION_AT_MOST - 1].rstrip() + "…"


COMMANDS = (
    Command(name="run keep", summary="Save what came out", args=Kept, handler=keep, listed=False),
    Command(name="run edit", summary="Edit and save", args=WhichRun, handler=edit, pace=Pace.FORM, listed=False),
    Command(name="run sort", summary="Sort it into cells", args=WhichRun, handler=sort, pace=Pace.LATER, listed=False),
    Command(name="run pick", summary="Save items", args=Picked, handler=pick, pace=Pace.FORM, listed=False),
)
