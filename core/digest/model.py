"""A week of a cohort, as its coaches are told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.course.steps import Step
from core.exchanges.model import Exchange, Line
from core.exchanges.together import together
from core.members.beside import Beside
from core.members.risk import Level
from core.members.service import Row

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """The last seven days up to `at`. `students` counts all of the cohort.

    `through`: closed the last of all modules; `finished`: closed another; `shipped`: put an asset live; `worked`: did anything
    else for the course, such as filling cells of the Foundation, running prompts, ticking or logging figures; `needs`: the risk
    rule says that they need a person, those who wait for an answer too, the weightiest first; `watch`: are worth a look;
    `silent`: gave no sign of life, by the days of their own calendar, as the rule counts them; `asked`: wait for a person's
    answer, those of the coach's own cohort first; `elsewhere`: the cohorts of the others, by their ids; `written`: the newest
    line of these days that a coach wrote and that had no answer yet, by the student's id. `cohort`: the name of the coach's own,
    where several go on; `beside`: the others that have begun and that no coach looks after. `awaited`: are expected, and have
    not written yet.
    """

    at: datetime
    students: int
    through: tuple[Row, ...]
    finished: tuple[Row, ...]
    shipped: tuple[Row, ...]
    worked: tuple[Row, ...]
    needs: tuple[Row, ...]
    watch: tuple[Row, ...]
    silent: tuple[Row, ...]
    asked: tuple[Exchange, ...]
    cohort: str
    elsewhere: Mapping[str, str]
    written: Mapping[str, Line]
    beside: tuple[Beside, ...] = ()
    awaited: int = 0

    @property
    def risky(self) -> tuple[Row, ...]:
        """Who may need a few lines, the weightiest first. Whoever only waits for an answer is told of in `asked`."""
        return tuple(each for each in (*self.needs, *self.watch) if not each.risk.only_waits)

    def closed(self, row: Row) -> str:
        """The modules that somebody closed in the week, by their names."""
        member = row.member
        numbers = member.closed_since(self.at - WEEK) or (() if member.closed is None else (member.closed,))
        return together([tuple(Step)[each].value for each in numbers])


def week_of(rows: Sequence[Row], exchanges: Sequence[Exchange], at: datetime, cohort: str, elsewhere: Mapping[str, str]) -> Week:
    """What the rows, sorted by risk, and the exchanges say of the week."""
    since = at - WEEK

    def lately(moment: datetime | None) -> bool:
        return moment is not None and moment > since

    closed = [each for each in rows if lately(each.member.closed_at)]
    shipped = [each for each in rows if lately(each.member.shipped_at)]
    return Week(
        at=at,
        students=len(rows),
        through=tuple(each for each in closed if each.member.module is None),
        finished=tuple(each for each in closed if each.member.module is not None),
        shipped=tuple(shipped),
        worked=tuple(each for each in rows if lately(each.member.last_work_at) and each not in closed and each not in shipped),
        needs=tuple(each for each in rows if each.risk.level is Level.NEEDS_A_PERSON),
        watch=tuple(each for each in rows if each.risk.level is Level.WATCH),
        silent=tuple(each for each in rows if each.risk.silent),
        asked=tuple(sorted((each for each in exchanges if each.waits), key=lambda each: each.person_id in elsewhere)),
        cohort=cohort,
        elsewhere=elsewhere,
        written={
            each.person_id: each.lines[-1]
            for each in exchanges
            if each.lines and each.lines[-1].coach and not each.waits and lately(each.lines[-1].at)
        },
    )
