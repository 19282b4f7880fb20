"""Finding agents who are called by name in free text: `@Teacher`, `@media buyer`, `@先生`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from core.agents.letters import After, after, begins, fold
from core.agents.spoken import spoken
from core.fuzzy import OSA

Who = TypeVar("Who")

CALLS = "@＠"
"""What stands before a name; the second is the full-width sign of East Asian keyboards."""

NEAR_AT_LEAST = 5
"""Names of fewer letters are never guessed at: `@Sal` is a person, and no slip of `@Sage`."""


@dataclass(frozen=True, slots=True)
class Called(Generic[Who]):
    """A name that somebody answers to. `guessed`: a near miss of it is asked about; ordinary words are better not guessed."""

    name: str
    who: Who
    guessed: bool = True


@dataclass(frozen=True, slots=True)
class Mention(Generic[Who]):
    """Somebody called by name, at `text[start:end]`, the sign included."""

    who: Who
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NearMiss(Generic[Who]):
    """Words after the sign that are nobody's name, and the name that they may have been meant for."""

    typed: str
    name: str
    who: Who


@dataclass(frozen=True, slots=True)
class Found(Generic[Who]):
    """Who is called: each once, in the order of the text. `near` counts only names that nobody bears."""

    mentions: tuple[Mention[Who], ...] = ()
    near: tuple[NearMiss[Who], ...] = ()
    rest: str = ""
    """The text without the names that were found."""


@dataclass(frozen=True, slots=True)
class _Known(Generic[Who]):
    key: str
    called: Called[Who]


class Names(Generic[Who]):
    """The names that somebody answers to, ready to be looked for. Of two alike, the first counts."""

    def __init__(self, names: Iterable[Called[Who]]) -> None:
        known: dict[str, _Known[Who]] = {}
        for each in names:
            key = fold(each.name)
            if key:
                known.setdefault(key, _Known(key, each))
        self._longest_first = sorted(known.values(), key=lambda each: -len(each.key))
        self._guessed = [each for each in known.values() if each.called.guessed and len(each.key) >= NEAR_AT_LEAST]
        self._reach = max((len(each.key) for each in known.values()), default=0) + 3

    def find(self, text: str) -> Found[Who]:
        """Everybody whom the text calls, outside code, quoted lines and addresses."""
        mentions: list[Mention[Who]] = []
        near: list[NearMiss[Who]] = []
        spans: list[tuple[int, int]] = []
        for start, following in _calls(spoken(text), self._reach):
            hit = self._exact(following)
            if hit is not None:
                known, end = hit
                spans.append((start, end))
                if all(each.who != known.called.who for each in mentions):
                    mentions.append(Mention(known.called.who, start, end))
            elif (miss := self._near(following)) and all(each.who != miss.who for each in near):
                near.append(miss)
        return Found(tuple(mentions), tuple(near), _without(text, spans))

    def _exact(self, following: After) -> tuple[_Known[Who], int] | None:
        for each in self._longest_first:
            if following.folded.startswith(each.key) and following.ends_at(len(each.key)):
                return each, following.places[len(each.key)]
        return None

    def _near(self, following: After) -> NearMiss[Who] | None:
        """The nearest name that as many words as it has could have been meant for."""
        best: tuple[int, int, NearMiss[Who]] | None = None
        for order, each in enumerate(self._guessed):
            end = following.end_of_words(each.key.count(" ") + 1)
            typed = following.folded[:end]
            slips = OSA.distance(typed, each.key, score_cutoff=2)
            if end and following.ends_at(end) and _is_near(typed, each.key, slips):
                miss = NearMiss(following.written(end), each.called.name, each.called.who)
                if best is None or (slips, order) < best[:2]:
                    best = (slips, order, miss)
        return best[2] if best else None


def _is_near(typed: str, name: str, slips: int) -> bool:
    """Whether the slips (letters missing, added, changed or swapped) are few enough to ask.

    People have names too, so the first letter must be right (@Keller is no @Seller), and up to eight letters there may be one
    slip (@Heather is no @Teacher, @Marketa no @Marketer), two beyond. In five letters none may be changed: @Guido is no @Guide.
    """
    if not 0 < slips <= (1 if len(name) <= 8 else 2) or typed[0] != name[0]:
        return False
    changed = len(typed) == len(name) and sorted(typed) != sorted(name)
    return len(name) > NEAR_AT_LEAST or not changed


def _calls(text: str, reach: int) -> Iterator[tuple[int, After]]:
    """Every sign that may call somebody, with what follows it."""
    for at, each in enumerate(text):
        if each in CALLS and begins(text[max(0, at - 9) : at]):
            yield at, after(text, at + 1, reach)


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    kept = []
    at = 0
    for start, end in spans:
        kept.append(text[at:start])
        at = end
    return "".join([*kept, text[at:]]).strip()
