"""Correcting a period's figures in a form that holds what is kept; a field that is cleared takes its figure out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from core.errors import Changed
from core.kpis import history_views as views
from core.kpis.corrections import Corrections, NoSuchPeriod
from core.kpis.figures import Stored, shown
from core.kpis.forms import HINT_AT_MOST, NOTES_AT_MOST, SIGNS
from core.kpis.history_args import PERIOD
from core.kpis.metrics import Metric, Metrics, Unit
from core.kpis.model import Snapshot
from core.kpis.parsing import means_nothing
from core.kpis.reading import check
from core.kpis.service import Snapshots, said
from core.people.model import Person
from core.request import Asked, Typed
from core.ui import Answer, Field, Form, Kind

COMMAND = "kpi correct"
SURE = "sure"
"""The value of a form that names the unusual figures which it was sent with before: sent again, they are meant."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A period, and what its form brings: the figures by field, and the version that they were filled in from."""

    period: Annotated[str, PERIOD]
    typed: Mapping[str, Typed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a sent form comes to: all figures of the period as they are to be; what is wrong, and what is unusual, by field."""

    figures: Mapping[str, Stored]
    problems: Mapping[str, str]
    odd: Mapping[str, str]


async def correct(asked: Asked, person: Person, args: Correction, snapshots: Snapshots, corrections: Corrections) -> Answer:
    """The form with what is kept; once it is sent, what changed by it."""
    try:
        seen = await corrections.period(person, args.period, asked.at)
    except NoSuchPeriod as trouble:
        if not asked.submitted:
            raise
        return which_period(args.period, trouble.message)
    metrics = meant(snapshots.metrics, person, seen)
    if not asked.submitted or "version" not in args.typed:  # sent with the period alone, nothing was corrected yet
        return form(metrics, seen, {}, {})
    values = {name: value for name, value in args.typed.items() if isinstance(value, str)}
    if values.get("version") != str(seen.version):
        return form(metrics, seen, values, _meanwhile(metrics, seen, values))
    read = read_form(metrics, snapshots.metrics, person, seen, values)
    unconfirmed = {name: words for name, words in read.odd.items() if name not in values.get(SURE, "").split()}
    if read.problems or unconfirmed:
        return form(metrics, seen, {**values, SURE: " ".join(read.odd)}, {**read.problems, **_to_confirm(unconfirmed)})
    notes = values.get("notes", seen.notes or "")
    if not read.figures and not notes.strip():
        return views.all_cleared(seen)
    try:
        change = await corrections.correct(person, seen, read.figures, notes, asked.at)
    except Changed:
        seen = await corrections.period(person, seen.id, asked.at)
        return form(metrics, seen, values, _meanwhile(metrics, seen, values))
    return views.corrected(metrics, person, seen, change)


def meant(metrics: Metrics, person: Person, snapshot: Snapshot) -> dict[str, Metric]:
    """The figures as they are meant in this snapshot, by field."""
    settings = {**person.settings, **snapshot.meanings}
    return {name: each.meant(settings) for name, each in metrics.by_field.items()}


def which_period(typed: str, problem: str) -> Form:
    """The question for the period once more, with what is wrong with the one that was typed."""
    asked_for = Field("period", PERIOD.label, hint=PERIOD.hint, max_length=PERIOD.max_length, completes=True)
    return Form(COMMAND, "Correct your figures", (asked_for,), {"period": typed}, {"period": problem})


def form(metrics: Mapping[str, Metric], seen: Snapshot, values: Mapping[str, str], problems: Mapping[str, str]) -> Form:
    """The figures that are kept, in funnel order, and the notes."""
    kept = _written(metrics, seen)
    fields = tuple(_field(metrics[name], text, seen.currency or "") for name, text in kept.items())
    notes = Field("notes", "Notes", Kind.LONG, "What happened in this period", required=False, max_length=NOTES_AT_MOST)
    known = {"notes": seen.notes or "", **kept, **values, "period": seen.id, "version": str(seen.version)}
    intro = f"What is kept for {said(seen)}. Clear a field to take its figure out; missing is never zero."
    return Form(COMMAND, "Correct your figures", (*fields, notes), known, problems, intro)


def read_form(
    metrics: Mapping[str, Metric], every: Metrics, person: Person, seen: Snapshot, values: Mapping[str, str]
) -> Corrected:
    """What was typed over what is kept. A field that was left as it was keeps its exact value, and one not shown stays."""
    kept, figures = _written(metrics, seen), dict(seen.figures)
    typed: dict[str, str] = {}
    for name, text in kept.items():
        value = values.get(name, text).strip()
        if value == text:
            continue
        del figures[name]
        if not means_nothing(value):
            typed[name] = value
    checked = check(every, typed, seen.currency or "", {**person.settings, **seen.meanings})
    problems = dict(checked.refused)
    problems |= {name: f"{each.question} {each.remedy}" for name, each in checked.unclear.items()}
    notes = values.get("notes", "")
    if len(notes) > NOTES_AT_MOST:
        problems["notes"] = f"That is {len(notes):,} characters; at most {NOTES_AT_MOST:,} fit here."
    taken = {name: checked.taken.get(name, figures.get(name)) for name in seen.figures}
    return Corrected({name: each for name, each in taken.items() if each is not None}, problems, checked.odd)


def _written(metrics: Mapping[str, Metric], seen: Snapshot) -> dict[str, str]:
    """The kept figures as they would be typed, in funnel order."""
    return {
        name: shown(metric, seen.figures[name], seen.currency or "") for name, metric in metrics.items() if name in seen.figures
    }


def _field(metric: Metric, text: str, currency: str) -> Field:
    unit = f" ({currency})" if metric.unit is Unit.MONEY else SIGNS[metric.unit]
    return Field(
        metric.field, f"{metric.title}{unit}", hint=f"Kept: {text}"[:HINT_AT_MOST], required=False, max_length=40, figure=True
    )


def _to_confirm(odd: Mapping[str, str]) -> dict[str, str]:
    return {name: f"{words} Send it again if it is right." for name, words in odd.items()}


def _meanwhile(metrics: Mapping[str, Metric], seen: Snapshot, values: Mapping[str, str]) -> dict[str, str]:
    """What stands in the period by now, beside each field that would change it; the notes where nothing else differs."""
    now = _written(metrics, seen)
    differing = {
        name: f"This was changed meanwhile: {text} is kept now. Send it again to have yours."
        for name, text in now.items()
        if name in values and values[name].strip() != text
    }
    return differing or {"notes": "This period was changed meanwhile. Please look again, then send it."}
