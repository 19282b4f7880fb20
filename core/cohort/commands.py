"""/plan and /cohort: who takes the course together, and when which module is worked on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from core.cohort import arrival_views, views
from core.cohort.arriving import Arrivals
from core.cohort.listed import Order, listed
from core.cohort.model import NAME_AT_MOST
from core.cohort.ports import CannotSee
from core.cohort.service import Cohorts, FarAway, NameTaken
from core.cohort.timetable import CATCH_UP
from core.command import Arg, Command, Nothing, Pace, form_of
from core.course.service import Progress
from core.course.steps import Step
from core.errors import Refusal
from core.listing import Listing
from core.people.model import Person
from core.people.service import People
from core.request import Asked, Typed
from core.roles import COACHING
from core.ui import Answer, Kind, Option

MODULES = tuple(Option(str(each.number), each.value) for each in Step)


class NotInAChannel(Refusal):
    """Ask for that in the channel where your cohort meets: /cohort here"""


class MeetsElsewhere(Refusal):
    """Your cohort does not meet in this channel. Say /cohort here first, in the channel where it does."""


@dataclass(frozen=True, slots=True)
class Dates:
    """When the course begins, and which weeks are free."""

    starts_on: Annotated[date, Arg("First day of the course", "Best a Monday, such as 2 March")]
    catch_up_after: Annotated[
        tuple[str, ...],
        Arg("A free week to catch up after", "Leave all empty for none", kind=Kind.CHOICES, options=MODULES),
    ] = ()


@dataclass(frozen=True, slots=True)
class List(Listing):
    """Which cohorts."""

    order: Annotated[Order, Arg("Sorted by", "Those that go on come first")] = Order.GOING_ON


async def plan(asked: Asked, person: Person, cohorts: Cohorts, progress: Progress) -> Answer:
    """The weeks, and how far the person is."""
    dated = await cohorts.dated(person)
    today = asked.at.astimezone(person.zone).date()
    return views.plan(dated.timetable, await progress.of(person), today, in_cohort=dated.in_cohort, over=dated.over)


async def dates(person: Person, cohorts: Cohorts) -> Answer:
    """The form, with what is set."""
    dated = await cohorts.dated(person)
    after = tuple(map(str, dated.timetable.catch_up_after if dated.in_cohort else CATCH_UP))
    known: dict[str, Typed] = {"catch_up_after": after}
    if dated.in_cohort:
        known["starts_on"] = dated.timetable.starts_on.isoformat()
    own = await cohorts.looked_after(person)
    whose = f"Everybody in {own.name}" if own else "Everybody in this cohort"
    intro = f"One module a week from that day. {whose} sees the weeks with /plan, and is reminded by them."
    return replace(form_of(SET, known), title="The cohort's dates", intro=intro)


async def keep(asked: Asked, person: Person, args: Dates, cohorts: Cohorts) -> Answer:
    """Keep the dates."""
    try:
        timetable = await cohorts.schedule(person, args.starts_on, tuple(map(int, args.catch_up_after)), asked.at)
    except FarAway as trouble:
        typed: dict[str, Typed] = {"starts_on": args.starts_on.isoformat(), "catch_up_after": args.catch_up_after}
        return form_of(SET, typed, {"starts_on": trouble.message})
    return views.dated(timetable, [each.value for each in Step])


@dataclass(frozen=True, slots=True)
class New:
    """A cohort that is to begin."""

    name: Annotated[str, Arg("Its name", "Such as Spring 2026", max_length=NAME_AT_MOST)]
    starts_on: Annotated[date | None, Arg("First day of the course", "Best a Monday; may be set later")] = None
    catch_up_after: Annotated[
        tuple[str, ...],
        Arg("A free week to catch up after", "Leave all empty for none", kind=Kind.CHOICES, options=MODULES),
    ] = ()


async def proposed_weeks() -> Mapping[str, Typed]:
    """The free weeks that most cohorts take; the form shows them, and without a form they are taken."""
    return {"catch_up_after": tuple(map(str, CATCH_UP))}


async def named(typed: str, person: Person, cohorts: Cohorts) -> Sequence[Option]:
    """The organization's cohorts with what is typed in their names; nobody's for anyone who does not coach."""
    if person.role not in COACHING:
        return []
    wanted = typed.strip().casefold()
    return [Option(each.id, each.name) for each in await cohorts.all(person) if wanted in each.name.casefold()]


@dataclass(frozen=True, slots=True)
class Which:
    """One of the cohorts."""

    cohort: Annotated[str, Arg("Which cohort", "Its name", suggest=named, max_length=NAME_AT_MOST)]


@dataclass(frozen=True, slots=True)
class Code:
    """A cohort's code."""

    code: Annotated[str, Arg("The code", "Your coach has it; it looks like k7wq-3fhm, with other letters", max_length=20)]


@dataclass(frozen=True, slots=True)
class Where:
    """The channel that a button is about, wherever it is pressed."""

    channel: Annotated[str, Arg("Channel", hidden=True, max_length=40)] = ""


@dataclass(frozen=True, slots=True)
class Placing:
    """A student, and the cohort that they are to belong to."""

    student: Annotated[str, Arg("Who", "Their name, as the bot shows it", max_length=NAME_AT_MOST)]
    cohort: Annotated[str, Arg("Which cohort", "Its name", suggest=named, max_length=NAME_AT_MOST)]


async def create(asked: Asked, person: Person, args: New, cohorts: Cohorts) -> Answer:
    """A new cohort."""
    free = args.catch_up_after if asked.submitted else args.catch_up_after or tuple(map(str, CATCH_UP))
    typed: dict[str, Typed] = {"name": args.name, "catch_up_after": free}
    typed |= {"starts_on": args.starts_on.isoformat()} if args.starts_on else {}
    before = await cohorts.looked_after(person)
    try:
        cohort, _ = await cohorts.create(person, args.name, args.starts_on, tuple(map(int, free)), asked.at)
    except FarAway as trouble:
        return form_of(NEW, typed, {"starts_on": trouble.message})
    except NameTaken as trouble:
        return form_of(NEW, typed, {"name": trouble.message})
    return views.created(cohort, before)


async def every(person: Person, args: List, cohorts: Cohorts) -> Answer:
    """A page of all cohorts."""
    return views.all_of(listed(await cohorts.all(person), args.words, args.order), await cohorts.of(person), args)


async def join(asked: Asked, person: Person, args: Code, cohorts: Cohorts) -> Answer:
    """Join by code."""
    return views.joined(await cohorts.join(person, args.code), asked.at.astimezone(person.zone).date())


async def look_after(person: Person, args: Which, cohorts: Cohorts) -> Answer:
    """The coach looks after this one now."""
    before = await cohorts.looked_after(person)
    now = await cohorts.look_after(person, args.cohort)
    return views.looked_after(now, before if before and before.id != now.id else None)


async def archive(asked: Asked, person: Person, args: Which, cohorts: Cohorts) -> Answer:
    """It is over."""
    return views.archived(await cohorts.archive(person, args.cohort, asked.at))


async def reopen(person: Person, args: Which, cohorts: Cohorts) -> Answer:
    """It goes on after all."""
    return views.reopened(await cohorts.archive(person, args.cohort, None))


async def here(asked: Asked, person: Person, cohorts: Cohorts, arrivals: Arrivals) -> Answer:
    """The cohort meets in this channel, and those who are in it belong to it, as far as the platform tells who that is."""
    if asked.direct or not asked.address.channel:
        raise NotInAChannel()
    place = replace(asked.address, thread="")
    own = await cohorts.meet_in(person, place.channel)
    try:
        return arrival_views.meets_here(own, await arrivals.those_in(person, own, place, asked.id, asked.at))
    except CannotSee as trouble:
        return arrival_views.not_seen(own, trouble.message)


async def welcome(asked: Asked, person: Person, args: Where, cohorts: Cohorts, arrivals: Arrivals) -> Answer:
    """A card for everybody in the channel, by which they join; from elsewhere only where the button names that channel."""
    own = await cohorts.own(person)
    if not asked.direct and own.channel == asked.address.channel:
        return arrival_views.welcome(own, asked.at.astimezone(own.zone).date())
    if not own.channel or args.channel != own.channel:
        raise MeetsElsewhere()
    there = replace(asked.address, channel=own.channel, thread="")
    await arrivals.post_welcome(person, own, there, asked.id, asked.at)
    return arrival_views.posted(own)


async def place(person: Person, args: Placing, cohorts: Cohorts, people: People) -> Answer:
    """A student belongs to this cohort."""
    named, cohort = _placing(args, [each.name for each in await cohorts.all(person)])
    student = await people.member(person, named)
    return views.placed(student.name, await cohorts.place(person, student, cohort))


def _placing(args: Placing, cohorts: Sequence[str]) -> tuple[str, str]:
    """Who, and the cohort: names have spaces, so words typed in a row are parted where a cohort's name begins."""
    words = f"{args.student.strip()} {args.cohort.strip()}"
    ends = [each for each in cohorts if words.casefold().endswith(f" {each.casefold()}")]
    longest = max(ends, key=len, default="")
    return (words[: -len(longest)].strip(), longest) if longest else (args.student, args.cohort)


NEW = Command(
    name="cohort new",
    summary="For coaches: begin a cohort",
    args=New,
    handler=create,
    pace=Pace.FORM,
    needs=COACHING,
    known=proposed_weeks,
)
SET = Command(
    name="cohort schedule",
    summary="Set the cohort's dates",
    args=Dates,
    handler=keep,
    pace=Pace.FORM,
    needs=COACHING,
    listed=False,
)
COMMANDS = (
    Command(name="plan", summary="The course plan, with your dates", handler=plan, reads=True),
    Command(name="cohort join", summary="Join a cohort by its code", args=Code, handler=join),
    Command(name="cohort list", summary="For coaches: all cohorts", args=List, handler=every, needs=COACHING),
    NEW,
    Command(
        name="cohort dates",
        summary="For coaches: when the course begins",
        args=Nothing,
        handler=dates,
        pace=Pace.FORM,
        needs=COACHING,
    ),
    SET,
    Command(
        name="cohort here",
        summary="For coaches: whoever is in this channel joins",
        handler=here,
        pace=Pace.LATER,
        needs=COACHING,
    ),
    Command(
        name="cohort welcome",
        summary="For coaches: a card here by which people join",
        args=Where,
        handler=welcome,
        needs=COACHING,
        private=False,
        listed=False,
    ),
    Command(name="cohort place", summary="For coaches: put a student into a cohort", args=Placing, handler=place, needs=COACHING),
    Command(name="cohort look", summary="Look after it", args=Which, handler=look_after, needs=COACHING, listed=False),
    Command(name="cohort archive", summary="For coaches: a cohort is over", args=Which, handler=archive, needs=COACHING),
    Command(name="cohort reopen", summary="It goes on after all", args=Which, handler=reopen, needs=COACHING, listed=False),
)
