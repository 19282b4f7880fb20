"""Figures in free words: "ctr 2,1% opt-in 18, leads 240 and cpl £3.20 for the last 7 days"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from core.kpis.metrics import Metric, Metrics, folded
from core.kpis.numbers import NUMBER, plain
from core.kpis.otherwise import called, has_no_place
from core.kpis.period_words import period_in
from core.kpis.periods import Span
from core.kpis.slips import meant_by
from core.kpis.struck import ONE_TO_TWELVE, PART, without_struck

_SAME = re.compile(r"\b(?:the\s)?same\sas\s(?:last\s(?:time|week|month)|before)\b|\bunchanged\b", re.IGNORECASE)
_VALUE = re.compile(rf"(?<![\w.,])(?:{NUMBER}|same)(?!\w)", re.IGNORECASE)
_SPELT = (
    rf"(?:{'|'.join(ONE_TO_TWELVE)}|zero|hundred|thousand|million|point|half|dozen"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)"
)
_RUN = re.compile(rf"\b{_SPELT}(?:[\s-]+(?:and\s+)?(?:a\s+)?{_SPELT})*\b", re.IGNORECASE)
"""A number that is spelt out, whole: of "two hundred and six" nothing is taken for 6."""
NOTHING_BEFORE: Mapping[str, str] = MappingProxyType({})
_WORD = re.compile(r"[^\s\x00]+")
_FILLERS = frozenset(
    [
        "a",
        "about",
        "actually",
        "an",
        "are",
        "around",
        "ah",
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
        "oh",
        "hm",
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
        "sorry",
        "oops",
        "meant",
        "mean",
        "correction",
        "typo",
        "mistake",
        "make",
        "change",
        "should",
        "instead",
        "wrong",
        "it's",
        "no",
        "wait",
        "please",
        "really",
        "rather",
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
    words that were taken for the name of a figure which they are not quite, and its title. `corrects`: they put right what was
    said before, or take a value back.
    """

    typed: Mapping[str, str]
    span: Span | None = None
    end: date | None = None
    unread: tuple[str, ...] = ()
    slips: Mapping[str, str] = field(default_factory=dict)
    corrects: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    """A figure's name or a value, with `odd` a word that is neither, or with `other` one for something that has no place here;
    `at` is its place in the text."""

    text: str
    metric: Metric | None = None
    at: int = 0
    odd: bool = False
    other: bool = False

    @property
    def names(self) -> bool:
        """A value belongs to it."""
        return self.metric is not None or self.other

    @property
    def said(self) -> str:
        """As people are told of it."""
        return self.metric.title if self.metric else self.text


def hear(text: str, metrics: Metrics, today: date, before: Mapping[str, str] = NOTHING_BEFORE) -> Heard:
    """The figures and the period that the words name. Names are matched longest first, before or after their value.

    `before`: what was typed last, by field, of which a value may be corrected without its name.
    """
    said = period_in(_SAME.sub("same", _counted(plain(text), metrics)), today)
    struck = without_struck(said.rest, metrics, before)
    typed: dict[str, str] = {}
    unread: list[str] = []
    slips: dict[str, str] = {}
    name_before: _Token | None = None
    for part in PART.split(struck.text):
        tokens, left = _tokens(_put_right(part, metrics, slips), metrics)
        if name_before and tokens and not tokens[0].names:
            tokens = [replace(name_before, at=-1), *tokens]
        elif name_before:
            unread.append(name_before.said)
        pairs, lonely, name_before = _paired(tokens)
        unread += _together([*left, *lonely])
        for name, value in pairs:
            if name.metric is None:
                unread.append(" ".join(each.text for each in sorted((name, value), key=lambda each: each.at)))
                continue
            if name.metric.field in typed:
                unread.append(f"{name.said} {typed[name.metric.field]}")
            typed[name.metric.field] = value.text
    if name_before:
        unread.append(name_before.said)
    return Heard(typed, said.span, said.end, tuple(unread), slips, struck.corrects)


def _put_right(part: str, metrics: Metrics, slips: dict[str, str]) -> str:
    """The part with the names that were meant, where a value in it has none otherwise; `slips` is told of each."""
    tokens, odd = _tokens(part, metrics)
    without = len(tokens) - 2 * sum(each.names for each in tokens)
    before = ""
    for each in odd:
        word, value = each.text, _value_beside(each, tokens, odd)
        meant = (called(word, before, value, metrics) or meant_by(word, metrics)) if without > 0 else None
        if meant is not None:
            part = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", meant.short, part, count=1)
            slips[word] = meant.title
            without -= 1
        before = word
    return part


def _value_beside(word: _Token, tokens: Sequence[_Token], odd: Sequence[_Token]) -> str:
    """The value that is the word's, if it is a name: that before it where the part begins with a value, else that after it."""
    values = [each for each in tokens if not each.names]
    first = min((*tokens, *odd), key=lambda each: each.at)
    before = [each.text for each in values if each.at < word.at]
    after = [each.text for each in values if each.at > word.at]
    chosen = before[-1:] or after[:1] if first in values else after[:1] or before[-1:]
    return chosen[0] if chosen else ""


def _paired(tokens: Sequence[_Token]) -> tuple[list[tuple[_Token, _Token]], list[_Token], _Token | None]:
    """Pairs of name and value, what is left alone, and a last name whose value may follow in the next part."""
    backwards = len(tokens) > 1 and not tokens[0].names and tokens[-1].names
    pairs: list[tuple[_Token, _Token]] = []
    lonely: list[_Token] = []
    waiting: _Token | None = None
    for token in reversed(tokens) if backwards else tokens:
        if token.names:
            lonely += [waiting] if waiting else []
            waiting = token
        elif waiting is not None:
            pairs.append((waiting, token))
            waiting = None
        else:
            lonely.append(token)
    if waiting and lonely and not lonely[-1].names and not backwards:  # revenue 380 from 9 orders
        pairs.append((waiting, lonely.pop()))
        waiting = None
    if backwards and waiting:
        lonely.append(waiting)
        waiting = None
    return pairs, lonely, waiting


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
    found += [_Token(word, at=at, other=True) for at, word in words if has_no_place(word)]
    odd = [(at, word) for at, word in words if word and word.casefold() not in _FILLERS and not has_no_place(word)]
    return sorted(found, key=lambda each: each.at), [_Token(word, at=at, odd=True) for at, word in odd]


def _counted(text: str, metrics: Metrics) -> str:
    """The text with the small numbers that are spelt out beside the name of a figure in digits: "six orders"."""
    names = [each.span() for each in metrics.mentions.finditer(text)]

    def digits(found: re.Match[str]) -> str:
        word = found[0].casefold()
        before = any(not text[found.end() : start].strip() for start, _ in names if start >= found.end())
        after = any(not text[end : found.start()].strip(" :=") for _, end in names if end <= found.start())
        return str(ONE_TO_TWELVE.index(word) + 1) if word in ONE_TO_TWELVE and (before or after) else found[0]

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
