"""/cohort members and /cohort member: where everybody stands, for those who coach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from core.cohort.expected import Expected
from core.cohort.service import Cohorts
from core.command import Arg, Command
from core.commitments.service import Commitments
from core.listing import SEARCH_AT_MOST, Listing
from core.llm.prices import in_cents
from core.members import views
from core.members.promised import promised
from core.members.service import Members, Order
from core.openness.model import Part, opened
from core.openness.service import Openness
from core.people.model import Person
from core.people.service import NAME_AT_MOST, People
from core.people.suggested import students
from core.request import Asked
from core.roles import COACHING
from core.ui import Answer
from core.usage.service import Budget


@dataclass(frozen=True, slots=True)
class List(Listing):
    """Which students."""

    search: Annotated[str, Arg("Name", "Part of a name; empty for everybody", max_length=SEARCH_AT_MOST)] = ""
    order: Annotated[Order, Arg("Sorted by", "Who may need a person comes first")] = Order.RISK


@dataclass(frozen=True, slots=True)
class One:
    """A member."""

    student: Annotated[str, Arg("Who", "Their name, as the bot shows it", suggest=students, max_length=NAME_AT_MOST)]


async def listed(
    asked: Asked, person: Person, args: List, members: Members, openness: Openness, expected: Expected, cohorts: Cohorts
) -> Answer:
    """A page of the list."""
    await openness.look_at_all(person, asked.at)
    rows = await members.of(person, asked.at, search=args.words, order=args.order)
    cohort = await cohorts.told_apart(person)
    return views.listed(rows, args, person, asked.at, await expected.count(person), cohort)


async def one(  # noqa: PLR0917 - a card of many things: each service is asked for by its type
    asked: Asked,
    person: Person,
    args: One,
    members: Members,
    people: People,
    openness: Openness,
    budget: Budget,
    commitments: Commitments,
) -> Answer:
    """One member, as far as a coach sees."""
    meant = await people.member(person, args.student)
    await openness.look(person, meant, Part.PLACE, asked.at)
    row = await members.named(person, meant, asked.at)
    spent = sum(each.spent for each in (await budget.own(meant, asked.at)).month)
    promises = await promised(commitments, meant, asked.at)
    return views.one(row, asked.at, in_cents(spent), opened(meant), promises)


COMMANDS = (
    Command(name="cohort members", summary="For coaches: where everybody stands", args=List, handler=listed, needs=COACHING),
    Command(name="cohort member", summary="For coaches: one student", args=One, handler=one, needs=COACHING),
)
