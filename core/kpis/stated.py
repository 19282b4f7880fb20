"""Words that say what figures were and nothing else, no target, question or story: "last week 9 orders and 14 leads"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.kpis.metrics import Metrics, Unit, folded
from core.kpis.numbers import NUMBER, number_in, plain
from core.kpis.otherwise import is_only_counted, without_places
from core.kpis.period_words import SO_FAR, period_in
from core.kpis.periods import MONTHS, Span
from core.kpis.struck import ONE_TO_TWELVE
from core.kpis.words import Heard, hear
from core.shorthand import spelled_out

MONTHS_BACK = 9
"""A month that is named without its year, and was longer ago, may be the one to come: a target."""
PLURAL_AT_LEAST = 5
"""Letters of a name whose last s makes several of it: two reviews, but one NPS."""
_AROUND = r"(?:hi|hello|hey|ok|okay|and|well|yes|please|thanks|thank you)\b"
_COURTESY = re.compile(rf"^\W*(?:{_AROUND}[\s,.!:–-]*)+|[\s,.!]*\b(?:please|thanks|thank you)[\s.!]*$", re.IGNORECASE)
_HERE_ARE = r"(?:here(?:'s| is| are)\s+)?(?:(?:my|our|the|these|those|new)\s+)*"
_CALLED = re.compile(
    rf"^(?:(?:can you |please )?(?:(?:kpis?\s+)?log|{_HERE_ARE}kpis?)\b(?!\W*(?:in|out|on|off)\b)|"
    rf"{_HERE_ARE}(?:figures|numbers|stats|metrics)\b(?:\s+(?:are|were)\b)?)[\s:,–-]*|"
    r"(?<=\s)(?:figures|numbers|kpis|stats|metrics)(?=\s*:|\s*$)",
    re.IGNORECASE,
)
"""What says that figures follow: log, our figures for last week, last week's numbers."""
_OWN = re.compile(r"\b(week|month)['’]s\b", re.IGNORECASE)
_BULLET = re.compile(r"^[ \t]*[-*–•]\s+", re.MULTILINE)
_AND = re.compile(r"(?<=\s)[+&](?=\s)")
_ASKS = re.compile(
    r"\?|^\W*(?:is|are|was|were|am|do|does|did|can|could|shall|has|[/@])(?!\w)|\b(?:about|by|until|till)\b|[~≈]|[+]\s*\d",
    re.IGNORECASE,
)
"""A question, a guess, a day by which something is to be, or what was gained."""
_DONE_WITH = re.compile(r"\b(?:i|we|you|they|to)\s+(?:spend|repeat|assisted|churn|lead|order|orders)\b", re.IGNORECASE)
"""Names of figures that are words for something done as well."""
_NOW = re.compile(r"\bthis\s+(?:week|month)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b20\d\d\b|['’]\d\d\b")
_VALUE = re.compile(rf"(?<![\w.,]){NUMBER}(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = "a an and are at for from got had have i in is it my of our the was we were with"
_BESIDE = frozenset((*_BETWEEN.split(), *ONE_TO_TWELVE))
"""Beside figures these say nothing more."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Words that are nothing but figures, without what led to them. `sure`: they say so by themselves, in any place; `past`: of a
    time that is over, or so far; else they may be what somebody plans, or be about anything. `several`: they name more than one
    thing that is counted.
    """

    words: str
    typed: Mapping[str, str]
    sure: bool
    past: bool
    several: bool


def stated(text: str, metrics: Metrics, today: date) -> Stated | None:
    """The figures that the words say, for somebody for whom it is `today`; None where they say anything else as well."""
    words = without_places(_BULLET.sub("", _AND.sub("and", _OWN.sub(r"\1", spelled_out(plain(text)))))).strip()
    if not any(sign.isdigit() for sign in words) or _ASKS.search(words) or _DONE_WITH.search(words):
        return None
    words = _COURTESY.sub("", words)
    called = _CALLED.search(words)
    words = _CALLED.sub(" ", words).strip(" ,:")
    heard = hear(words, metrics, today)
    if not heard.typed or heard.corrects or not all(map(is_only_counted, heard.unread)) or not _are_named(words, heard, metrics):
        return None
    if not _says_no_more(words, heard, metrics, today) or _are_counted(words, heard, metrics):
        return None
    past = heard.span is not None and not _may_be_to_come(words, heard, today)
    to_come = heard.span is not None and not past
    sure = called is not None or past or (len(heard.typed) > 1 and not to_come)
    return Stated(words, heard.typed, sure, past or bool(called), several=len(heard.typed) + len(heard.unread) > 1)


def _says_no_more(words: str, heard: Heard, metrics: Metrics, today: date) -> bool:
    """Beside names, numbers and a period, nothing is said that could make something else of them."""
    rest = _VALUE.sub(" ", metrics.mentions.sub(" ", period_in(words, today).rest))
    told = {part for each in (*heard.slips, *heard.unread) for part in _WORD.findall(each.casefold())}
    return set(_WORD.findall(rest.casefold())) <= _BESIDE | told


def _are_named(words: str, heard: Heard, metrics: Metrics) -> bool:
    """A name is written in full, or is what is counted (“6 order”), and what was taken for one is no order's number: “order
    1423”.
    """
    counted = False
    for slip in heard.slips:
        one = metrics.by_name.get(folded(f"{slip}s"))
        if one is not None:
            value = re.escape(heard.typed.get(one.field, ""))
            counted = bool(re.search(rf"(?<![\w.,]){value}\s+{re.escape(slip)}(?!\w|[ \t]+\W?\d)", words, re.IGNORECASE))
            if not counted and value != "1":
                return False
    return counted or metrics.mentions.search(words) is not None


def _are_counted(words: str, heard: Heard, metrics: Metrics) -> bool:
    """A rate or a mark is named by the things themselves, and how many they were: “2 reviews”, “5 stars”."""
    for name in metrics.mentions.findall(words):
        metric, several = metrics.by_name[folded(name)], name.casefold().endswith("s") and len(name) >= PLURAL_AT_LEAST
        number = number_in(heard.typed.get(metric.field, ""))
        if several and metric.unit in (Unit.PERCENT, Unit.SCORE) and (number is None or not number.mark):
            return True
    return False


def _may_be_to_come(words: str, heard: Heard, today: date) -> bool:
    """The period goes on, or the month may be the next of its name."""
    if SO_FAR.search(words):
        return False
    if _NOW.search(words):
        return True
    if heard.span is not Span.MONTH or heard.end is None or _YEAR.search(words):
        return False
    ago = (today.year - heard.end.year) * len(MONTHS) + today.month - heard.end.month
    return not 0 < ago <= MONTHS_BACK
