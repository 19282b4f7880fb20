"""Values that take another's place in free words: "14 not 12", "14 instead of 12", "12 should be 14", "12, sorry, 14"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from core.kpis.metrics import Metric, Metrics, folded
from core.kpis.numbers import NUMBER, number_in

PART = re.compile(r"\n|;|,(?=\s)|\band\b|·", re.IGNORECASE)
"""Where one thing that is said ends and another begins."""
ONE_TO_TWELVE = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
"""What phones spell out of spoken numbers."""
_VALUE = re.compile(rf"(?<![\w.,])(?:(?P<spelt>{'|'.join(ONE_TO_TWELVE)})|{NUMBER})(?!\w)", re.IGNORECASE)
_NOT = r"(?:not|instead\s+of|rather\s+than|in\s+place\s+of)"
_IT_IS = r"(?:(?:it|i|we|they|that)(?:'s|\s+(?:was|were|is|are|had|got))\s+)?"
_NEW_FIRST = re.compile(rf"[\s,.;:(-]*(?:(?:and|but)\s+)?{_IT_IS}{_NOT}\s+", re.IGNORECASE)
"""Between the two in “14, not 12”."""
_OLD_FIRST = re.compile(
    r"\s*(?:(?:should|must)\s+(?:really\s+|actually\s+)?(?:be|read|say|have\s+been|have\s+read)|[-=]?>|→)\s*"
    r"|[\s,.;:(-]+(?:(?:sorry|oops|no|wait|i\s+meant?|correction|make\s+(?:it|that)|rather)[\s,:-]+)+",
    re.IGNORECASE,
)
"""Between the two in “12 should be 14”, and in “12, sorry, 14”."""
_NOT_BEFORE = re.compile(rf"\b{_NOT}\s+$", re.IGNORECASE)
_BUT = re.compile(rf"(?:\s*[,;:.-]\s*(?:but\s+)?|\s+but\s+|\s+(?=(?:it|i|we|they|that)\b)){_IT_IS}(?:rather\s+)?", re.IGNORECASE)
"""Between the two in “not 12 but 14”."""
_FROM_BEFORE, _TO = re.compile(r"\bfrom\s+$", re.IGNORECASE), re.compile(r"\s+to\s+", re.IGNORECASE)
_CORRECTS = re.compile(
    r"\b(?:sorry|oops|i\s+meant?|correction|typo|mistake|actually|instead|should\s+(?:be|read|have\s+been)|wrong|"
    r"make\s+(?:it|that)|change|no\s*,)",
    re.IGNORECASE,
)


_Place: TypeAlias = tuple[int, int, str | None]
"""Where a value begins and ends, and its word where it is spelt."""


@dataclass(frozen=True, slots=True)
class Struck:
    """The words without the values that are said to be wrong; `corrects`: something that was said before is put right."""

    text: str
    corrects: bool


@dataclass(frozen=True, slots=True)
class _Instead:
    """A value at `at` that takes the place of `old`, and what of the words is left out for it."""

    at: int
    old: str
    gone: tuple[tuple[int, int], ...]


def without_struck(text: str, metrics: Metrics, before: Mapping[str, str]) -> Struck:
    """The words with the values that hold. One without a name is that of the figure, by field in `before`, that has the value
    whose place it takes."""
    values = [(each.start(), each.start() + len(each[0].rstrip(" .,")), each["spelt"]) for each in _VALUE.finditer(text)]
    found: list[_Instead] = []
    at = 0
    while at + 1 < len(values):
        instead = _instead(text, values[at], values[at + 1], metrics)
        found += [instead] if instead else []
        at += 2 if instead else 1
    kept = text
    for start, end in (each for one in found for each in one.gone):
        kept = kept[:start] + " " * (end - start) + kept[end:]
    named = kept
    for each in reversed(found):
        metric = _of_before(each.old, metrics, before) if _has_no_name(kept, each.at, metrics) else None
        if metric is not None:
            named = f"{named[: each.at]}{metric.short} {named[each.at :]}"
    return Struck(named, bool(found) or bool(_CORRECTS.search(text)))


def _instead(
    text: str, one: tuple[int, int, str | None], other: tuple[int, int, str | None], metrics: Metrics
) -> _Instead | None:
    """Which of two values that follow each other takes the other's place; None where neither does."""
    (start, end, spelt), (then, over, other_spelt) = one, other
    name = _name_at(text, end, metrics)
    between = text[name.end() if name else end : then]
    over += _again(text, name, over, metrics)
    if not spelt:
        again = _last_name(between, metrics)
        if again and again[0] is (_metric(name, metrics) if name else _name_before(text, start, metrics)):
            between = between[: again[1]]
        if _NEW_FIRST.fullmatch(between):
            return _Instead(start, text[then : other[1]], ((name.end() if name else end, over),))
    if other_spelt:
        return None
    ahead = None
    if not _OLD_FIRST.fullmatch(between):
        ahead = _NOT_BEFORE.search(text[:start]) if _BUT.fullmatch(between) else None
        ahead = _FROM_BEFORE.search(text[:start]) if ahead is None and _TO.fullmatch(between) else ahead
        if ahead is None:
            return None
    gone = ((ahead.start() if ahead else start, end), (name.end() if name else end, then), (other[1], over))
    return _Instead(then, text[start:end], gone)


def _name_at(text: str, at: int, metrics: Metrics) -> re.Match[str] | None:
    """The name of a figure that stands right there."""
    spaces = len(text[at:]) - len(text[at:].lstrip(" "))
    return metrics.mentions.match(text, at + spaces)


def _name_before(text: str, at: int, metrics: Metrics) -> Metric | None:
    """The figure that is named last before there."""
    names = [each[0] for each in metrics.mentions.finditer(text, 0, at)]
    return metrics.by_name[folded(names[-1])] if names else None


def _last_name(between: str, metrics: Metrics) -> tuple[Metric, int] | None:
    """The figure that is named last between two values, right before the second, and where."""
    names = [each for each in metrics.mentions.finditer(between) if not between[each.end() :].strip(" :=")]
    return (metrics.by_name[folded(names[-1][0])], names[-1].start()) if names else None


def _again(text: str, name: re.Match[str] | None, over: int, metrics: Metrics) -> int:
    """How far the name goes on that stands behind the first value, and once more behind the second."""
    again = _name_at(text, over, metrics) if name else None
    return again.end() - over if again and _metric(again, metrics) is _metric(name, metrics) else 0


def _metric(name: re.Match[str] | None, metrics: Metrics) -> Metric | None:
    return metrics.by_name[folded(name[0])] if name else None


def _has_no_name(text: str, at: int, metrics: Metrics) -> bool:
    """No figure is named for the value that stands there, beside it or at the end of what is said before it."""
    cuts = [0, *(each.end() for each in PART.finditer(text, 0, at))]
    end = PART.search(text, at)
    earlier = text[cuts[-2] : cuts[-1]] if len(cuts) > 1 else ""
    waits = metrics.mentions.search(earlier) and not _VALUE.search(earlier)
    return not waits and not metrics.mentions.search(text[cuts[-1] : end.start() if end else len(text)])


def _of_before(old: str, metrics: Metrics, before: Mapping[str, str]) -> Metric | None:
    """The one figure that had this value."""
    having: Sequence[str] = [name for name, value in before.items() if _same(old, value)]
    return metrics.by_field.get(having[0]) if len(having) == 1 else None


def _same(one: str, other: str) -> bool:
    first, second = number_in(one), number_in(other)
    return first is not None and second is not None and first.readings == second.readings
