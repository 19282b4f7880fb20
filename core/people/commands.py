"""/me: who I am to the bot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from zoneinfo import available_timezones

from core.alike import alike, holds
from core.command import Arg, Command, Pace, form_of
from core.people.model import Person
from core.people.names import asks
from core.people.service import NAME_AT_MOST, People
from core.people.zones import UnknownZone, zones_begun, zones_meant
from core.request import Asked
from core.roles import Role
from core.ui import Answer, Button, Buttons, Call, Card, Facts, Form, Message, Option, Text, Tone

WHERE = "A city or country, such as Leeds or France"
"""What is typed where somebody is asked for their time zone."""
OFFERED = 10


async def zones(typed: str) -> Sequence[Option]:
    """Time zones of what is typed, and those that are called like it; nothing that is merely spelt a little like it."""
    called = [zone for zone in alike(typed, sorted(available_timezones()), OFFERED) if holds(zone.replace("_", " "), typed)]
    found = dict.fromkeys((*zones_meant(typed), *called, *zones_begun(typed)))
    return [Option(zone, zone) for zone in found][:OFFERED]


@dataclass(frozen=True, slots=True)
class Introduction:
    """What the bot needs to know of someone."""

    name: Annotated[str, Arg("Your name", "What the agents call you", max_length=NAME_AT_MOST)]
    timezone: Annotated[str, Arg("Your time zone", WHERE, suggest=zones, max_length=60)]


async def show(person: Person) -> Answer:
    """What is known of the person."""
    facts = Facts(
        (
            ("Name", person.name),
            ("Time zone", person.timezone),
            ("Role", person.role),
            ("Known since", person.created_at.astimezone(person.zone).strftime("%-d %B %Y")),
            *((("Currency", person.settings["currency"]),) if "currency" in person.settings else ()),
            ("Figures shared with the cohort", "yes" if person.shares_figures else "no"),
        )
    )
    board = (Button("My cohort's board", Call("me board")),) if person.role is Role.STUDENT else ()
    change = Buttons((Button("Change", Call("me edit", form=True)), *board))
    return Message(cards=(Card("You", (facts, change)),), private=True)


async def edit(asked: Asked, person: Person, args: Introduction, people: People) -> Answer:
    """Keep name and time zone."""
    if problem := asks(args.name):
        return form_of(EDIT, {"name": args.name, "timezone": args.timezone}, {"name": problem})
    try:
        changed = await people.introduce(person, name=args.name, timezone=args.timezone, at=asked.at)
    except UnknownZone as trouble:
        return form_of(EDIT, {"name": args.name, "timezone": args.timezone}, {"timezone": trouble.message})
    return Message(cards=(Card(body=(time_taken(changed, asked.at),), tone=Tone.GOOD),), private=True)


def time_taken(person: Person, at: datetime) -> Text:
    """By which clock the person's times are read from now on."""
    here = at.astimezone(person.zone).strftime("%H:%M")
    return Text(f"Thank you, {person.name}. I take your time as {person.timezone}, where it is {here}.")


async def welcome(person: Person) -> Answer:
    """Ask who someone is, once."""
    if person.introduced_at is not None:
        return None
    intro = (
        "Hello. Elevate coaches you through the growth course: ten modules, from knowing your customer to customers who bring "
        "others. It remembers your business, so that every draft starts from it.\n\nFirst, two things about you."
    )
    return Form(EDIT.name, "Welcome to Elevate", form_of(EDIT, {}).fields, await known(person), intro=intro, submit="Begin")


async def known(person: Person) -> Mapping[str, str]:
    """What they are called, and their time zone, as it stands."""
    return {"name": person.name, "timezone": person.timezone}


EDIT = Command(
    name="me edit", summary="Change your name or time zone", args=Introduction, handler=edit, pace=Pace.FORM, known=known
)
COMMANDS = (
    Command(name="me show", summary="What I know about you", handler=show, reads=True),
    EDIT,
    Command(name="welcome", summary="Say hello", handler=welcome, listed=False),
)
