"""Periods in words: "the last 30 days", "last month", "for nov", "to 5 April"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from core.dates import day_read
from core.kpis.model import Snapshot
from core.kpis.periods import MONTHS, Span

_SHORT = tuple(name[:3] for name in MONTHS)
_LAST_DAYS = re.compile(r"\b(?:last|past)\s+(7|30|seven|thirty)\s+days\b", re.IGNORECASE)
_LAST = re.compile(r"\b(last|past|this)\s+(week|month)\b", re.IGNORECASE)
SO_FAR = re.compile(r"\bso\s+far\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?:the\s+)?(week|month)\s+before(?:\s+(last)(?:\s+(?:week|month|one))?|\s+that(?:\s+one)?)?\b"
    r"(?!\s+(?:the|my|our|a|an|this|christmas|xmas|easter|black)\b)",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(?<![\w-])(?P<of>(?:the\s+)?month\s+of\s+|(?:in|for|of|during)\s+)?"
    rf"(?P<name>{'|'.join((*MONTHS, 'sept', *_SHORT))})\b\.?(?:[\s,/-]*\b(?P<year>20\d\d)\b|\s*['’](?P<short>\d\d)\b)?",
    re.IGNORECASE,
)
_MAY_NOT = re.compile(r"\s*(?:i|we|it|they|be|have|well|need|not|as)\b", re.IGNORECASE)
"""After “may” that is no month, even where the words begin with it."""
_DAY_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?\s+(?:of\s+)?$", re.IGNORECASE)
_ENDING = re.compile(
    r"\b(?:ending|until|till|to|by)\s+(?:on\s+)?"
    r"(20\d\d-\d\d-\d\d|today|yesterday|\d{1,2}(?:[snrt][tdh])? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"(?: 20\d\d)?)\b",
    re.IGNORECASE,
)
_AROUND = re.compile(r"\b(?:the|a|for|in|of|my|figures?|week|period|month|to|on)\b|[\W_]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PeriodSaid:
    """The text without the words for a period, the period's length, and a day of it, its last one unless it is a month.
    `roughly`: a week was named, and no day, so that seven days which were logged to another day may be meant as well. `earlier`:
    the one before another, which is the latest unless they stand below one.
    """

    rest: str
    span: Span | None = None
    end: date | None = None
    roughly: bool = False
    earlier: bool = False

    @property
    def alone(self) -> bool:
        """They name a period, and say nothing else."""
        return (self.span is not None or self.end is not None) and not _AROUND.sub("", self.rest)


def period_in(text: str, today: date) -> PeriodSaid:
    """What period the words name, for somebody for whom it is `today`. Last week is the one from Monday to Sunday that is over;
    the past week, like the last 7 days, ends yesterday, unless another end is said.
    """
    end: date | None = None
    ending = _ENDING.search(text)
    if ending:
        with suppress(ValueError):  # what is no day of any month is left out, and the period is read back
            end = day_read(ending[1], today, gone=True)
        text = _ENDING.sub(" ", text, count=1)
    days, last = _LAST_DAYS.search(text), _LAST.search(text)
    before = _BEFORE.search(text)
    if before and end is None and not days and not _LAST.search(rest := _BEFORE.sub(" ", text, count=1)):
        return _one_before(before, rest, today)
    if days:
        span = Span.WEEK if days[1].casefold() in ("7", "seven") else Span.DAYS_30
        return PeriodSaid(_LAST_DAYS.sub(" ", text, count=1), span, end)
    if last:
        rest = SO_FAR.sub(" ", _LAST.sub(" ", text, count=1), count=1)
        if last[2].casefold() == "week":
            sunday = today - timedelta(days=today.isoweekday()) if last[1].casefold() == "last" else None
            return PeriodSaid(rest, Span.WEEK, end or sunday, roughly=end is None)
        there = today if last[1].casefold() == "this" else today.replace(day=1) - timedelta(days=1)
        return PeriodSaid(rest, Span.MONTH, end or there)
    month = _month(text, ended=ending is not None)
    if month:
        rest = f"{text[: month.start()]} {text[month.end() :]}"
        return PeriodSaid(SO_FAR.sub(" ", rest, count=1), Span.MONTH, _in_month(month, today))
    return PeriodSaid(text, None, end)


def _one_before(found: re.Match[str], rest: str, today: date) -> PeriodSaid:
    """The week, or month, before the last one."""
    if found[1].casefold() == "week":
        return PeriodSaid(rest, Span.WEEK, today - timedelta(days=today.isoweekday() + 7), earlier=not found[2])
    last = today.replace(day=1) - timedelta(days=1)
    return PeriodSaid(rest, Span.MONTH, last.replace(day=1) - timedelta(days=1), earlier=not found[2])


def kept_for(kept: Sequence[Snapshot], words: str, today: date) -> Snapshot | None:
    """The first of the snapshots that is for the period which the words name, and nothing else; None where none is. For a week
    by no day it is otherwise the first that is of seven days.
    """
    said = period_in(words, today)
    if not said.alone:
        return None
    found = next((each for each in kept if _is_for(said, each)), None)
    return found or (kept_for(kept, Span.WEEK.value, today) if said.roughly else None)


def _is_for(said: PeriodSaid, snapshot: Snapshot) -> bool:
    there = snapshot.period
    if there is None or said.span not in (None, there.span):
        return False
    if said.end is None:
        return True
    if there.span is Span.MONTH:
        return said.span is Span.MONTH and (said.end.year, said.end.month) == (there.end.year, there.end.month)
    return said.end == there.end


def _month(text: str, *, ended: bool) -> re.Match[str] | None:
    """The month that is named. In “1 nov to 15 nov”, whose end was `ended` before, it is that of a day; and may is a word too."""
    for found in _MONTH.finditer(text):
        before = text[: found.start()]
        if ended and _DAY_BEFORE.search(before):
            continue
        sure = found["of"] or found["year"] or found["short"]
        begins = not before.strip(" ,.:;-") and not _MAY_NOT.match(text, found.end())
        if found["name"].casefold() != "may" or sure or begins:
            return found
    return None


def _in_month(found: re.Match[str], today: date) -> date:
    """A day in the month: of the year that was said, or else the latest such month that has begun."""
    number = [each.casefold() for each in _SHORT].index(found["name"][:3].casefold()) + 1
    if found["year"] or found["short"]:
        return date(int(found["year"] or f"20{found['short']}"), number, 1)
    return date(today.year if number <= today.month else today.year - 1, number, 1)
