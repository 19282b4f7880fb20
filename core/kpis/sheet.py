"""A sheet of figures: the values that its form brings, what stands in them and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.kpis.forms import ASKED, LAST_DAY, NOTES_AT_MOST, Setup
from core.kpis.metrics import Metric, Metrics
from core.kpis.reading import Checked, Reading


def problems_in(values: Mapping[str, str], setup: Setup, checked: Checked, shown: Sequence[Metric]) -> dict[str, str]:
    """What is wrong with a sheet, by field."""
    problems = {**setup.problems, **checked.refused}
    problems |= {name: f"{each.question} {each.remedy}" for name, each in checked.unclear.items()}
    problems |= {each.key: "Choose one, so that your figure means one thing." for each in checked.asks}
    notes = values.get("notes", "")
    if len(notes) > NOTES_AT_MOST:
        problems["notes"] = f"That is {len(notes):,} characters; at most {NOTES_AT_MOST:,} fit here."
    if not (checked.taken or problems or notes.strip()):
        problems[shown[0].field] = "Fill in at least one figure."
    return problems


def shown_in(metrics: Metrics, asked_for: Sequence[Metric], values: Mapping[str, str]) -> Sequence[Metric]:
    """The figures of a sheet: those that are asked for, and any that were typed."""
    return [each for name, each in metrics.by_field.items() if each in asked_for or name in values]


def figures_in(metrics: Metrics, values: Mapping[str, str]) -> dict[str, str]:
    """The figures that were filled in."""
    return {name: value for name, value in values.items() if name in metrics.by_field and value.strip()}


def choices_in(metrics: Metrics, values: Mapping[str, str]) -> dict[str, str]:
    """The choices that were answered, by the value or the label of an answer."""
    found = {}
    for key, choice in metrics.choices.items():
        typed = values.get(key, "").strip().casefold()
        for each in choice.options:
            if typed in (each.value.casefold(), each.label.casefold()):
                found[key] = each.value
    return found


def values_of(reading: Reading) -> dict[str, str]:
    """A reading as the values of a sheet, so that it can be changed there. Its currency is not among them: it is the settled one,
    or that of the amounts, or asked for; unseen it would undo what was chosen since.
    """
    span, end = reading.period.span.value, reading.period.end.isoformat()
    known = {"span": span, "end": end, "notes": reading.notes, "stage": "figures"}
    known |= {"reading": reading.token, ASKED: LAST_DAY}
    return {**known, **reading.typed}
