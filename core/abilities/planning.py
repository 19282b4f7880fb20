"""Abilities about what the asker will do: proposing to note a commitment, or a reminder that they asked for."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Annotated

from pydantic import Field

from core.abilities.ability import saves
from core.abilities.cards import planned_card
from core.abilities.proposals import Kind, Proposals
from core.chat.ports import Asker, Used
from core.commitments.service import WHAT_AT_MOST, Commitments, DayIsOver, NotADay, TimeIsOver
from core.commitments.views import day_said
from core.errors import Refusal
from core.nudges.times import moment
from core.people.model import Person

WHAT = Field(description="The one thing, in the student's own words", min_length=1, max_length=WHAT_AT_MOST)
DAY = Field(description="The day that the student named: 2026-12-01, Friday, tomorrow or in 3 days", max_length=60)


class TwoDays(Refusal):
    """That may be two days. Ask the student which they mean."""


class NotATime(Refusal):
    """That is not a time of the day. Write it like 15:00."""


@saves("Preparing a commitment")
async def commit(
    asker: Asker,
    commitments: Commitments,
    proposals: Proposals,
    *,
    what: Annotated[str, WHAT],
    by: Annotated[str, DAY],
) -> Used:
    """Propose to note what the student says they will do, and by which day they chose. They are asked about it on that day. It is
    noted only when they press Save. Never choose the day for them.
    """
    day = clear_day(commitments, asker.person, by, asker.at)
    held = await proposals.hold(asker, Kind.COMMITMENT, {"what": what.strip(), "by": day.isoformat()})
    told = f"Proposed: {what.strip()}, by {day_said(day)}. It is noted once the student presses Save."
    return Used(told, (planned_card(held, what.strip(), day_said(day)),))


@saves("Preparing a reminder")
async def schedule_reminder(
    asker: Asker,
    commitments: Commitments,
    proposals: Proposals,
    *,
    what: Annotated[str, WHAT],
    on: Annotated[str, DAY],
    time: Annotated[str, Field(description="The time of the day there, such as 15:00", max_length=10)] = "09:00",
) -> Used:
    """Propose a reminder that the student asks for: they get it as a direct message at that time of theirs. It is set only when
    they press Save.
    """
    day = clear_day(commitments, asker.person, on, asker.at)
    when = told_at(asker.person, day, time)
    if when <= asker.at:
        raise TimeIsOver()
    clock = when.astimezone(asker.person.zone)
    held = await proposals.hold(asker, Kind.REMINDER, {"what": what.strip(), "by": day.isoformat(), "time": f"{clock:%H:%M}"})
    said = f"{day_said(day)}, {clock:%H:%M}"
    told = f"Proposed: {what.strip()}, on {said}. It is set once the student presses Save."
    return Used(told, (planned_card(held, what.strip(), said),))


def clear_day(commitments: Commitments, person: Person, typed: str, at: datetime) -> date:
    """The day that the words mean to the person.

    Raises:
        NotADay, DayIsOver, TwoDays: it is none, it is not to come, or there is a doubt.
    """
    days = commitments.day(person, typed, at)
    if days.clear is not None:
        return days.clear
    if days.past:
        raise DayIsOver()
    if not days.found:
        raise NotADay()
    raise TwoDays(f"“{typed}” may be {' or '.join(f'{day_said(each)} ({each})' for each in days.found)}. Ask which.")


def told_at(person: Person, day: date, typed: str) -> datetime:
    """That time of that day as the person knows it, in UTC.

    Raises:
        NotATime: it is none.
    """
    try:
        clock = clock_time.fromisoformat(typed.strip().zfill(5))
    except ValueError:
        raise NotATime() from None
    return moment(person.zone, day, clock.hour) + timedelta(minutes=clock.minute)
