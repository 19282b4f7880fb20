"""/staff: who coaches and administers, and giving and taking roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from core.command import Arg, Command
from core.people.model import Person
from core.people.service import NAME_AT_MOST, People
from core.request import Asked
from core.roles import COACHING, Role
from core.staff.service import Staff
from core.ui import Answer, Button, Buttons, Call, Card, Facts, Message, Option, Text, Tone

ADMINS = frozenset({Role.ADMIN})


class Given(StrEnum):
    """The roles that Admins give; the schema's other two are not given by command."""

    STUDENT = Role.STUDENT.value
    COACH = Role.COACH.value
    ADMIN = Role.ADMIN.value


async def people_here(typed: str, person: Person, people: People) -> Sequence[Option]:
    """Everybody in the Admin's organization with what is typed in their name; nobody for anyone else."""
    if person.role is not Role.ADMIN:
        return []
    wanted = typed.strip().casefold()
    found = [each for each in await people.members(person) if wanted in each.name.casefold() or wanted == each.id]
    return [Option(each.id, f"{each.name} ({each.role.value})") for each in found]


@dataclass(frozen=True, slots=True)
class Giving:
    """Whom, and which role."""

    person: Annotated[str, Arg("Who", "Their name, as the bot shows it", suggest=people_here, max_length=NAME_AT_MOST)]
    role: Annotated[Given, Arg("Role", "Student, Coach or Admin")]


async def show(person: Person, staff: Staff) -> Answer:
    """Who coaches and who administers."""
    facts = Facts(tuple((each.name, each.role.value) for each in await staff.held(person)))
    words = "A Coach sees where students are and helps them; an Admin does that, and gives these roles."
    give = (Button("Give a role", Call("staff give", form=True)),) if person.role is Role.ADMIN else ()
    ways = Buttons((*give, Button("Students", Call("cohort members"))))
    return Message(cards=(Card("Who looks after this community", (Text(words), facts, ways)),), private=True)


async def give(asked: Asked, person: Person, args: Giving, staff: Staff, people: People) -> Answer:
    """Somebody has another role."""
    to = await people.member(person, args.person)
    changed = await staff.give(person, to, Role(args.role.value), asked.at)
    words = f"{changed.name} is {changed.role.value} now" + (", and was told." if changed.id != person.id else ".")
    ways = Buttons((Button("Who looks after us", Call("staff show")),))
    return Message(cards=(Card(body=(Text(words), ways), tone=Tone.GOOD),), private=True)


COMMANDS = (
    Command(name="staff show", summary="For coaches: who coaches and administers", handler=show, needs=COACHING),
    Command(name="staff give", summary="For Admins: give or take a role", args=Giving, handler=give, needs=ADMINS),
)
