"""/commit and /commitments: what I said I would do, and by when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date as day
from datetime import datetime
from typing import Annotated

from core.command import Arg, Command, Pace, form_of
from core.commitments import views
from core.commitments.model import CommitmentState
from core.commitments.service import WHAT_AT_MOST, Commitments, DayIsOver, NotADay, Order, TooLong
from core.commitments.worded import apart
from core.dates import Days
from core.listing import Listing
from core.people.model import Person
from core.request import Asked, Typed
from core.ui import Answer, Form, Kind, Option

HOW = "Friday, tomorrow, in 3 days or 2026-12-01"
NO_DAY = re.compile(
    r"(?P<what>.+?),?\s+(?:by|until|till|before)\s+"
    r"(?P<by>(?:the\s+)?\d+(?:st|nd|rd|th)\b.{0,20}|(?:the\s+day\s+before\s+)?yesterday|last\s+\w+|\w+\s+(?:day|week)s?\s+ago)\W*",
    re.IGNORECASE,
)
"""What ends like a day, and is none that can be kept."""


ONLY_ITS_BEGINNING = f"{TooLong().message} This is only its beginning."
"""Of what was cut short."""


@dataclass(frozen=True, slots=True)
class Words:
    """A commitment as one says it."""

    words: Annotated[str | None, Arg("What, and by when", "Hook by Friday", max_length=WHAT_AT_MOST + 60)] = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment, part by part."""

    what: Annotated[str, Arg("What will you do?", "One thing that can be done: the Hook headlines", max_length=WHAT_AT_MOST)]
    by: Annotated[str, Arg("By when?", HOW, max_length=60)]


@dataclass(frozen=True, slots=True)
class List(Listing):
    """Which of them."""

    order: Annotated[Order, Arg("Sorted by", "What is due next comes first")] = Order.DUE


@dataclass(frozen=True, slots=True)
class Which:
    """One of them."""

    id: Annotated[str, Arg("Commitment", hidden=True, max_length=40)]


@dataclass(frozen=True, slots=True)
class Moved:
    """One of them, and its new day."""

    id: Annotated[str, Arg("Commitment", hidden=True, max_length=40)]
    by: Annotated[str | None, Arg("By when?", HOW, max_length=60)] = None


async def commit(asked: Asked, person: Person, args: Words, commitments: Commitments) -> Answer:
    """Keep a commitment; what is not clear is asked."""
    if args.words is None:
        return form_of(KEEP, {}, intro="One thing that you can finish, and a day. I ask you about it on that day.")
    what, days = apart(args.words, asked.at.astimezone(person.zone).date())
    by = days.clear
    if ends := NO_DAY.fullmatch(" ".join(args.words.split())):
        meant = commitments.day(person, ends["by"], asked.at)
        if meant.past or not (meant.found or days.found or days.past):
            return _again({"what": ends["what"], "by": ends["by"]}, meant, said=True)
    if not what or by is None or len(what) > WHAT_AT_MOST:
        known = {"what": what, **({"by": f"{views.day_said(by)} {by.year}"} if by else {})}
        return _again(known, days, said=bool(days.found or days.past))
    return await _kept(asked, person, what, Days((by,)), commitments)


async def keep(asked: Asked, person: Person, args: Promise, commitments: Commitments) -> Answer:
    """Keep what the form says."""
    days = commitments.day(person, args.by, asked.at)
    if days.clear is None:
        return _again({"what": args.what, "by": args.by}, days, said=True)
    return await _kept(asked, person, args.what, days, commitments)


async def listing(asked: Asked, person: Person, args: List, commitments: Commitments) -> Answer:
    """What is open, and what was settled lately."""
    found = await commitments.listed(person, asked.at, args.words, args.order)
    return views.listing(person, found, _today(person, asked.at), args)


async def done(asked: Asked, person: Person, args: Which, commitments: Commitments) -> Answer:
    """It is done."""
    kept = await commitments.settle(person, args.id, CommitmentState.DONE, asked.at)
    return views.done(kept) if kept.state is CommitmentState.DONE else views.settled_before(kept)


async def reopen(asked: Asked, person: Person, args: Which, commitments: Commitments) -> Answer:
    """It is not done after all: open again, with new days."""
    found = await commitments.reopen(person, args.id, asked.at)
    return views.not_yet(found, _today(person, asked.at), again=True) if found.open else views.settled_before(found)


async def drop(asked: Asked, person: Person, args: Which, commitments: Commitments) -> Answer:
    """Let it go."""
    kept = await commitments.settle(person, args.id, CommitmentState.GIVEN_UP, asked.at)
    return views.given_up(kept) if kept.state is CommitmentState.GIVEN_UP else views.settled_before(kept)


async def not_yet(asked: Asked, person: Person, args: Which, commitments: Commitments) -> Answer:
    """It is not done yet: offer new days."""
    found = await commitments.ask_day(person, args.id, asked.at)
    return views.not_yet(found, _today(person, asked.at)) if found.open else views.settled_before(found)


async def date(asked: Asked, person: Person, args: Moved, commitments: Commitments) -> Answer:
    """Give it a new day."""
    found = await commitments.one(person, args.id)
    days = commitments.day(person, args.by or "", asked.at)
    if days.clear is None:
        return _again({"id": args.id, **({"by": args.by} if args.by else {})}, days, said=bool(args.by), command=MOVE)
    moved = await commitments.move(person, found.id, days.clear, asked.at)
    quiet = await commitments.quiet_beyond(person, moved)
    return views.made(person, moved, stopped=not await commitments.asked_about(person), quiet=quiet)


async def _kept(asked: Asked, person: Person, what: str, days: Days, commitments: Commitments) -> Answer:
    kept = await commitments.promise(person, what, days.found[0], asked.at, asked.id)
    quiet = await commitments.quiet_beyond(person, kept)
    return views.made(person, kept, stopped=not await commitments.asked_about(person), quiet=quiet)


def _again(values: Mapping[str, Typed], days: Days, *, said: bool, command: Command | None = None) -> Form:
    """The form with what was understood; where several days may be meant, with these to choose from."""
    what = values.get("what", "")
    problems = {"by": DayIsOver().message if days.past else NotADay().message} if said and not days.found else {}
    if isinstance(what, str) and len(what) > WHAT_AT_MOST:
        values, problems["what"] = {**values, "what": shortened(what)}, ONLY_ITS_BEGINNING
    form = form_of(command or KEEP, values)
    if "what" not in problems:  # what was cut short is asked as well
        form = replace(form, asks=_unclear(form, days))
    if len(days.found) < 2:
        return replace(form, problems=problems)
    options = tuple(Option(each.isoformat(), views.day_said(each)) for each in days.found)
    hint = f"{days.slip}. Which do you mean?" if days.slip else "Two days may be meant"
    fields = tuple(
        replace(each, kind=Kind.CHOICE, options=options, hint=hint) if each.name == "by" else each for each in form.fields
    )
    return replace(form, fields=fields, values={**values, "by": options[0].value})


def shortened(what: str) -> str:
    """As much of what they want to do as a form takes; all of it where that is enough."""
    return what if len(what) <= WHAT_AT_MOST else f"{what[: WHAT_AT_MOST - 1].rpartition(' ')[0].rstrip(' ,;')}…"


def _unclear(form: Form, days: Days) -> frozenset[str]:
    """The fields that were not said, or not so that they can be kept."""
    unsaid = frozenset(each.name for each in form.fields if not form.values.get(each.name))
    return unsaid if days.clear else unsaid | {"by"}


def _today(person: Person, at: datetime) -> day:
    return at.astimezone(person.zone).date()


KEEP = Command(name="commit keep", summary="Commit to something", args=Promise, handler=keep, pace=Pace.FORM, listed=False)
MOVE = Command(name="commit date", summary="A new date", args=Moved, handler=date, pace=Pace.FORM, listed=False)
COMMANDS = (
    Command(name="commit", summary="Say what you will do, and by when", args=Words, handler=commit, pace=Pace.FORM),
    Command(name="commitments", summary="What you said you would do", args=List, handler=listing, reads=True),
    KEEP,
    MOVE,
    Command(name="commit done", summary="It is done", args=Which, handler=done, listed=False),
    Command(name="commit not-yet", summary="Not yet", args=Which, handler=not_yet, listed=False),
    Command(name="commit reopen", summary="Not done after all", args=Which, handler=reopen, listed=False),
    Command(name="commit drop", summary="Let it go", args=Which, handler=drop, listed=False),
)
