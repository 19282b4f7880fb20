"""Abilities about the course: its modules, the asker's place in them, ticking what they did, and who else there is to ask."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from core.abilities.ability import knows, reads, saves
from core.abilities.cards import ticked_card
from core.agents.own import OwnAgents
from core.chat.ports import Asker, Used
from core.course.model import Standing
from core.course.modules import Course, Module
from core.course.service import Progress
from core.course.views import completed
from core.ui import Card

Part = Literal["overview", "lessons", "grid", "checklist", "example", "practice", "mistakes"]
WHICH = Field(description="Its number from 0 to 9, or its step, such as 1 or Hook", max_length=40)


@knows("Reading the module")
async def read_module(
    course: Course,
    *,
    module: Annotated[str, WHICH],
    part: Annotated[Part, Field(description="What of it")] = "overview",
) -> Used:
    """Read what the course itself says in a module: what it is for, its lessons, grid, checklist, the made-up shop's example,
    how to put it into practice, or what usually goes wrong.
    """
    here = course.named(module)
    return Used(f"# Module {here.number}, {here.step.value}: {here.title}\n\n{_part(here, part)}")


@reads("Looking up where you are")
async def read_progress(asker: Asker, progress: Progress) -> Used:
    """Read how far the student who asks is: each module's state, the open items of the one they are in, what is next and why,
    how much of the Foundation is filled, and how many assets they kept.
    """
    place = await progress.place(asker.person)
    lines = [
        f"- Module {each.module.number}, {each.module.step.value}: {each.status.value}, {each.done} of {each.total} items ticked"
        for each in place.standings
    ]
    if place.current:
        here = place.current.module
        lines.append(f"\nIn module {here.number}, {here.step.value}. Open items:")
        lines += [f"- item {number}: {item.text.strip()}" for number, item in place.current.open_items] or ["- none"]
    lines.append(f"\nNext: {place.why}\n\nFoundation:")
    lines += [f"- {each.label}: {each.done} of {each.total} cells" for each in await progress.foundation(asker.person)]
    made = (await progress.made(asker.person)).by_status
    lines.append("\nAssets: " + (", ".join(f"{count} {status}" for status, count in made.items()) or "none yet"))
    return Used("\n".join(lines))


@saves("Ticking your checklist")
async def tick_checklist(
    asker: Asker,
    course: Course,
    progress: Progress,
    *,
    module: Annotated[str, WHICH],
    item: Annotated[int, Field(description="The item's number in the module's checklist, from 1", ge=1, le=99)],
) -> Used:
    """Tick one item of the student's checklist, right after they said themselves that they have done it; for nothing else.
    They are offered to undo it.
    """
    here = course.named(module)
    before = await progress.in_module(asker.person, here)
    if item in before.ticked:
        return Used(f"Item {item} was ticked before: {_tally(before)}")
    standing = await progress.tick(asker.person, here, item, asker.at)
    closed: tuple[Card, ...] = ()
    if standing.completed and not before.completed:
        closed = completed(standing, await progress.place(asker.person)).cards
    return Used(f"Item {item} is ticked: {_tally(standing)}", (ticked_card(standing, item), *closed))


@knows("Looking up who there is to ask")
async def list_agents(asker: Asker, agents: OwnAgents) -> Used:
    """List the agents whom the student can call by name, and what to ask each of them for: the team, then those that they made
    themselves, and those that their cohort shares.
    """
    cast = await agents.cast(asker.person)
    lines = [f"- @{each.name}: {each.description}" for each in cast.agents if not each.own]
    made = [f"- @{each.name}: {each.description}" for each in cast.agents if each.own]
    return Used("\n".join([*lines, *(["", "Made by students, and only to be named to them:", *made] if made else [])]))


def _tally(standing: Standing) -> str:
    state = "The module is completed." if standing.completed else f"{len(standing.open_items)} items are open."
    return f"{standing.done} of {standing.total} items of {standing.module.step.value} are done. {state}"


def _part(here: Module, part: Part) -> str:
    match part:
        case "overview":
            lessons = "\n".join(f"- {each.title}" for each in here.lessons)
            needs = f"Needs: {here.takes.strip()}\nHands on: {here.hands_on.strip()}\nPrompts: {', '.join(here.prompts)}"
            done = "\n".join(f"- {each.strip()}" for each in here.done)
            return f"{here.objective.strip()}\n\n{needs}\n\nLessons:\n{lessons}\n\nDone when:\n{done}"
        case "lessons":
            return "\n\n".join(f"## {each.title}\n\n{each.text.strip()}" for each in here.lessons)
        case "grid":
            return "\n".join(
                f"- {each.place}: {each.meaning} Asks: {each.question} Example: {each.example}" for each in here.grid.cells
            )
        case "checklist":
            return "\n".join(
                f"{at}. {each.text.strip()}" + (f" ({', '.join(each.prompts)})" if each.prompts else "")
                for at, each in enumerate(here.checklist, start=1)
            )
        case "example":
            return f"## {here.example.title}\n\n{here.example.text.strip()}"
        case "practice":
            return here.implementation.strip()
        case "mistakes":
            return "\n".join(f"- {each.mistake.strip()} Instead: {each.instead.strip()}" for each in here.mistakes)
