"""/staff: who coaches and administers, and giving and taking roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from core.alike import folded, holds
from core.command import Arg, Command
from core.listing import SEARCH_AT_MOST, Listing, counted, leaf_of, not_found, sought, turning
from core.people.model import Person
from core.people.service import NAME_AT_MOST, People
from core.request import Asked
from core.roles import COACHING, Role
from core.staff.service import Staff, a_role
from core.ui import Answer, Button, Buttons, Call, Card, Facts, Message, Option, Text, Tone

LIST, TITLE = "staff show", "Who looks after this community"
ADMINS = frozenset({Role.ADMIN})


class Order(StrEnum):
    """What the list is sorted by."""

    ROLE = "Admins first"
    NAME = "name"


class Given(StrEnum):
    """The roles that Admins give; the schema's other two are not given by command."""

    STUDENT = Role.STUDENT.value
    COACH = Role.COACH.value
    ADMIN = Role.ADMIN.value


async def people_here(typed: str, person: Person, people: People) -> Sequence[Option]:
    """Everybody in the Admin's organization with what is typed in their name; nobody for anyone else."""
    if person.role is not Role.ADMIN:
        return []
    wanted = typed.strip()
    found = [each for each in await people.members(person) if holds(each.name, wanted) or wanted == each.id]
    return [Option(each.id, f"{each.name} ({each.role.value})") for each in found]


@dataclass(frozen=True, slots=True)
class List(Listing):
    """Which of them."""

    search: Annotated[str, Arg("Name or role", "Part of a name; empty for all of them", max_length=SEARCH_AT_MOST)] = ""
    order: Annotated[Order, Arg("Sorted by")] = Order.ROLE


@dataclass(frozen=True, slots=True)
class Giving:
    """Whom, and which role."""

    person: Annotated[str, Arg("Who", "Their name, as the bot shows it", suggest=people_here, max_length=NAME_AT_MOST)]
    role: Annotated[Given, Arg("Role", "Student, Coach or Admin")]


async def show(person: Person, args: List, staff: Staff) -> Answer:
    """A page of who coaches and who administers."""
    found = sought(await staff.held(person), args.words, lambda each: f"{each.name} {each.role.value}")
    if args.order is Order.NAME:
        found = sorted(found, key=lambda each: folded(each.name))
    if not found:
        return not_found(TITLE, LIST, args, "Nobody who looks after this community", "in their name")
    leaf = leaf_of(found, args.page)
    facts = Facts(tuple((each.name, each.role.value) for each in leaf.rows))
    words = "A Coach sees where students are and helps them; an Admin does that, and gives these roles."
    words += f" {counted(args, leaf, 'person', 'people')}" if leaf.pages > 1 or args.narrowed else ""
    give = (Button("Give a role", Call("staff give", form=True)),) if person.role is Role.ADMIN else ()
    ways = turning(LIST, args, leaf, *give, Button("Students", Call("cohort members")), find="Find somebody")
    return Message(cards=(Card(TITLE, (Text(words), facts, *ways)),), private=True)


async def give(asked: Asked, person: Person, args: Giving, staff: Staff, people: People) -> Answer:
    """Somebody has another role."""
    to = await people.member(person, args.person)
    changed = await staff.give(person, to, Role(args.role.value), asked.at)
    other = changed.id != person.id
    words = f"{changed.name} is {a_role(changed.role)} now" + (", and was told." if other else ".")
    if changed.role is Role.STUDENT and changed.cohort_id:
        they = "They stand among the students of the cohort that they looked after; /cohort place puts them into another."
        words += f" {they if other else 'You stand among the students of the cohort that you looked after.'}"
    ways = Buttons((Button("Who looks after us", Call("staff show")),))
    return Message(cards=(Card(body=(Text(words), ways), tone=Tone.GOOD),), private=True)


COMMANDS = (
    Command(name="staff show", summary="For coaches: who coaches and administers", args=List, handler=show, needs=COACHING),
    Command(name="staff give", summary="For Admins: give or take a role", args=Giving, handler=give, needs=ADMINS),
)
