"""The forms in which figures are typed: first which part and which period, then its figures; and what is settled once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.dates import day_read
from core.kpis.lasttime import AGAIN, SAME, LastTime
from core.kpis.metrics import Choice, Level, Metric, Metrics, Unit
from core.kpis.model import Snapshot
from core.kpis.money import NoSuchCurrency, currency_named
from core.kpis.periods import NotOverYet, Period, Span, day, period, span_named
from core.kpis.used import USED, used
from core.people.model import Person
from core.request import Typed
from core.ui import Field, Form, Kind, Option

COMMAND = "kpi figures"
NOTES_AT_MOST = 2_000
HINT_AT_MOST = 100
NAMED_AT_MOST = 4
"""Figures of last time in the words of an option."""
ASKED = "period_asked"
"""Goes along unseen with a sheet that asks for its period itself, so that it still does when it comes back."""
LAST_DAY = "end"
"""The value of that for a reading which is changed: only its last day is asked, below the figures."""
CHOOSE = "You are asked only for the figures that you use. /kpi metrics changes which."
LEVELS = (Level.ATTRACT, Level.CONVERT, Level.GROW)
ABOUT = {
    Level.ATTRACT: "Attract: from hook to known lead",
    Level.CONVERT: "Convert: from lead to first order",
    Level.GROW: "Grow: from first order to advocate",
}
SIGNS = {Unit.PERCENT: " (%)", Unit.COUNT: " (number)", Unit.RATIO: " (×)", Unit.SCORE: ""}


@dataclass(frozen=True, slots=True)
class Setup:
    """What a sheet of figures is for, or what is wrong with it by field; `period` is only missing where something is."""

    period: Period | None
    currency: str
    problems: Mapping[str, str]


def level_named(typed: str) -> Level | None:
    """The part of the funnel that was typed."""
    return next((each for each in LEVELS if each.value.casefold() == typed.strip().casefold()), None)


def read_setup(values: Mapping[str, str], currency: str, today: date) -> Setup:
    """Period and currency as typed; what was not typed is the last seven days up to yesterday, and the known currency."""
    problems: dict[str, str] = {}
    span = span_named(values.get("span") or Span.WEEK)
    found = None
    if span is None:
        problems["span"] = f"Choose one of these: {', '.join(Span)}."
    else:
        try:
            found = period(span, day_read(values.get("end") or "yesterday", today, gone=True), today)
        except NotOverYet as trouble:
            problems["end"] = trouble.message
        except ValueError as unread:
            problems["end"] = str(unread)
    if values.get("currency"):
        try:
            currency = currency_named(values["currency"])
        except NoSuchCurrency as trouble:
            problems["currency"] = trouble.message
    return Setup(found, currency, problems)


def setup_form(
    person: Person,
    metrics: Metrics,
    currency: str,
    last: Snapshot | None,
    today: date,
    values: Mapping[str, str],
    problems: Mapping[str, str],
) -> Form:
    """Which part of the funnel, and which period; first of all the figures of last time, which most log again."""
    before = last.period.span.value if last and last.period else Span.WEEK.value
    known = {"span": before, "end": (today - timedelta(days=1)).isoformat(), "currency": currency, **values}
    parts = tuple(Option(each.value, ABOUT[each]) for each in LEVELS)
    again = figures_again(metrics, person, last)
    if again:
        parts = (Option(AGAIN, _named(again)), *parts)
        known = {"level": AGAIN, **known}
    elif known.get("level", "").casefold() == AGAIN.casefold():
        del known["level"]  # a reminder offered it, and nothing of last time is asked for any more
    level = Field("level", "Which part of the funnel?", Kind.CHOICE, options=parts)
    unsettled = () if "currency" in person.settings and "currency" not in problems else ("currency",)
    fields = (level, *_setup_fields(("span", "end", *unsettled)))
    return Form(COMMAND, "Log your figures", fields, known, problems, CHOOSE, submit="Next")


def figures_form(
    person: Person,
    metrics: Metrics,
    asked_for: Sequence[Metric],
    before: Mapping[str, LastTime],
    setup: Setup,
    values: Mapping[str, Typed],
    problems: Mapping[str, str],
) -> Form:
    """The figures, all optional, with last time's beside them; what is wrong with the period is shown with them.

    What has not changed is ticked, one figure at a time: nothing of last time is copied unless somebody says so.
    """
    settings = person.settings
    wanted = {each.choice for each in asked_for if each.choice and each.choice not in settings}
    choices = [each for key, each in metrics.choices.items() if key in wanted]
    in_money = any(each.unit is Unit.MONEY for each in asked_for)
    unsettled = ("span", "end", *(("currency",) if in_money and "currency" not in settings else ()))
    last_day = values.get(ASKED) == LAST_DAY
    here = "span" not in values or (ASKED in values and not last_day)
    wanted_ones = [each for each in unsettled if here or each not in values]
    open_ones = [name for name in ("span", "end", "currency") if name in problems or name in wanted_ones]
    fields = (
        *_setup_fields(open_ones),
        *_same_field(asked_for, before),
        *(choice_field(each, asked_for, required=False) for each in choices),
        *(_figure_field(each.meant(settings), before.get(each.field), setup.currency) for each in asked_for),
        *(_setup_fields(("end",)) if last_day and "end" not in open_ones else ()),
        Field("notes", "Notes", Kind.LONG, "What happened in this period", required=False, max_length=NOTES_AT_MOST),
    )
    intro = f"For {setup.period.said if setup.period else 'the period below'}. Leave empty what you did not measure."
    preset = {"span": setup.period.span.value, "end": setup.period.end.isoformat()} if setup.period else {}
    currency = {"currency": setup.currency} if "currency" in open_ones else {}  # unseen it would be taken for a choice
    known: dict[str, Typed] = {**currency, **values, **preset, "stage": "figures"}
    known |= {ASKED: "here"} if here else {}
    return Form(COMMAND, "Your figures", fields, known, problems, intro)


def settings_form(person: Person, metrics: Metrics, currency: str, values: Mapping[str, str], problem: str = "") -> Form:
    """What is settled once: the currency, and the choices that decide what some figures mean."""
    fields = (
        _currency_field(),
        *(choice_field(each, metrics.file.metrics, required=False) for each in metrics.choices.values()),
    )
    known = {"currency": currency, **{key: person.settings.get(key, "") for key in metrics.choices}, **values}
    intro = "What you change here counts from now on. Figures that mean something else are not compared with each other."
    problems = {"currency": problem} if problem else {}
    return Form("kpi settings", "How you measure", fields, known, problems, intro)


def choice_field(choice: Choice, metrics: Iterable[Metric], *, required: bool) -> Field:
    """A choice as a question, named after the figure that it decides."""
    title = next((each.title for each in metrics if each.choice == choice.key), choice.key)
    options = tuple(Option(each.value, each.label) for each in choice.options)
    hint = choice.question[:HINT_AT_MOST]
    return Field(choice.key, f"{title}: which one?", Kind.CHOICE, hint, required=required, options=options)


def figures_again(metrics: Metrics, person: Person, last: Snapshot | None) -> list[Metric]:
    """The figures that were logged last, in the funnel's order, but those that the student chose not to be asked for."""
    wanted = {each.field for each in used(metrics, person)} if USED in person.settings else metrics.by_field.keys()
    return [each for name, each in metrics.by_field.items() if last is not None and name in last.figures and name in wanted]


def _named(metrics: Sequence[Metric]) -> str:
    """Those of last time in an option's words."""
    named = [each.short for each in metrics[:NAMED_AT_MOST]]
    left = len(metrics) - len(named)
    return f"As last time: {', '.join(named)}{f' and {left} more' if left else ''}"


def _figure_field(metric: Metric, before: LastTime | None, currency: str) -> Field:
    hint = f"Last time {before.text}; type = for the same" if before else metric.formula
    unit = f" ({currency})" if metric.unit is Unit.MONEY else SIGNS[metric.unit]
    return Field(metric.field, f"{metric.title}{unit}", hint=hint[:HINT_AT_MOST], required=False, max_length=40, figure=True)


def _same_field(asked_for: Sequence[Metric], before: Mapping[str, LastTime]) -> list[Field]:
    """Which figures are what they were; not asked where there is no last time."""
    known = [each for each in asked_for if each.field in before]
    if not known:
        return []
    options = tuple(Option(each.field, f"{each.title}: {before[each.field].text}") for each in known)
    ends = {before[each.field].period.end for each in known}
    hint = f"Tick what has not changed since {day(max(ends))}" if len(ends) == 1 else "Tick what has not changed"
    return [Field(SAME, "The same as last time", Kind.CHOICES, hint, required=False, options=options)]


def _setup_fields(names: Iterable[str]) -> list[Field]:
    """The questions on the period, its end and the currency."""
    spans = tuple(Option(each.value, each.value.capitalize()) for each in Span)
    fields = {
        "span": Field("span", "Which period?", Kind.CHOICE, "Compare only equal lengths", options=spans),
        "end": Field("end", "Its last day", Kind.DATE, "For a month, any day in it"),
        "currency": _currency_field(),
    }
    return [fields[each] for each in names]


def _currency_field() -> Field:
    return Field("currency", "Your shop's currency", hint="Its code, such as GBP or EUR", max_length=12)
