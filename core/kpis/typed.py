"""Logging figures: free words or a form, read back, asked about where unclear, and saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from core.command import Arg
from core.errors import Refusal
from core.kpis import again, forms, logging_views, otherwise
from core.kpis.aftersave import due_now, instead_of_kept, saved_lately, shared_days
from core.kpis.again import SETTLED
from core.kpis.crosschecks import Logged, remarks
from core.kpis.imports.commands import told
from core.kpis.imports.delimited import looks_like_a_table
from core.kpis.imports.service import Imports
from core.kpis.lasttime import AGAIN, SAME, LastTime, last_times, repeated
from core.kpis.metrics import Level
from core.kpis.periods import Period, Span
from core.kpis.reading import Checked, Reading, ReadingGone, answered, check
from core.kpis.service import Snapshots
from core.kpis.sheet import choices_in, figures_in, problems_in, shown_in, values_of
from core.kpis.used import ticked_in, used_of, uses
from core.kpis.words import NOTHING_BEFORE, Heard, hear
from core.people.model import Person
from core.request import Asked, Typed
from core.ui import Answer, Kind, Message

WORDS_AT_MOST = 3_000
"""What a field of Slack's forms holds (https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element)."""
NOT_SAVED = "None of this is saved yet. If a figure is another, type it here, such as “leads 204”."
LOOKED_BACK = 16
"""Snapshots in which last time's figures are looked for: a quarter of weeks, and some."""


class NothingHeard(Refusal):
    """I found no figure in that. Type a name and a number, like: ctr 2.1% leads 240 cpl 3.20. Or /kpi log for the form."""


@dataclass(frozen=True, slots=True)
class Words:
    """Figures in free words, or none for the form."""

    words: Annotated[
        str | None, Arg("Your figures", "ctr 2.1% leads 240, or a table; empty opens the form", Kind.LONG, WORDS_AT_MOST)
    ] = None


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


async def log(asked: Asked, person: Person, args: Words, snapshots: Snapshots, imports: Imports) -> Answer:
    """Free words and pasted tables are read back; without any, the form is opened."""
    today = _today(asked, person)
    if args.words and looks_like_a_table(args.words):
        found = await imports.in_text(person, args.words, today)
        if found is not None:
            return await told(asked, person, found, imports, snapshots)
    if not args.words:
        last = await snapshots.latest(person)
        return forms.setup_form(person, snapshots.metrics, snapshots.currency(person), last, today, {}, {})
    due = await due_now(snapshots, person, asked.at)
    return await in_words(asked, person, args.words, snapshots, asked_for=due)


async def in_words(
    asked: Asked,
    person: Person,
    words: str,
    snapshots: Snapshots,
    *,
    below: Reading | None = None,
    heard: Heard | None = None,
    asked_for: Period | None = None,
) -> Answer:
    """Free words, read back: with what was typed before for the same period and is not saved yet, so that one Save keeps all.

    `below`: what they stand right below, whose period they are for where they name none. `heard`: what of them counts, where
    somebody weighed that already. `asked_for`: the period that a reminder asked for, whose they are where nothing else says so.
    """
    today, waiting = _today(asked, person), again.fresh(await snapshots.waiting(person), asked.at)
    latest = below or (waiting[0] if waiting else await saved_lately(snapshots, person, asked.at))
    heard = heard or hear(words, snapshots.metrics, today, latest.typed if latest else {})
    if not heard.typed:
        why = " ".join(heard.either) or otherwise.nothing_heard(words, heard.unread, snapshots.metrics)
        raise NothingHeard(why)
    values = {"stage": "figures", **heard.typed}
    values |= {"span": Span.WEEK, "end": "yesterday"} | again.when(
        heard, latest if below or heard.corrects or heard.earlier else None
    )
    setup = forms.read_setup(values, currency_heard(person, snapshots, heard.typed), today)
    before = await _before(snapshots, person, setup)
    typed, missing = repeated(heard.typed, (), before)
    if setup.period is None:
        shown = shown_in(snapshots.metrics, (), values)
        return forms.figures_form(person, snapshots.metrics, shown, before, setup, values, setup.problems)
    if not typed:
        raise NothingHeard(next(iter(missing.values())))
    unread = (*otherwise.unplaced(heard.unread), *(f"{snapshots.metrics.by_field[each].title} as before" for each in missing))
    reading = Reading(typed, setup.period, setup.currency, unread=unread)
    undated = heard.span is None and heard.end is None and not heard.corrects
    reading, reminded = again.as_asked(reading, asked_for if undated else None)
    remarks = [*reminded, *(f"I took “{word}” as {title}." for word, title in heard.slips.items())]
    remarks += [*heard.either, *otherwise.hints(heard.unread)]
    changed = NOTHING_BEFORE
    earlier = next((each for each in waiting if each.period == setup.period), None)
    if earlier is not None:
        reading = again.together(reading, earlier, snapshots.metrics, person.settings)
        earlier, moved = again.in_currency(earlier, reading.currency, snapshots.metrics)
        remarks = [*moved, *remarks]
        changed = again.changed(reading, earlier, typed, snapshots.metrics, person.settings)
        remarks += [*changed.values(), *again.still_there(earlier, typed, snapshots.metrics, person.settings)]
    return await _read_back(asked, person, snapshots, reading, [*remarks, *again.besides(waiting, reading)], changed)


async def shown_again(asked: Asked, person: Person, reading: Reading, snapshots: Snapshots) -> Answer:
    """What waits, read back once more as it is, so that it is the last that they read."""
    return await _read_back(asked, person, snapshots, reading, [NOT_SAVED])


async def figures(asked: Asked, person: Person, args: Sheet, snapshots: Snapshots) -> Answer:
    """The form, step by step: what it is for, then its figures, then what is wrong with them until nothing is."""
    metrics, today = snapshots.metrics, _today(asked, person)
    values = {name: value if isinstance(value, str) else ", ".join(value) for name, value in args.typed.items() if name != SAME}
    if values.get("reading") and not asked.submitted:
        values = values_of(await snapshots.held(person, values["reading"]))  # sent with its token, so that it waits no longer
    if SETTLED in person.settings:
        values.pop(SETTLED, None)  # it goes along unseen, from before it was settled
    setup = forms.read_setup(values, currency_heard(person, snapshots, figures_in(metrics, values)), today)
    level = forms.level_named(values.get("level", ""))
    last = None if level else await snapshots.latest(person)
    as_before = forms.figures_again(metrics, person, last) if values.get("level", "").casefold() == AGAIN.casefold() else []
    shown = shown_in(metrics, used_of(metrics, person, level) if level else as_before, values)
    if not shown or (setup.problems and "stage" not in values):
        problems = {
            **setup.problems,
            **({"level": "Choose one of these."} if asked.submitted and not (level or as_before) else {}),
        }
        last = last or await snapshots.latest(person)
        return forms.setup_form(person, metrics, setup.currency, last, today, values, problems)
    if asked.submitted and values.get(SETTLED) and "stage" not in values:
        person = await snapshots.settle(person, {SETTLED: setup.currency}, asked.at)
        del values[SETTLED]
    before, ticked = await _before(snapshots, person, setup), ticked_in(metrics, args.typed.get(SAME, ()))
    typed, missing = repeated(figures_in(metrics, values), ticked, before)
    checked = check(metrics, typed, setup.currency, {**person.settings, **choices_in(metrics, values)})
    problems = {**problems_in(values, setup, checked, shown), **missing} if "stage" in values else {}
    if problems or not asked.submitted or "stage" not in values or setup.period is None:
        as_sent: dict[str, Typed] = {**values, **({SAME: ticked} if ticked else {})}
        return forms.figures_form(person, metrics, shown, before, setup, as_sent, problems)
    settled = choices_in(metrics, values) | _chosen(person, typed, setup.currency, told=SETTLED in values)
    person = await snapshots.settle(person, settled, asked.at)
    reading = Reading(typed, setup.period, setup.currency, values.get("notes", ""))
    earlier = await _waiting_behind(person, snapshots, values.get("reading", ""))
    if checked.odd:
        return await _read_back(asked, person, snapshots, reading.instead_of(earlier) if earlier else reading)
    answer = await _save(asked, person, snapshots, reading, checked, level)
    if earlier:
        await snapshots.release(person, earlier.token, asked.at)
    return answer


async def save(asked: Asked, person: Person, args: Waiting, snapshots: Snapshots) -> Answer:
    """What was read back is right."""
    reading = await snapshots.held(person, args.reading)
    checked = check(snapshots.metrics, reading.typed, reading.currency, person.settings)
    if reading.token != args.reading:
        return await _read_back(asked, person, snapshots, reading, [again.CHANGED])
    if not checked.ready or again.in_money_now(reading, snapshots.metrics, person.settings)[1]:
        return await _read_back(asked, person, snapshots, reading)
    named = reading.currency != snapshots.currency(person)  # by an amount, or by the head of a table
    person = await snapshots.settle(person, _chosen(person, reading.typed, reading.currency, told=named), asked.at)
    answer = await _save(asked, person, snapshots, reading, checked, None)
    await snapshots.release(person, reading.token, asked.at)
    return answer


async def mean(asked: Asked, person: Person, args: Meant, snapshots: Snapshots) -> Answer:
    """Which of two readings was meant."""
    reading = await snapshots.held(person, args.reading)
    checked = check(snapshots.metrics, reading.typed, reading.currency, person.settings)
    if reading.token != args.reading:
        return await _read_back(asked, person, snapshots, reading, [again.CHANGED])
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


async def _read_back(
    asked: Asked,
    person: Person,
    snapshots: Snapshots,
    reading: Reading,
    remarks: Sequence[str] = (),
    changed: Mapping[str, str] = NOTHING_BEFORE,
) -> Message:
    """Hold what was typed, and say what was understood, and what is kept now in its place; nothing of what `changed` tells."""
    reading, moved = again.in_money_now(reading, snapshots.metrics, person.settings)
    await snapshots.hold(person, reading, asked.at, direct=asked.direct)
    checked = check(snapshots.metrics, reading.typed, reading.currency, person.settings)
    shares = await shared_days(snapshots, person, reading.period)
    over = await instead_of_kept(snapshots, person, reading, checked, changed)
    return logging_views.read_back(snapshots.metrics, reading, checked, remarks=[*moved, *over.values(), *remarks, *shares])


async def _save(
    asked: Asked, person: Person, snapshots: Snapshots, reading: Reading, checked: Checked, level: Level | None
) -> Answer:
    snapshot = await snapshots.log(
        person, reading.period, checked.taken, currency=reading.currency, at=asked.at, notes=reading.notes
    )
    lines = await snapshots.compared(person, snapshot)
    history = await snapshots.lately(person, LOOKED_BACK)
    last = last_times(snapshots.metrics, history, reading.period, reading.currency, person.settings)
    before = {name: each.kept for name, each in last.items()}
    meanings = {**person.settings, **snapshot.meanings}
    look = Logged(snapshot.figures, checked.taken.keys(), meanings, snapshot.currency or reading.currency, before)
    doubts = remarks(snapshots.metrics, look)
    return logging_views.saved(snapshot, checked.taken, lines, _following(snapshots, person, level), doubts)


async def _waiting_behind(person: Person, snapshots: Snapshots, token: str) -> Reading | None:
    """The reading that a form was opened from, or None where it was opened by itself, or waits no more."""
    try:
        return await snapshots.held(person, token) if token else None
    except ReadingGone:
        return None


def _following(snapshots: Snapshots, person: Person, level: Level | None) -> Level | None:
    """The next part of the funnel of which the student uses a figure."""
    after = forms.LEVELS[forms.LEVELS.index(level) + 1 :] if level else ()
    return next((each for each in after if uses(snapshots.metrics, person, each)), None)


async def _before(snapshots: Snapshots, person: Person, setup: forms.Setup) -> Mapping[str, LastTime]:
    """What each figure was last time."""
    history = await snapshots.lately(person, LOOKED_BACK)
    return last_times(snapshots.metrics, history, setup.period, setup.currency, person.settings)


def currency_heard(person: Person, snapshots: Snapshots, typed: Mapping[str, str]) -> str:
    """What money in these figures is in: the settled currency; before one is, the first that was typed with an amount, else the
    locale's.
    """
    known = snapshots.currency(person)
    options = again.typed_currency(typed)
    return known if SETTLED in person.settings or not options or known in options else options[0]


def _chosen(person: Person, typed: Mapping[str, str], currency: str, *, told: bool) -> dict[str, str]:
    """The currency to settle: the one that was `told` for these figures, or typed with one, where none is settled; else none."""
    plain = SETTLED not in person.settings and (told or currency in again.typed_currency(typed))
    return {SETTLED: currency} if plain else {}


def _today(asked: Asked, person: Person) -> date:
    return asked.at.astimezone(person.zone).date()
