"""The body of a request that brings figures: JSON with the schema's own field names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.errors import Refusal
from core.kpis.metrics import Metrics
from core.kpis.money import NoSuchCurrency, currency_named
from core.kpis.periods import MONTHS, NotOverYet, Period, Span, period, span_named
from core.words import clean

NOTES_AT_MOST = 2_000
FIELDS = ("snapshotDate", "timePeriod", "currency", "notes")


class BodyRefused(Refusal):
    """The body cannot be taken. `status` is the HTTP status, `fields` what is wrong with which."""

    def __init__(self, message: str, fields: Mapping[str, str] | None = None, status: int = 422) -> None:
        super().__init__(message)
        self.fields = fields or {}
        self.status = status


@dataclass(frozen=True, slots=True)
class Body:
    """What was sent: figures as they would be typed, money in whole units of `currency`, percents in points."""

    period: Period
    currency: str
    typed: Mapping[str, str]
    notes: str


def body_of(content: bytes, metrics: Metrics, currency: str, today: date) -> Body:
    """The body, read.

    Without `snapshotDate` the period ended yesterday; without `timePeriod` it is the last 7 days.

    Raises:
        BodyRefused: it is no JSON object, a field is not one of ours, or is of another kind; with the field named.
    """
    sent = _object(content)
    wrong = {name: "There is no such field. /kpi show lists the figures." for name in sent if not _is_ours(name, metrics)}
    typed: dict[str, str] = {}
    for name in sent.keys() & metrics.by_field.keys():
        value = sent[name]
        if value is None:  # not measured
            continue
        if isinstance(value, bool) or not isinstance(value, int | float):
            wrong[name] = "This needs a number, such as 2.1, not a text."
        else:
            typed[name] = _plain(value)
    if "currency" in sent:
        try:
            currency = currency_named(_text(sent, "currency", wrong))
        except NoSuchCurrency as trouble:
            wrong.setdefault("currency", trouble.message)
    notes = clean(_text(sent, "notes", wrong))
    if len(notes) > NOTES_AT_MOST:
        wrong["notes"] = f"At most {NOTES_AT_MOST:,} characters fit here."
    ends = _period(sent, today, wrong)
    if wrong or ends is None:
        raise BodyRefused("Nothing was kept. Mend these fields and send it again.", wrong)
    if not typed:
        raise BodyRefused("There is no figure in this. Send at least one, such as hook_AvgCTR.")
    return Body(ends, currency, typed, notes)


def _object(content: bytes) -> dict[str, object]:
    try:
        sent = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BodyRefused('The body is not JSON. Send an object such as {"hook_AvgCTR": 2.1}.', status=400) from None
    if not isinstance(sent, dict):
        raise BodyRefused('The body is not a JSON object. Send one such as {"hook_AvgCTR": 2.1}.', status=400)
    return sent


def _no_number(word: str) -> float:
    raise ValueError(word)


def _is_ours(name: str, metrics: Metrics) -> bool:
    return name in FIELDS or name in metrics.by_field


def _text(sent: Mapping[str, object], name: str, wrong: dict[str, str]) -> str:
    value = sent.get(name)
    if value is None or isinstance(value, str):
        return value or ""
    wrong[name] = "This needs a text."
    return ""


def _period(sent: Mapping[str, object], today: date, wrong: dict[str, str]) -> Period | None:
    words = _text(sent, "timePeriod", wrong)
    month = words.removeprefix("Month of ")
    span = Span.MONTH if words != month and month in MONTHS else span_named(words) if words else Span.WEEK
    if span is None or (words == Span.MONTH.value):
        wrong.setdefault("timePeriod", "This is one of: Last 7 Days, Last 30 Days, Month of April.")
        return None
    ending = today - timedelta(days=1)
    if "snapshotDate" in sent:
        try:
            ending = date.fromisoformat(_text(sent, "snapshotDate", wrong)[:10])
        except ValueError:
            wrong.setdefault("snapshotDate", "This needs the period's last day, such as 2026-03-31.")
            return None
    elif span is Span.MONTH:
        ending = _last(MONTHS.index(month) + 1, today)
    if span is Span.MONTH and MONTHS[ending.month - 1] != month:
        wrong["snapshotDate"] = f"This day is not in {month}."
        return None
    try:
        return period(span, ending, today)
    except NotOverYet as trouble:
        wrong["snapshotDate"] = trouble.message
        return None


def _last(month: int, today: date) -> date:
    """A day of the last such month that is over."""
    return date(today.year - (month >= today.month), month, 1)


def _plain(value: float) -> str:
    """The number as it would be typed so that it has one meaning: without exponent, and never with three decimals, which
    could be thousands.
    """
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    text = f"{value:.6f}".rstrip("0")
    return f"{text}0" if len(text.partition(".")[2]) in (0, 3) else text
