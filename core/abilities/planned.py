"""Keeping a commitment or a reminder that was proposed, as it was or as the person changed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from core.abilities.planning import NotATime, TwoDays, clear_day, told_at
from core.abilities.proposals import PROPOSAL, Kind, Proposal
from core.command import parameters
from core.commitments import views
from core.commitments.commands import HOW, Promise
from core.commitments.service import Commitments, DayIsOver, NotADay, TimeIsOver, TooMany
from core.people.model import Person
from core.reminding.views import noted
from core.request import Asked, Typed
from core.ui import Field, Form, Message

PLANNED = frozenset({Kind.COMMITMENT, Kind.REMINDER})
"""What is saved here."""
IN_THE_WAY = (NotADay, TwoDays, DayIsOver, NotATime, TimeIsOver, TooMany)
"""Why it cannot be kept as it is."""
TIME = Field("time", "At what time?", hint="Such as 15:00", max_length=10)


async def save(asked: Asked, person: Person, held: Proposal, typed: Mapping[str, Typed], commitments: Commitments) -> Message:
    """Keep it, once.

    Raises:
        Refusal: one of those `IN_THE_WAY`.
    """
    values = {name: _one(typed.get(name, value)) for name, value in held.values.items()}
    day = clear_day(commitments, person, values["by"], asked.at)
    stopped = not await commitments.asked_about(person)
    if held.kind is Kind.REMINDER:
        when = told_at(person, day, values["time"])
        return noted(person, await commitments.remind(person, values["what"], when, asked.at, held.id), stopped=stopped)
    kept = await commitments.promise(person, values["what"], day, asked.at, held.id)
    return views.made(person, kept, stopped=stopped, quiet=await commitments.quiet_beyond(person, kept))


def form(held: Proposal, typed: Mapping[str, Typed], problem: str) -> Form:
    """What was proposed, to be changed."""
    fields = tuple(each.field() for each in parameters(Promise))
    title = "Commit to something"
    if held.kind is Kind.REMINDER:
        what, by = fields
        fields, title = (
            (replace(what, label="What shall I remind you of?"), replace(by, label="On which day?", hint=HOW), TIME),
            "A reminder",
        )
    values = {**held.values, **typed, PROPOSAL: held.id}
    return Form("proposal note", title, fields, values, {"by": problem} if problem else {})


def _one(typed: Typed) -> str:
    return typed if isinstance(typed, str) else ", ".join(typed)
