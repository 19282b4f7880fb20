"""/module: the ten modules, one of them, and what was done of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from core.command import Arg, Command, Pace, form_of
from core.course import reading_views, views, worksheets
from core.course.model import Standing
from core.course.modules import Course, Module
from core.course.service import NOTES_AT_MOST, Progress, Unfinished
from core.errors import NotFound
from core.foundation.service import BadCells, Foundations
from core.people.model import Person
from core.request import Asked, Typed
from core.ui import Answer, Field, Form, Kind, Message, Option


class NoSuchLesson(NotFound):
    """The module has no such lesson. /module shows them."""


async def suggest_module(typed: str, course: Course) -> Sequence[Option]:
    """Modules whose number, step or title fits what is typed."""
    wanted = typed.strip().casefold()
    return [
        Option(str(each.number), f"{each.number}. {each.step.value}: {each.title}")
        for each in course.modules()
        if wanted in f"{each.number} {each.step.value} {each.title}".casefold()
    ]


WHICH = Arg("Which module", "Its number, 0 to 9, or its step, such as Hook", suggest=suggest_module)


@dataclass(frozen=True, slots=True)
class Maybe:
    """A module, or none for all of them."""

    module: Annotated[str | None, WHICH] = None


@dataclass(frozen=True, slots=True)
class One:
    """A module."""

    module: Annotated[str, WHICH]


@dataclass(frozen=True, slots=True)
class OneLesson:
    """A lesson of a module."""

    module: Annotated[str, WHICH]
    lesson: Annotated[int, Arg("Which lesson", "Its number, from 1")] = 1


@dataclass(frozen=True, slots=True)
class OneItem:
    """An item of a module's checklist."""

    module: Annotated[str, WHICH]
    item: Annotated[int, Arg("Which item", "Its number in the checklist, from 1")]


@dataclass(frozen=True, slots=True)
class Ticked:
    """An item of a module's checklist. A single number that was typed is an item of the module that the student is in."""

    module: Annotated[str, WHICH]
    item: Annotated[int | None, Arg("Which item", "Its number in the checklist, from 1")] = None


@dataclass(frozen=True, slots=True)
class Closing:
    """A module, and whether it is to be completed with something open."""

    module: Annotated[str, WHICH]
    all_the_same: Annotated[bool, Arg("Complete it with items open?")] = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A module, and what was typed into its worksheet."""

    module: Annotated[str, WHICH]
    typed: Mapping[str, Typed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Noted:
    """Notes on a module."""

    module: Annotated[str, WHICH]
    text: Annotated[str | None, Arg("Your notes", "They replace the ones before", Kind.LONG, NOTES_AT_MOST)] = None


async def here(person: Person, progress: Progress) -> Mapping[str, Typed]:
    """The module that the person is in, to begin a form with that asks for one."""
    current = (await progress.place(person)).current
    return {"module": str(current.module.number)} if current else {}


async def listing(person: Person, args: Maybe, course: Course, progress: Progress) -> Answer:
    """All the modules, or the one that was named."""
    if args.module:
        return await _opened(person, course.named(args.module), progress)
    return views.modules(await progress.place(person))


async def show(person: Person, args: One, course: Course, progress: Progress) -> Answer:
    """One module."""
    return await _opened(person, course.named(args.module), progress)


async def lesson(args: OneLesson, course: Course) -> Answer:
    """A lesson."""
    here = course.named(args.module)
    if not 1 <= args.lesson <= len(here.lessons):
        raise NoSuchLesson(f"Module {here.number} has lessons 1 to {len(here.lessons)}.")
    return reading_views.lesson(here, args.lesson)


async def grid(args: One, course: Course) -> Answer:
    """The module's grid."""
    return reading_views.grid(course.named(args.module))


async def example(args: One, course: Course) -> Answer:
    """What the made-up shop did."""
    return reading_views.example(course.named(args.module))


async def guide(args: One, course: Course) -> Answer:
    """How to put the module into practice."""
    return reading_views.guide(course.named(args.module))


async def start(asked: Asked, person: Person, args: One, course: Course, progress: Progress) -> Answer:
    """Begin a module."""
    standing = await progress.start(person, course.named(args.module), asked.at)
    return await _shown(person, standing, progress, f"{standing.module.step.value} is open. Begin with its first lesson.")


async def tick(asked: Asked, person: Person, args: Ticked, course: Course, progress: Progress) -> Answer:
    """An item is done."""
    typed, item = args.module.strip(), args.item
    here = (await progress.place(person)).current if item is None else None
    if item is None and here is not None and typed.isdecimal() and asked.words.split()[-1:] == [typed]:
        module, item = here.module, int(typed)
    else:
        module = course.named(args.module)
    if item is None:
        return form_of(TICK, {"module": args.module}, {"item": "Say which item of the checklist is done."})
    return await tick_each(asked, person, module, (item,), progress)


async def tick_each(asked: Asked, person: Person, module: Module, items: Sequence[int], progress: Progress) -> Answer:
    """The items of the module with these numbers, one at least, are done."""
    for item in items:
        standing = await progress.tick(person, module, item, asked.at)
    if standing.completed and not standing.open_items:
        return views.completed(standing, await progress.place(person))
    return Message(text=_ticked(standing, items), cards=(views.checklist(standing),), private=True)


async def untick(asked: Asked, person: Person, args: OneItem, course: Course, progress: Progress) -> Answer:
    """An item is open again."""
    standing = await progress.untick(person, course.named(args.module), args.item, asked.at)
    return Message(text=f"Item {args.item} is open again.", cards=(views.checklist(standing),), private=True)


async def complete(asked: Asked, person: Person, args: Closing, course: Course, progress: Progress) -> Answer:
    """A module is done; where something is open, ask once."""
    module = course.named(args.module)
    outcome = await progress.complete(person, module, asked.at, all_the_same=args.all_the_same)
    if isinstance(outcome, Unfinished):
        return views.unfinished(outcome)
    return views.completed(outcome, await progress.place(person))


async def note(asked: Asked, person: Person, args: Noted, course: Course, progress: Progress) -> Answer:
    """Keep notes; without any, the ones before are opened in a form."""
    module = course.named(args.module)
    if args.text is None and not asked.submitted:
        before = (await progress.in_module(person, module)).progress
        known = {"module": str(module.number), "text": (before.notes if before else None) or ""}
        notes = Field("text", "Your notes", Kind.LONG, "They replace the ones before", False, max_length=NOTES_AT_MOST)
        return Form("module note", f"Notes on {module.step.value}", (notes,), known)
    standing = await progress.note(person, module, args.text or "", asked.at)
    return Message(text="Noted.", cards=(views.checklist(standing),), private=True)


async def worksheet(
    asked: Asked, person: Person, args: Answered, course: Course, progress: Progress, foundations: Foundations
) -> Answer:
    """Open a module's worksheet; sent back, keep its answers, and fill the Foundation cells that belong to them."""
    module = course.named(args.module)
    standing, foundation = await progress.in_module(person, module), await foundations.of(person, asked.at)
    if not asked.submitted:
        return worksheets.form(standing, foundation, foundations)
    given = worksheets.answers(module, args.typed)
    problems = worksheets.wrong(module, given)
    if problems:
        return worksheets.form(standing, foundation, foundations, args.typed, problems)
    names = {each.foundation: each.name for each in module.worksheet.fields if each.foundation and given[each.name]}
    seen = args.typed.get("seen")
    version = int(seen) if isinstance(seen, str) and seen.isdecimal() else None
    try:
        cells = {path: given[name] for path, name in names.items()}
        await foundations.save(person, cells, asked.at, seen=version)
    except BadCells as trouble:
        problems = {names[path]: words for path, words in trouble.problems.items()}
        typed = {**args.typed, "seen": str(foundation.version)}
        return worksheets.form(standing, foundation, foundations, typed, problems)
    standing = await progress.answer(person, module, given, asked.at)
    told = "Kept, and your Foundation with it." if cells else "Kept."
    return Message(text=told, cards=(views.checklist(standing),), private=True)


async def _opened(person: Person, module: Module, progress: Progress) -> Answer:
    return await _shown(person, await progress.in_module(person, module), progress)


async def _shown(person: Person, standing: Standing, progress: Progress, told: str = "") -> Answer:
    waiting = await progress.waits_for_foundation(person, standing.module)
    return views.module(standing, told, waiting)


def _ticked(standing: Standing, items: Sequence[int]) -> str:
    *others, last = map(str, sorted(items))
    done, them = (f"Items {', '.join(others)} and {last} are", "them") if others else (f"Item {last} is", "it")
    if not standing.open_items:
        return f"{done} done, and with {them} all {standing.total}. Save one piece of work, and the module is complete."
    return f"{done} done."


TICK = Command(name="module tick", summary="Tick an item of a checklist", args=Ticked, handler=tick)
COMMANDS = (
    Command(name="module list", summary="The ten modules", args=Maybe, handler=listing, reads=True),
    Command(name="module show", summary="Open a module", args=One, handler=show, reads=True),
    Command(name="module lesson", summary="Read a lesson", args=OneLesson, handler=lesson, reads=True),
    Command(name="module grid", summary="A module's grid, cell by cell", args=One, handler=grid, reads=True),
    Command(name="module example", summary="What the example shop did", args=One, handler=example, reads=True),
    Command(name="module guide", summary="Put a module into practice", args=One, handler=guide, reads=True),
    Command(name="module start", summary="Start a module", args=One, handler=start),
    TICK,
    Command(name="module untick", summary="Open an item again", args=OneItem, handler=untick, known=here),
    Command(name="module complete", summary="Complete a module", args=Closing, handler=complete, known=here),
    Command(name="module note", summary="Keep notes on a module", args=Noted, handler=note, pace=Pace.FORM, known=here),
    Command(name="module worksheet", summary="Fill in a worksheet", args=Answered, handler=worksheet, pace=Pace.FORM, known=here),
)
