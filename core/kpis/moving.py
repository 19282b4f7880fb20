"""Moving figures to the period that they belong to, where they were logged for another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from core.kpis import history_views as views
from core.kpis.corrections import Corrections, PeriodTaken
from core.kpis.forms import read_setup
from core.kpis.history_args import PERIOD
from core.kpis.model import Snapshot
from core.kpis.periods import Span
from core.kpis.service import said
from core.people.model import Person
from core.request import Asked, Typed
from core.ui import Answer, Field, Form, Kind, Option

COMMAND = "kpi move"


@dataclass(frozen=True, slots=True)
class Moving:
    """A period, and the length and last day that its figures belong to."""

    period: Annotated[str, PERIOD]
    typed: Mapping[str, Typed] = field(default_factory=dict)


async def move(asked: Asked, person: Person, args: Moving, corrections: Corrections) -> Answer:
    """The form with the period as it is; once it is sent, where the figures stand now."""
    seen = await corrections.period(person, args.period, asked.at)
    if not asked.submitted:
        return form(seen, {}, {})
    values = {name: value for name, value in args.typed.items() if isinstance(value, str)}
    setup = read_setup(values, "", asked.at.astimezone(person.zone).date())
    if setup.problems or setup.period is None:
        return form(seen, values, setup.problems)
    try:
        return views.moved(seen, await corrections.move(person, seen, setup.period, asked.at))
    except PeriodTaken as trouble:
        return form(seen, values, {"end": trouble.message})


def form(seen: Snapshot, values: Mapping[str, str], problems: Mapping[str, str]) -> Form:
    """Which period the figures belong to."""
    spans = tuple(Option(each.value, each.value) for each in Span)
    fields = (
        Field("span", "Which period?", Kind.CHOICE, "How long it is", options=spans),
        Field("end", "Its last day", Kind.DATE, "For a month, any day in it"),
    )
    known = {"span": seen.period.span.value} if seen.period else {}
    known |= {"end": seen.snapshot_date.date().isoformat(), **values, "period": seen.id}
    intro = f"These figures stand for {said(seen)}. Which period do they belong to?"
    return Form(COMMAND, "Move your figures", fields, known, problems, intro)
