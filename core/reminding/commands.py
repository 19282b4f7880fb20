"""/reminder: have me write to you at a time of yours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from core.command import Arg, Command, Pace, form_of
from core.commitments.commands import ONLY_ITS_BEGINNING, shortened
from core.commitments.service import WHAT_AT_MOST, Commitments
from core.commitments.views import day_said
from core.nudges.placing import is_told
from core.nudges.service import Reminders
from core.nudges.times import hour_of, in_quiet_hours
from core.people.model import Person
from core.reminding.views import noted
from core.reminding.when import When, when_said
from core.reminding.worded import wanted
from core.request import Asked
from core.ui import Answer

HOW = "tonight at 8, tomorrow at 9, Friday 14:00, in 2 hours"
NO_TIME = f"I cannot tell when that is, or it is over. Write it like {HOW}."


@dataclass(frozen=True, slots=True)
class Words:
    """A reminder as one asks for it."""

    words: Annotated[str | None, Arg("What, and when", "call the printer tomorrow at 9", max_length=WHAT_AT_MOST + 60)] = None


@dataclass(frozen=True, slots=True)
class Parts:
    """A reminder, part by part."""

    what: Annotated[str, Arg("What shall I remind you of?", "One thing: call the printer", max_length=WHAT_AT_MOST)]
    when: Annotated[str, Arg("When?", HOW, max_length=80)]


async def reminder(asked: Asked, person: Person, args: Words, commitments: Commitments, reminders: Reminders) -> Answer:
    """Set it; what is not clear is asked."""
    if args.words is None:
        return form_of(KEEP, {}, intro="I write to you then, and only then.")
    said = wanted(args.words, asked.at.astimezone(person.zone), hour_of(await reminders.of(person, asked.at)))
    if said.what and said.when and len(said.what) <= WHAT_AT_MOST:
        return await kept(asked, person, said.what, said.when, commitments, reminders)
    known = {"what": shortened(said.what), "when": _written(said.when.at) if said.when else ""}
    problems = {"what": ONLY_ITS_BEGINNING} if known["what"] != said.what else {}
    return form_of(KEEP, {name: value for name, value in known.items() if value}, problems)


async def keep(asked: Asked, person: Person, args: Parts, commitments: Commitments, reminders: Reminders) -> Answer:
    """Set what the form says."""
    when = when_said(args.when, asked.at.astimezone(person.zone), hour_of(await reminders.of(person, asked.at)))
    if when is None:
        return form_of(KEEP, {"what": args.what, "when": args.when}, {"when": NO_TIME})
    return await kept(asked, person, args.what, when, commitments, reminders)


async def kept(asked: Asked, person: Person, what: str, when: When, commitments: Commitments, reminders: Reminders) -> Answer:
    """It is set, with the time at which it comes, in quiet hours too, since they chose it; not while reminders are stopped.

    Raises:
        Refusal: that time is over, or there is no room for one more.
    """
    made = await commitments.remind(person, what, when.at, asked.at, asked.id)
    quiet = in_quiet_hours(await reminders.of(person, asked.at), person.zone, made.due_at)
    stopped, doubtful = not await commitments.asked_about(person), not (when.span or is_told(asked, person))
    return noted(person, made, stopped=stopped, in_quiet_hours=quiet, doubtful=doubtful)


def _written(at: datetime) -> str:
    """The time as the form takes it again."""
    return f"{day_said(at.date())} {at.year} {at:%H:%M}"


KEEP = Command(name="reminder keep", summary="A reminder", args=Parts, handler=keep, pace=Pace.FORM, listed=False)
COMMANDS = (
    Command(name="reminder", summary="Have me remind you of something", args=Words, handler=reminder, pace=Pace.FORM),
    KEEP,
)
