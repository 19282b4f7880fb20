"""Abilities that put one of the bot's own commands before the asker, filled in: it is done when they press its button."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from core.abilities.ability import saves
from core.abilities.planning import clear_day
from core.chat.ports import Asker, Used
from core.commitments.service import Commitments
from core.commitments.views import day_said
from core.errors import Refusal
from core.nudges.contract import clock, days_said
from core.ui import Button, Buttons, Call, Card, Text

WAITS = "It waits for the student, who presses the button below your answer."
Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
WEEK: tuple[Weekday, ...] = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Came(StrEnum):
    """What became of a promise."""

    DONE = "done"
    ANOTHER_DAY = "another day"
    LET_GO = "let go"


class Settled(Refusal):
    """That promise is not open any more. What is open stands in what you were told of the student."""


class NoDayNamed(Refusal):
    """Another day needs a day. Ask the student which, and never choose it for them."""


@saves("Preparing what became of a promise")
async def settle_commitment(
    asker: Asker,
    commitments: Commitments,
    *,
    promise: Annotated[str, Field(description="Its id among what they promised, such as cmt_1a2b", max_length=60)],
    came: Annotated[Came, Field(description="Done; to be asked about on another day that they named; or given up")],
    day: Annotated[str, Field(description="The other day: 2026-12-01, Friday, tomorrow or in 3 days", max_length=60)] = "",
) -> Used:
    """Put before the student what they said of something they had promised: that it is done, that it needs another day, or that
    they let it go. Use it where their words answer a reminder of ours, too. Never propose a promise anew that is open already.
    """
    kept = await commitments.one(asker.person, promise)
    if not kept.open or not kept.promised:
        raise Settled()
    about = {"id": kept.id}
    match came:
        case Came.DONE:
            return _put(f"**{kept.what}**: done?", Button("Yes, it is done", Call("commit done", about), primary=True))
        case Came.LET_GO:
            return _put(f"**{kept.what}**: let it go?", Button("Let it go", Call("commit drop", about), primary=True))
        case Came.ANOTHER_DAY:
            if not day.strip():
                raise NoDayNamed()
            to = clear_day(commitments, asker.person, day, asker.at)
            move = Button(f"Move it to {day_said(to)}", Call("commit date", {**about, "by": to.isoformat()}), primary=True)
            return _put(f"**{kept.what}**: by {day_said(to)}?", move)


@saves("Preparing your reminders")
async def change_reminders(
    asker: Asker,
    *,
    days: Annotated[tuple[Weekday, ...], Field(description="The days on which they work on the course", min_length=1)],
    hour: Annotated[int, Field(description="The hour of the day there, 0 to 23, at which they are written to", ge=0, le=23)],
) -> Used:
    """Put before the student when they want to be reminded from now on: days of the week, and an hour of theirs. Both are theirs
    to name: what they did not say stays as their reminders are now.
    """
    numbers = sorted({WEEK.index(each) + 1 for each in days})
    said = f"{days_said(numbers)} at {clock(hour)}"
    call = Call("nudges at", {"days": "".join(map(str, numbers)), "hour": str(hour)})
    return _put(f"Reminders {said}?", Button("Yes, remind me then", call, primary=True))


@saves("Preparing your figures")
async def log_figures(
    asker: Asker,
    *,
    figures: Annotated[str, Field(description="Each by its name, and the period: orders 19, leads 14 last week", max_length=600)],
) -> Used:
    """Put figures of the student's own shop before them that they told you or corrected, as they would type them behind /kpi log:
    their numbers alone, all that belong together, with the period that they named. They are read back and saved by the student.
    """
    words = " ".join(figures.split())
    return _put(f"Your figures: {words}", Button("Read them back", Call("kpi log", {"words": words}), primary=True))


@saves("Preparing to join your cohort")
async def join_cohort(
    asker: Asker, *, code: Annotated[str, Field(description="The code as they wrote it, such as k7wq-3fhm", max_length=20)]
) -> Used:
    """Put joining a cohort before a student who named its code."""
    join = Button("Join it", Call("cohort join", {"code": code.strip()}), primary=True)
    return _put(f"Join the cohort with the code **{code.strip()}**?", join)


def _put(words: str, button: Button) -> Used:
    return Used(f"{words} {WAITS}", (Card(body=(Text(words), Buttons((button,)))),))
