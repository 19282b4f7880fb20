"""What is done with figures from elsewhere: /kpi import, and the buttons under what was found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal

from core.command import Arg, Command, Pace
from core.dates import day_read
from core.kpis import logging_views
from core.kpis.imports import views
from core.kpis.imports.found import Found
from core.kpis.imports.held import Held, ImportGone, shifted
from core.kpis.imports.service import Imports
from core.kpis.periods import SPANS, Span, period
from core.kpis.reading import Reading
from core.kpis.service import Snapshots
from core.people.model import Person
from core.request import Asked, Platform
from core.ui import Answer, Button, Call, Message


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was found and waits."""

    held: Annotated[str, Arg("Which figures")]


@dataclass(frozen=True, slots=True)
class Taken:
    """Which of the periods that were found: all, or one by its number."""

    held: Annotated[str, Arg("Which figures")]
    which: Annotated[str, Arg("All, or the number of one")]


@dataclass(frozen=True, slots=True)
class Dated:
    """Which period figures are for that name none; without `end` the latest that was over when they were."""

    reading: Annotated[str, Arg("Which reading")]
    span: Annotated[Literal["week", "days30", "month"], Arg("Which period")]
    end: Annotated[str, Arg("Its last day, as 2026-11-29")] = ""


async def how(asked: Asked, imports: Imports) -> Answer:
    """The ways to bring figures here."""
    return views.how(imports.exports, typed=asked.address.platform is Platform.TERMINAL, page=asked.page)


async def read(asked: Asked, person: Person, args: Waiting, imports: Imports, snapshots: Snapshots) -> Answer:
    """Read back what was sent; a picture is looked at now."""
    held = await imports.held(person, args.held)
    if held.found is not None:
        return await told(asked, person, held.found, imports, snapshots)
    found = await imports.in_picture(person, held, _today(asked, person))
    await imports.release(person)
    return await told(asked, person, found, imports, snapshots)


async def take(asked: Asked, person: Person, args: Taken, imports: Imports, snapshots: Snapshots) -> Answer:
    """Save every period that was read back, or look at one of them by itself."""
    held = await imports.held(person, args.held)
    found = held.found
    if found is None:
        raise ImportGone()
    if args.which == "all":
        done = await imports.save_all(person, held, asked.at)
        if done.kept:
            await snapshots.settle(person, {"currency": found.readings[0].currency}, asked.at)
            if not done.newer:
                await imports.release(person)
        return views.saved(done, held.token)
    number = int(args.which) if args.which.isdecimal() and 1 <= int(args.which) <= len(found.readings) else 1
    return await _one(asked, person, found.readings[number - 1], found, imports, snapshots)


async def shift(asked: Asked, person: Person, args: Waiting, imports: Imports, snapshots: Snapshots) -> Answer:
    """The days in the table are the other end of their weeks: the first, or the last again."""
    held = await imports.held(person, args.held)
    if held.found is None:
        raise ImportGone()
    return await told(asked, person, shifted(held.found, _today(asked, person)), imports, snapshots)


async def when(asked: Asked, person: Person, args: Dated, imports: Imports, snapshots: Snapshots) -> Answer:
    """The figures are for this period: they are read back with it."""
    reading = await snapshots.held(person, args.reading)
    today = _today(asked, person)
    dated = _dated(reading, SPANS[args.span], today)
    if args.end:
        chosen = period(SPANS[args.span], day_read(args.end, today, gone=True), today)
        dated = replace(dated, period=chosen, instead=reading.period if reading.period != chosen else None)
    await snapshots.hold(person, dated, asked.at, direct=asked.direct)
    return logging_views.read_back(snapshots.metrics, dated, imports.checked(person, dated))


async def told(asked: Asked, person: Person, found: Found, imports: Imports, snapshots: Snapshots) -> Message:
    """What was found, read back: one period as if it had been typed, several each in a line."""
    if len(found.readings) == 1:
        return await _one(asked, person, found.readings[0], found, imports, snapshots)
    parts = await imports.looked_at(person, found)
    held = Held(found, seen=tuple(each.version for each in parts))
    await imports.hold(person, held, asked.at)
    return views.several(snapshots.metrics, found, parts, held.token)


async def _one(asked: Asked, person: Person, reading: Reading, found: Found, imports: Imports, snapshots: Snapshots) -> Message:
    await snapshots.hold(person, replace(reading, dated=not found.undated), asked.at, direct=asked.direct)
    remarks = views.remarks_of(found)
    ways: list[Button] = []
    if found.undated:
        remarks.insert(0, "Nothing in it says which period these figures are for. Which one is it?")
        for name, span in SPANS.items():
            dated = _dated(reading, span, _today(asked, person))
            ways.append(Button(views.sentence(dated.period.said), Call("kpi when", {"reading": reading.token, "span": name})))
    checked = imports.checked(person, reading)
    return logging_views.read_back(snapshots.metrics, reading, checked, found.source, remarks, ways)


def _dated(reading: Reading, span: Span, today: date) -> Reading:
    """The same for a period of this length that was over when the figures' last day was."""
    ends = min(reading.period.end, today)
    found = period(Span.WEEK, ends, today)
    if span is Span.MONTH:
        first = ends.replace(day=1)
        last = _end_of_month(ends)
        found = period(Span.MONTH, ends if last <= today else date.fromordinal(first.toordinal() - 1), today)
    elif span is Span.DAYS_30:
        found = period(Span.DAYS_30, ends, today)
    return replace(reading, period=found, dated=True)


def _end_of_month(of: date) -> date:
    following = date(of.year + of.month // 12, of.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _today(asked: Asked, person: Person) -> date:
    return asked.at.astimezone(person.zone).date()


COMMANDS = (
    Command(name="kpi import", summary="Figures from a table, a file or a picture", handler=how),
    Command(name="kpi read", summary="Read what was sent", args=Waiting, handler=read, pace=Pace.LATER, listed=False),
    Command(name="kpi take", summary="Take what was read", args=Taken, handler=take, listed=False),
    Command(name="kpi shift", summary="Take days as the first of a week", args=Waiting, handler=shift, listed=False),
    Command(name="kpi when", summary="Say which period it is", args=Dated, handler=when, listed=False),
)
