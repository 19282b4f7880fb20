"""A figure that is put right with its reason beside it: "no sorry 19 orders, I forgot etsy"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from core.kpis.metrics import Metrics, Unit
from core.kpis.numbers import NUMBER, number_in, plain
from core.kpis.reading import Reading, check
from core.kpis.tries import CORRECTS, TO_COME
from core.kpis.words import Heard, hear
from core.ui import Button, Buttons, Call, Card, Message, Text

WORDS_AT_MOST = 18
CHOICES_AT_MOST = 4
"""Figures that one number may be; of more nobody is asked."""
_VALUE = re.compile(rf"(?<![\w.,]){NUMBER}(?!\w)", re.IGNORECASE)
_LEFT_OUT = r"(?:forgot(?:ten)?|missed|overlooked|left\s+out|missing|lost)"
_ONLY_A_PART = re.compile(
    rf"\b(?:{_LEFT_OUT}|plus|add(?:ed)?|minus|without|with|incl|including|counting)[\s:]+(?:(?!so\b)\w+\s+){{0,2}}?\d"
    rf"|\d\s+(?:\w+\s+){{0,3}}?(?:(?:i|we)\s+|(?:were|was|are|is|went)\s+)?{_LEFT_OUT}\W*$"
    rf"|\b{_LEFT_OUT}\s+(?:them|those|these)\b|\d\s+(?:\w+\s+){{0,2}}?(?:on|from|via|at|through)\s"
    r"|\b(?:returned|came\s+back|damaged|late|cancel\w*|refund\w*|pack\w*|ship\w*|goes?|other|about|yesterday)\b",
    re.IGNORECASE,
)
"""The number is what was forgotten, or of some of them: “I forgot 10 orders”, “10 orders on etsy”."""
_BEGINS = re.compile(
    r"(?:^|[.,;:!(–-]|\b(?:no|nope|oh|ah|wait|sorry|oops|actually|correction|typo|mistake|it|its|it's|is|was|were|are|be|so|"
    r"mean|meant|then|to|make))\s*$",
    re.IGNORECASE,
)
"""Before a number that is not of something else."""
_ENDS = re.compile(
    rf"\s*(?:$|[.,;:!()–-]|(?:i|we|it|its|it's|because|with|incl|including|sorry|actually|too|not|in\s+total|total|{_LEFT_OUT})\b)",
    re.IGNORECASE,
)
"""After a number that is not of something else."""


@dataclass(frozen=True, slots=True)
class PutRight:
    """What holds instead of what was read back, or the figures, by field, of which a number without a name may be one."""

    heard: Heard
    number: str = ""
    may_be: tuple[str, ...] = ()


def put_right(text: str, metrics: Metrics, today: date, reading: Reading, settings: Mapping[str, str]) -> PutRight | None:
    """What the words put right of the reading; None where they say no such thing, or any number beside it."""
    words = plain(text)
    if len(words.split()) > WORDS_AT_MOST or not CORRECTS.search(words) or TO_COME.search(words) or _ONLY_A_PART.search(words):
        return None
    heard = hear(words, metrics, today, reading.typed)
    if any(metrics.mentions.search(each) or each in _titles(metrics) for each in heard.unread):
        return None
    if heard.typed:
        read = replace(heard, unread=())
        others = any(sign.isdigit() for each in heard.unread for sign in each)
        return PutRight(read) if not others and _changes(heard.typed, metrics, reading, settings) else None
    return _without_a_name(words, heard, metrics, reading, settings)


def which(found: PutRight, metrics: Metrics) -> Message:
    """Which of the figures the number is."""
    ways = []
    for name in found.may_be:
        metric = metrics.by_field[name]
        ways.append(Button(f"{metric.title}: {found.number}", Call("kpi log", {"words": f"sorry {metric.short} {found.number}"})))
    text = Text(f"Nothing is saved yet. Which figure is {found.number}?")
    return Message(cards=(Card(body=(text, Buttons(tuple(ways)))),), private=True)


def _titles(metrics: Metrics) -> frozenset[str]:
    return frozenset(each.title for each in metrics.file.metrics)


def _changes(typed: Mapping[str, str], metrics: Metrics, reading: Reading, settings: Mapping[str, str]) -> bool:
    """They are of the reading's figures, can be read, and at least one is another than it was."""
    was = check(metrics, reading.typed, reading.currency, settings).taken
    now = check(metrics, typed, reading.currency, settings)
    if now.refused or not typed.keys() <= reading.typed.keys():
        return False
    return bool(now.unclear) or any(was.get(name) != kept for name, kept in now.taken.items())


def _without_a_name(words: str, heard: Heard, metrics: Metrics, reading: Reading, settings: Mapping[str, str]) -> PutRight | None:
    """The one number that is said, as the one figure that it can be."""
    values = list(_VALUE.finditer(words))
    if len(values) != 1 or not _BEGINS.search(words[: values[0].start()]):
        return None
    if not _ENDS.match(words, values[0].start() + len(values[0][0].rstrip(" .,"))):
        return None
    said = values[0][0].strip(" .,()")
    number = number_in(said)
    if number is None:
        return None
    units = {Unit.MONEY} if number.currency else {Unit.PERCENT} if number.mark == "%" else {*Unit} - {Unit.PERCENT}
    fit = [
        name
        for name in reading.typed
        if metrics.by_field[name].unit in units and _changes({name: said}, metrics, reading, settings)
    ]
    counts = [name for name in fit if metrics.by_field[name].unit is Unit.COUNT]
    may_be = counts or fit
    if len(may_be) == 1:
        return PutRight(replace(heard, typed={may_be[0]: said}, unread=()))
    return PutRight(heard, said, tuple(may_be)) if 1 < len(may_be) <= CHOICES_AT_MOST else None
