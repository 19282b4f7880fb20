"""Which prompts of the playbook the cohort runs, and what came of the runs: counts alone, no text of anybody's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bots.web.pages import Shown, Visit, WebPage
from bots.web.views.coach_lists import NoSuchPart, leaf_of
from core.members.service import Members
from core.members.sums import PromptSum, by_prompt
from core.openness.service import Openness
from core.people.model import Person
from core.playbook.prompts import STEPS, Prompt
from core.playbook.service import Runs
from core.roles import COACHING

PATH = "/cohort/prompts"
ROWS = 25
SEARCH_AT_MOST = 60
KEPT = ("search", "order", "page")


@dataclass(frozen=True, slots=True)
class Use:
    """A prompt and what came of it; `prompt` is None where the playbook has it no more."""

    sums: PromptSum
    prompt: Prompt | None

    @property
    def title(self) -> str:
        """As the playbook calls it."""
        return self.prompt.title if self.prompt else "no longer in the playbook"


ORDERS: Mapping[str, tuple[str, Callable[[Use], tuple[object, ...]]]] = {
    "runs": ("Runs", lambda use: (-use.sums.runs,)),
    "students": ("Students", lambda use: (-use.sums.students,)),
    "success": ("Least answered", lambda use: (use.sums.success if use.sums.runs else 101,)),
    "kept": ("Kept as assets", lambda use: (-use.sums.kept,)),
    "course": ("Order of the course", lambda use: use.prompt.order if use.prompt else (len(STEPS), "", 0)),
}


async def show(visit: Visit, person: Person, members: Members, runs: Runs, openness: Openness) -> Shown:
    """A page of them: `?search=gift&order=kept`."""
    query = {each: visit.query[each] for each in KEPT if visit.query.get(each)}
    order = query.get("order", "runs")
    if order not in ORDERS:
        raise NoSuchPart()
    query["search"] = search = query.get("search", "").strip()[:SEARCH_AT_MOST]
    await openness.look_at_all(person, visit.at)
    rows = await members.of(person, visit.at)
    sums, playbook = {each.code: each for each in by_prompt(rows)}, runs.playbook.by_code
    codes = [*playbook, *(code for code in sums if code not in playbook)]
    every = [Use(sums.get(code, PromptSum(code, 0, 0, 0, 0)), playbook.get(code)) for code in codes]
    words = search.casefold().split()
    named = [each for each in every if all(word in f"{each.sums.code} {each.title}".casefold() for word in words)]
    return Shown(
        "coach_prompts.html",
        {
            "leaf": leaf_of(sorted(named, key=ORDERS[order][1]), PATH, query, ROWS),
            "search": search,
            "order": order,
            "orders": ORDERS,
            "students": len(rows),
            "runs": sum(each.runs for each in sums.values()),
            "never": sum(code not in sums for code in playbook),
            "kept": sum(each.kept for each in sums.values()),
        },
    )


PAGE = WebPage(PATH, "Prompts", show, COACHING)
