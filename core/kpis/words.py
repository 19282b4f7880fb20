"""Figures in free words: "ctr 2,1% opt-in 18, leads 240 and cpl £3.20 for the last 7 days"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from core.kpis.metrics import Metrics, folded
from core.kpis.numbers import NUMBER, plain
from core.kpis.otherwise import called, earned, has_no_place, without_places
from core.kpis.pairing import Paired, Token, is_money, paired
from core.kpis.period_words import period_in
from core.kpis.periods import Span
from core.kpis.slips import meant_by
from core.kpis.struck import ONE_TO_TWELVE, PART, without_struck
from core.shorthand import spelled_out

_SAME = re.compile(r"\b(?:the\s)?same\sas\s(?:last\s(?:time|week|month)|before)\b|\bunchanged\b", re.IGNORECASE)
_VALUE = re.compile(rf"(?<![\w.,])(?:{NUMBER}|same)(?!\w)", re.IGNORECASE)
_SPELT = (
    rf"(?:{'|'.join(ONE_TO_TWELVE)}|zero|hundred|thousand|million|point|half|dozen"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)"
)
_RUN = re.compile(rf"\b{_SPELT}(?:[\s-]+(?:and\s+)?(?:a\s+)?{_SPELT})*\b", re.IGNORECASE)
"""A number that is spelt out, whole: of "two hundred and six" nothing is taken for 6."""
NOTHING_BEFORE: Mapping[str, str] = MappingProxyType({})
_OF_EACH = re.compile(r"(?:@|(?<!\w)(?:at|of|per|for|a|an|over|up|to|from|in|about|around|only|should|be))\s*$", re.IGNORECASE)
"""Before an amount of money: it is of one order, or no total at all."""
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
    said before, or take a value back. `earlier`: the period is the one before another. `either`: what to say of each name between
    two values that may both be its own.
    """

    typed: Mapping[str, str]
    span: Span | None = None
    end: date | None = None
    unread: tuple[str, ...] = ()
    slips: Mapping[str, str] = field(default_factory=dict)
    corrects: bool = False
    earlier: bool = False
    either: tuple[str, ...] = ()


def hear(text: str, metrics: Metrics, today: date, before: Mapping[str, str] = NOTHING_BEFORE) -> Heard:
    """The figures and the period that the words name. Names are matched longest first, before or after their value.

    `before`: what was typed last, by field, of which a value may be corrected without its name.
    """
    text, sold, things = earned(without_places(spelled_out(plain(text))), metrics)
    said = period_in(_SAME.sub("same", _counted(text, metrics)), today)
    struck = without_struck(said.rest, metrics, before)
    typed: dict[str, str] = {}
    unread = list(things)
    slips = dict(sold)
    either: list[str] = []
    amounts: list[str] = []
    name_before: Token | None = None
    for part in PART.split(struck.text):
        tokens, left = _tokens(_put_right(part, metrics, slips, struck.text), metrics)
        if name_before and tokens and not tokens[0].names:
            tokens = [replace(name_before, at=-1), *tokens]
        elif name_before:
            unread.append(name_before.said)
        found = paired(tokens)
        name_before = found.waiting
        unread += _together([*left, *found.lonely])
        amounts += _amount_alone(part, tokens, found, left)
        for value, name, other in found.either:
            unread.append(f"{value.text} {name.text} {other.text}")
            short = name.metric.short.casefold() if name.metric else name.text
            either.append(f"Is it “{short} {value.text}” or “{short} {other.text}”? Type the one that you meant.")
        for name, value in found.pairs:
            if name.metric is None:
                unread.append(" ".join(each.text for each in sorted((name, value), key=lambda each: each.at)))
                continue
            if name.metric.field in typed:
                unread.append(f"{name.said} {typed[name.metric.field]}")
            typed[name.metric.field] = value.text
    if name_before:
        unread.append(name_before.said)
    revenue, orders = metrics.named("revenue"), metrics.named("orders")
    if len(amounts) == 1 and orders.field in typed and revenue.field not in typed:
        typed[revenue.field] = amounts[0]
        unread.remove(amounts[0])
        slips[amounts[0]] = revenue.title
    return Heard(typed, said.span, said.end, tuple(unread), slips, struck.corrects, said.earlier, tuple(either))


def _amount_alone(part: str, tokens: Sequence[Token], found: Paired, left: Sequence[Token]) -> list[str]:
    """The amount of money that ends a part and has no name, with nothing beside it that says what it is: “31 orders 420 €”."""
    last = tokens[-1] if tokens else None
    if last is None or left or not is_money(last) or not any(last is each for each in found.lonely):
        return []
    before = part[: last.at] if last.at >= 0 else ""
    return [] if _OF_EACH.search(before) else [last.text]


def _put_right(part: str, metrics: Metrics, slips: dict[str, str], whole: str) -> str:
    """The part with the names that were meant, where a value in it has none otherwise; `slips` is told of each."""
    tokens, odd = _tokens(part, metrics)
    without = len(tokens) - 2 * sum(each.names for each in tokens)
    before = ""
    orders = metrics.named("orders")
    named = any(metrics.by_name[folded(each)] is orders for each in metrics.mentions.findall(whole))
    for each in odd:
        word, value = each.text, _value_beside(each, tokens, odd)
        meant = (called(word, before, value, metrics, orders_named=named) or meant_by(word, metrics)) if without > 0 else None
        if meant is not None:
            part = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", meant.short, part, count=1)
            slips[word] = meant.title
            without -= 1
        before = word
    return part


def _value_beside(word: Token, tokens: Sequence[Token], odd: Sequence[Token]) -> str:
    """The value that is the word's, if it is a name: that before it where the part begins with a value, else that after it."""
    values = [each for each in tokens if not each.names]
    first = min((*tokens, *odd), key=lambda each: each.at)
    before = [each.text for each in values if each.at < word.at]
    after = [each.text for each in values if each.at > word.at]
    chosen = before[-1:] or after[:1] if first in values else after[:1] or before[-1:]
    return chosen[0] if chosen else ""


def _tokens(part: str, metrics: Metrics) -> tuple[list[Token], list[Token]]:
    """The names and values of a part in order, and the words that are neither."""
    found: list[Token] = []

    def name(match: re.Match[str]) -> str:
        found.append(Token(match[0], metrics.by_name[folded(match[0])], match.start()))
        return "\x00" * len(match[0])

    def value(match: re.Match[str]) -> str:
        found.append(Token(match[0].strip(), at=match.start()))
        return "\x00" * len(match[0])

    rest = _VALUE.sub(value, metrics.mentions.sub(name, part))
    words = [(each.start(), each[0].strip(".:=()!?\"'")) for each in _WORD.finditer(rest)]
    found += [Token(word, at=at, other=True) for at, word in words if has_no_place(word)]
    odd = [(at, word) for at, word in words if word and word.casefold() not in _FILLERS and not has_no_place(word)]
    return sorted(found, key=lambda each: each.at), [Token(word, at=at, odd=True) for at, word in odd]


def _counted(text: str, metrics: Metrics) -> str:
    """The text with the small numbers that are spelt out beside the name of a figure in digits: "six orders"."""
    names = [each.span() for each in metrics.mentions.finditer(text)]

    def digits(found: re.Match[str]) -> str:
        word = found[0].casefold()
        before = any(not text[found.end() : start].strip() for start, _ in names if start >= found.end())
        after = any(not text[end : found.start()].strip(" :=") for _, end in names if end <= found.start())
        return str(ONE_TO_TWELVE.index(word) + 1) if word in ONE_TO_TWELVE and (before or after) else found[0]

    return _RUN.sub(digits, text)


def _together(left: Sequence[Token]) -> list[str]:
    """What could not be placed, in order: a number with the word beside it that was to say what it is."""
    told: list[str] = []
    before: Token | None = None
    for each in sorted(left, key=lambda one: one.at):
        beside = before is not None and before.odd is not each.odd and each.metric is None and before.metric is None
        if before is not None and beside and each.at - before.at - len(before.text) <= 1:
            told[-1] += f" {each.said}"
            before = None
        else:
            told.append(each.said)
            before = each
    return told
