"""Which prompts of the playbook the cohort runs, and what came of the runs: counts alone, no text of anybody's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from bots.web.pages import Of, Shown, Visit, WebPage
from bots.web.views.lists import asking_of, orders_of, sheet_of
from core.command import Arg
from core.listing import Listing, leaf_of, sought
from core.members.service import Members
from core.members.sums import PromptSum, by_prompt
from core.openness.service import Openness
from core.people.model import Person
from core.playbook.prompts import STEPS, Prompt
from core.playbook.service import Runs
from core.roles import COACHING

PATH = "/cohort/prompts"
ROWS = 25


@dataclass(frozen=True, slots=True)
class Use:
    """A prompt and what came of it; `prompt` is None where the playbook has it no more."""

    sums: PromptSum
    prompt: Prompt | None

    @property
    def title(self) -> str:
        """As the playbook calls it."""
        return self.prompt.title if self.prompt else "no longer in the playbook"


class Order(StrEnum):
    """What the list is sorted by."""

    RUNS = "runs"
    STUDENTS = "students"
    ANSWERED = "least answered"
    KEPT = "kept as assets"
    COURSE = "order of the course"


KEYS: Mapping[Order, Callable[[Use], tuple[object, ...]]] = {
    Order.RUNS: lambda use: (-use.sums.runs,),
    Order.STUDENTS: lambda use: (-use.sums.students,),
    Order.ANSWERED: lambda use: (use.sums.success if use.sums.runs else 101,),
    Order.KEPT: lambda use: (-use.sums.kept,),
    Order.COURSE: lambda use: use.prompt.order if use.prompt else (len(STEPS), "", 0),
}


@dataclass(frozen=True, slots=True)
class List(Listing):
    """Which prompts."""

    order: Annotated[Order, Arg("Sorted by")] = Order.RUNS


async def show(visit: Visit, person: Person, members: Members, runs: Runs, openness: Openness) -> Shown:
    """A page of them: `?search=gift&order=students`."""
    asking = asking_of(List, visit.query)
    await openness.look_at_all(person, visit.at, anew=visit.anew)
    rows = await members.of(person, visit.at)
    sums, playbook = {each.code: each for each in by_prompt(rows)}, runs.playbook.by_code
    codes = [*playbook, *(code for code in sums if code not in playbook)]
    every = [Use(sums.get(code, PromptSum(code, 0, 0, 0, 0)), playbook.get(code)) for code in codes]
    named = sorted(sought(every, asking.words, lambda each: f"{each.sums.code} {each.title}"), key=KEYS[asking.order])
    return Shown(
        "coach_prompts.html",
        {
            "leaf": sheet_of(leaf_of(named, asking.page, ROWS), PATH, asking),
            "asking": asking,
            "orders": orders_of(List),
            "students": len(rows),
            "runs": sum(each.runs for each in sums.values()),
            "never": sum(code not in sums for code in playbook),
            "kept": sum(each.kept for each in sums.values()),
        },
    )


PAGE = WebPage(PATH, "Prompts", show, COACHING, of=Of.ONE)
