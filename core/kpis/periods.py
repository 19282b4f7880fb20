"""The periods that figures are logged for, and which one came before."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from core.errors import Refusal

MONTHS = tuple(calendar.month_name)[1:]


class NotOverYet(Refusal):
    """That period is not over yet. Choose an earlier end."""


class Span(StrEnum):
    """How long a period is."""

    WEEK = "Last 7 Days"
    DAYS_30 = "Last 30 Days"
    MONTH = "A month"


DAYS = {Span.WEEK: 7, Span.DAYS_30: 30}
SPANS = {"week": Span.WEEK, "days30": Span.DAYS_30, "month": Span.MONTH}
"""The lengths by what the values of buttons call them."""


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time and its last day."""

    span: Span
    end: date

    @property
    def text(self) -> str:
        """The period in the schema's words: Last 7 Days, Month of April."""
        return f"Month of {MONTHS[self.end.month - 1]}" if self.span is Span.MONTH else self.span.value

    @property
    def said(self) -> str:
        """The period as it is read, with its end: the last 7 days to 7 April 2026, April 2026."""
        if self.span is Span.MONTH:
            return f"{MONTHS[self.end.month - 1]} {self.end.year}"
        return f"the {self.span.value.lower()} to {day(self.end)}"

    @property
    def first(self) -> date:
        """Its first day."""
        return self.end.replace(day=1) if self.span is Span.MONTH else self.end - timedelta(days=DAYS[self.span] - 1)

    @property
    def ends_at(self) -> datetime:
        """The last day as it is kept: its midnight in UTC."""
        return datetime(self.end.year, self.end.month, self.end.day, tzinfo=UTC)

    def follows(self, other: Period) -> bool:
        """The other is the equal period before this one.

        Days are counted roughly, since nobody logs on the same weekday for ever: the other may have ended up to half a
        length too early or too late.
        """
        if self.span is not other.span:
            return False
        if self.span is Span.MONTH:
            return self.end.replace(day=1) - timedelta(days=1) == other.end
        return self.off(other) <= DAYS[self.span] // 2

    def off(self, other: Period) -> int:
        """How many days too early or too late the other, of the same length, ended to adjoin this one: 0 where it does."""
        return abs((self.first - other.end).days - 1)

    def next_due(self, yesterday: date) -> Period | None:
        """The latest period of the same length that is over and does not overlap with this one, or None. A week ends on the same
        weekday as this one: whoever says “last week” means Monday to Sunday, and is asked for the same days.
        """
        if self.span is Span.MONTH:
            end = (yesterday + timedelta(days=1)).replace(day=1) - timedelta(days=1)
            return Period(Span.MONTH, end) if end > self.end else None
        since = (yesterday - self.end).days
        over = since % DAYS[self.span] if self.span is Span.WEEK else 0
        return Period(self.span, yesterday - timedelta(days=over)) if since >= DAYS[self.span] else None

    @property
    def one_before(self) -> Period:
        """The period of the same length that adjoins it."""
        return Period(self.span, self.first - timedelta(days=1))

    def shares_days(self, other: Period) -> bool:
        """The other is as long, and another, and some days are in both."""
        return self.span is other.span and self != other and self.first <= other.end and other.first <= self.end


def period(span: Span, ending: date, today: date) -> Period:
    """The period of this length that ends on this day; for a month, the one that the day lies in.

    Raises:
        NotOverYet: it ends after today.
    """
    if span is Span.MONTH:
        last = calendar.monthrange(ending.year, ending.month)[1]
        ending = ending.replace(day=last)
    if ending > today:
        if span is Span.MONTH:
            name = MONTHS[ending.month - 1]
            raise NotOverYet(f"{name} {ending.year} is not over yet. Choose an earlier month, or the last 30 days.")
        raise NotOverYet(f"{day(ending)} has not come yet. Choose a day up to today.")
    return Period(span, ending)


@lru_cache(maxsize=2_048)
def read_back(text: str, kept: datetime) -> Period | None:
    """The period that was kept as these words and this end, or None where it was some other one."""
    if text.startswith("Month of "):
        return Period(Span.MONTH, kept.date())
    return next((Period(each, kept.date()) for each in DAYS if each.value == text), None)


def span_named(typed: str) -> Span | None:
    """The length that was typed."""
    return next((each for each in Span if each.value.casefold() == typed.strip().casefold()), None)


def day(of: date) -> str:
    """A day as it is read: 7 April 2026."""
    return f"{of.day} {MONTHS[of.month - 1]} {of.year}"
