"""A cohort's timetable: one module a week, with catch-up weeks in between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)
CATCH_UP = (3, 6, 9)
"""The modules after whose week a week is left free, as the course proposes."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """When which module is worked on. `starts_on` is the first day of module 0's week; days are each student's own."""

    starts_on: date
    catch_up_after: tuple[int, ...] = CATCH_UP

    def opens_on(self, module: int) -> date:
        """The first day of the module's week; `module` is its number, from 0."""
        return self.starts_on + (module + sum(1 for each in self.catch_up_after if each < module)) * WEEK

    def ends_on(self, module: int) -> date:
        """The last day of the module's week."""
        return self.opens_on(module) + WEEK - timedelta(days=1)

    def free_after(self, module: int) -> date | None:
        """The first day of the week to catch up that follows the module's; None where none does."""
        return self.ends_on(module) + timedelta(days=1) if module in self.catch_up_after else None

    def module_on(self, day: date, modules: int = 10) -> int | None:
        """The number of the module in whose week the day is; None in a free week, and before and after the course."""
        return next((each for each in range(modules) if self.opens_on(each) <= day <= self.ends_on(each)), None)


def after_joining(day: date) -> Timetable:
    """The timetable of somebody without a cohort: it begins on the Monday after the day on which they joined."""
    return Timetable(day + timedelta(days=7 - day.weekday()))
