"""Figures in free words: "ctr 2,1% opt-in 18, leads 240 and cpl £3.20 for the last 7 days"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from core.dates import day_read
from core.kpis.metrics import Metric, Metrics, folded
from core.kpis.numbers import NUMBER, plain
from core.kpis.periods import MONTHS, Span
from core.kpis.slips import meant_by

_SAME = re.compile(r"\b(?:the\s)?same\sas\s(?:last\s(?:time|week|month)|before)\b|\bunchanged\b", re.IGNORECASE)
_VALUE = re.compile(rf"(?<![\w.,])(?:{NUMBER}|same)(?!\w)", re.IGNORECASE)
_PART = re.compile(r"\n|;|,(?=\s)|\band\b|·", re.IGNORECASE)
_LAST_DAYS = re.compile(r"\b(?:last|past)\s+(7|30|seven|thirty)\s+days\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:last|past|this)\s+(week|month)\b", re.IGNORECASE)
_MONTH = re.compile(rf"\b(?:month\s+of\s+|in\s+|for\s+)?({'|'.join(MONTHS)})\b(?:\s+(20\d\d))?", re.IGNORECASE)
_ENDING = re.compile(
    r"\b(?:ending|until|till|to|by)\s+(?:on\s+)?"
    r"(20\d\d-\d\d-\d\d|today|yesterday|\d{1,2}(?:[snrt][tdh])? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"(?: 20\d\d)?)\b",
    re.IGNORECASE,
)
_ONE_TO_TWELVE = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
"""What phones spell out of spoken numbers."""
_SPELT = (
    rf"(?:{'|'.join(_ONE_TO_TWELVE)}|zero|hundred|thousand|million|point|half|dozen"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)"
)
_RUN = re.compile(rf"\b{_SPELT}(?:[\s-]+(?:and\s+)?(?:a\s+)?{_SPELT})*\b", re.IGNORECASE)
"""A number that is spelt out, whole: of "two hundred and six" nothing is taken for 6."""
_WORD = re.compile(r"[^\s\x00]+")
_FILLERS = frozenset(
    [
        "a",
        "about",
        "actually",
        "an",
        "are",
        "around",
        "at",
        "be",
        "been",
        "er",
        "for",
        "from",
        "got",
        "had",
        "has",
        "have",
        "i",
        "in",
        "is",
        "it",
        "its",
        "just",
        "like",
        "my",
        "of",
        "ok",
        "okay",
        "on",
        "only",
        "our",
        "over",
        "per",
        "period",
        "rate",
        "so",
        "that",
        "the",
        "their",
        "this",
        "to",
        "uh",
        "um",
        "up",
        "us",
        "was",
        "we",
        "well",
        "were",
        "with",
        "yeah",
        "your",
        "last",
        "days",
        "week",
        "month",
        "=",
        ":",
        "-",
        "|",
        "%",
    ]
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What free words say. `typed` holds what was typed for each figure's field; `unread` what could not be placed; `slips` the
    words that were taken for the name of a figure which they are not quite, and its title."""

    typed: Mapping[str, str]
    span: Span | None = None
    end: date | None = None
    unread: tuple[str, ...] = ()
    slips: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Token:
    """A figure's name or a value, or with `odd` a word that is neither; `at` is its place in the text."""

    text: str
    metric: Metric | None = None
    at: int = 0
    odd: bool = False

    @property
    def said(self) -> str:
        """As people are told of it."""
        return self.metric.title if self.metric else self.text


def hear(text: str, metrics: Metrics, today: date) -> Heard:
    """The figures and the period that the words name. Names are matched longest first, before or after their value."""
    text, span, end = _period(_SAME.sub("same", _counted(plain(text), metrics)), today)
    typed: dict[str, str] = {}
    unread: list[str] = []
    slips: dict[str, str] = {}
    name_before: Metric | None = None
    for part in _PART.split(text):
        tokens, left = _tokens(_put_right(part, metrics, slips), metrics)
        if name_before and tokens and tokens[0].metric is None:
            tokens = [_Token(name_before.short, name_before, -1), *tokens]
        elif name_before:
            unread.append(name_before.title)
        pairs, lonely, name_before = _paired(tokens)
        unread += _together([*left, *lonely])
        for metric, value in pairs:
            if metric.field in typed:
                unread.append(f"{metric.title} {typed[metric.field]}")
            typed[metric.field] = value
    if name_before:
        unread.append(name_before.title)
    return Heard(typed, span, end, tuple(unread), slips)


def _put_right(part: str, metrics: Metrics, slips: dict[str, str]) -> str:
    """The part with the names that were meant, where a value in it has none otherwise; `slips` is told of each."""
    tokens, odd = _tokens(part, metrics)
    left = [each.text for each in odd]
    names = sum(each.metric is not None for each in tokens)
    without = len(tokens) - 2 * names
    for word in left:
        meant = meant_by(word, metrics) if without > 0 else None
        if meant is not None:
            part = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", meant.short, part, count=1)
            slips[word] = meant.title
            without -= 1
    return part


def _paired(tokens: Sequence[_Token]) -> tuple[list[tuple[Metric, str]], list[_Token], Metric | None]:
    """Pairs of name and value, what is left alone, and a last name whose value may follow in the next part."""
    backwards = len(tokens) > 1 and tokens[0].metric is None and tokens[-1].metric is not None
    pairs: list[tuple[Metric, str]] = []
    lonely: list[_Token] = []
    waiting: _Token | None = None
    for token in reversed(tokens) if backwards else tokens:
        if token.metric is not None:
            lonely += [waiting] if waiting else []
            waiting = token
        elif waiting is not None and waiting.metric is not None:
            pairs.append((waiting.metric, token.text))
            waiting = None
        else:
            lonely.append(token)
    if waiting and waiting.metric and lonely and lonely[-1].metric is None and not backwards:  # revenue 380 from 9 orders
        pairs.append((waiting.metric, lonely.pop().text))
        waiting = None
    if backwards and waiting:
        lonely.append(waiting)
        waiting = None
    return pairs, lonely, waiting.metric if waiting else None


def _tokens(part: str, metrics: Metrics) -> tuple[list[_Token], list[_Token]]:
    """The names and values of a part in order, and the words that are neither."""
    found: list[_Token] = []

    def name(match: re.Match[str]) -> str:
        found.append(_Token(match[0], metrics.by_name[folded(match[0])], match.start()))
        return "\x00" * len(match[0])

    def value(match: re.Match[str]) -> str:
        found.append(_Token(match[0].strip(), at=match.start()))
        return "\x00" * len(match[0])

    rest = _VALUE.sub(value, metrics.mentions.sub(name, part))
    words = [(each.start(), each[0].strip(".:=()!?\"'")) for each in _WORD.finditer(rest)]
    left = [_Token(word, at=at, odd=True) for at, word in words if word and word.casefold() not in _FILLERS]
    return sorted(found, key=lambda each: each.at), left


def _counted(text: str, metrics: Metrics) -> str:
    """The text with the small numbers that are spelt out beside the name of a figure in digits: "six orders"."""
    names = [each.span() for each in metrics.mentions.finditer(text)]

    def digits(found: re.Match[str]) -> str:
        word = found[0].casefold()
        before = any(not text[found.end() : start].strip() for start, _ in names if start >= found.end())
        after = any(not text[end : found.start()].strip(" :=") for _, end in names if end <= found.start())
        return str(_ONE_TO_TWELVE.index(word) + 1) if word in _ONE_TO_TWELVE and (before or after) else found[0]

    return _RUN.sub(digits, text)


def _together(left: Sequence[_Token]) -> list[str]:
    """What could not be placed, in order: a number with the word beside it that was to say what it is."""
    told: list[str] = []
    before: _Token | None = None
    for each in sorted(left, key=lambda one: one.at):
        beside = before is not None and before.odd is not each.odd and each.metric is None and before.metric is None
        if before is not None and beside and each.at - before.at - len(before.text) <= 1:
            told[-1] += f" {each.said}"
            before = None
        else:
            told.append(each.said)
            before = each
    return told


def _period(text: str, today: date) -> tuple[str, Span | None, date | None]:
    """The text without the words for a period, the period's length, and its end where one is said."""
    said = Heard({})
    ending = _ENDING.search(text)
    if ending:
        with suppress(ValueError):  # what is no day of any month is left out, and the period is read back
            said = replace(said, end=day_read(ending[1], today, gone=True))
        text = _ENDING.sub(" ", text, count=1)
    days, last, month = _LAST_DAYS.search(text), _LAST.search(text), _MONTH.search(text)
    if days:
        span = Span.WEEK if days[1].casefold() in ("7", "seven") else Span.DAYS_30
        return _LAST_DAYS.sub(" ", text, count=1), span, said.end
    if last:
        if last[1].casefold() == "week":
            return _LAST.sub(" ", text, count=1), Span.WEEK, said.end
        return _LAST.sub(" ", text, count=1), Span.MONTH, said.end or today.replace(day=1) - timedelta(days=1)
    if month:
        return _MONTH.sub(" ", text, count=1), Span.MONTH, _month_end(month[1], month[2], today)
    return text, None, said.end


def _month_end(name: str, year: str | None, today: date) -> date:
    """A day in the month: of the year that was said, or else the latest such month that has begun."""
    number = [each.casefold() for each in MONTHS].index(name.casefold()) + 1
    if year:
        return date(int(year), number, 1)
    return date(today.year if number <= today.month else today.year - 1, number, 1)
