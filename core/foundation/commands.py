"""/foundation: see it, edit it, be interviewed about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Annotated

from core.alike import alike
from core.command import Arg, Command, OnMessage, Pace, form_of
from core.errors import NotFound
from core.foundation import paste_commands
from core.foundation.checking import NAMES, checks, summary_form
from core.foundation.history_views import Order, history_message, listed, put_back_message
from core.foundation.interview import Interview
from core.foundation.model import SUMMARY
from core.foundation.service import BadCells, Foundations
from core.foundation.sorting_views import held, titles
from core.foundation.typed import TEXT_AT_MOST
from core.foundation.views import edit_form, grid_card, next_button, next_card
from core.listing import SEARCH_AT_MOST, Listing
from core.people.model import Person
from core.request import Asked, Typed
from core.ui import Answer, Button, Buttons, Call, Card, Kind, Message, Meter, Option, Text, Tone

GRID = "That is a whole grid. Name one of its cells."
CHANGES_AT_MOST = 500
"""The newest that are looked through: a course's worth, and each no longer than a cell."""


async def cells(typed: str, foundations: Foundations) -> Sequence[Option]:
    """Cells and grids like what is typed."""
    known = {grid.title: f"{grid.title}: all nine cells" for grid in foundations.cells.grids}
    known |= {cell.title: cell.title for cell in foundations.cells.by_key.values()}
    return [Option(name, known[name]) for name in alike(typed, known, len(known))]


async def single_cells(typed: str, foundations: Foundations) -> Sequence[Option]:
    """Cells like what is typed."""
    known = {cell.title: cell.title for cell in foundations.cells.by_key.values()}
    return [Option(name, name) for name in alike(typed, known, len(known))]


@dataclass(frozen=True, slots=True)
class History(Listing):
    """Which changes."""

    search: Annotated[str, Arg("Cell or words", "A cell's name, or what stood in it", max_length=SEARCH_AT_MOST)] = ""
    order: Annotated[Order, Arg("Sorted by")] = Order.NEWEST


@dataclass(frozen=True, slots=True)
class WhichCell:
    """A cell or a grid; after a cell's name what is to stand in it."""

    cell: Annotated[
        str, Arg("Cell or grid", "For example: pains, customer A2, or company", suggest=cells, max_length=TEXT_AT_MOST)
    ]


@dataclass(frozen=True, slots=True)
class Addition:
    """A cell, and what is to stand in it besides."""

    cell: Annotated[str, Arg("Cell", "For example: pains, or customer A2", suggest=single_cells, max_length=80)]
    text: Annotated[str, Arg("What to add", "It goes after what the cell holds", Kind.LONG, TEXT_AT_MOST)]


@dataclass(frozen=True, slots=True)
class WhichChange:
    """A change of the Foundation."""

    change: Annotated[str, Arg("Change", hidden=True, max_length=40)]


@dataclass(frozen=True, slots=True)
class WhichAnswer:
    """An answer to the interview: the key of its cell, and the version of the Foundation that saving it made."""

    cell: Annotated[str, Arg("Cell", hidden=True, max_length=80)]
    version: Annotated[int, Arg("Version", hidden=True)]


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed into cells, by their keys; `seen` is the version of the Foundation that the form was opened on."""

    seen: Annotated[int | None, Arg("Seen", hidden=True)] = None
    cells: Mapping[str, Typed] = field(default_factory=dict)


async def show(asked: Asked, person: Person, foundations: Foundations) -> Answer:
    """The three grids: what is filled and what is missing."""
    foundation = await foundations.of(person, asked.at)
    shares = foundations.shares(foundation)
    locks = foundations.still_locks(foundation)
    cards = [grid_card(share, foundation) for share in shares]
    if foundation.strategic_blueprint_summary:
        cards.append(Card(foundations.cells.file.alignment.title, (Text(foundation.strategic_blueprint_summary),)))
    cards.append(next_card(locks, sum(len(share.missing) for share in shares)))
    return Message("Your Foundation is what every draft starts from.", tuple(cards), private=True)


async def edit(asked: Asked, person: Person, args: WhichCell, foundations: Foundations) -> Answer:
    """A form for the cell or the grid."""
    foundation = await foundations.of(person, asked.at)
    if args.cell.strip().casefold() in NAMES:
        return summary_form(foundation, foundations.cells.file.alignment)
    found, text = foundations.cells.begun_by(args.cell)
    if text and len(found) > 1:
        return form_of(EDIT, {"cell": args.cell}, {"cell": GRID})
    form = edit_form(found, foundations.cells.grids, foundation, {found[0].key: text} if text else {}, {})
    before = held(found[0].key, foundation, foundations.cells) if text else ""
    return replace(form, intro=f"{form.intro}\n\nUntil now it holds: {before}") if before else form


async def add(asked: Asked, person: Person, args: Addition, foundations: Foundations, interview: Interview) -> Answer:
    """Keep the text in the cell, after what it holds; the same form where the cell cannot take it. The question of an open
    interview comes again below that.
    """
    args = _parted(args, foundations)
    cell, *others = foundations.cells.named(args.cell)
    typed = {"cell": args.cell, "text": args.text}
    if others:
        return form_of(ADD, typed, {"cell": GRID})
    try:
        kept = await foundations.add(person, cell, args.text, asked.at)
    except BadCells as trouble:
        return form_of(ADD, typed, {"text": trouble.message})
    see = Buttons((Button("See it", Call("foundation edit", {"cell": cell.title})),))
    told = Text(f"Added to {titles((cell.key,), kept, foundations.cells)}.")
    added = Message(cards=(Card(body=(told, see), tone=Tone.GOOD),), private=True)
    return await interview.below(asked, person, added)


def _parted(args: Addition, foundations: Foundations) -> Addition:
    """A cell's name of several words, as people type it: What we sell jars, or What we sell: jars."""
    with suppress(NotFound):
        if len(foundations.cells.named(args.cell)) == 1:
            return args
    found, text = foundations.cells.parted(f"{args.cell} {args.text}")
    return Addition(found[0].title, text) if len(found) == 1 and text else args


async def save(asked: Asked, person: Person, args: Filled, foundations: Foundations, interview: Interview) -> Answer:
    """Keep what was typed into the form; where an interview is open, its question comes again below that."""
    answer = await saved(asked, person, args, foundations)
    return await interview.below(asked, person, answer) if isinstance(answer, Message) else answer


async def saved(asked: Asked, person: Person, args: Filled, foundations: Foundations) -> Answer:
    """What was saved of the form; the same form where something cannot be read."""
    known = [foundations.cells.by_key[key] for key in args.cells if key in foundations.cells.by_key]
    before = await foundations.of(person, asked.at)
    try:
        foundation = await foundations.save(person, args.cells, asked.at, seen=args.seen)
    except BadCells as trouble:
        typed = {key: value for key, value in args.cells.items() if key not in trouble.untouched}
        now = await foundations.of(person, asked.at)
        if not known:
            alignment = foundations.cells.file.alignment
            return summary_form(now, alignment, str(args.cells.get(SUMMARY, "")), trouble.problems)
        return edit_form(known, foundations.cells.grids, now, typed, trouble.problems)
    shares = foundations.shares(foundation)
    filled = sum(len(share.filled) for share in shares)
    left = sum(len(share.missing) for share in shares)
    meter = Meter("Foundation", filled, filled + left)
    changed = [key for key in args.cells if held(key, before, foundations.cells) != held(key, foundation, foundations.cells)]
    told = f"Saved: {titles(changed, foundation, foundations.cells)}." if changed else "Nothing was changed."
    more = Buttons((Button("Show it all", Call("foundation show")), next_button(left)))
    return Message(cards=(Card(body=(Text(told), meter, more), tone=Tone.GOOD),), private=True)


async def check(asked: Asked, person: Person, foundations: Foundations) -> Answer:
    """The questions that hold the grids together."""
    return checks(await foundations.of(person, asked.at), foundations.cells)


async def interview(asked: Asked, person: Person, interview: Interview) -> Answer:
    """Ask the first open question."""
    return await interview.begin(asked, person)


async def skip(asked: Asked, person: Person, interview: Interview) -> Answer:
    """Ask the next open question."""
    return await interview.skip(asked, person)


async def leave(asked: Asked, person: Person, interview: Interview) -> Answer:
    """Stop asking."""
    return await interview.leave(person, asked.at)


async def back(asked: Asked, person: Person, interview: Interview) -> Answer:
    """Ask the question that was left."""
    return await interview.back(asked, person)


async def keep(asked: Asked, person: Person, interview: Interview) -> Answer:
    """Save what may have been an aside."""
    return await interview.keep(asked, person)


async def take_back(asked: Asked, person: Person, args: WhichAnswer, interview: Interview) -> Answer:
    """Take out of a cell what was no answer to its question."""
    return await interview.take_back(asked, person, args.cell, args.version)


async def history(person: Person, args: History, foundations: Foundations) -> Answer:
    """A page of the newest changes, each of which can be taken back: their texts are compared in memory."""
    changes = await foundations.changes(person, CHANGES_AT_MOST)
    return history_message(listed(changes, foundations.cells, args.words, args.order), foundations.cells, person, args)


async def put_back(asked: Asked, person: Person, args: WhichChange, foundations: Foundations) -> Answer:
    """Give a cell the value that it had before a change; that is a change itself."""
    change = await foundations.put_back(person, args.change, asked.at)
    return put_back_message(change, foundations.cells)


EDIT = Command(name="foundation edit", summary="Write or change a cell or a grid", args=WhichCell, handler=edit, pace=Pace.FORM)
ADD = Command(
    name="foundation add",
    summary="Add a text to a cell of your Foundation",
    args=Addition,
    handler=add,
    pace=Pace.FORM,
    on_message=OnMessage("Add to my Foundation", "text"),
)
COMMANDS = (
    Command(
        name="foundation show",
        summary="Your company, market and customer: what is filled, what is missing",
        handler=show,
        reads=True,
    ),
    EDIT,
    ADD,
    Command(name="foundation interview", summary="Be asked one question at a time", handler=interview),
    *paste_commands.COMMANDS,
    Command(name="foundation check", summary="Whether your cells fit together, and where to look", handler=check, reads=True),
    Command(
        name="foundation history",
        summary="Your Foundation's changes, and how to take one back",
        args=History,
        handler=history,
        reads=True,
    ),
    Command(name="foundation putback", summary="Put it back", args=WhichChange, handler=put_back, listed=False),
    Command(name="foundation save", summary="Save your Foundation", args=Filled, handler=save, listed=False),
    Command(name="foundation skip", summary="Skip this question", handler=skip, listed=False),
    Command(name="foundation leave", summary="Leave the interview", handler=leave, listed=False),
    Command(name="foundation back", summary="Go on with the interview", handler=back, listed=False),
    Command(name="foundation takeback", summary="Take the answer back", args=WhichAnswer, handler=take_back, listed=False),
    Command(name="foundation keep", summary="Keep it as the answer", handler=keep, listed=False),
)
