"""What a student may count on, written a second time: from what arrived and from what they said, without the rules' own code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.nudges.model import Kind, Nudge
from tests.core.nudges.cohort import DAY, HOUR, STARTS, Simulated, Student

SLACK_OF_TICKS = timedelta(minutes=25)
"""The spread over ten minutes, a death that is followed after five, and ticks of five."""

IGNORED_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Arrived:
    """A reminder as it arrived, by the student's clock."""

    nudge: Nudge
    at: datetime
    local: datetime


async def arrived(cohort: Simulated, student: Student) -> list[Arrived]:
    """All that arrived, in order."""
    found = []
    for nudge in await cohort.nudges.since(student.person, STARTS - DAY, 1000):
        at = cohort.post.arrived.get(f"nudge:{nudge.id}")
        if at is not None:
            found.append(Arrived(nudge, at, at.astimezone(ZoneInfo(zone_at(student, at)))))
    return sorted(found, key=lambda each: each.at)


def zone_at(student: Student, at: datetime) -> str:
    """Where they lived then."""
    return [zone for since, zone in student.zones if since <= at][-1]


def broken(student: Student, came: list[Arrived]) -> Iterator[str]:
    """Every promise that was not kept."""
    who, unasked = student.person.name, [each for each in came if each.nudge.occasion == "due"]
    days = Counter(each.local.date() for each in unasked)
    yield from (f"{who}: {count} on {day}" for day, count in days.items() if count > 1)
    begins, ends = student.quiet
    hours = {(begins + each) % 24 for each in range((ends - begins) % 24)}
    yield from (f"{who}: in quiet hours, {each.local}" for each in came if each.local.hour in hours)
    stopped = student.stopped_at
    yield from (f"{who}: after the stop, {each.at}" for each in came if stopped and each.at > stopped)
    for since, until in student.paused:
        yield from (f"{who}: in a pause, {each.at}" for each in unasked if since < each.at < until)
    for each in unasked:
        count = sum(0 <= (each.local.date() - other.local.date()).days < 7 for other in unasked)
        if count > max(student.weekly, 1 if each.nudge.kind is Kind.WELCOME else 0):
            yield f"{who}: {count} in the week to {each.local.date()}"
    waiting = [each for each in unasked if each.nudge.kind not in (Kind.WELCOME, Kind.WIN)]
    if not student.answers and len(waiting) > IGNORED_AT_MOST:
        yield f"{who}: {len(waiting)} without an answer"
    if not student.chosen and [each.nudge.kind for each in unasked] not in ([Kind.WELCOME], []):
        yield f"{who}: reminded before they chose"


def missing(student: Student, came: list[Arrived], ends: datetime) -> Iterator[tuple[date, bool]]:
    """The days of promises on which they were due and reachable beyond doubt, and whether something came."""
    unasked = [each for each in came if each.nudge.occasion == "due"]
    for day, said_at in dict(student.promised).items():
        zone = ZoneInfo(zone_at(student, said_at))
        hour = datetime.combine(day, time(student.hour), zone)
        slot = hour.astimezone(UTC)
        moved = any(said_at <= since < slot + DAY or abs(since - slot) < 3 * DAY for since, _ in student.zones[1:])
        clocks = hour.utcoffset() != (hour + DAY).utcoffset() or hour.utcoffset() != (hour - DAY).utcoffset()
        before = [each for each in unasked if each.at < slot]
        week = sum((day - each.local.date()).days < 7 for each in before)
        close = any(slot - each.at < 17 * HOUR for each in before)
        done = day in student.kept and student.kept[day] <= slot + SLACK_OF_TICKS  # of which nobody is to be reminded any more
        off = student.stopped_at is not None and student.stopped_at < slot + SLACK_OF_TICKS
        paused = any(since - HOUR < slot < until + HOUR for since, until in student.paused)
        # What they put off to this day is this day's one reminder: the promise is asked about on the next.
        put_off = any(each.nudge.occasion == "asked" and each.local.date() == day for each in came)
        free = not (put_off or close or off or paused) and week < student.weekly
        doubtful = moved or clocks or done or not free or slot + SLACK_OF_TICKS >= ends
        if not doubtful:
            yield day, any(slot <= each.at <= slot + SLACK_OF_TICKS for each in unasked)


def welcomed(student: Student, came: list[Arrived]) -> bool:
    """Who has not chosen was asked once, as soon as their quiet hours allowed."""
    stopped = student.stopped_at is not None and student.stopped_at < STARTS + 2 * DAY
    paused = any(since < STARTS + 2 * DAY for since, _ in student.paused)
    return (
        student.chosen
        or stopped
        or paused
        or [each.nudge.kind for each in came if each.nudge.occasion == "due"] == [Kind.WELCOME]
    )


async def promises_kept(cohort: Simulated) -> int:
    """Hold everything that arrived against what students may count on; returns how many days of promises that were."""
    troubles, due = list(cohort.post.twice), 0
    for student in cohort.students.values():
        came = await arrived(cohort, student)
        troubles += broken(student, came)
        if not welcomed(student, came):
            troubles.append(f"{student.person.name}: not asked for their time")
        for day, there in missing(student, came, cohort.ends):
            due += 1
            if not there:
                troubles.append(f"{student.person.name}: nothing on {day}, for which they had promised something")
    assert not troubles, f"{len(troubles)}: {troubles[:20]}"
    return due
