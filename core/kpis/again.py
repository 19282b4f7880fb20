"""Figures that are typed again below a read-back that is not saved yet: they put it right, and one Save keeps all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile

from core.kpis.figures import shown
from core.kpis.metrics import Metrics, Unit
from core.kpis.money import could_be
from core.kpis.numbers import number_in
from core.kpis.periods import Period
from core.kpis.reading import Reading, check
from core.kpis.words import Heard

FRESH = timedelta(hours=2)
"""For so long what is typed below a read-back is taken to put it right."""
CHANGED = "You typed some of these again since. This is how they stand now; nothing of it is saved yet."
NOW = "Your money is in {0} now, so I read these amounts in {0}."
SETTLED = "currency"
"""Among the settings: what money is in, once it was chosen."""
NAMED_AT_MOST = 8


def fresh(waiting: Sequence[Reading], at: datetime) -> tuple[Reading, ...]:
    """The readings that may still be put right in words, newest first: none older than one whose period is still asked for."""
    new = (each for each in waiting if each.held_at is not None and at - each.held_at <= FRESH)
    return tuple(takewhile(lambda each: each.dated, new))


def when(heard: Heard, below: Reading | None) -> dict[str, str]:
    """The period that the words name as the fields of a sheet; where they name none, that of what they put right, if anything.
    The week before is that before what they stand below.
    """
    if heard.earlier and below is not None and below.period.span is heard.span:
        return {"span": heard.span.value, "end": below.period.one_before.end.isoformat()}
    if heard.span is None and heard.end is None and below is not None:
        return {"span": below.period.span.value, "end": below.period.end.isoformat()}
    fields = {"span": heard.span.value} if heard.span else {}
    return fields | ({"end": heard.end.isoformat()} if heard.end else {})


def as_asked(reading: Reading, asked_for: Period | None) -> tuple[Reading, list[str]]:
    """The reading for the period that a reminder asked for, and a line that says so; what it would be for else stays in reach."""
    if asked_for is None or asked_for == reading.period:
        return reading, []
    told = f"My reminder asked for {asked_for.said}, so I took these for that."
    other = f"If they are for {reading.period.said}, press that below."
    return replace(reading, period=asked_for, instead=reading.period), [f"{told} {other}"]


def together(reading: Reading, earlier: Reading, metrics: Metrics, settings: Mapping[str, str]) -> Reading:
    """What was typed now with what was typed before, in its place. Money is in the settled currency; before one is settled, it
    stays in the currency of the amounts before, unless only those now came with theirs.
    """
    stays = _in_money(earlier, metrics) and (typed_currency(earlier.typed) or not typed_currency(reading.typed))
    return replace(
        reading,
        typed={**earlier.typed, **reading.typed},
        currency=earlier.currency if stays and SETTLED not in settings else reading.currency,
        notes=reading.notes or earlier.notes,
        instead=reading.instead or earlier.instead,
    ).instead_of(earlier)


def typed_currency(typed: Mapping[str, str]) -> tuple[str, ...]:
    """The currencies that the first amount with a sign, code or name of one may be in, the likeliest first; () where none has."""
    numbers = (number_in(value) for value in typed.values())
    return next((could_be(each.currency) for each in numbers if each and each.currency), ())


def in_money_now(reading: Reading, metrics: Metrics, settings: Mapping[str, str]) -> tuple[Reading, list[str]]:
    """What waits, with its amounts in the currency that was settled since, and that they are, in a line; amounts that were typed
    with another currency of their own stay as they are.
    """
    currency, own = settings.get(SETTLED, reading.currency), typed_currency(reading.typed)
    if currency == reading.currency or (own and currency not in own):
        return reading, []
    return in_currency(reading, currency, metrics)


def in_currency(reading: Reading, currency: str, metrics: Metrics) -> tuple[Reading, list[str]]:
    """The reading with its amounts in this currency, and that they are, in a line where they were in another."""
    told = currency != reading.currency and _in_money(reading, metrics)
    return replace(reading, currency=currency), [NOW.format(currency)] if told else []


def _in_money(reading: Reading, metrics: Metrics) -> bool:
    return any(metrics.by_field[each].unit is Unit.MONEY for each in reading.typed)


def changed(
    both: Reading, earlier: Reading, now: Mapping[str, str], metrics: Metrics, settings: Mapping[str, str]
) -> dict[str, str]:
    """The earlier figures that are others `now`, in words by field."""
    was = check(metrics, earlier.typed, earlier.currency, settings).taken
    taken = check(metrics, both.typed, both.currency, settings).taken
    said = {}
    for name, kept in taken.items():
        if name not in now or name not in earlier.typed or was.get(name) == kept:
            continue
        metric = metrics.by_field[name]
        before = shown(metric, was[name], earlier.currency) if name in was else earlier.typed[name]
        said[name] = f"{metric.title}: {shown(metric, kept, both.currency)} (was {before})."
    return said


def still_there(earlier: Reading, now: Mapping[str, str], metrics: Metrics, settings: Mapping[str, str]) -> list[str]:
    """The earlier figures that are not among those typed `now`, and what they are, in a line."""
    taken = check(metrics, earlier.typed, earlier.currency, settings).taken
    still = []
    for name, typed in earlier.typed.items():
        metric = metrics.by_field[name]
        if name not in now:
            still.append(f"{metric.title} {shown(metric, taken[name], earlier.currency) if name in taken else typed}")
    more = f" and {len(still) - NAMED_AT_MOST} more" if len(still) > NAMED_AT_MOST else ""
    return [f"As before: {', '.join(still[:NAMED_AT_MOST])}{more}."] if still else []


def besides(others: Sequence[Reading], reading: Reading) -> list[str]:
    """The periods whose figures wait in cards above, which can still be saved there."""
    periods = dict.fromkeys(each.period.said for each in others if each.period != reading.period)
    return [f"Your figures for {' and for '.join(periods)} are not saved yet: save them in their card above."] if periods else []
