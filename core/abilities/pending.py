"""What stands between a student and this bot, for the agents who hear what is meant for it: promises, reminders, figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from core.commitments.service import Commitments
from core.commitments.views import day_said
from core.kpis.reading import Reading
from core.kpis.service import Snapshots
from core.nudges.contract import clock, days_said
from core.nudges.model import Kind, Nudge, NudgePreferences
from core.nudges.service import Reminders
from core.people.model import Person

LATELY = timedelta(days=2)
"""For so long a reminder may be what the next words answer."""
ABOUT = {
    Kind.WELCOME: "asked when they work on the course",
    Kind.COMMITMENT: "asked whether what they promised is done",
    Kind.KPI_DUE: "asked for their figures",
    Kind.NOT_MEASURED: "asked for their figures",
    Kind.RECOMMIT: "asked what they want finished this week, and by when",
}
"""What a reminder asked, where words can answer it; the others name a step of the course."""


class Pending:
    """Implements `core.chat.context.Pending`."""

    def __init__(self, commitments: Commitments, reminders: Reminders, snapshots: Snapshots) -> None:
        self._commitments = commitments
        self._reminders = reminders
        self._snapshots = snapshots

    async def told(self, person: Person, at: datetime) -> str:
        """Their open promises by id, when they are reminded and of what they were last, and figures that are not saved yet."""
        wishes, came = await self._reminders.of(person, at), await self._reminders.came(person, at - LATELY)
        promises = [each for each in await self._commitments.all(person, at) if each.open and each.promised]
        today = at.astimezone(person.zone).date()
        lines = [
            f"- {each.id}: {each.what}, by {day_said(each.day)}" + (", which is over" if each.day < today else "")
            for each in promises
        ]
        read = [each for each in await self._snapshots.waiting(person) if not each.passed]
        parts = [
            "## What they promised, by id\n" + ("\n".join(lines) or "Nothing is open."),
            f"## Their reminders\n{' '.join(_reminded(wishes, came, person))}",
            *(f"## Read back, and not saved\n{_figures(each, self._snapshots)}" for each in read[:1]),
        ]
        return "\n\n".join(parts)


def _reminded(wishes: NudgePreferences, came: list[Nudge], person: Person) -> Iterator[str]:
    if wishes.stopped_at is not None:
        yield "They stopped all reminders."
    elif wishes.chosen_at is None:
        yield "They have not chosen their time yet."
    else:
        yield f"They come {days_said(wishes.days)} at {clock(wishes.hour)}, at most {wishes.at_most_weekly} a week."
    for last in came[:1]:
        when = last.created_at.astimezone(person.zone)
        about = ABOUT.get(last.kind, "named the next step")
        yield f"The last one came on {day_said(when.date())}, {when:%H:%M}, and {about}."


def _figures(reading: Reading, snapshots: Snapshots) -> str:
    names = snapshots.metrics.by_field
    figures = ", ".join(f"{names[field].title} {typed}" for field, typed in reading.typed.items() if field in names)
    return f"For {reading.period.said}: {figures}. They are saved when the student presses Save, or says yes right below."
