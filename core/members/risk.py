"""Who may need a person, by a small rule that anybody can check: facts give points, and every point has its reason in words.

| fact | points |
|---|---|
| no sign of life for 7 days, for 14 days | 2, 3 |
| no work on the course for 7 days, for 14 days | 1, 2 |
| two of the latest reminders ignored, three | 1, 2 |
| all reminders stopped, and meanwhile no sign of life or no work on the course for 7 days | 2 |
| nothing done in the module where they are for 14 days, for 28 days, nor in another for 7 | 1, 2 |
| two modules behind the plan, four | 1, 2 |
| a promise whose day is over | 1 |
| asked a person something, and has no answer | 20: more than all else together |

From two points on somebody is worth a look, from four they need a person. Nobody is counted before the course has begun for a
week, nor after they have closed all its modules, unless they wait for an answer. A module that nobody has begun is told as that,
and not as a stuck one. Whoever stopped their reminders can ignore none: stopped weighs as much as three ignored, so that the
quietest do not rank last, and stands in place of them. To stop them is everybody's right, and says nothing of who works on.

Work on the course is more than ticks: filling a cell of the Foundation, running a prompt and keeping or changing an asset are
work in a module; logging figures (not those that a shop sends by itself) and keeping a promise are work too, but move no module,
so that whoever does only these for weeks is stuck there all the same. A module counts as one behind the plan when its week is
over and another has gone by since, so that the plan's moving on puts nobody behind overnight.

The limits are ours: seven days is the silence after which the course's own advice is a word from the instructor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from core.cohort.timetable import WEEK, Timetable, after_joining
from core.course.steps import Step
from core.members.model import Member

QUIET_DAYS, SILENT_DAYS = 7, 14
STUCK_DAYS, LONG_STUCK_DAYS = 14, 28
BEHIND, FAR_BEHIND = 2, 4
WAITS = 20
"""Points of who waits for an answer: they come first, whatever else there is."""
STOPPED = 2
"""Points of who stopped all reminders, and is quiet or idle now."""
WATCH_FROM, NEEDS_FROM = 2, 4


class Level(IntEnum):
    """How much somebody may need a person, so that they can be sorted by it."""

    FINE = 0
    WATCH = 1
    NEEDS_A_PERSON = 2

    @property
    def said(self) -> str:
        """In words."""
        return ("Fine", "Worth a look", "Needs a person")[self]

    @property
    def sign(self) -> str:
        """Before a name in a list; none of the signs that cards have by their tone."""
        return ("", "○ ", "● ")[self]


@dataclass(frozen=True, slots=True)
class Risk:
    """What the rule says of a member: the points, and why, the weightiest reason first. `silent`: no sign of life for a week;
    `waits`: they asked a person something, and have no answer.
    """

    points: int = 0
    reasons: tuple[str, ...] = ()
    silent: bool = False
    waits: bool = False

    @property
    def level(self) -> Level:
        """What follows from the points."""
        if self.points >= NEEDS_FROM:
            return Level.NEEDS_A_PERSON
        return Level.WATCH if self.points >= WATCH_FROM else Level.FINE

    @property
    def only_waits(self) -> bool:
        """Nothing but an answer is missing."""
        return self.waits and self.points == WAITS


def risk_of(member: Member, timetable: Timetable | None, at: datetime, waits_since: datetime | None = None) -> Risk:
    """The member's risk at this time, by the cohort's timetable, or without one by their own from the Monday after joining.

    `waits_since`: when they wrote to a person who has not answered yet.
    """
    zone = ZoneInfo(member.timezone)
    plan = timetable or after_joining(member.joined_at.astimezone(zone).date())
    today = at.astimezone(zone).date()
    begun = max(plan.starts_on, member.joined_at.astimezone(zone).date())
    found = [(WAITS, f"waits for an answer since {_day(waits_since.astimezone(zone))}")] if waits_since else []
    silent = False
    if member.module is not None and today >= begun + timedelta(days=QUIET_DAYS):
        found += sorted(_found(member, plan, begun, today, zone), key=lambda each: -each[0])
        last = member.seen_at.astimezone(zone).date() if member.seen_at else begun
        silent = (today - last).days >= QUIET_DAYS
    reasons = tuple(reason for _, reason in found)
    return Risk(sum(points for points, _ in found), reasons, silent, waits_since is not None)


def _found(member: Member, plan: Timetable, begun: date, today: date, zone: ZoneInfo) -> Iterator[tuple[int, str]]:
    def days_since(moment: datetime | None) -> int:
        """Whole days, of what never happened since the course began for them."""
        return (today - (moment.astimezone(zone).date() if moment else begun)).days

    silent, still = days_since(member.seen_at), days_since(member.last_work_at)
    quiet, idle = _weight(silent) + (silent >= QUIET_DAYS), _weight(still)
    work = _work(member, still)
    together = bool(quiet) and silent == still
    if quiet:
        yield (quiet + idle, f"no sign of life and {work}") if together else (quiet, f"no sign of life for {silent} days")
    if member.stopped_at is not None and (quiet or idle):  # told before what weighs the same: a list has room for two reasons
        stopped = member.stopped_at.astimezone(zone)
        yield STOPPED, f"stopped their reminders on {stopped.day} {stopped:%B}"
    elif member.ignored >= 2:
        yield 2 if member.ignored >= 3 else 1, f"{_counted(member.ignored)} reminders ignored"
    if idle and not together:
        yield idle, work
    resting, last = days_since(member.module_moved_at) >= QUIET_DAYS, member.module_worked_at or member.module_begun_at
    if resting and member.module_begun_at and last and (stuck := days_since(last)) >= STUCK_DAYS:
        since = last.astimezone(zone)
        yield 2 if stuck >= LONG_STUCK_DAYS else 1, f"stuck in {_step(member)} since {since.day} {since:%B}"
    behind = len(_due(plan, today).difference(member.completed))
    if behind >= BEHIND:
        yield 2 if behind >= FAR_BEHIND else 1, f"{_counted(behind)} modules behind the plan"
    if member.promises_late:
        several = f"{_counted(member.promises_late)} promises whose days are over"
        yield 1, several if member.promises_late > 1 else "a promise whose day is over"


def _work(member: Member, days: int) -> str:
    """That nothing was done for the course for so many days. Whoever only pressed Start has ticked nothing that was the last."""
    if member.only_started:
        return f"nothing done in {_step(member)} since starting it {days} days ago"
    return f"no work on the course for {days} days" if member.last_work_at else f"nothing begun in {days} days of the course"


def _weight(days: int) -> int:
    """The points of so many days in which nothing was done."""
    return (days >= QUIET_DAYS) + (days >= SILENT_DAYS)


@lru_cache(maxsize=256)
def _due(plan: Timetable, today: date) -> frozenset[int]:
    """The modules whose weeks have been over for a week: the same for nearly everybody of a list."""
    return frozenset(number for number in range(len(Step)) if plan.ends_on(number) + WEEK < today)


def _day(local: datetime) -> str:
    return f"{local:%A} {local.day} {local:%B}"


def _step(member: Member) -> str:
    return tuple(Step)[member.module or 0].value


def _counted(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if number < len(words) else str(number)
