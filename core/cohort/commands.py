"""/plan for everybody, and /cohort dates for coaches: when which module is worked on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from core.cohort import views
from core.cohort.service import Cohorts, FarAway
from core.cohort.timetable import CATCH_UP
from core.command import Arg, Command, Nothing, Pace, form_of
from core.course.service import Progress
from core.course.steps import Step
from core.people.model import Person
from core.request import Asked, Typed
from core.roles import COACHING
from core.ui import Answer, Kind, Option

MODULES = tuple(Option(str(each.number), f"{each.number} {each.value}") for each in Step)


@dataclass(frozen=True, slots=True)
class Dates:
    """When the course begins, and which weeks are free."""

    starts_on: Annotated[date, Arg("First day of the course", "Best a Monday, such as 2026-03-02")]
    catch_up_after: Annotated[
        tuple[str, ...],
        Arg("A free week to catch up after", "Leave all empty for none", kind=Kind.CHOICES, options=MODULES[:-1]),
    ] = ()


async def plan(asked: Asked, person: Person, cohorts: Cohorts, progress: Progress) -> Answer:
    """The weeks, and how far the person is."""
    timetable, in_cohort = await cohorts.timetable(person)
    today = asked.at.astimezone(person.zone).date()
    return views.plan(timetable, await progress.of(person), today, in_cohort=in_cohort)


async def dates(person: Person, cohorts: Cohorts) -> Answer:
    """The form, with what is set."""
    timetable, in_cohort = await cohorts.timetable(person)
    after = tuple(map(str, timetable.catch_up_after if in_cohort else CATCH_UP))
    known: dict[str, Typed] = {"catch_up_after": after}
    if in_cohort:
        known["starts_on"] = timetable.starts_on.isoformat()
    intro = "One module a week from that day. Everybody in this cohort sees the weeks with /plan, and is reminded by them."
    return replace(form_of(SET, known), title="The cohort's dates", intro=intro)


async def keep(asked: Asked, person: Person, args: Dates, cohorts: Cohorts) -> Answer:
    """Keep the dates."""
    try:
        timetable = await cohorts.schedule(person, args.starts_on, tuple(map(int, args.catch_up_after)), asked.at)
    except FarAway as trouble:
        typed: dict[str, Typed] = {"starts_on": args.starts_on.isoformat(), "catch_up_after": args.catch_up_after}
        return form_of(SET, typed, {"starts_on": trouble.message})
    return views.dated(timetable, [each.value for each in Step])


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
    Command(name="plan", summary="The course plan, with your dates", handler=plan),
    Command(
        name="cohort dates",
        summary="For coaches: when the course begins",
        args=Nothing,
        handler=dates,
        pace=Pace.FORM,
        needs=COACHING,
    ),
    SET,
)
