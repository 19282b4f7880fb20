"""What the members' list adds up to: how far a cohort is in each module, and which prompts it runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.course.steps import Step
from core.members.service import Row


@dataclass(frozen=True, slots=True)
class ModuleSum:
    """A module, by its number: how many students have not begun it, are in it, and have closed it.

    `ticked`: how much of its checklist is ticked on average, in percent, by those too who closed it with less than all.
    """

    number: int
    not_begun: int
    begun: int
    closed: int
    ticked: int

    @property
    def students(self) -> int:
        """All of them."""
        return self.not_begun + self.begun + self.closed

    def share(self, count: int) -> int:
        """So many of the students, in percent."""
        return round(100 * count / self.students) if self.students else 0


@dataclass(frozen=True, slots=True)
class PromptSum:
    """A prompt, by its code: its runs, those that were answered, the answers kept as assets, and how many students ran it."""

    code: str
    runs: int
    answered: int
    kept: int
    students: int

    @property
    def success(self) -> int:
        """The share of its runs that were answered, in percent."""
        return round(100 * self.answered / self.runs) if self.runs else 0


def by_module(rows: Sequence[Row]) -> tuple[ModuleSum, ...]:
    """All ten modules, in the order of the course."""
    return tuple(_module(number, rows) for number in range(len(Step)))


def by_prompt(rows: Sequence[Row]) -> tuple[PromptSum, ...]:
    """The prompts that anybody ran, those with the most runs first."""
    sums: dict[str, list[int]] = {}
    for row in rows:
        for code, tried in row.member.prompts.items():
            each = sums.setdefault(code, [0, 0, 0, 0])
            for at, more in enumerate((*tried, 1)):
                each[at] += more
    found = (PromptSum(code, *counts) for code, counts in sums.items())
    return tuple(sorted(found, key=lambda each: (-each.runs, each.code)))


def _module(number: int, rows: Sequence[Row]) -> ModuleSum:
    closed = begun = ticked = 0
    for row in rows:
        member = row.member
        share = member.shares[number] if number < len(member.shares) else 0
        ticked += share
        if number in member.completed:
            closed += 1
        elif share or number in member.begun:
            begun += 1
    return ModuleSum(number, len(rows) - closed - begun, begun, closed, round(ticked / len(rows)) if rows else 0)
