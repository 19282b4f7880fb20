"""Logging figures: free words or a form, read back, asked about where unclear, and saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from core.command import Arg
from core.errors import Refusal
from core.kpis import forms, logged
from core.kpis.metrics import Level
from core.kpis.money import NoSuchCurrency, could_be, currency_named
from core.kpis.numbers import number_in
from core.kpis.periods import Span
from core.kpis.reading import Checked, Reading, answered, check
from core.kpis.service import Snapshots
from core.kpis.sheet import choices_in, figures_in, problems_in, shown_in, values_of
from core.kpis.words import hear
from core.people.model import Person
from core.request import Asked, Typed
from core.ui import Answer, Kind, Message

WORDS_AT_MOST = 2_000


class NothingHeard(Refusal):
    """I found no figure in that. Type a name and a number, like: ctr 2.1% leads 240 cpl 3.20. Or /kpi log for the form."""


@dataclass(frozen=True, slots=True)
class Words:
    """Figures in free words, or none for the form."""

    words: Annotated[str | None, Arg("Your figures", "ctr 2.1% leads 240; empty opens the form", Kind.LONG, WORDS_AT_MOST)] = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A filled or half-filled form; its fields are the figures' own."""

    typed: Mapping[str, Typed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was typed and waits to be confirmed."""

    reading: Annotated[str, Arg("Which reading")]


@dataclass(frozen=True, slots=True)
class Meant:
    """Which of two readings was meant."""

    reading: Annotated[str, Arg("Which reading")]
    option: Annotated[Literal["1", "2"], Arg("The first or the second")]


@dataclass(frozen=True, slots=True)
class Chosen:
    """An answer to the choice that is asked first."""

    reading: Annotated[str, Arg("Which reading")]
    answer: Annotated[str, Arg("Your answer")]


async def log(asked: Asked, person: Person, args: Words, snapshots: Snapshots) -> Answer:
    """Free words are read back; without any, the form is opened."""
    today = _today(asked, person)
    if not args.words:
        last = await snapshots.latest(person)
        return forms.setup_form(person, snapshots.currency(person), last, today, {}, {})
    heard = hear(args.words, snapshots.metrics, today)
    if not heard.typed:
        raise NothingHeard()
    values = {"currency": _currency_heard(person, snapshots, heard.typed), "stage": "figures", **heard.typed}
    values |= {"span": heard.span or Span.WEEK, "end": heard.end.isoformat() if heard.end else "yesterday"}
    setup = forms.read_setup(values, snapshots.currency(person), today)
    if setup.period is None:
        last, shown = await snapshots.latest(person), shown_in(snapshots.metrics, None, values)
        return forms.figures_form(person, snapshots.metrics, shown, last, setup, values, setup.problems)
    reading = Reading(heard.typed, setup.period, setup.currency, unread=heard.unread)
    return await _read_back(asked, person, snapshots, reading)


async def figures(asked: Asked, person: Person, args: Sheet, snapshots: Snapshots) -> Answer:
    """The form, step by step: what it is for, then its figures, then what is wrong with them until nothing is."""
    values = {name: value if isinstance(value, str) else ", ".join(value) for name, value in args.typed.items()}
    today, last = _today(asked, person), await snapshots.latest(person)
    if values.get("reading") and not asked.submitted:
        values = values_of(await snapshots.held(person, values["reading"]))
    setup = forms.read_setup(values, snapshots.currency(person), today)
    level = forms.level_named(values.get("level", ""))
    shown = shown_in(snapshots.metrics, level, values)
    if not shown or (setup.problems and "stage" not in values):
        problems = {**setup.problems, **({"level": "Choose one of the three."} if asked.submitted and not level else {})}
        return forms.setup_form(person, setup.currency, last, today, values, problems)
    settings = {**person.settings, **choices_in(snapshots.metrics, values)}
    checked = check(snapshots.metrics, figures_in(snapshots.metrics, values), setup.currency, settings)
    problems = problems_in(values, setup, checked, shown) if "stage" in values else {}
    if problems or not asked.submitted or "stage" not in values or setup.period is None:
        return forms.figures_form(person, snapshots.metrics, shown, last, setup, values, problems)
    person = await snapshots.settle(person, {**choices_in(snapshots.metrics, values), "currency": setup.currency}, asked.at)
    reading = Reading(figures_in(snapshots.metrics, values), setup.period, setup.currency, values.get("notes", ""))
    if checked.odd:
        return await _read_back(asked, person, snapshots, reading)
    return await _save(asked, person, snapshots, reading, checked, level)


async def save(asked: Asked, person: Person, args: Waiting, snapshots: Snapshots) -> Answer:
    """What was read back is right."""
    reading = await snapshots.held(person, args.reading)
    checked = check(snapshots.metrics, reading.typed, reading.currency, person.settings)
    if not checked.ready:
        return logged.read_back(snapshots.metrics, reading, checked)
    person = await snapshots.settle(person, {"currency": reading.currency}, asked.at)
    answer = await _save(asked, person, snapshots, reading, checked, None)
    await snapshots.release(person)
    return answer


async def mean(asked: Asked, person: Person, args: Meant, snapshots: Snapshots) -> Answer:
    """Which of two readings was meant."""
    reading = await snapshots.held(person, args.reading)
    checked = check(snapshots.metrics, reading.typed, reading.currency, person.settings)
    if checked.unclear:
        reading = answered(reading, checked, int(args.option) - 1)
    return await _read_back(asked, person, snapshots, reading)


async def choose(asked: Asked, person: Person, args: Chosen, snapshots: Snapshots) -> Answer:
    """What a figure counts, settled once."""
    reading = await snapshots.held(person, args.reading)
    checked = check(snapshots.metrics, reading.typed, reading.currency, person.settings)
    for choice in checked.asks[:1]:
        if args.answer in {each.value for each in choice.options}:
            person = await snapshots.settle(person, {choice.key: args.answer}, asked.at)
    return await _read_back(asked, person, snapshots, reading)


async def settings(asked: Asked, person: Person, args: Sheet, snapshots: Snapshots) -> Answer:
    """Currency, and what some figures mean."""
    values = {name: value for name, value in args.typed.items() if isinstance(value, str)}
    metrics, currency = snapshots.metrics, snapshots.currency(person)
    if not asked.submitted:
        return forms.settings_form(person, metrics, currency, {})
    try:
        currency = currency_named(values.get("currency") or currency)
    except NoSuchCurrency as trouble:
        return forms.settings_form(person, metrics, currency, values, trouble.message)
    person = await snapshots.settle(person, {"currency": currency, **choices_in(snapshots.metrics, values)}, asked.at)
    return Message(text=f"Kept. Your money is in {currency}. /kpi log takes your next figures.", private=True)


async def _read_back(asked: Asked, person: Person, snapshots: Snapshots, reading: Reading) -> Answer:
    """Hold what was typed, and say what was understood."""
    await snapshots.hold(person, reading, asked.at)
    checked = check(snapshots.metrics, reading.typed, reading.currency, person.settings)
    return logged.read_back(snapshots.metrics, reading, checked)


async def _save(
    asked: Asked, person: Person, snapshots: Snapshots, reading: Reading, checked: Checked, level: Level | None
) -> Answer:
    snapshot = await snapshots.log(
        person, reading.period, checked.taken, currency=reading.currency, at=asked.at, notes=reading.notes
    )
    return logged.saved(snapshot, checked.taken, await snapshots.compared(person, snapshot), level)


def _currency_heard(person: Person, snapshots: Snapshots, typed: Mapping[str, str]) -> str:
    """The settled currency; before one is, the first that was typed with an amount, else the locale's."""
    known = snapshots.currency(person)
    if "currency" in person.settings:
        return known
    for value in typed.values():
        number = number_in(value)
        if number and number.currency:
            options = could_be(number.currency)
            return known if known in options else options[0]
    return known


def _today(asked: Asked, person: Person) -> date:
    return asked.at.astimezone(person.zone).date()
